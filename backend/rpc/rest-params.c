/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rest-params.h"

#include "protocol/error.h"
#include "protocol/json.h"

/* Params as they are gathered from the three places where a REST call may put them. */
typedef struct
{
  const CfShape *shape;
  JsonObject *object;
  GError *error;
} Gather;

static gboolean
parse_integer (const char *text, gint64 *out)
{
  return g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, out, NULL);
}

/* Words from a URL become what the field holds. What does not fit stays a string: the decoder says what it expected. */
static JsonNode *
convert (const CfField *field, const char *text)
{
  gint64 number;
  JsonArray *array;

  switch (field != NULL ? field->kind : CF_KIND_STRING)
    {
    case CF_KIND_INTEGER:
    case CF_KIND_TIME:
      if (parse_integer (text, &number))
        return json_node_init_int (json_node_alloc (), number);
      break;
    case CF_KIND_BOOLEAN:
      if (g_str_equal (text, "true") || g_str_equal (text, "false"))
        return json_node_init_boolean (json_node_alloc (), text[0] == 't');
      break;
    case CF_KIND_STRINGS:
      array = json_array_new ();
      json_array_add_string_element (array, text);
      return json_node_init_array (json_node_alloc (), array);
    case CF_KIND_ID:
    case CF_KIND_STRING:
    case CF_KIND_TEXT:
    case CF_KIND_ENUM:
    case CF_KIND_STRUCT:
    case CF_KIND_STRUCTS:
    case CF_KIND_RECORDS:
      break;
    }
  return json_node_init_string (json_node_alloc (), text);
}

static void
add (Gather *gather, const char *name, const char *value)
{
  if (gather->error != NULL)
    return;
  if (!g_utf8_validate (name, -1, NULL) || !g_utf8_validate (value, -1, NULL))
    g_set_error_literal (&gather->error, CF_ERROR, CF_ERROR_INVALID, "got bytes in the address that are not UTF-8");
  else if (json_object_has_member (gather->object, name))
    g_set_error (&gather->error, CF_ERROR, CF_ERROR_INVALID, "%s: got it twice, expected it in one place: path, query or body", name);
  else
    json_object_set_member (gather->object, name, convert (cf_shape_field (gather->shape, name), value));
}

static void
add_query (const char *name, const char *value, gpointer data)
{
  add (data, name, value != NULL ? value : "");
}

static void
add_member (JsonObject *object, const char *name, JsonNode *node, gpointer data)
{
  json_object_set_member (data, name, json_node_copy (node));
}

static gboolean
add_body (Gather *gather, CfdRequest *request, GError **error)
{
  GBytes *body = cfd_request_get_body (request);
  g_autoptr (JsonNode) node = NULL;
  gsize length = 0;
  const char *text = body != NULL ? g_bytes_get_data (body, &length) : NULL;

  if (length == 0)
    return TRUE;
  node = cf_json_parse (text, length, error);
  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "body: expected a JSON object");
      return FALSE;
    }
  json_object_foreach_member (json_node_get_object (node), add_member, gather->object);
  return TRUE;
}

/**
 * cfd_rest_params:
 * @fields: what stood in the path, name -> value
 *
 * Gathers the params from path, query and JSON body. Each may stand in one of them only.
 * Returns: (transfer full): a struct of @shape, or NULL with CF_ERROR_INVALID or CF_ERROR_TOO_LARGE
 */
CfStruct *
cfd_rest_params (const CfShape *shape, CfdRequest *request, GHashTable *fields, GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = NULL;
  Gather gather = { shape, object, NULL };
  GHashTableIter iter;
  gpointer name, value;

  if (!add_body (&gather, request, error))
    return NULL;
  g_hash_table_iter_init (&iter, fields);
  while (g_hash_table_iter_next (&iter, &name, &value))
    add (&gather, name, value);
  cfd_request_each_query (request, add_query, &gather);
  if (gather.error != NULL)
    {
      g_propagate_error (error, gather.error);
      return NULL;
    }
  node = json_node_init_object (json_node_alloc (), object);
  return cf_json_decode (shape, node, CF_DECODE_STRICT, error);
}

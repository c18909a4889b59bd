/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rest-params.h"

#include "protocol/error.h"
#include "protocol/json.h"

/* The largest number that is JSON to us; whatever is beyond 2^53 is refused by the decoder, in its own words. */
#define NUMBER_MAX G_GINT64_CONSTANT (999999999999999999)

/* Params as they are gathered from the three places where a REST call may put them: the members of one JSON object. */
typedef struct
{
  const CfShape *shape;
  GString *members;
  GHashTable *names; /* of the members so far */
  GError *error;
} Gather;

static gboolean
parse_integer (const char *text, gint64 *out)
{
  return g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, out, NULL);
}

/* Words from a URL become what the field holds. What does not fit stays a string: the decoder says what it expected. */
static void
convert (GString *out, const CfField *field, const char *text)
{
  CfKind kind = field != NULL ? field->kind : CF_KIND_STRING;
  gint64 number;

  if ((kind == CF_KIND_INTEGER || kind == CF_KIND_TIME) && parse_integer (text, &number))
    g_string_append_printf (out, "%" G_GINT64_FORMAT, CLAMP (number, -NUMBER_MAX, NUMBER_MAX));
  else if (kind == CF_KIND_BOOLEAN && (g_str_equal (text, "true") || g_str_equal (text, "false")))
    g_string_append (out, text);
  else
    {
      g_string_append (out, kind == CF_KIND_STRINGS ? "[" : "");
      cf_json_encode_string (out, text);
      g_string_append (out, kind == CF_KIND_STRINGS ? "]" : "");
    }
}

static void
begin_member (Gather *gather)
{
  if (gather->members->len > 0)
    g_string_append_c (gather->members, ',');
}

static void
add (Gather *gather, const char *name, const char *value)
{
  if (gather->error != NULL)
    return;
  if (!g_utf8_validate (name, -1, NULL) || !g_utf8_validate (value, -1, NULL))
    g_set_error_literal (&gather->error, CF_ERROR, CF_ERROR_INVALID, "got bytes in the address that are not UTF-8");
  else if (!g_hash_table_add (gather->names, g_strdup (name)))
    g_set_error (&gather->error, CF_ERROR, CF_ERROR_INVALID, "%s: got it twice, expected it in one place: path, query or body", name);
  else
    {
      begin_member (gather);
      cf_json_encode_string (gather->members, name);
      g_string_append_c (gather->members, ':');
      convert (gather->members, cf_shape_field (gather->shape, name), value);
    }
}

static void
add_query (const char *name, const char *value, gpointer data)
{
  add (data, name, value != NULL ? value : "");
}

/* The body's members go in as they are, which is without the braces around them. */
static gboolean
add_body (Gather *gather, CfdRequest *request, GError **error)
{
  GBytes *body = cfd_request_get_body (request);
  gsize length = 0;
  const char *text = body != NULL ? g_bytes_get_data (body, &length) : NULL;
  g_autofree char **names = NULL;
  CfJson json;

  if (length == 0)
    return TRUE;
  if (!cf_json_check (text, length, &json, error))
    return FALSE;
  names = cf_json_dup_names (&json);
  if (names == NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "body: expected a JSON object");
      return FALSE;
    }
  for (guint i = 0; names[i] != NULL; i++)
    g_hash_table_add (gather->names, names[i]);
  if (names[0] != NULL)
    g_string_append_len (gather->members, json.text + 1, json.length - 2);
  return TRUE;
}

static CfStruct *
gather_all (Gather *gather, CfdRequest *request, GHashTable *fields, GError **error)
{
  g_autofree char *text = NULL;
  GHashTableIter iter;
  gpointer name, value;

  if (!add_body (gather, request, error))
    return NULL;
  g_hash_table_iter_init (&iter, fields);
  while (g_hash_table_iter_next (&iter, &name, &value))
    add (gather, name, value);
  cfd_request_each_query (request, add_query, gather);
  if (gather->error != NULL)
    {
      g_propagate_error (error, gather->error);
      return NULL;
    }
  text = g_strconcat ("{", gather->members->str, "}", NULL);
  return cf_json_decode_text (gather->shape, text, CF_DECODE_STRICT, error);
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
  g_autoptr (GString) members = g_string_new (NULL);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Gather gather = { shape, members, names, NULL };

  return gather_all (&gather, request, fields, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "openapi.h"

#include "protocol/error.h"
#include "protocol/record.h"

#include <json-glib/json-glib.h>
#include <string.h>

static void
put (JsonBuilder *out, const char *name, const char *value)
{
  json_builder_set_member_name (out, name);
  json_builder_add_string_value (out, value);
}

static void
put_number (JsonBuilder *out, const char *name, gint64 value)
{
  json_builder_set_member_name (out, name);
  json_builder_add_int_value (out, value);
}

static void
open_member (JsonBuilder *out, const char *name)
{
  json_builder_set_member_name (out, name);
  json_builder_begin_object (out);
}

static void
put_ref (JsonBuilder *out, const char *shape)
{
  g_autofree char *target = g_strconcat ("#/components/schemas/", shape, NULL);

  put (out, "$ref", target);
}

static void
put_string_limits (JsonBuilder *out, const CfField *field)
{
  if (field->min > 0)
    put_number (out, "minLength", field->min);
  if (field->max > 0)
    put_number (out, "maxLength", field->max);
}

static void
put_words (JsonBuilder *out, const CfField *field)
{
  put (out, "type", "string");
  json_builder_set_member_name (out, "enum");
  json_builder_begin_array (out);
  for (const char *const *word = field->words; *word != NULL; word++)
    if (**word != '\0')
      json_builder_add_string_value (out, *word);
  json_builder_end_array (out);
}

static void
put_array_of (JsonBuilder *out, const char *shape)
{
  put (out, "type", "array");
  open_member (out, "items");
  put_ref (out, shape);
  json_builder_end_object (out);
}

static void
put_kind (JsonBuilder *out, const CfField *field)
{
  switch (field->kind)
    {
    case CF_KIND_ID:
      put (out, "type", "string");
      put (out, "format", "uuid");
      break;
    case CF_KIND_STRING:
    case CF_KIND_TEXT:
      put (out, "type", "string");
      put_string_limits (out, field);
      break;
    case CF_KIND_INTEGER:
      put (out, "type", "integer");
      put (out, "format", "int64");
      put_number (out, "minimum", field->min);
      if (field->max < G_MAXINT64)
        put_number (out, "maximum", field->max);
      break;
    case CF_KIND_TIME:
      put (out, "type", "integer");
      put (out, "format", "int64");
      put_number (out, "minimum", 0);
      break;
    case CF_KIND_BOOLEAN:
      put (out, "type", "boolean");
      break;
    case CF_KIND_ENUM:
      put_words (out, field);
      break;
    case CF_KIND_STRINGS:
      put (out, "type", "array");
      put_number (out, "maxItems", CF_MAX_STRINGS);
      open_member (out, "items");
      put (out, "type", "string");
      put_string_limits (out, field);
      json_builder_end_object (out);
      break;
    case CF_KIND_STRUCT:
      put_ref (out, field->shape->name);
      break;
    case CF_KIND_STRUCTS:
      put_array_of (out, field->shape->name);
      break;
    case CF_KIND_RECORDS:
      put_array_of (out, "record");
      break;
    }
}

static void
put_field (JsonBuilder *out, const CfField *field)
{
  g_autofree char *help = g_strconcat (field->help != NULL ? field->help : "",
                                       field->help != NULL && field->readers == CF_AUDIENCE_STAFF ? " " : "",
                                       field->readers == CF_AUDIENCE_STAFF ? "Staff only." : "",
                                       field->kind == CF_KIND_TIME ? " Milliseconds since 1970 UTC." : "", NULL);

  put_kind (out, field);
  if (help[0] != '\0')
    put (out, "description", g_strstrip (help));
}

/* The params that are left for query or body when those in the path are taken. */
static gboolean
in_path (const char *path, const CfField *field)
{
  g_autofree char *place = g_strconcat ("{", field->name, "}", NULL);

  return strstr (path, place) != NULL;
}

static void
put_properties (JsonBuilder *out, const CfShape *shape, const char *path)
{
  open_member (out, "properties");
  if (cf_record_shape (shape->name) == shape)
    {
      open_member (out, "type");
      put (out, "const", shape->name);
      json_builder_end_object (out);
    }
  for (guint i = 0; i < shape->n_fields; i++)
    {
      const CfField *field = &shape->fields[i];

      if (field->readers == CF_AUDIENCE_NONE || (path != NULL && in_path (path, field)))
        continue;
      open_member (out, field->name);
      put_field (out, field);
      json_builder_end_object (out);
    }
  json_builder_end_object (out);
}

static void
put_required (JsonBuilder *out, const CfShape *shape, const char *path)
{
  gboolean any = FALSE;

  for (guint i = 0; i < shape->n_fields; i++)
    {
      const CfField *field = &shape->fields[i];

      if ((field->flags & CF_FIELD_REQUIRED) == 0 || field->readers != CF_AUDIENCE_ALL || (path != NULL && in_path (path, field)))
        continue;
      if (!any)
        {
          json_builder_set_member_name (out, "required");
          json_builder_begin_array (out);
        }
      any = TRUE;
      json_builder_add_string_value (out, field->name);
    }
  if (any)
    json_builder_end_array (out);
}

/* @closed: unknown members are refused. Records are open, and need only what a tombstone has. */
static void
put_shape (JsonBuilder *out, const CfShape *shape, gboolean closed, const char *path)
{
  put (out, "type", "object");
  put_properties (out, shape, path);
  if (cf_record_shape (shape->name) != shape)
    put_required (out, shape, path);
  if (closed)
    {
      json_builder_set_member_name (out, "additionalProperties");
      json_builder_add_boolean_value (out, FALSE);
    }
}

static void
collect (GHashTable *shapes, const CfShape *shape)
{
  if (!g_hash_table_add (shapes, (gpointer) shape))
    return;
  for (guint i = 0; i < shape->n_fields; i++)
    if (shape->fields[i].shape != NULL)
      collect (shapes, shape->fields[i].shape);
}

static int
compare_shapes (gconstpointer a, gconstpointer b)
{
  return strcmp (((const CfShape *) a)->name, ((const CfShape *) b)->name);
}

static void
put_record_union (JsonBuilder *out)
{
  open_member (out, "record");
  put (out, "description", "Any record; \"type\" says which. A tombstone has only type, id, rev and deleted.");
  json_builder_set_member_name (out, "oneOf");
  json_builder_begin_array (out);
  for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
    {
      json_builder_begin_object (out);
      put_ref (out, (*shape)->name);
      json_builder_end_object (out);
    }
  json_builder_end_array (out);
  json_builder_end_object (out);
}

static void
put_problem (JsonBuilder *out)
{
  static const char *const strings[] = { "type", "title", "detail", NULL };

  open_member (out, "problem");
  put (out, "type", "object");
  put (out, "description", "RFC 9457 problem details.");
  open_member (out, "properties");
  for (const char *const *name = strings; *name != NULL; name++)
    {
      open_member (out, *name);
      put (out, "type", "string");
      json_builder_end_object (out);
    }
  open_member (out, "status");
  put (out, "type", "integer");
  json_builder_end_object (out);
  open_member (out, "retry_after_ms");
  put (out, "type", "integer");
  json_builder_end_object (out);
  open_member (out, "reason");
  put (out, "type", "string");
  json_builder_set_member_name (out, "enum");
  json_builder_begin_array (out);
  for (guint i = 0; i < CF_N_ERRORS; i++)
    json_builder_add_string_value (out, cf_error_reason (i));
  json_builder_end_array (out);
  json_builder_end_object (out);
  json_builder_end_object (out);
  json_builder_end_object (out);
}

static void
put_schemas (JsonBuilder *out, const GPtrArray *methods)
{
  g_autoptr (GHashTable) shapes = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) params = g_hash_table_new (NULL, NULL);
  g_autoptr (GList) sorted = NULL;

  for (guint i = 0; i < methods->len; i++)
    {
      const CfdMethod *row = methods->pdata[i];

      collect (shapes, row->params);
      collect (shapes, row->result);
      g_hash_table_add (params, (gpointer) row->params);
    }
  for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
    collect (shapes, *shape);
  sorted = g_list_sort (g_hash_table_get_keys (shapes), compare_shapes);
  open_member (out, "schemas");
  for (GList *l = sorted; l != NULL; l = l->next)
    {
      const CfShape *shape = l->data;

      open_member (out, shape->name);
      put_shape (out, shape, g_hash_table_contains (params, shape), NULL);
      json_builder_end_object (out);
    }
  put_record_union (out);
  put_problem (out);
  json_builder_end_object (out);
}

static void
put_components (JsonBuilder *out, const GPtrArray *methods)
{
  open_member (out, "components");
  put_schemas (out, methods);
  open_member (out, "securitySchemes");
  open_member (out, "token");
  put (out, "type", "http");
  put (out, "scheme", "bearer");
  put (out, "description", "An agent's token from session.login, or a visitor's own \"<visitor id>.<secret>\".");
  json_builder_end_object (out);
  open_member (out, "site");
  put (out, "type", "apiKey");
  put (out, "in", "header");
  put (out, "name", "X-ChatFlow-Site");
  put (out, "description", "Visitors: the key of the site.");
  json_builder_end_object (out);
  open_member (out, "key");
  put (out, "type", "http");
  put (out, "scheme", "bearer");
  put (out, "description", "An API key of a site, \"cfk_…\", for the site's servers; the scope that it needs is named with each operation.");
  json_builder_end_object (out);
  json_builder_end_object (out);
  json_builder_end_object (out);
}

static void
put_security_scheme (JsonBuilder *out, const char *name)
{
  json_builder_set_member_name (out, name);
  json_builder_begin_array (out);
  json_builder_end_array (out);
}

/* The words of OpenAPI 3.1 for this are roles. */
static void
put_key_security (JsonBuilder *out, const CfdMethod *row)
{
  g_auto (GStrv) words = cf_api_scopes_dup_words (row->scope);

  json_builder_begin_object (out);
  json_builder_set_member_name (out, "key");
  json_builder_begin_array (out);
  for (char **word = words; *word != NULL; word++)
    json_builder_add_string_value (out, *word);
  json_builder_end_array (out);
  json_builder_end_object (out);
}

/* Alternatives: nobody, an agent's token, a visitor's token together with the site's key, or an API key with the scope. */
static void
put_security (JsonBuilder *out, const CfdMethod *row)
{
  json_builder_set_member_name (out, "security");
  json_builder_begin_array (out);
  if ((row->allow & (CFD_ALLOW_STAFF | CFD_ALLOW_ANYONE)) != 0)
    {
      json_builder_begin_object (out);
      if ((row->allow & CFD_ALLOW_ANYONE) == 0)
        put_security_scheme (out, "token");
      json_builder_end_object (out);
    }
  if ((row->allow & CFD_ALLOW_VISITOR) != 0)
    {
      json_builder_begin_object (out);
      put_security_scheme (out, "token");
      put_security_scheme (out, "site");
      json_builder_end_object (out);
    }
  if (row->scope != 0)
    put_key_security (out, row);
  json_builder_end_array (out);
}

static void
put_parameters (JsonBuilder *out, const CfdMethod *row, gboolean query)
{
  json_builder_set_member_name (out, "parameters");
  json_builder_begin_array (out);
  for (guint i = 0; i < row->params->n_fields; i++)
    {
      const CfField *field = &row->params->fields[i];
      gboolean path = in_path (row->path, field);

      if (!path && !query)
        continue;
      json_builder_begin_object (out);
      put (out, "name", field->name);
      put (out, "in", path ? "path" : "query");
      json_builder_set_member_name (out, "required");
      json_builder_add_boolean_value (out, path || (field->flags & CF_FIELD_REQUIRED) != 0);
      open_member (out, "schema");
      put_field (out, field);
      json_builder_end_object (out);
      json_builder_end_object (out);
    }
  json_builder_end_array (out);
}

static void
open_content (JsonBuilder *out, const char *type)
{
  open_member (out, "content");
  open_member (out, type);
  open_member (out, "schema");
}

static void
close_content (JsonBuilder *out)
{
  json_builder_end_object (out);
  json_builder_end_object (out);
  json_builder_end_object (out);
}

static void
put_responses (JsonBuilder *out, const CfdMethod *row)
{
  open_member (out, "responses");
  open_member (out, "200");
  put (out, "description", "It is done.");
  open_content (out, row->media_type != NULL ? row->media_type : "application/json");
  if (row->media_type != NULL)
    put (out, "type", "string");
  else
    put_ref (out, row->result->name);
  close_content (out);
  json_builder_end_object (out);
  open_member (out, "default");
  put (out, "description", "It was refused; \"reason\" says why.");
  open_content (out, "application/problem+json");
  put_ref (out, "problem");
  close_content (out);
  json_builder_end_object (out);
  json_builder_end_object (out);
}

static void
put_operation (JsonBuilder *out, const CfdMethod *row)
{
  gboolean query = g_str_equal (row->verb, "GET") || g_str_equal (row->verb, "DELETE");
  g_autofree char *verb = g_ascii_strdown (row->verb, -1);

  open_member (out, verb);
  put (out, "operationId", row->name);
  put (out, "summary", row->help != NULL ? row->help : row->name);
  put_security (out, row);
  put_parameters (out, row, query);
  if (!query && row->params->n_fields > 0)
    {
      open_member (out, "requestBody");
      open_content (out, "application/json");
      put_shape (out, row->params, TRUE, row->path);
      close_content (out);
      json_builder_end_object (out);
    }
  put_responses (out, row);
  json_builder_end_object (out);
}

static void
put_paths (JsonBuilder *out, const GPtrArray *methods)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  open_member (out, "paths");
  for (guint i = 0; i < methods->len; i++)
    {
      const CfdMethod *first = methods->pdata[i];

      if (first->path == NULL || !g_hash_table_add (seen, (gpointer) first->path))
        continue;
      open_member (out, first->path);
      for (guint j = i; j < methods->len; j++)
        if (g_strcmp0 (((const CfdMethod *) methods->pdata[j])->path, first->path) == 0)
          put_operation (out, methods->pdata[j]);
      json_builder_end_object (out);
    }
  json_builder_end_object (out);
}

/* OpenAPI knows no sockets; its extension members begin with "x-". */
static void
put_methods (JsonBuilder *out, const GPtrArray *methods)
{
  open_member (out, "x-socket-methods");
  for (guint i = 0; i < methods->len; i++)
    {
      const CfdMethod *row = methods->pdata[i];

      open_member (out, row->name);
      put (out, "summary", row->help != NULL ? row->help : row->name);
      open_member (out, "params");
      put_ref (out, row->params->name);
      json_builder_end_object (out);
      open_member (out, "result");
      put_ref (out, row->result->name);
      json_builder_end_object (out);
      json_builder_end_object (out);
    }
  json_builder_end_object (out);
}

/**
 * cfd_openapi_new:
 * @methods: of const CfdMethod
 *
 * Returns: (transfer full): the description of all methods in OpenAPI 3.1, as JSON
 */
GBytes *
cfd_openapi_new (const GPtrArray *methods)
{
  g_autoptr (JsonBuilder) out = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;
  gsize length;

  json_builder_begin_object (out);
  put (out, "openapi", "3.1.0");
  open_member (out, "info");
  put (out, "title", "ChatFlow");
  put (out, "version", CHATFLOW_VERSION);
  json_builder_end_object (out);
  put_paths (out, methods);
  put_components (out, methods);
  put_methods (out, methods);
  json_builder_end_object (out);
  root = json_builder_get_root (out);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, &length);
  return g_bytes_new_take (text, length);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/features.h"
#include "backend/rpc/connection-methods.h"
#include "backend/rpc/method-table.h"
#include "backend/rpc/openapi.h"

#include <json-glib/json-glib.h>
#include <string.h>

static CfdMethodTable *table;

static JsonNode *
load (void)
{
  g_autoptr (GBytes) bytes = cfd_openapi_new (cfd_method_table_rows (table));
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  return node;
}

/* Follows "#/a/b/c"; "~1" stands for a slash in a name (RFC 6901). */
static JsonNode *
follow (JsonNode *root, const char *pointer)
{
  g_auto (GStrv) names = g_strsplit (pointer, "/", -1);
  JsonNode *node = root;

  g_assert_cmpstr (names[0], ==, "#");
  for (guint i = 1; names[i] != NULL && node != NULL; i++)
    node = JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_member (json_node_get_object (node), names[i]) : NULL;
  return node;
}

static guint check_refs (JsonNode *root, JsonNode *node);

static void
check_member (JsonObject *object, const char *name, JsonNode *node, gpointer data)
{
  gpointer *state = data;

  *(guint *) state[1] += check_refs (state[0], node);
  if (g_str_equal (name, "$ref"))
    {
      g_assert_nonnull (follow (state[0], json_node_get_string (node)));
      ++*(guint *) state[1];
    }
}

static guint
check_refs (JsonNode *root, JsonNode *node)
{
  guint n = 0;
  gpointer state[] = { root, &n };

  if (JSON_NODE_HOLDS_OBJECT (node))
    json_object_foreach_member (json_node_get_object (node), check_member, state);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      n += check_refs (root, json_array_get_element (json_node_get_array (node), i));
  return n;
}

static void
test_refs (void)
{
  g_autoptr (JsonNode) root = load ();

  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (root), "openapi"), ==, "3.1.0");
  g_assert_cmpuint (check_refs (root, root), >, 50);
}

/* Every row, every param of it in exactly one place, every path name declared. */
static void
test_rows (void)
{
  g_autoptr (JsonNode) root = load ();
  JsonObject *paths = json_object_get_object_member (json_node_get_object (root), "paths");
  JsonObject *methods = json_object_get_object_member (json_node_get_object (root), "x-socket-methods");
  const GPtrArray *rows = cfd_method_table_rows (table);

  for (guint i = 0; i < rows->len; i++)
    {
      const CfdMethod *row = rows->pdata[i];
      g_autofree char *verb = row->verb != NULL ? g_ascii_strdown (row->verb, -1) : NULL;
      JsonObject *operation, *body;
      JsonArray *parameters;
      guint n;

      g_assert_true (json_object_has_member (methods, row->name));
      if (row->path == NULL)
        continue;
      operation = json_object_get_object_member (json_object_get_object_member (paths, row->path), verb);
      g_assert_cmpstr (json_object_get_string_member (operation, "operationId"), ==, row->name);
      g_assert_true (json_object_has_member (operation, "security"));
      parameters = json_object_get_array_member (operation, "parameters");
      n = json_array_get_length (parameters);
      body = json_object_has_member (operation, "requestBody") ? json_object_get_object_member (operation, "requestBody") : NULL;
      if (body != NULL)
        {
          body = json_object_get_object_member (json_object_get_object_member (body, "content"), "application/json");
          n += json_object_get_size (json_object_get_object_member (json_object_get_object_member (body, "schema"), "properties"));
        }
      g_assert_cmpuint (n, ==, row->params->n_fields);
    }
}

static void
test_hidden_fields (void)
{
  g_autoptr (GBytes) bytes = cfd_openapi_new (cfd_method_table_rows (table));
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_null (strstr (text, "password_hash"));
  g_assert_null (strstr (text, "secret_hash"));
  g_assert_null (strstr (text, "token_hash"));
}

static void
test_paths (void)
{
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *verbs = NULL;

  /* words in the path come before names */
  g_assert_cmpstr (cfd_method_table_match (table, "DELETE", "/api/v1/sessions/current", fields, &verbs)->name, ==, "session.logout");
  g_assert_cmpstr (cfd_method_table_match (table, "DELETE", "/api/v1/sessions/x", fields, &verbs)->name, ==, "session.revoke");
  g_assert_cmpstr (g_hash_table_lookup (fields, "id"), ==, "x");
  g_assert_cmpstr (cfd_method_table_match (table, "HEAD", "/api/v1/agents", fields, &verbs)->name, ==, "agent.list");
  g_assert_null (cfd_method_table_match (table, "GET", "/api/v1/sessions/", fields, &verbs));
  g_assert_null (verbs);
  g_assert_null (cfd_method_table_match (table, "PUT", "/api/v1/agents", fields, &verbs));
  g_assert_cmpstr (verbs, ==, "GET, HEAD, POST, OPTIONS");
}

static gpointer
unused (CfdCall *call, gconstpointer params, GError **error)
{
  return NULL;
}

static void
refuse_rows (const CfdMethod *methods, guint n, const char *what)
{
  CfdFeature feature = { "broken", methods, n };
  const CfdFeature *const features[] = { &feature, NULL };
  g_autoptr (GError) error = NULL;

  g_assert_null (cfd_method_table_new (features, &error));
  g_assert_nonnull (strstr (error->message, what));
}

static void
test_broken_rows (void)
{
  const CfdFeature *const *features = cfd_features ();
  const CfdMethod good = (*features)->methods[0];
  CfdMethod twice[] = { good, good }, path = good, handler = good, verb = good;

  refuse_rows (twice, 2, "taken");
  path.path = "/api/v1/{nothing}";
  refuse_rows (&path, 1, "{nothing}");
  handler.work = CFD_WORK_LOOP;
  refuse_rows (&handler, 1, "handler");
  verb.verb = NULL;
  verb.handler = unused;
  refuse_rows (&verb, 1, "verb");
}

int
main (int argc, char **argv)
{
  g_autofree const CfdFeature **features = (const CfdFeature **) cfd_connection_with (cfd_features ());
  int result;

  g_test_init (&argc, &argv, NULL);
  table = cfd_method_table_new (features, NULL);
  g_assert_nonnull (table);
  g_test_add_func ("/openapi/refs", test_refs);
  g_test_add_func ("/openapi/rows", test_rows);
  g_test_add_func ("/openapi/hidden-fields", test_hidden_fields);
  g_test_add_func ("/method-table/paths", test_paths);
  g_test_add_func ("/method-table/broken-rows", test_broken_rows);
  result = g_test_run ();
  cfd_method_table_free (table);
  return result;
}

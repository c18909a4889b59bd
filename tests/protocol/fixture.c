/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include "protocol/methods/catalogue.h"

/**
 * fixture_foreach:
 * @file: in protocol/fixtures/
 *
 * Calls @func for each case of the file; a file without cases is a failure.
 */
void
fixture_foreach (const char *file, FixtureFunc func)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *path = g_build_filename (FIXTURES, file, NULL);
  g_autofree char *text = NULL;
  JsonArray *cases;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  root = json_from_string (text, &error);
  g_assert_no_error (error);
  cases = json_object_get_array_member (json_node_get_object (root), "cases");
  g_assert_cmpuint (json_array_get_length (cases), >, 0);
  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      JsonObject *fixture = json_array_get_object_element (cases, i);
      g_autofree char *name = g_strdup_printf ("%s: %s", file, json_object_get_string_member (fixture, "name"));

      g_test_message ("%s", name);
      func (name, fixture);
    }
}

/**
 * fixture_shape:
 * Returns: what the case's "shape" names: a record type, or params, result or notification.
 */
const CfShape *
fixture_shape (JsonObject *fixture)
{
  const char *name = json_object_get_string_member (fixture, "shape");
  const CfShape *record = cf_record_shape (name);

  if (record != NULL)
    return record;
  for (const CfShape *const *shape = cf_method_shapes (); *shape != NULL; shape++)
    if (g_str_equal ((*shape)->name, name))
      return *shape;
  g_error ("no shape is called %s", name);
}

CfAudience
fixture_audience (JsonObject *fixture)
{
  const char *word = json_object_get_string_member (fixture, "audience");

  if (g_str_equal (word, "visitor"))
    return CF_AUDIENCE_VISITOR;
  g_assert_cmpstr (word, ==, "staff");
  return CF_AUDIENCE_STAFF;
}

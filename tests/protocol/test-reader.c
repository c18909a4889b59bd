/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json-glib is the second opinion: what our check accepts, both must read alike. */
#include "fixture.h"

#include "protocol/error.h"
#include "protocol/json-reader.h"

#include <string.h>

static void check_value (JsonNode *node, const CfJson *json);

static void
check_array (JsonArray *array, const CfJson *json)
{
  CfJsonReader reader = { json->text, json->text + json->length };
  guint i = 0;

  for (gboolean more = cf_json_reader_enter (&reader); more; more = cf_json_reader_next (&reader), i++)
    {
      CfJson entry;

      cf_json_reader_skip (&reader, &entry);
      g_assert_cmpuint (i, <, json_array_get_length (array));
      check_value (json_array_get_element (array, i), &entry);
    }
  g_assert_cmpuint (i, ==, json_array_get_length (array));
  g_assert_true (reader.p == reader.end);
}

static void
check_object (JsonObject *object, const CfJson *json)
{
  g_auto (GStrv) names = cf_json_dup_names (json);

  g_assert_cmpuint (g_strv_length (names), ==, json_object_get_size (object));
  for (guint i = 0; names[i] != NULL; i++)
    {
      CfJson member;

      g_assert_true (json_object_has_member (object, names[i]));
      g_assert_true (cf_json_get_member (json, names[i], &member));
      check_value (json_object_get_member (object, names[i]), &member);
    }
}

static void
check_number (JsonNode *node, const CfJson *json)
{
  const gint64 safe = G_GINT64_CONSTANT (9007199254740991);
  double number = json_node_get_double (node);
  gint64 whole = -1;

  if (cf_json_get_integer (json, &whole))
    g_assert_cmpint (whole, ==, json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : (gint64) number);
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    g_assert_true (json_node_get_int (node) > safe || json_node_get_int (node) < -safe);
  else
    g_assert_true (!(number >= -safe && number <= safe && number == (double) (gint64) number));
}

static void
check_scalar (JsonNode *node, const CfJson *json)
{
  CfJsonReader reader = { json->text, json->text + json->length };
  g_autofree char *string = cf_json_dup_string (json);

  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      g_assert_cmpstr (string, ==, json_node_get_string (node));
      break;
    case G_TYPE_BOOLEAN:
      g_assert_cmpint (cf_json_get_type (json), ==, CF_JSON_BOOLEAN);
      g_assert_cmpint (cf_json_reader_boolean (&reader), ==, json_node_get_boolean (node));
      g_assert_true (reader.p == reader.end);
      break;
    default:
      g_assert_cmpint (cf_json_get_type (json), ==, CF_JSON_NUMBER);
      check_number (node, json);
    }
}

static void
check_value (JsonNode *node, const CfJson *json)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    check_object (json_node_get_object (node), json);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    check_array (json_node_get_array (node), json);
  else if (JSON_NODE_HOLDS_NULL (node))
    g_assert_cmpint (cf_json_get_type (json), ==, CF_JSON_NULL);
  else
    check_scalar (node, json);
}

/* Returns: whether the text was accepted; then json-glib has accepted it too, and has read the same. */
static gboolean
check_text (const char *text, gsize length)
{
  g_autofree char *exact = g_memdup2 (text, length);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  CfJson json;
  CfJsonReader reader;

  if (!cf_json_check (exact, length, &json, NULL))
    return FALSE;
  json_parser_load_from_data (parser, text, length, &error);
  g_assert_no_error (error);
  reader = (CfJsonReader) { json.text, json.text + json.length };
  cf_json_reader_skip (&reader, NULL);
  g_assert_true (reader.p == reader.end);
  check_value (json_parser_get_root (parser), &json);
  return TRUE;
}

static void
test_accepted (void)
{
  static const char *const texts[] = {
    "0", "-0", "0e5", "0E+1", "-1.5e-3", "1e5", "-1E2", "1e300", "0.5", "12.0", "999999999999999999", "-999999999999999999",
    "9007199254740991", "9007199254740992", "-9007199254740991", "-9007199254740992", "9007199254740992.0", "123456789012345678901234567890.5",
    "9999999999999999999.0", "true", "false", "null", "\"\"", " [ ] ", "\t{\r\n} ", "{\"\":{}}", "[true,false,null]", "[[],[[]],{}]",
    "\"\\ud83d\\ude00\\/\\b\\f\\n\\r\\t\\\\\\\"\"", "[\"'\",\"/* [[ */\",\"\\\\\",\"\\\\\\\\\",\"]\"]", "{\"\\u0061\\\"\":1,\"b\":\"\\u00e9\\u6f22\"}",
    "{\"a\":{\"a\":{\"a\":1},\"b\":1},\"b\":{\"a\":1}}", "[{\"a\":1},{\"a\":1}]", "[1 , 2\n,3 ]", "{ \"a\" : 1 , \"b\" : [ ] }",
    "\"0123456789abcdef0123456789abcdef é 漢 😀 \\\" 0123456789abcdef\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_true (check_text (texts[i], strlen (texts[i])));
}

static void
append_any (GString *out, GRand *random, guint depth)
{
  static const char *const scalars[] = { "0", "-1", "17", "1.5", "-2e3", "true", "false", "null", "\"\"", "\"a\\u0062\"", "\"é\\\\\"", "\"😀,]}\"" };
  guint n = g_rand_int_range (random, 0, 5), kind = depth < 6 ? g_rand_int_range (random, 0, 3) : 0;

  if (kind == 0)
    {
      g_string_append (out, scalars[g_rand_int_range (random, 0, G_N_ELEMENTS (scalars))]);
      return;
    }
  g_string_append (out, kind == 1 ? "[" : "{ ");
  for (guint i = 0; i < n; i++)
    {
      g_string_append (out, i > 0 ? "," : "");
      if (kind == 2)
        g_string_append_printf (out, "\"%s%u\" :", g_rand_boolean (random) ? "name " : "\\u00e9", i);
      append_any (out, random, depth + 1);
    }
  g_string_append (out, kind == 1 ? "\n]" : "}");
}

static void
test_any_text (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (g_test_rand_int ());

  for (guint n = 0; n < 3000; n++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      append_any (text, random, 0);
      g_assert_true (check_text (text->str, text->len));
    }
}

static GRand *mutations;

/* Bytes are lost, doubled, changed: mostly that is refused, and what is not must still be read alike. */
static void
mutate (const char *name, JsonObject *fixture)
{
  g_autofree char *text = json_to_string (json_object_get_member (fixture, "json"), FALSE);
  static const char bytes[] = "\",:{}[]\\ 0e.-nu\xe9\xff";

  for (guint n = 0; n < 300; n++)
    {
      g_autoptr (GString) other = g_string_new (text);

      for (guint times = g_rand_int_range (mutations, 1, 4); times > 0 && other->len > 0; times--)
        {
          gsize at = g_rand_int_range (mutations, 0, other->len);

          switch (g_rand_int_range (mutations, 0, 3))
            {
            case 0:
              g_string_erase (other, at, 1);
              break;
            case 1:
              g_string_insert_c (other, at, bytes[g_rand_int_range (mutations, 0, sizeof bytes)]);
              break;
            default:
              other->str[at] = bytes[g_rand_int_range (mutations, 0, sizeof bytes)];
            }
        }
      check_text (other->str, other->len);
    }
}

static void
test_mutations (void)
{
  mutations = g_rand_new_with_seed (g_test_rand_int ());
  fixture_foreach ("message.json", mutate);
  fixture_foreach ("site.json", mutate);
  fixture_foreach ("notifications.json", mutate);
  g_rand_free (mutations);
}

static char *
many_names (guint n, const char *last)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "\"%x\":{\"a\":[]},", i * 7919);
  g_string_append_printf (text, "%s:1}", last);
  return g_string_free (text, FALSE);
}

/* Few, many, more than fit beside the text: each way of looking for a name that is there twice. */
static void
test_names (void)
{
  for (guint n = 0; n < 3000; n = n < 80 ? n + 1 : n * 3)
    {
      g_autofree char *different = many_names (n, "\"last\""), *escaped = many_names (n, "\"\\u006cast\"");
      g_autofree char *twice = many_names (n, "\"0\""), *hidden = many_names (n, "\"\\u0030\"");
      g_autoptr (GError) error = NULL;
      CfJson json;

      g_assert_true (check_text (different, strlen (different)));
      g_assert_true (check_text (escaped, strlen (escaped)));
      g_assert_cmpint (check_text (twice, strlen (twice)), ==, n == 0);
      g_assert_cmpint (cf_json_check (hidden, strlen (hidden), &json, &error), ==, n == 0);
      if (n > 0)
        g_assert_cmpstr (error->message, ==, "got a field twice in one object, expected it once");
    }
}

/* What ends a text in the wrong place is reported as that, also when a name was there twice before. */
static void
test_grammar_comes_first (void)
{
  const char *text = "{\"a\":1,\"a\":2,\"\\u0062\":";
  g_autoptr (GError) error = NULL;
  CfJson json;

  g_assert_false (cf_json_check (text, strlen (text), &json, &error));
  g_assert_cmpstr (error->message, ==, "not JSON at byte 22: expected a value");
}

static void
test_values (void)
{
  const char *text = " {\"a\":[\"x\",1,\"\\u0079\",[\"z\"]],\"n\":12,\"f\":1.5} ";
  g_auto (GStrv) strings = NULL;
  CfJson json, member;
  gint64 number = -1;

  g_assert_true (cf_json_check (text, strlen (text), &json, NULL));
  g_assert_cmpmem (json.text, json.length, text + 1, strlen (text) - 2);
  g_assert_true (cf_json_get_member (&json, "a", &member));
  strings = cf_json_dup_strings (&member);
  g_assert_cmpuint (g_strv_length (strings), ==, 2);
  g_assert_cmpstr (strings[1], ==, "y");
  g_assert_false (cf_json_get_member (&member, "a", &member));
  g_assert_null (member.text);
  g_assert_true (cf_json_get_member (&json, "f", &member));
  g_assert_false (cf_json_get_integer (&member, &number));
  g_assert_cmpint (number, ==, -1);
  g_assert_null (cf_json_dup_string (&member));
  g_assert_null (cf_json_dup_names (&member));
  g_assert_null (cf_json_dup_strings (&member));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/reader/accepted", test_accepted);
  g_test_add_func ("/protocol/reader/any-text", test_any_text);
  g_test_add_func ("/protocol/reader/mutations", test_mutations);
  g_test_add_func ("/protocol/reader/names", test_names);
  g_test_add_func ("/protocol/reader/grammar-comes-first", test_grammar_comes_first);
  g_test_add_func ("/protocol/reader/values", test_values);
  return g_test_run ();
}

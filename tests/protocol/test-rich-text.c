/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "protocol/rich-text.h"

static void
set_runs (JsonObject *object, GPtrArray *runs)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < runs->len; i++)
    {
      CfRichRun *run = runs->pdata[i];
      JsonObject *row;

      if (run->style == 0 && run->href == NULL)
        {
          json_array_add_string_element (array, run->text);
          continue;
        }
      row = json_object_new ();
      json_object_set_string_member (row, "text", run->text);
      if ((run->style & CF_RICH_BOLD) != 0)
        json_object_set_boolean_member (row, "bold", TRUE);
      if ((run->style & CF_RICH_ITALIC) != 0)
        json_object_set_boolean_member (row, "italic", TRUE);
      if ((run->style & CF_RICH_CODE) != 0)
        json_object_set_boolean_member (row, "code", TRUE);
      if (run->href != NULL)
        json_object_set_string_member (row, "href", run->href);
      json_array_add_object_element (array, row);
    }
  json_object_set_array_member (object, "text", array);
}

/* As the fixtures write it. */
static char *
describe (GPtrArray *blocks)
{
  JsonArray *array = json_array_new ();
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), array);

  for (guint i = 0; i < blocks->len; i++)
    {
      CfRichBlock *block = blocks->pdata[i];
      JsonObject *object = json_object_new ();

      if (block->kind == CF_RICH_LINES)
        json_object_set_string_member (object, "code", ((CfRichRun *) block->runs->pdata[0])->text);
      else
        set_runs (object, block->runs);
      if (block->kind == CF_RICH_NUMBER)
        json_object_set_int_member (object, "number", block->number);
      if (block->kind == CF_RICH_BULLET)
        json_object_set_boolean_member (object, "bullet", TRUE);
      json_array_add_object_element (array, object);
    }
  json_array_unref (array);
  return json_to_string (node, TRUE);
}

static void
check (const char *name, JsonObject *fixture)
{
  g_autoptr (GPtrArray) blocks = cf_rich_text_parse (json_object_get_string_member (fixture, "text"));
  g_autofree char *got = describe (blocks);
  g_autofree char *expected = json_to_string (json_object_get_member (fixture, "blocks"), TRUE);

  g_test_message ("%s", name);
  g_assert_cmpstr (got, ==, expected);
}

static void
test_fixtures (void)
{
  fixture_foreach ("rich-text.json", check);
}

/* Each of them has brought a parser of its kind to its knees: it shall be read, and nothing of it lost. */
static void
test_long (void)
{
  static const char *const pieces[] = { "*a ", "**a ", "`a ", "[a", "(", "```a\n", "- a\n", "1. a\n", "a@", "+1 22", "*", "**a*b ", "https://", "\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GPtrArray) blocks = NULL;

      while (text->len < 100000)
        g_string_append (text, pieces[i]);
      blocks = cf_rich_text_parse (text->str);
      g_assert_cmpuint (blocks->len, <=, 50000);
    }
}

static void
test_plain (void)
{
  g_autoptr (GPtrArray) blocks = cf_rich_text_parse ("a **b** [c](https://d.example)\n- e\n- f\n1. g\n2. h\n```\ni\n```");
  g_autofree char *words = cf_rich_text_dup_plain (blocks);

  g_assert_cmpstr (words, ==, "a b c\ne\nf\n1. g\n2. h\ni");
  g_assert_false (cf_rich_text_is_simple (blocks));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/rich-text/fixtures", test_fixtures);
  g_test_add_func ("/protocol/rich-text/long", test_long);
  g_test_add_func ("/protocol/rich-text/plain", test_plain);
  return g_test_run ();
}

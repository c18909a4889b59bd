/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/features/replies/placeholders.h"

#include <string.h>

static const CfaPlaceholderValues full = { "Ana Sousa", "ana@example.com", "Bruno", "Shop", "0190" };
static const CfaPlaceholderValues none = { NULL, "", NULL, " \t ", NULL };

static void
check (const char *template, const CfaPlaceholderValues *values, const char *text, const char *missing)
{
  g_auto (GStrv) names = NULL;
  g_autofree char *got = cfa_placeholders_fill (template, values, &names);
  g_autofree char *joined = g_strjoinv (" ", names);

  g_assert_cmpstr (got, ==, text);
  g_assert_cmpstr (joined, ==, missing);
}

static void
test_fill (void)
{
  check ("", &full, "", "");
  check ("no braces", &none, "no braces", "");
  check ("Hi {visitor.name|there}!", &full, "Hi Ana Sousa!", "");
  check ("Hi {visitor.name|there}!", &none, "Hi there!", "");
  check ("Hi{visitor.name|}!", &none, "Hi!", "");
  check ("{visitor.name}{visitor.email}{agent.name}{site.name}{conversation.id}", &full, "Ana Sousaana@example.comBrunoShop0190", "");
  check ("Hi { visitor.name | dear one }", &none, "Hi  dear one ", "");
  check ("{visitor.name|a|b}", &none, "a|b", "");
  check ("{visitor.name|{agent.name}}", &full, "{visitor.name|Bruno}", "");
}

/* What is missing stays in sight: never a blank where a name should be. */
static void
test_missing (void)
{
  check ("Hi {visitor.name}, {visitor.name} at {site.name}", &none, "Hi {visitor.name}, {visitor.name} at {site.name}", "visitor.name site.name");
  check ("{visitor.nam}", &full, "{visitor.nam}", "visitor.nam");
  check ("{order.id|none}", &full, "{order.id|none}", "order.id");
  check ("{name}", &full, "{name}", "name");
}

/* Braces that people type for other reasons are words. */
static void
test_braces (void)
{
  check ("{{visitor.name}", &full, "{visitor.name}", "");
  check ("{{{visitor.name}}", &full, "{Ana Sousa}", "");
  check ("{{", &full, "{", "");
  check ("{{{", &full, "{{", "");
  check ("{", &full, "{", "");
  check ("}", &full, "}", "");
  check ("a {visitor.name", &full, "a {visitor.name", "");
  check ("a {visitor.name\n}", &full, "a {visitor.name\n}", "");
  check ("{}", &full, "{}", "");
  check ("{|x}", &full, "{|x}", "");
  check ("{ \"json\": 1 }", &full, "{ \"json\": 1 }", "");
  check ("{.}{a.}{.a}{A.b}{größe}", &full, "{.}{a.}{.a}{A.b}{größe}", "");
  check ("{visitor.name {agent.name}", &full, "{visitor.name Bruno", "");
}

/* A value is nobody's template. */
static void
test_values_are_words (void)
{
  CfaPlaceholderValues sly = full;

  sly.visitor_name = "{agent.name}{{";
  check ("Hi {visitor.name}", &sly, "Hi {agent.name}{{", "");
}

static void
test_large (void)
{
  g_autoptr (GString) emoji = g_string_new (NULL), template = g_string_new (NULL), deep = g_string_new (NULL);
  CfaPlaceholderValues values = full;
  g_auto (GStrv) names = NULL, found = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GArray) spans = NULL;

  for (int i = 0; i < 500; i++)
    g_string_append (emoji, "👩‍🚀");
  values.visitor_name = emoji->str;
  check ("{visitor.name}", &values, emoji->str, "");
  while (template->len + strlen ("{visitor.name}") <= 8000)
    g_string_append (template, "{visitor.name}");
  text = cfa_placeholders_fill (template->str, &values, &names);
  g_assert_cmpuint (strlen (text), ==, template->len / strlen ("{visitor.name}") * emoji->len);
  for (int i = 0; i < 8000; i++)
    g_string_append_c (deep, '{');
  spans = cfa_placeholders_find (deep->str, &found);
  g_assert_cmpuint (spans->len, ==, 0);
}

static void
test_find (void)
{
  g_auto (GStrv) names = NULL;
  g_autoptr (GArray) spans = cfa_placeholders_find ("👋 {visitor.name}, 日本 {order.id} {visitor.name|x} { no }{", &names);
  const CfaPlaceholderSpan *span = (const CfaPlaceholderSpan *) spans->data;
  g_autofree char *joined = g_strjoinv (" ", names), *words = cfa_placeholders_describe ((const char *const *) names);

  g_assert_cmpuint (spans->len, ==, 4);
  g_assert_cmpuint (span[0].start, ==, 2);
  g_assert_cmpuint (span[0].length, ==, 14);
  g_assert_cmpuint (span[1].start, ==, 21);
  g_assert_cmpuint (span[1].length, ==, 10);
  g_assert_cmpstr (joined, ==, "visitor.name order.id no");
  g_assert_cmpstr (words, ==, "the visitor’s name, {order.id}, {no}");
}

/* Whatever comes: it ends, is UTF-8 again, and nothing of the words is lost. */
static void
test_noise (void)
{
  static const char *const parts[] = { "{", "}", "|", "visitor.name", "order.id", " ", "\n", "é", "👋", "{{", "{visitor.name|", "." };

  for (int round = 0; round < 5000; round++)
    {
      g_autoptr (GString) template = g_string_new (NULL);
      g_auto (GStrv) names = NULL, found = NULL;
      g_autofree char *text = NULL;
      g_autoptr (GArray) spans = NULL;

      for (int i = g_test_rand_int_range (0, 30); i > 0; i--)
        g_string_append (template, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
      text = cfa_placeholders_fill (template->str, round % 2 ? &full : &none, &names);
      g_assert_true (g_utf8_validate (text, -1, NULL));
      spans = cfa_placeholders_find (text, &found);
      for (guint i = 0; i < spans->len; i++)
        {
          const CfaPlaceholderSpan *span = &g_array_index (spans, CfaPlaceholderSpan, i);

          g_assert_true (*g_utf8_offset_to_pointer (text, span->start) == '{');
          g_assert_true (*g_utf8_offset_to_pointer (text, span->start + span->length - 1) == '}');
        }
      for (guint i = 0; names[i] != NULL; i++)
        g_assert_true (g_strv_contains ((const char *const *) found, names[i]));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/placeholders/fill", test_fill);
  g_test_add_func ("/placeholders/missing", test_missing);
  g_test_add_func ("/placeholders/braces", test_braces);
  g_test_add_func ("/placeholders/values-are-words", test_values_are_words);
  g_test_add_func ("/placeholders/large", test_large);
  g_test_add_func ("/placeholders/find", test_find);
  g_test_add_func ("/placeholders/noise", test_noise);
  return g_test_run ();
}

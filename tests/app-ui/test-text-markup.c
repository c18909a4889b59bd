/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/features/conversations/text-markup.h"

#include <string.h>

/* The markup of words alone. */
static char *
markup_of (const char *text, const char *name)
{
  g_autoptr (GPtrArray) blocks = cf_rich_text_parse (text);

  g_assert_true (cf_rich_text_is_simple (blocks));
  return blocks->len > 0 ? cfa_text_markup (blocks->pdata[0], name) : g_strdup ("");
}

static void
check (const char *text, const char *expected)
{
  g_autofree char *markup = markup_of (text, NULL);

  g_assert_cmpstr (markup, ==, expected);
}

#define LINK(address) "<a href=\"" address "\">" address "</a>"

static void
test_links (void)
{
  check ("see https://a.example/x now", "see " LINK ("https://a.example/x") " now");
  check ("https://a.example/?q=1&r=2", LINK ("https://a.example/?q=1&amp;r=2"));
  check ("\"https://a.example\"", "&quot;" LINK ("https://a.example") "&quot;");
  check ("a@b.example", "<a href=\"mailto:a@b.example\">a@b.example</a>");
  check ("[our <terms>](https://a.example/?a&b)",
         "<a href=\"https://a.example/?a&amp;b\" title=\"https://a.example/?a&amp;amp;b\">our &lt;terms&gt;</a>");
}

static void
test_styles (void)
{
  check ("**a** *b* **c *d***", "<b>a</b> <i>b</i> **c *d***");
  check ("**a *b* c**", "<b>a </b><b><i>b</i></b><b> c</b>");
  check ("`<a>`", "<span font_family=\"monospace\" background=\"#888888\" background_alpha=\"20%\">&lt;a&gt;</span>");
}

static void
test_escapes (void)
{
  check ("", "");
  check ("<b>&amp;</b>", "&lt;b&gt;&amp;amp;&lt;/b&gt;");
  check ("https://a.example/\"onclick='x'>", LINK ("https://a.example/") "&quot;onclick=&apos;x&apos;&gt;");
  check ("https://a.example/'x'y", LINK ("https://a.example/&apos;x&apos;y"));
}

/* Who is called stands out, but not within an address or code. */
static void
test_called (void)
{
  g_autofree char *markup = markup_of ("@Ana & @Ana: https://a.example/@Ana `@Ana`", "Ana & @Ana");

  g_assert_nonnull (strstr (markup, "<b>@Ana &amp; @Ana</b>: <a"));
  g_assert_nonnull (strstr (markup, "https://a.example/@Ana</a>"));
}

static void
count_text (GMarkupParseContext *context, const char *text, gsize length, gpointer out, GError **error)
{
  g_string_append_len (out, text, length);
}

/* Whatever is written, its markup parses and shows the words that were read. */
static void
test_shows_what_was_written (void)
{
  static const char *const pieces[] = { "https://", "a.example", "<", ">", "&", "\"", "'", "(", ")", " ", "\n", ".", "日", "🎉", "http://", "ر", "*", "**", "`", "[a](", "@", "+49 301234567" };
  const GMarkupParser parser = { .text = count_text };

  for (int round = 0; round < 2000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) shown = g_string_new (NULL);
      g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, shown, NULL);
      g_autoptr (GPtrArray) blocks = NULL;
      g_autofree char *markup = NULL, *document = NULL, *plain = NULL;
      g_autoptr (GError) error = NULL;

      for (int i = g_test_rand_int_range (0, 14); i > 0; i--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      blocks = cf_rich_text_parse (text->str);
      plain = cf_rich_text_dup_plain (blocks);
      markup = markup_of (text->str, "日");
      document = g_strconcat ("<m>", markup, "</m>", NULL);
      g_markup_parse_context_parse (context, document, -1, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (shown->str, ==, plain);
    }
}

static void
test_emoji (void)
{
  g_assert_true (cfa_text_is_emoji ("🎉"));
  g_assert_true (cfa_text_is_emoji ("👍🏽👩‍👩‍👧❤️"));
  g_assert_false (cfa_text_is_emoji (NULL));
  g_assert_false (cfa_text_is_emoji (""));
  g_assert_false (cfa_text_is_emoji ("🎉🎉🎉🎉"));
  g_assert_false (cfa_text_is_emoji ("ok 🎉"));
  g_assert_false (cfa_text_is_emoji ("\xe2\x80\x8d"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/text-markup/links", test_links);
  g_test_add_func ("/app/text-markup/styles", test_styles);
  g_test_add_func ("/app/text-markup/called", test_called);
  g_test_add_func ("/app/text-markup/escapes", test_escapes);
  g_test_add_func ("/app/text-markup/shows-what-was-written", test_shows_what_was_written);
  g_test_add_func ("/app/text-markup/emoji", test_emoji);
  return g_test_run ();
}

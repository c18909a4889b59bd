/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/features/conversations/text-markup.h"

static void
check (const char *text, const char *expected)
{
  g_autofree char *markup = cfa_text_markup (text);

  g_assert_cmpstr (markup, ==, expected);
}

#define LINK(address) "<a href=\"" address "\">" address "</a>"

static void
test_links (void)
{
  check ("see https://a.example/x now", "see " LINK ("https://a.example/x") " now");
  check ("HTTP://A.example", LINK ("HTTP://A.example"));
  check ("https://a.example, https://b.example.", LINK ("https://a.example") ", " LINK ("https://b.example") ".");
  check ("(https://a.example/x_(y))", "(" LINK ("https://a.example/x_(y)") ")");
  check ("[https://a.example]", "[" LINK ("https://a.example") "]");
  check ("https://a.example/?q=1&r=2", LINK ("https://a.example/?q=1&amp;r=2"));
  check ("https://a.example/é/日本 x", LINK ("https://a.example/é/日本") " x");
  check ("\"https://a.example\"", "&quot;" LINK ("https://a.example") "&quot;");
}

static void
test_not_links (void)
{
  check ("", "");
  check ("https://", "https://");
  check ("https://...", "https://...");
  check ("xhttps://a.example", "xhttps://a.example");
  check ("javascript:alert(1) ftp://a.example file:///etc", "javascript:alert(1) ftp://a.example file:///etc");
}

static void
test_escapes (void)
{
  check ("<b>&amp;</b>", "&lt;b&gt;&amp;amp;&lt;/b&gt;");
  check ("https://a.example/\"onclick='x'>", LINK ("https://a.example/") "&quot;onclick=&apos;x&apos;&gt;");
  check ("https://a.example/'x'y", LINK ("https://a.example/&apos;x&apos;y"));
}

static void
count_text (GMarkupParseContext *context, const char *text, gsize length, gpointer out, GError **error)
{
  g_string_append_len (out, text, length);
}

/* Whatever is written, its markup parses and shows exactly that. */
static void
test_shows_what_was_written (void)
{
  static const char *const pieces[] = { "https://", "a.example", "<", ">", "&", "\"", "'", "(", ")", " ", "\n", ".", "日", "🎉", "http://", "ر" };
  const GMarkupParser parser = { .text = count_text };

  for (int round = 0; round < 2000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) shown = g_string_new (NULL);
      g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, shown, NULL);
      g_autofree char *markup = NULL;
      g_autofree char *document = NULL;
      g_autoptr (GError) error = NULL;

      for (int i = g_test_rand_int_range (0, 12); i > 0; i--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      markup = cfa_text_markup (text->str);
      document = g_strconcat ("<m>", markup, "</m>", NULL);
      g_markup_parse_context_parse (context, document, -1, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (shown->str, ==, text->str);
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
  g_test_add_func ("/app/text-markup/not-links", test_not_links);
  g_test_add_func ("/app/text-markup/escapes", test_escapes);
  g_test_add_func ("/app/text-markup/shows-what-was-written", test_shows_what_was_written);
  g_test_add_func ("/app/text-markup/emoji", test_emoji);
  return g_test_run ();
}

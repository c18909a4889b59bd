/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail-words.h"

#include "backend/mail/mail-resources.h" /* generated */

#include <string.h>

#define PATH "/org/chatflow/daemon/mail/words.ini"
/* What every key has. */
#define ENGLISH "en"

static GKeyFile *
words (void)
{
  static GKeyFile *file;
  static gsize done;

  if (g_once_init_enter (&done))
    {
      g_autoptr (GBytes) bytes = g_resource_lookup_data (cfd_mail_get_resource (), PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

      file = g_key_file_new ();
      if (!g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, NULL))
        g_assert_not_reached ();
      g_once_init_leave (&done, 1);
    }
  return file;
}

/* As the widget takes them (docs/widget.md). @region: whether there was one */
static const char *
known_as (const char *tag, gboolean region)
{
  static const char *const names[][2] = {
    { "zh", "zh-hans" }, { "zh-tw", "zh-hant" }, { "zh-hk", "zh-hant" }, { "zh-mo", "zh-hant" }, { "no", "nb" }, { "nn", "nb" },
    { "sr-me", "sr-latn" }, { "tl", "fil" }, { "iw", "he" }, { "in", "id" },
  };

  if (g_str_equal (tag, "pt") && !region)
    return "pt-br";

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i][0], tag))
      return names[i][1];
  return tag;
}

/**
 * cfd_mail_words_language:
 * @language: (nullable): BCP 47, whoever wrote it
 *
 * Returns: (transfer full): the nearest language that has @key
 */
char *
cfd_mail_words_language (const char *language, const char *key)
{
  g_autofree char *tag = g_ascii_strdown (language != NULL ? language : ENGLISH, -1);
  char *cut = tag;
  gboolean region = FALSE;

  g_strdelimit (tag, "_", '-');
  while (cut != NULL)
    {
      const char *name = known_as (tag, region);

      if (g_key_file_has_key (words (), name, key, NULL))
        return g_strdup (name);
      cut = strrchr (tag, '-');
      region = TRUE;
      if (cut != NULL)
        *cut = '\0';
    }
  return g_strdup (ENGLISH);
}

/* In one pass: what was filled in is not looked through again. */
static char *
fill (const char *text, const GPtrArray *pairs)
{
  GString *out = g_string_new (NULL);

  while (*text != '\0')
    {
      gsize taken = 0;

      for (guint i = 0; *text == '{' && i < pairs->len; i += 2)
        {
          g_autofree char *hole = g_strdup_printf ("{%s}", (const char *) pairs->pdata[i]);

          if (!g_str_has_prefix (text, hole))
            continue;
          g_string_append (out, pairs->pdata[i + 1]);
          taken = strlen (hole);
          break;
        }
      if (taken == 0)
        g_string_append_c (out, *text);
      text += MAX (taken, 1);
    }
  return g_string_free (out, FALSE);
}

/**
 * cfd_mail_words:
 * @language: (nullable): BCP 47
 * @...: names and values of what is filled in, then NULL: {name} in the words is that value
 *
 * Returns: (transfer full): words of that language, or of English
 */
char *
cfd_mail_words (const char *language, const char *key, ...)
{
  g_autofree char *name = cfd_mail_words_language (language, key);
  g_autofree char *text = g_key_file_get_string (words (), name, key, NULL);
  g_autoptr (GPtrArray) pairs = g_ptr_array_new ();
  va_list list;

  va_start (list, key);
  for (char *one = va_arg (list, char *); one != NULL; one = va_arg (list, char *))
    g_ptr_array_add (pairs, one);
  va_end (list);
  return fill (text, pairs);
}

/**
 * cfd_mail_begin_html:
 * @language: (nullable): one of those that there are words of; goes on in its direction until CFD_MAIL_HTML_END
 */
void
cfd_mail_begin_html (GString *html, const char *language)
{
  static const char *const leftward[] = { "ar", "fa", "he", "ur", NULL };
  const char *tag = language != NULL ? language : ENGLISH;

  g_string_append_printf (html, "<!DOCTYPE html>\n<html lang=\"%s\" dir=\"%s\"><meta charset=\"utf-8\">\n"
                                "<body style=\"font-family: sans-serif; font-size: 15px; line-height: 1.5; max-width: 40em\">\n",
                          tag, g_strv_contains (leftward, tag) ? "rtl" : "ltr");
}

/**
 * cfd_mail_set_letter:
 * @paragraphs: NULL-terminated: plain text
 * @link: (nullable): stands behind the first paragraph
 *
 * Gives @mail its content. Its language is known.
 */
void
cfd_mail_set_letter (CfdMail *mail, const char *const *paragraphs, const char *link)
{
  GString *text = g_string_new (NULL), *html = g_string_new (NULL);
  g_autofree char *escaped = link != NULL ? g_markup_escape_text (link, -1) : NULL;

  cfd_mail_begin_html (html, mail->language);
  for (; *paragraphs != NULL; paragraphs++)
    {
      g_autofree char *safe = g_markup_escape_text (*paragraphs, -1);

      g_string_append_printf (text, "%s\n\n", *paragraphs);
      g_string_append_printf (html, "<p>%s</p>\n", safe);
      if (escaped == NULL)
        continue;
      g_string_append_printf (text, "%s\n\n", link);
      g_string_append_printf (html, "<p><a href=\"%s\" dir=\"ltr\">%s</a></p>\n", escaped, escaped);
      g_clear_pointer (&escaped, g_free);
    }
  g_string_append (html, CFD_MAIL_HTML_END);
  mail->text = g_string_free (text, FALSE);
  mail->html = g_string_free (html, FALSE);
}

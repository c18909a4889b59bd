/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transcript.h"

#include "backend/mail/mail-words.h"

#include <string.h>

#define CUT "…"

/* What is being written. */
typedef struct
{
  const CfdTranscript *transcript;
  const char *language; /* that there are words of */
  GTimeZone *zone;
  GString *text, *html;
  char *day; /* of the line before */
} Writing;

/* In HTML with its line breaks. */
static void
append_html (GString *html, const char *text)
{
  g_autofree char *safe = g_markup_escape_text (text, -1);
  g_auto (GStrv) lines = g_strsplit (safe, "\n", -1);
  g_autofree char *broken = g_strjoinv ("<br>\n", lines);

  g_string_append (html, broken);
}

static char *
author_of (const Writing *writing, const CfMessage *message)
{
  if (message->author_kind != CF_AUTHOR_VISITOR)
    return g_strdup (message->author_name != NULL && *message->author_name != '\0' ? message->author_name : writing->transcript->name);
  if (writing->transcript->visitor != NULL && *writing->transcript->visitor != '\0')
    return g_strdup (writing->transcript->visitor);
  return cfd_mail_words (writing->language, "transcript_you", NULL);
}

/* What it says, with the names of its files. */
static char *
words_of (const Writing *writing, const CfMessage *message)
{
  GString *words;

  if (message->removed_at > 0)
    return cfd_mail_words (writing->language, "transcript_removed", NULL);
  words = g_string_new (message->text);
  for (guint i = 0; message->files != NULL && message->files[i] != NULL; i++)
    {
      const char *name = g_hash_table_lookup (writing->transcript->files, message->files[i]);

      if (name != NULL)
        g_string_append_printf (words, "%s📎 %s", words->len > 0 ? "\n" : "", name);
    }
  return g_string_free (words, FALSE);
}

static void
write_day (Writing *writing, GDateTime *at)
{
  g_autofree char *day = g_date_time_format (at, "%F");

  if (g_strcmp0 (day, writing->day) == 0)
    return;
  g_string_append_printf (writing->text, "%s%s\n\n", writing->day != NULL ? "\n" : "", day);
  g_string_append_printf (writing->html, "<p style=\"color: #666; text-align: center\">%s</p>\n", day);
  g_free (writing->day);
  writing->day = g_steal_pointer (&day);
}

static void
write_message (Writing *writing, const CfMessage *message)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (message->created_at / 1000);
  g_autoptr (GDateTime) at = utc != NULL ? g_date_time_to_timezone (utc, writing->zone) : g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (at, "%R"), *author = author_of (writing, message), *words = words_of (writing, message);
  g_autofree char *safe = g_markup_escape_text (author, -1);

  write_day (writing, at);
  g_string_append_printf (writing->text, "%s  %s\n%s\n\n", time, author, words);
  g_string_append_printf (writing->html, "<p><b dir=\"auto\">%s</b> <span style=\"color: #666\">%s</span><br>\n<span dir=\"auto\">", safe, time);
  append_html (writing->html, words);
  g_string_append (writing->html, "</span></p>\n");
}

static gboolean
is_shown (const CfMessage *message)
{
  return message->kind == CF_MESSAGE_TEXT && !message->staff_only && !message->parent.deleted;
}

/* Returns: how many of the newest there is room for. */
static guint
count_fitting (const CfdTranscript *self)
{
  gsize bytes = 0;
  guint n = 0;

  for (; n < self->messages->len; n++)
    {
      const CfMessage *message = self->messages->pdata[n];

      bytes += message->text != NULL ? strlen (message->text) : 0;
      if (bytes > CFD_TRANSCRIPT_MAX)
        break;
    }
  return n;
}

/**
 * cfd_transcript_write:
 * Gives @mail its subject, its language and its content.
 */
void
cfd_transcript_write (const CfdTranscript *self, CfdMail *mail)
{
  g_autofree char *language = cfd_mail_words_language (self->language, "transcript_subject");
  g_autoptr (GTimeZone) zone = self->time_zone != NULL ? g_time_zone_new_identifier (self->time_zone) : NULL;
  Writing writing = { self, language, zone, g_string_new (NULL), g_string_new (NULL), NULL };
  guint n = count_fitting (self);

  if (zone == NULL)
    writing.zone = zone = g_time_zone_new_utc ();
  mail->language = g_strdup (language);
  mail->subject = cfd_mail_words (language, "transcript_subject", "name", self->name, NULL);
  g_string_append_printf (writing.text, "%s\n\n", mail->subject);
  cfd_mail_begin_html (writing.html, language);
  g_string_append (writing.html, "<h1 style=\"font-size: 18px\">");
  append_html (writing.html, mail->subject);
  g_string_append (writing.html, "</h1>\n");
  if (self->cut || n < self->messages->len)
    {
      g_string_append (writing.text, CUT "\n\n");
      g_string_append (writing.html, "<p>" CUT "</p>\n");
    }
  for (guint i = n; i > 0; i--)
    if (is_shown (self->messages->pdata[i - 1]))
      write_message (&writing, self->messages->pdata[i - 1]);
  g_string_append (writing.html, CFD_MAIL_HTML_END);
  mail->text = g_string_free (writing.text, FALSE);
  mail->html = g_string_free (writing.html, FALSE);
  g_free (writing.day);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail.h"

#include <gmime/gmime.h>
#include <string.h>

/* GMime has none. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeFilter, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeMessage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeMultipart, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeObject, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeStream, g_object_unref)

/*
 * A header is one line, whatever it was made of: GMime would keep a line break that is in a name. And what only looks like an encoded word (RFC 2047)
 * is none, or whoever reads it would undo what nobody has done, and perhaps find line breaks in it.
 */
static char *
one_line (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *line = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029)
        g_string_append_c (line, ' ');
      else
        g_string_append_unichar (line, c);
    }
  g_string_replace (line, "=?", "= ?", 0);
  return g_string_free (line, FALSE);
}

static GMimeObject *
new_part (const char *subtype, const char *text)
{
  GMimeTextPart *part = g_mime_text_part_new_with_subtype (subtype);

  g_mime_text_part_set_charset (part, "utf-8");
  g_mime_text_part_set_text (part, text);
  g_mime_part_set_content_encoding (GMIME_PART (part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  return GMIME_OBJECT (part);
}

static GMimeMessage *
new_message (const CfdMail *self, const char *from_name, const char *from_address)
{
  GMimeMessage *message = g_mime_message_new (TRUE);
  g_autofree char *name = from_name != NULL ? one_line (from_name) : NULL, *subject = one_line (self->subject);
  g_autofree char *id = g_strconcat (self->id, strrchr (from_address, '@'), NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GMimeMultipart) both = g_mime_multipart_new_with_subtype ("alternative");
  g_autoptr (GMimeObject) plain = new_part ("plain", self->text), html = new_part ("html", self->html);

  g_mime_message_add_mailbox (message, GMIME_ADDRESS_TYPE_FROM, name, from_address);
  g_mime_message_add_mailbox (message, GMIME_ADDRESS_TYPE_TO, NULL, self->to);
  g_mime_message_set_subject (message, subject, "utf-8");
  g_mime_message_set_date (message, now);
  g_mime_message_set_message_id (message, id);
  /* RFC 3834: nobody's holiday notice is to answer it. */
  g_mime_object_set_header (GMIME_OBJECT (message), "Auto-Submitted", "auto-generated", NULL);
  if (self->language != NULL)
    {
      g_autofree char *language = one_line (self->language);

      g_mime_object_set_header (GMIME_OBJECT (message), "Content-Language", language, NULL);
    }
  g_mime_multipart_add (both, plain);
  g_mime_multipart_add (both, html);
  g_mime_message_set_mime_part (message, GMIME_OBJECT (both));
  return message;
}

/**
 * cfd_mail_prepare:
 * Before the first one is rendered; again does no harm.
 */
void
cfd_mail_prepare (void)
{
  g_mime_init ();
}

CfdMail *
cfd_mail_new (const char *id, const char *to)
{
  CfdMail *self = g_new0 (CfdMail, 1);

  self->id = g_strdup (id);
  self->to = g_strdup (to);
  return self;
}

/**
 * cfd_mail_render:
 * @from_name: (nullable):
 * @from_address: normalised
 *
 * On any one thread. Returns: (transfer full): the message as SMTP carries it (RFC 5322, RFC 2045), lines ended by CR LF
 */
GBytes *
cfd_mail_render (const CfdMail *self, const char *from_name, const char *from_address)
{
  g_autoptr (GMimeMessage) message = new_message (self, from_name, from_address);
  g_autoptr (GMimeStream) memory = g_mime_stream_mem_new (), filtered = g_mime_stream_filter_new (memory);
  g_autoptr (GMimeFilter) line_ends = g_mime_filter_unix2dos_new (FALSE);
  GByteArray *bytes;

  g_mime_stream_filter_add (GMIME_STREAM_FILTER (filtered), line_ends);
  g_mime_object_write_to_stream (GMIME_OBJECT (message), NULL, filtered);
  g_mime_stream_flush (filtered);
  bytes = g_mime_stream_mem_get_byte_array (GMIME_STREAM_MEM (memory));
  return g_bytes_new (bytes->data, bytes->len);
}

void
cfd_mail_free (CfdMail *self)
{
  g_free (self->id);
  g_free (self->to);
  g_free (self->subject);
  g_free (self->text);
  g_free (self->html);
  g_free (self->language);
  g_free (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever somebody calls their address: it is refused, or can stand in an SMTP command. Whatever stands in a mail: its head has the lines it should. */
#include "fuzz.h"

#include "backend/mail/mail-address.h"
#include "backend/mail/mail-words.h"
#include "backend/mail/mailer.h"

#include <string.h>

/* The head of @message, and how many of its lines begin with @name. */
static guint
count_lines (const char *head, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);
  guint n = 0;

  for (char **line = lines; *line != NULL; line++)
    n += g_ascii_strncasecmp (*line, name, strlen (name)) == 0;
  return n;
}

static void
check_address (const char *text)
{
  g_autofree char *address = cfd_mail_address_normalise (text, NULL), *again = NULL, *name = NULL, *inner = NULL;

  if (cfd_mail_address_split (text, &name, &inner, NULL))
    g_assert_nonnull (inner);
  if (address == NULL)
    return;
  g_assert_cmpuint (strlen (address), <=, CFD_MAIL_ADDRESS_MAX);
  for (const char *p = address; *p != '\0'; p++)
    g_assert_true (g_ascii_isgraph (*p) && strchr ("<>,;:()[]\"\\", *p) == NULL);
  again = cfd_mail_address_normalise (address, NULL);
  g_assert_cmpstr (again, ==, address);
}

static void
check_mail (const char *text)
{
  static const char *const once[] = { "From:", "To:", "Subject:", "Date:", "Message-Id:", "Auto-Submitted:", "MIME-Version:" };
  g_autoptr (CfdMail) mail = cfd_mail_new ("0190a5c0-000c-7abc-8def-0123456789ab", "zoe@mail.example");
  g_autofree char *valid = g_utf8_make_valid (text, -1), *message = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *end;

  mail->subject = cfd_mail_words (valid, "transcript_subject", "name", valid, NULL);
  mail->language = cfd_mail_words_language (valid, "transcript_subject");
  cfd_mail_set_letter (mail, (const char *const[]){ valid, NULL }, valid);
  bytes = cfd_mail_render (mail, valid, "support@shop.example");
  message = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  end = strstr (message, "\r\n\r\n");
  g_assert_nonnull (end);
  *end = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (once); i++)
    g_assert_cmpuint (count_lines (message, once[i]), ==, 1);
  g_assert_cmpuint (count_lines (message, "Bcc:"), ==, 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static gsize prepared;
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");

  if (g_once_init_enter (&prepared))
    {
      cfd_mail_prepare ();
      g_once_init_leave (&prepared, 1);
    }
  check_address (text);
  check_mail (text);
  return 0;
}

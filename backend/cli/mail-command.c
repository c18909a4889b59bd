/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail-command.h"

#include "backend/mail/mail-address.h"
#include "backend/mail/mail-words.h"
#include "backend/mail/mailer.h"
#include "cli.h"
#include "protocol/error.h"
#include "protocol/id.h"

static CfdMail *
new_mail (const char *address)
{
  g_autofree char *id = cf_id_new (), *body = cfd_mail_words (NULL, "test_body", NULL);
  CfdMail *mail = cfd_mail_new (id, address);

  mail->subject = cfd_mail_words (NULL, "test_subject", NULL);
  mail->language = g_strdup ("en");
  cfd_mail_set_letter (mail, (const char *const[]){ body, NULL }, NULL);
  return mail;
}

/**
 * cfd_mail_test_command:
 * `chatflowd mail test`: hands one mail to the mail server now, and says what it said.
 */
gboolean
cfd_mail_test_command (const CfdConfig *config, int argc, char **argv, GError **error)
{
  g_autofree char *to = NULL, *address = NULL;
  g_autoptr (CfdMailer) mailer = NULL;
  g_autoptr (CfdMail) mail = NULL;
  const GOptionEntry entries[] = {
    { "to", 't', 0, G_OPTION_ARG_STRING, &to, "Who gets it", "ADDRESS" },
    { NULL },
  };

  if (!cfd_cli_parse ("mail test", entries, argc, argv, error))
    return FALSE;
  if (to == NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "--to: missing, expected an email address");
      return FALSE;
    }
  address = cfd_mail_address_normalise (to, error);
  mailer = address != NULL ? cfd_mailer_new (config, error) : NULL;
  if (mailer == NULL)
    return FALSE;
  mail = new_mail (address);
  if (!cfd_mailer_send (mailer, mail, NULL, error))
    return FALSE;
  g_print ("%s has taken a mail for %s.\n", config->mail_server, address);
  return TRUE;
}

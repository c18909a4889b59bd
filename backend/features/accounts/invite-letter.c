/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "invite-letter.h"

#include "account-service.h"
#include "backend/db/lookup.h"
#include "backend/mail/mail-address.h"
#include "backend/mail/mail-job.h"
#include "backend/mail/mail-words.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/invite-link.h"
#include "protocol/json.h"

/* What such a job knows. The link is nowhere else: of its token the invite keeps a hash. */
typedef struct
{
  CfStruct parent;
  char *address, *link;
  char *organisation;
  char *inviter;  /* nullable */
  char *language; /* nullable */
  gboolean resets;
  gint64 expires_at;
} Letter;

static const CfField letter_fields[] = {
  CF_ROW (Letter, address, CF_KIND_STRING, "address", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .max = CFD_MAIL_ADDRESS_MAX),
  CF_ROW (Letter, link, CF_KIND_STRING, "link", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .max = 1000),
  CF_ROW (Letter, organisation, CF_KIND_STRING, "organisation", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .max = 100),
  CF_ROW (Letter, inviter, CF_KIND_STRING, "inviter", 0, CF_AUDIENCE_STAFF, .max = 100),
  CF_ROW (Letter, language, CF_KIND_STRING, "language", 0, CF_AUDIENCE_STAFF, .max = 35),
  CF_ROW (Letter, resets, CF_KIND_BOOLEAN, "resets", 0, CF_AUDIENCE_STAFF),
  CF_ROW (Letter, expires_at, CF_KIND_TIME, "expires_at", 0, CF_AUDIENCE_STAFF),
};

static const CfShape letter_shape = {
  .name = "invite_letter",
  .size = sizeof (Letter),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (letter_fields),
};

static char *
subject_of (const Letter *letter)
{
  if (letter->resets)
    return cfd_mail_words (letter->language, "reset_subject", "organisation", letter->organisation, NULL);
  if (letter->inviter == NULL)
    return cfd_mail_words (letter->language, "invite_subject_plain", "organisation", letter->organisation, NULL);
  return cfd_mail_words (letter->language, "invite_subject", "inviter", letter->inviter, "organisation", letter->organisation, NULL);
}

static gpointer
prepare (CfdTx *tx, const CfdQueuedJob *job, GError **error)
{
  g_autoptr (CfStruct) payload = cf_json_decode_text (&letter_shape, job->payload, CF_DECODE_LENIENT, error);
  const Letter *letter = (const Letter *) payload;
  g_autoptr (GDateTime) end = NULL;
  g_autofree char *body = NULL, *until = NULL, *date = NULL, *ignore = NULL;
  CfdMail *mail;

  if (letter == NULL)
    return NULL;
  end = g_date_time_new_from_unix_utc (letter->expires_at / 1000);
  date = end != NULL ? g_date_time_format (end, "%F %R UTC") : g_strdup ("");
  body = cfd_mail_words (letter->language, letter->resets ? "reset_body" : "invite_body", "organisation", letter->organisation, NULL);
  until = cfd_mail_words (letter->language, "invite_until", "date", date, NULL);
  ignore = cfd_mail_words (letter->language, "invite_ignore", NULL);
  mail = cfd_mail_new (job->id, letter->address);
  mail->language = cfd_mail_words_language (letter->language, "invite_body");
  mail->subject = subject_of (letter);
  cfd_mail_set_letter (mail, (const char *const[]){ body, until, ignore, NULL }, letter->link);
  return mail;
}

/* Whoever has invited sees in the list what became of it. */
static gboolean
finish (CfdTx *tx, const CfdQueuedJob *job, const char *why, GError **error)
{
  g_autoptr (CfInvite) invite = NULL;

  if (!cfd_tx_lookup (tx, &cf_invite_shape, job->subject_id, &invite, error))
    return FALSE;
  if (invite == NULL || invite->parent.deleted)
    return TRUE;
  invite->mail = why == NULL ? CF_INVITE_MAIL_SENT : CF_INVITE_MAIL_FAILED;
  g_free (invite->mail_error);
  invite->mail_error = why != NULL ? g_utf8_substring (why, 0, MIN (g_utf8_strlen (why, -1), 500)) : NULL;
  return cfd_tx_put (tx, invite, error);
}

const CfdJobKind cfd_invite_letters = { "invite", prepare, cfd_mail_job_perform, cfd_mail_job_discard, finish };

/**
 * cfd_invite_letter_check:
 * @server: (nullable): where clients reach this server
 */
gboolean
cfd_invite_letter_check (const char *server, GError **error)
{
  g_autofree char *link = server != NULL && *server != '\0' ? cf_invite_link_new (server, "x") : NULL;

  if (server == NULL || *server == '\0' || link != NULL)
    return TRUE;
  g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "server: expected the address at which clients reach this server, as https://chat.example.com");
  return FALSE;
}

/**
 * cfd_invite_letter_post:
 * @invite: with an email address
 * @server: was checked
 * @inviter: (nullable): who does it
 *
 * In the transaction that stores @invite: its link goes by mail.
 */
gboolean
cfd_invite_letter_post (CfdTx *tx, const CfInvite *invite, const char *token, const char *server, const char *language, const char *inviter, GError **error)
{
  g_autoptr (CfStruct) payload = cf_struct_new (&letter_shape);
  g_autoptr (CfOrganisation) organisation = cfd_accounts_get_organisation (tx, invite->parent.organisation_id, error);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *id = cf_id_new (), *address = NULL;
  Letter *letter = (Letter *) payload;
  CfdQueuedJob job = { .id = id, .organisation_id = invite->parent.organisation_id, .lane = CFD_MAIL_LANE, .kind = (char *) cfd_invite_letters.name,
                 .subject_id = invite->parent.id, .due_at = cfd_tx_now (tx) };

  address = organisation != NULL ? cfd_mail_address_normalise (invite->email, error) : NULL;
  if (address == NULL)
    return FALSE;
  letter->address = g_strdup (address);
  letter->link = cf_invite_link_new (server, token);
  letter->organisation = g_strdup (organisation->name);
  letter->inviter = g_strdup (inviter);
  letter->language = g_strdup (language);
  letter->resets = invite->agent_id != NULL;
  letter->expires_at = invite->expires_at;
  cf_json_encode (text, letter, CF_AUDIENCE_STAFF);
  job.payload = text->str;
  job.target = address;
  return cfd_jobs_add (tx, &job, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transcript-service.h"

#include "backend/db/lookup.h"
#include "backend/mail/mail-address.h"
#include "backend/mail/mail-job.h"
#include "conversation-steps.h"
#include "conversation-store.h"
#include "protocol/error.h"
#include "protocol/json.h"
#include "protocol/records/file.h"
#include "protocol/records/site.h"
#include "protocol/records/visitor.h"
#include "transcript.h"

/* Nobody's mailbox is filled by a stranger: what one visitor causes in an hour, and what reaches one address, whoever asks for it. */
#define WITHIN_MS (60 * 60 * G_GINT64_CONSTANT (1000))
#define PER_VISITOR 5
#define PER_STAFF 50
#define PER_ADDRESS 5
#define MESSAGES_MAX 2000

/* What such a job knows; what was said is read when it goes. */
typedef struct
{
  CfStruct parent;
  char *address;
  char *language, *time_zone; /* nullable */
  char *author_id, *author_name; /* who asked for it */
  gboolean staff;
} Letter;

static const CfField letter_fields[] = {
  CF_ROW (Letter, address, CF_KIND_STRING, "address", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .max = CFD_MAIL_ADDRESS_MAX),
  CF_ROW (Letter, language, CF_KIND_STRING, "language", 0, CF_AUDIENCE_STAFF, .max = 35),
  CF_ROW (Letter, time_zone, CF_KIND_STRING, "time_zone", 0, CF_AUDIENCE_STAFF, .max = 100),
  CF_ROW (Letter, author_id, CF_KIND_ID, "author_id", 0, CF_AUDIENCE_STAFF),
  CF_ROW (Letter, author_name, CF_KIND_STRING, "author_name", 0, CF_AUDIENCE_STAFF, .max = 100),
  CF_ROW (Letter, staff, CF_KIND_BOOLEAN, "staff", 0, CF_AUDIENCE_STAFF),
};

static const CfShape letter_shape = {
  .name = "transcript_letter",
  .size = sizeof (Letter),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (letter_fields),
};

static gboolean
add_file_names (CfdTx *tx, const CfMessage *message, GHashTable *names, GError **error)
{
  for (guint i = 0; message->files != NULL && message->files[i] != NULL; i++)
    {
      g_autoptr (CfFile) file = NULL;

      if (!cfd_tx_lookup (tx, &cf_file_shape, message->files[i], &file, error))
        return FALSE;
      if (file != NULL && !file->parent.deleted && !file->staff_only)
        g_hash_table_insert (names, g_strdup (file->parent.id), g_strdup (file->name));
    }
  return TRUE;
}

static CfdMail *
compose (CfdTx *tx, const CfdQueuedJob *job, const Letter *letter, const CfConversation *conversation, GError **error)
{
  g_autoptr (CfSite) site = cfd_tx_require (tx, &cf_site_shape, job->organisation_id, conversation->site_id, error);
  g_autoptr (CfVisitor) visitor = site != NULL ? cfd_tx_require (tx, &cf_visitor_shape, job->organisation_id, conversation->visitor_id, error) : NULL;
  g_autoptr (GPtrArray) messages = visitor != NULL ? cfd_conversation_store_messages (tx, conversation->parent.id, FALSE, 0, MESSAGES_MAX, error) : NULL;
  g_autoptr (GHashTable) files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  CfdTranscript transcript = { .messages = messages, .files = files, .language = letter->language, .time_zone = letter->time_zone };
  CfdMail *mail;

  if (messages == NULL)
    return NULL;
  for (guint i = 0; i < messages->len; i++)
    if (!add_file_names (tx, messages->pdata[i], files, error))
      return NULL;
  transcript.name = site->name;
  transcript.visitor = visitor->name;
  transcript.cut = messages->len == MESSAGES_MAX;
  mail = cfd_mail_new (job->id, letter->address);
  cfd_transcript_write (&transcript, mail);
  return mail;
}

static gpointer
prepare (CfdTx *tx, const CfdQueuedJob *job, GError **error)
{
  g_autoptr (CfStruct) payload = cf_json_decode_text (&letter_shape, job->payload, CF_DECODE_LENIENT, error);
  g_autoptr (CfConversation) conversation = NULL;

  if (payload == NULL)
    return NULL;
  conversation = cfd_tx_require (tx, &cf_conversation_shape, job->organisation_id, job->subject_id, error);
  return conversation != NULL ? compose (tx, job, (const Letter *) payload, conversation, error) : NULL;
}

/* A line says to both sides what became of it. */
static gboolean
finish (CfdTx *tx, const CfdQueuedJob *job, const char *why, GError **error)
{
  g_autoptr (CfStruct) payload = cf_json_decode_text (&letter_shape, job->payload, CF_DECODE_LENIENT, NULL);
  const Letter *letter = (const Letter *) payload;
  const CfdConversationLine line = { job->id, job->subject_id, CF_MESSAGE_EVENT,
                                     why == NULL ? CF_MESSAGE_EVENT_TRANSCRIPT_SENT : CF_MESSAGE_EVENT_TRANSCRIPT_FAILED,
                                     .target_name = letter != NULL ? letter->address : NULL };
  g_autoptr (CfConversation) conversation = NULL;
  g_autoptr (GPtrArray) touched = cf_structs_new ();
  g_autoptr (CfdCaller) author = NULL;

  if (!cfd_tx_lookup (tx, &cf_conversation_shape, job->subject_id, &conversation, error))
    return FALSE;
  if (conversation == NULL || conversation->parent.deleted || letter == NULL)
    return TRUE;
  author = cfd_caller_new (letter->staff ? CFD_ALLOW_AGENT : CFD_ALLOW_VISITOR);
  author->id = g_strdup (letter->author_id);
  author->name = g_strdup (letter->author_name);
  return cfd_conversation_steps_add_event (tx, author, conversation, &line, touched, error);
}

const CfdJobKind cfd_transcript_letters = { "transcript", prepare, cfd_mail_job_perform, cfd_mail_job_discard, finish };

/* The visitor's language and clock, also when an agent sends it. */
static char *
payload_of (const CfdCaller *caller, const CfVisitor *visitor, const char *address)
{
  g_autoptr (CfStruct) payload = cf_struct_new (&letter_shape);
  GString *text = g_string_new (NULL);
  Letter *letter = (Letter *) payload;
  gboolean staff = cfd_caller_is_staff (caller);

  letter->address = g_strdup (address);
  letter->language = g_strdup (!staff && caller->locale != NULL && *caller->locale != '\0' ? caller->locale : visitor->locale);
  letter->time_zone = g_strdup (!staff && caller->time_zone != NULL ? caller->time_zone : visitor->time_zone);
  letter->author_id = g_strdup (caller->id);
  letter->author_name = g_strdup (staff ? caller->name : visitor->name);
  letter->staff = staff;
  cf_json_encode (text, letter, CF_AUDIENCE_STAFF);
  return g_string_free (text, FALSE);
}

/* Whether it was asked for before: it waits, or its line stands there. */
static gboolean
find_repeat (CfdTx *tx, const CfdCaller *caller, const CfConversation *conversation, const char *id, gboolean *found, GError **error)
{
  g_autoptr (CfMessage) line = NULL;

  if (!cfd_jobs_has (tx, id, conversation->parent.id, found, error) || !cfd_tx_lookup (tx, &cf_message_shape, id, &line, error))
    return FALSE;
  if (*found || line == NULL)
    return TRUE;
  *found = g_strcmp0 (line->conversation_id, conversation->parent.id) == 0 && g_strcmp0 (line->author_id, caller->id) == 0
           && (line->event == CF_MESSAGE_EVENT_TRANSCRIPT_SENT || line->event == CF_MESSAGE_EVENT_TRANSCRIPT_FAILED);
  if (!*found)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "event_id: was used before, for another message");
  return *found;
}

/**
 * cfd_transcripts_send:
 * What was said, as the visitor may read it, goes to an address by mail: by the visitor's own wish, or an agent's.
 *
 * Returns: (transfer full): the conversation. CF_ERROR_UNAVAILABLE when this server sends no mail, RATE_LIMITED when it was asked for too often.
 */
GPtrArray *
cfd_transcripts_send (CfdTx *tx, const CfdCaller *caller, const CfConversationTranscriptParams *params, GError **error)
{
  g_autoptr (CfConversation) conversation = cfd_conversation_steps_require (tx, caller, params->id, error);
  g_autoptr (CfVisitor) visitor = NULL;
  g_autofree char *address = NULL, *target = NULL, *payload = NULL;
  CfdQueuedJob job = { .id = params->event_id, .organisation_id = caller->organisation_id, .lane = CFD_MAIL_LANE, .kind = (char *) cfd_transcript_letters.name,
                 .subject_id = params->id, .due_at = cfd_tx_now (tx) };
  gboolean found;

  if (conversation == NULL || !find_repeat (tx, caller, conversation, params->event_id, &found, error))
    return NULL;
  if (found)
    return cfd_conversation_steps_unchanged (g_steal_pointer (&conversation));
  visitor = cfd_mail_require (error) ? cfd_tx_require (tx, &cf_visitor_shape, caller->organisation_id, conversation->visitor_id, error) : NULL;
  address = visitor != NULL ? cfd_mail_address_normalise (params->address, error) : NULL;
  if (address == NULL)
    return NULL;
  target = g_ascii_strdown (address, -1);
  payload = payload_of (caller, visitor, address);
  job.target = target;
  job.payload = payload;
  job.visitor_id = visitor->parent.id;
  if (!cfd_jobs_limit (tx, &job, cfd_caller_is_staff (caller) ? PER_STAFF : PER_VISITOR, PER_ADDRESS, WITHIN_MS, error) || !cfd_jobs_add (tx, &job, error))
    return NULL;
  return cfd_conversation_steps_unchanged (g_steal_pointer (&conversation));
}

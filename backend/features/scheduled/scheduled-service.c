/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scheduled-service.h"

#include "backend/db/lookup.h"
#include "backend/features/accounts/account-service.h"
#include "backend/features/conversations/conversation-service.h"
#include "backend/features/files/file-service.h"
#include "backend/rpc/reach.h"
#include "protocol/error.h"
#include "protocol/patch.h"
#include "scheduled-store.h"

#define DETAIL_MAX 300

static void
forget_words (CfScheduledMessage *self)
{
  self->parent.deleted = TRUE;
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->reply_to, g_free);
  g_clear_pointer (&self->files, g_strfreev);
  g_clear_pointer (&self->detail, g_free);
}

static gboolean
put (CfdTx *tx, GPtrArray *touched, CfScheduledMessage *self, GError **error)
{
  if (!cfd_tx_put (tx, self, error))
    return FALSE;
  g_ptr_array_add (touched, cf_struct_ref (self));
  return TRUE;
}

static GPtrArray *
only (gpointer record)
{
  GPtrArray *records = cf_structs_new ();

  g_ptr_array_add (records, record);
  return records;
}

/* What is quoted must be something that the visitor reads too. */
static gboolean
check_reply (CfdTx *tx, const CfScheduledMessage *self, GError **error)
{
  g_autoptr (CfMessage) quoted = NULL;

  if (self->reply_to == NULL)
    return TRUE;
  quoted = cfd_tx_require (tx, &cf_message_shape, self->parent.organisation_id, self->reply_to, error);
  if (quoted == NULL)
    return FALSE;
  if (g_strcmp0 (quoted->conversation_id, self->conversation_id) == 0 && cf_record_visible (CF_RECORD (quoted), CF_AUDIENCE_VISITOR))
    return TRUE;
  g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "reply_to: expected a message of this conversation that the visitor can read");
  return FALSE;
}

static gboolean
check_time (CfdTx *tx, gint64 send_at, GError **error)
{
  gint64 most = cfd_tx_now (tx) + CF_SCHEDULE_MAX_MS;

  if (send_at > 0 && send_at <= most)
    return TRUE;
  g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "send_at: got %" G_GINT64_FORMAT ", expected a time up to %" G_GINT64_FORMAT, send_at, most);
  return FALSE;
}

static gboolean
check_room (CfdTx *tx, const CfScheduledMessage *self, GError **error)
{
  gint64 n = cfd_scheduled_store_count (tx, self->conversation_id, error);

  if (n >= CF_SCHEDULED_MAX)
    g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "%d messages wait in this conversation already; cancel one first", CF_SCHEDULED_MAX);
  return n >= 0 && n < CF_SCHEDULED_MAX;
}

/* What the call would make, if it is the first of its kind. */
static CfScheduledMessage *
make (CfdTx *tx, const CfdCaller *caller, const CfScheduledAddParams *params)
{
  CfScheduledMessage *self = cf_struct_new (&cf_scheduled_message_shape);

  cf_struct_take (self, params, FALSE);
  self->parent.id = g_strdup (params->id);
  self->parent.organisation_id = g_strdup (caller->organisation_id);
  self->author_id = g_strdup (caller->id);
  self->author_name = g_strdup (caller->name);
  self->created_at = cfd_tx_now (tx);
  return self;
}

/* Whether @have is what the same call has made before; FALSE with an error when the id belongs to something else. */
static gboolean
is_repeat (const CfScheduledMessage *have, const CfScheduledMessage *made, const CfScheduledAddParams *params, GError **error)
{
  if (g_strcmp0 (have->parent.organisation_id, made->parent.organisation_id) == 0 && g_strcmp0 (have->author_id, made->author_id) == 0
      && (have->parent.deleted || cf_struct_fits (have, params)))
    return TRUE;
  g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "id: was used before, for another message");
  return FALSE;
}

/* The message that it has become, if it has. Returns: FALSE only on an error. */
static gboolean
find_sent (CfdTx *tx, const char *id, CfMessage **sent, GError **error)
{
  return cfd_tx_lookup (tx, &cf_message_shape, id, sent, error);
}

/* @gone: (out): TRUE when it is a tombstone, which is returned then too */
static CfScheduledMessage *
require (CfdTx *tx, const CfdCaller *caller, const char *id, gboolean others, gboolean *gone, GError **error)
{
  g_autoptr (CfScheduledMessage) self = NULL;
  gboolean theirs = FALSE;

  if (!cfd_tx_lookup (tx, &cf_scheduled_message_shape, id, &self, error)
      || (self != NULL && !cfd_reach_has (tx, caller, &self->parent, &theirs, error)))
    return NULL;
  if (self == NULL || !theirs || g_strcmp0 (self->parent.organisation_id, caller->organisation_id) != 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such scheduled_message");
      return NULL;
    }
  if (g_strcmp0 (self->author_id, caller->id) != 0 && !(others && (caller->kind & (CFD_ALLOW_SUPERVISOR | CFD_ALLOW_ADMIN)) != 0))
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_FORBIDDEN, others ? "only its author, supervisors and admins may cancel it"
                                                                       : "only its author may do this");
      return NULL;
    }
  *gone = self->parent.deleted;
  return g_steal_pointer (&self);
}

/* Of one that is gone already. */
static void
say_gone (CfdTx *tx, const char *id, GError **error)
{
  g_autoptr (CfMessage) sent = NULL;

  if (find_sent (tx, id, &sent, error))
    g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, sent != NULL ? "it was sent already" : "it was cancelled already");
}

/* Becomes a message of its author's; both in this call or not at all. */
static GPtrArray *
deliver (CfdTx *tx, const CfdCaller *author, CfScheduledMessage *self, GError **error)
{
  g_autoptr (CfMessageSendParams) params = cf_struct_new (&cf_message_send_params_shape);
  g_autoptr (GPtrArray) touched = NULL;

  params->id = g_strdup (self->parent.id);
  params->conversation_id = g_strdup (self->conversation_id);
  params->text = g_strdup (self->text);
  params->reply_to = g_strdup (self->reply_to);
  params->files = g_strdupv (self->files);
  touched = cfd_conversations_send (tx, author, params, error);
  if (touched == NULL)
    return NULL;
  forget_words (self);
  return put (tx, touched, self, error) ? g_steal_pointer (&touched) : NULL;
}

static gboolean
drop (CfdTx *tx, CfScheduledMessage *self, GError **error)
{
  forget_words (self);
  return cfd_tx_put (tx, self, error);
}

/* Why it must not go now, as things stand. Returns: FALSE only on an error. */
static gboolean
find_obstacle (CfdTx *tx, const CfScheduledMessage *self, const CfConversation *conversation, const CfAgent *author, CfHeld *held, GError **error)
{
  g_autofree char *closer = NULL;
  gboolean wrote;

  *held = CF_HELD_NO;
  if (author->disabled)
    {
      *held = CF_HELD_AGENT_DISABLED;
      return TRUE;
    }
  if (!cfd_conversations_wrote_since (tx, self->conversation_id, self->position, &wrote, error))
    return FALSE;
  if (wrote && self->unless_reply)
    *held = CF_HELD_VISITOR_WROTE;
  /* Who closes it themselves knows of the message, and wants it to follow. One that was closed before is opened on purpose. */
  else if (conversation->status == CF_CONVERSATION_CLOSED)
    {
      if (!cfd_conversations_closed_since (tx, self->conversation_id, self->position, &closer, error))
        return FALSE;
      if (closer != NULL && g_strcmp0 (closer, self->author_id) != 0)
        *held = CF_HELD_CLOSED;
    }
  return TRUE;
}

/* Its time has come, unless somebody was faster. */
static gboolean
send_due (CfdTx *tx, const char *id, GError **error)
{
  g_autoptr (CfScheduledMessage) self = NULL;
  g_autoptr (CfConversation) conversation = NULL;
  g_autoptr (CfAgent) author = NULL;
  g_autoptr (CfdCaller) caller = NULL;
  g_autoptr (GPtrArray) touched = NULL;

  if (!cfd_tx_lookup (tx, &cf_scheduled_message_shape, id, &self, error))
    return FALSE;
  if (self == NULL || self->parent.deleted || self->held != CF_HELD_NO || self->send_at > cfd_tx_now (tx))
    return TRUE;
  if (!cfd_tx_lookup (tx, &cf_conversation_shape, self->conversation_id, &conversation, error)
      || !cfd_tx_lookup (tx, &cf_agent_shape, self->author_id, &author, error))
    return FALSE;
  /* Nobody is left to say it, or to say it to. */
  if (conversation == NULL || conversation->parent.deleted || author == NULL || author->parent.deleted)
    return drop (tx, self, error);
  if (!find_obstacle (tx, self, conversation, author, &self->held, error))
    return FALSE;
  if (self->held != CF_HELD_NO)
    return cfd_tx_put (tx, self, error);
  caller = cfd_accounts_as_caller (author);
  touched = deliver (tx, caller, self, error);
  return touched != NULL;
}

static gboolean
hold_refused (CfdTx *tx, const char *id, const char *why, GError **error)
{
  g_autoptr (CfScheduledMessage) self = NULL;

  if (!cfd_tx_lookup (tx, &cf_scheduled_message_shape, id, &self, error))
    return FALSE;
  if (self == NULL || self->parent.deleted)
    return TRUE;
  self->held = CF_HELD_REFUSED;
  g_free (self->detail);
  self->detail = g_utf8_substring (why, 0, MIN (g_utf8_strlen (why, -1), DETAIL_MAX));
  g_strdelimit (self->detail, "\r\n\t", ' ');
  return cfd_tx_put (tx, self, error);
}

static gint64
when (const CfRecord *record)
{
  const CfScheduledMessage *self = (const CfScheduledMessage *) record;

  return record->parent.shape == &cf_scheduled_message_shape && !record->deleted && self->held == CF_HELD_NO ? self->send_at : 0;
}

const CfdDueKind cfd_scheduling = {
  .room = "scheduled",
  .unread = "what is to be sent could not be read",
  .late = "a scheduled message could not be sent yet",
  .due = cfd_scheduled_store_due,
  .next = cfd_scheduled_store_next,
  .act = send_due,
  .refuse = hold_refused,
  .when = when,
};

/**
 * cfd_scheduled_add:
 * An answer that goes at its time. A repeat is answered with what the first call made, be it sent or cancelled by now.
 */
GPtrArray *
cfd_scheduled_add (CfdTx *tx, const CfdCaller *caller, const CfScheduledAddParams *asked, GError **error)
{
  g_autoptr (CfScheduledAddParams) params = cf_struct_copy (asked);
  g_autoptr (CfScheduledMessage) made = NULL, have = NULL;
  g_autoptr (CfConversation) conversation = NULL;
  g_autoptr (CfMessage) other = NULL;
  g_autoptr (GPtrArray) touched = cf_structs_new ();
  gboolean theirs = TRUE;

  g_free (params->text);
  if (!cfd_conversations_mask (tx, asked->conversation_id, asked->text, &params->text, error))
    return NULL;
  made = make (tx, caller, params);
  if (!cfd_tx_lookup (tx, &cf_scheduled_message_shape, params->id, &have, error) || !find_sent (tx, params->id, &other, error))
    return NULL;
  if (have != NULL && !cfd_reach_has (tx, caller, &have->parent, &theirs, error))
    return NULL;
  if (have != NULL && !theirs)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such conversation");
      return NULL;
    }
  if (have != NULL)
    return is_repeat (have, made, params, error) ? only (g_steal_pointer (&have)) : NULL;
  if (other != NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "id: was used before, for another message");
      return NULL;
    }
  conversation = cfd_reach_require (tx, caller, &cf_conversation_shape, params->conversation_id, error);
  if (conversation == NULL || !check_time (tx, made->send_at, error) || !check_reply (tx, made, error) || !check_room (tx, made, error)
      || !cfd_files_check (tx, caller, conversation, (const char *const *) made->files, error))
    return NULL;
  made->position = cfd_tx_revision (tx, caller->organisation_id, error);
  return made->position > 0 && put (tx, touched, made, error) ? g_steal_pointer (&touched) : NULL;
}

/**
 * cfd_scheduled_update:
 * Other words or another time, by its author, who has seen what is there by now: what was held back waits again.
 */
GPtrArray *
cfd_scheduled_update (CfdTx *tx, const CfdCaller *caller, const CfScheduledUpdateParams *params, GError **error)
{
  gboolean gone = FALSE;
  g_autoptr (CfScheduledMessage) self = require (tx, caller, params->id, FALSE, &gone, error);
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) touched = cf_structs_new ();

  if (self == NULL)
    return NULL;
  if (gone)
    {
      say_gone (tx, params->id, error);
      return NULL;
    }
  cf_struct_take (self, params, TRUE);
  text = g_steal_pointer (&self->text);
  if (!cfd_conversations_mask (tx, self->conversation_id, text, &self->text, error) || !cf_struct_check (self, error) || !check_time (tx, self->send_at, error))
    return NULL;
  self->held = CF_HELD_NO;
  g_clear_pointer (&self->detail, g_free);
  self->position = cfd_tx_revision (tx, caller->organisation_id, error);
  return self->position > 0 && put (tx, touched, self, error) ? g_steal_pointer (&touched) : NULL;
}

/**
 * cfd_scheduled_cancel:
 * It is not sent, by its author's will or a supervisor's. Twice is once; what was sent is CF_ERROR_CONFLICT.
 */
GPtrArray *
cfd_scheduled_cancel (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error)
{
  gboolean gone = FALSE;
  g_autoptr (CfScheduledMessage) self = require (tx, caller, id, TRUE, &gone, error);
  g_autoptr (CfMessage) sent = NULL;

  if (self == NULL || !find_sent (tx, id, &sent, error))
    return NULL;
  if (sent != NULL)
    {
      say_gone (tx, id, error);
      return NULL;
    }
  if (!gone && !drop (tx, self, error))
    return NULL;
  return only (g_steal_pointer (&self));
}

/**
 * cfd_scheduled_send:
 * Now and not later, whatever it was held back for; by its author. Twice is once.
 */
GPtrArray *
cfd_scheduled_send (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error)
{
  gboolean gone = FALSE;
  g_autoptr (CfScheduledMessage) self = require (tx, caller, id, FALSE, &gone, error);
  g_autoptr (CfMessage) sent = NULL;
  g_autoptr (GPtrArray) touched = NULL;

  if (self == NULL || !find_sent (tx, id, &sent, error))
    return NULL;
  if (!gone)
    return deliver (tx, caller, self, error);
  if (sent == NULL)
    {
      say_gone (tx, id, error);
      return NULL;
    }
  touched = only (g_steal_pointer (&self));
  g_ptr_array_add (touched, g_steal_pointer (&sent));
  return g_steal_pointer (&touched);
}

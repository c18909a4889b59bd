/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sender.h"

#include "write.h"

#include "app/connection/close-code.h"

#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/methods/results.h"

#include <glib/gi18n-lib.h>

#define CALL_TIMEOUT_MS  30000
#define RETRY_DEFAULT_MS 2000
#define RETRY_MAX_MS     60000
#define FLIGHT_MAX       8
/* Longer than that nobody can want a message back: the clock was set. */
#define HOLD_MAX_MS      60000

typedef enum
{
  ENTRY_STORING, /* not on disk yet: must not be tried */
  ENTRY_WAITING,
  ENTRY_FLYING,
  ENTRY_SETTLING, /* answered; the answer is on its way to the disk */
} EntryState;

typedef struct
{
  CfaOutboxRow *row;
  EntryState state;
  gboolean stored; /* on disk */
} Entry;

/* One row on its way through an asynchronous call. */
typedef struct
{
  CfaSender *self;
  char *id;
} Errand;

struct _CfaSender
{
  GObject parent_instance;
  CfaCache *cache;
  CfaSocket *socket; /* (nullable): only while live */
  GPtrArray *entries; /* of Entry, in order */
  guint retry_timer;  /* the server has asked for patience */
  guint hold_timer;   /* something can still be called back */
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_DELTA,
  SIGNAL_REFUSED,
  SIGNAL_ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaSender, cfa_sender, G_TYPE_OBJECT)

static void pump (CfaSender *self);

static void
entry_free (Entry *entry)
{
  cfa_outbox_row_unref (entry->row);
  g_free (entry);
}

static Errand *
errand_new (CfaSender *self, const char *id)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->self = g_object_ref (self);
  errand->id = g_strdup (id);
  return errand;
}

static void
errand_free (Errand *errand)
{
  g_object_unref (errand->self);
  g_free (errand->id);
  g_free (errand);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

static Entry *
find (CfaSender *self, const char *id)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (g_str_equal (entry->row->id, id))
        return entry;
    }
  return NULL;
}

static void
tell (CfaSender *self, const char *conversation_id)
{
  g_autofree char *id = g_strdup (conversation_id);

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, id);
}

/* For a row of which no delta tells, as it never was on disk. */
static void
drop (CfaSender *self, const char *id)
{
  g_autofree char *conversation_id = cfa_sender_forget (self, id);

  if (conversation_id != NULL)
    tell (self, conversation_id);
}

static void
set_failed (CfaSender *self, Entry *entry, CfaRefusal failed, const char *problem)
{
  CfaOutboxRow *row = cfa_outbox_row_copy (entry->row);

  row->failed = failed;
  g_free (row->error);
  row->error = g_strdup (problem);
  cfa_outbox_row_unref (entry->row);
  entry->row = row;
  entry->state = ENTRY_WAITING;
  tell (self, row->conversation_id);
}

/* Whether a conflict says which colleague was faster, or cannot be written to. */
static gboolean
names_colleague (const CfaOutboxRow *row)
{
  return g_str_equal (row->method, "conversation.accept") || g_str_equal (row->method, "message.send") || g_str_has_prefix (row->method, "channel.");
}

/* What a person reads beside their message. */
static char *
refusal_text (const CfaOutboxRow *row, const GError *error)
{
  if (g_str_has_prefix (row->method, "canned.") && cf_error_code (error) == CF_ERROR_CONFLICT)
    return g_strdup (_("Its shortcut is taken. Choose another one."));
  switch (cf_error_code (error))
    {
    case CF_ERROR_FORBIDDEN:
      return g_strdup (_("You are not allowed to do this here."));
    case CF_ERROR_NOT_FOUND:
      return g_strdup (_("The conversation does not exist any more, or is not yours to see."));
    case CF_ERROR_TOO_LARGE:
      return g_strdup (_("It is too long. Send it in parts."));
    case CF_ERROR_CONFLICT:
      if (names_colleague (row))
        return g_strdup (error->message);
      return g_strdup (_("Something else was done meanwhile. Look again."));
    case CF_ERROR_INTERNAL:
      return g_strdup (_("The server had a problem of its own. Try again later."));
    default:
      return g_strdup_printf (_("The server did not accept it (%s)."), error->message);
    }
}

static void
on_marked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaSender) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaDelta) delta = cfa_cache_delta_finish (result, &error);

  if (delta != NULL)
    g_signal_emit (self, signals[SIGNAL_DELTA], 0, delta);
  /* The row is still there as it was: after a restart it is tried, and refused, once more. */
  else
    g_message ("the fate of a write could not be kept: %s", error->message);
}

static void
on_settled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Errand) errand = data;
  CfaSender *self = errand->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaDelta) delta = cfa_cache_delta_finish (result, &error);
  Entry *entry = find (self, errand->id);

  if (delta != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_DELTA], 0, delta);
      drop (self, errand->id);
    }
  else
    {
      /* Not kept, so not done: the same call again gets the same answer. */
      g_message ("an answer could not be kept: %s", error->message);
      if (entry != NULL)
        entry->state = ENTRY_WAITING;
    }
  pump (self);
}

static gboolean
on_retry (gpointer data)
{
  CfaSender *self = data;

  self->retry_timer = 0;
  pump (self);
  return G_SOURCE_REMOVE;
}

static void
refuse (CfaSender *self, Entry *entry, const GError *error)
{
  g_autofree char *text = refusal_text (entry->row, error);
  gboolean overtaken = cf_error_code (error) == CF_ERROR_CONFLICT && g_str_equal (entry->row->method, "message.send");
  CfaRefusal refusal = overtaken ? CFA_REFUSAL_OVERTAKEN : CFA_REFUSAL_FINAL;
  g_autoptr (CfaOutboxRow) row = NULL;

  if (cfa_outbox_row_has_words (entry->row))
    {
      cfa_cache_mark_async (self->cache, entry->row->id, refusal, text, on_marked, g_object_ref (self));
      set_failed (self, entry, refusal, text);
      return;
    }
  row = cfa_outbox_row_ref (entry->row);
  entry->state = ENTRY_SETTLING;
  cfa_cache_apply_answer_async (self->cache, NULL, row->id, NULL, on_settled, errand_new (self, row->id));
  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, row, text);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Errand) errand = data;
  CfaSender *self = errand->self;
  g_autoptr (GError) error = NULL;
  gint64 retry_after;
  g_autoptr (CfRecordsResult) answer = cfa_socket_call_finish (CFA_SOCKET (source), result, &retry_after, &error);
  Entry *entry = find (self, errand->id);

  if (entry == NULL || entry->state != ENTRY_FLYING) /* its message has arrived by another way */
    ;
  else if (answer != NULL)
    {
      entry->state = ENTRY_SETTLING;
      cfa_cache_apply_answer_async (self->cache, answer->records, errand->id, NULL, on_settled, errand_new (self, errand->id));
    }
  else if (error->domain != CF_ERROR)
    entry->state = ENTRY_WAITING; /* nobody knows whether it was done; the same id again does no harm */
  else if (error->code == CF_ERROR_UNAVAILABLE || error->code == CF_ERROR_RATE_LIMITED)
    {
      entry->state = ENTRY_WAITING;
      if (self->retry_timer == 0)
        self->retry_timer = g_timeout_add (CLAMP (retry_after > 0 ? retry_after : RETRY_DEFAULT_MS, 1, RETRY_MAX_MS), on_retry, self);
    }
  else if (error->code == CF_ERROR_UNAUTHENTICATED || error->code == CF_ERROR_EXPIRED || error->code == CF_ERROR_REVOKED
           || error->code == CF_ERROR_DISABLED)
    {
      entry->state = ENTRY_WAITING;
      g_signal_emit (self, signals[SIGNAL_ENDED], 0, cf_error_reason (error->code));
    }
  else
    refuse (self, entry, error);
  /* A call without an answer on a socket that still looks open: the reconnect is the connection's business. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) && CFA_SOCKET (source) == self->socket)
    cfa_socket_close (CFA_SOCKET (source), CFA_CLOSE_GOING_AWAY, NULL);
  pump (self);
}

static void
fly (CfaSender *self, Entry *entry)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) params = cfa_write_params (entry->row, &error);

  entry->state = ENTRY_FLYING;
  if (params == NULL)
    {
      refuse (self, entry, error);
      return;
    }
  cfa_socket_call_async (self->socket, entry->row->method, params, &cf_records_result_shape, CALL_TIMEOUT_MS,
                         on_answered, errand_new (self, entry->row->id));
}

/* How long it can still be called back, in ms. */
static gint64
hold_left (const CfaOutboxRow *row)
{
  gint64 left = row->due - cf_now ();

  return left > 0 && left <= HOLD_MAX_MS ? left : 0;
}

static gboolean
on_hold_ended (gpointer data)
{
  CfaSender *self = data;

  self->hold_timer = 0;
  pump (self);
  return G_SOURCE_REMOVE;
}

static void
hold (CfaSender *self, gint64 left)
{
  if (left > 0 && self->hold_timer == 0)
    self->hold_timer = g_timeout_add ((guint) left, on_hold_ended, self);
}

/* Starts every row that may go: none of its conversation is before it, except those that wait for the person. */
static void
pump (CfaSender *self)
{
  gint64 held = 0;
  g_autoptr (GHashTable) busy = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) ready = g_ptr_array_new ();
  guint flying = 0;

  if (self->socket == NULL || self->retry_timer != 0)
    return;
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (entry->row->failed)
        continue;
      if (g_hash_table_add (busy, entry->row->conversation_id) && entry->state == ENTRY_WAITING)
        {
          gint64 left = hold_left (entry->row);

          if (left == 0)
            g_ptr_array_add (ready, entry);
          else
            held = held > 0 ? MIN (held, left) : left;
        }
      flying += entry->state == ENTRY_FLYING || entry->state == ENTRY_SETTLING ? 1 : 0;
    }
  hold (self, held);
  for (guint i = 0; i < ready->len && flying < FLIGHT_MAX; i++, flying++)
    fly (self, ready->pdata[i]);
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Errand) errand = data;
  CfaSender *self = errand->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaDelta) delta = cfa_cache_delta_finish (result, &error);
  Entry *entry = find (self, errand->id);
  g_autofree char *text = NULL;

  if (delta != NULL)
    g_signal_emit (self, signals[SIGNAL_DELTA], 0, delta);
  if (entry == NULL || entry->state != ENTRY_STORING) /* called back meanwhile */
    return;
  if (delta != NULL)
    {
      entry->state = ENTRY_WAITING;
      entry->stored = TRUE;
      pump (self);
      return;
    }
  text = g_strdup_printf (_("It could not be kept on this computer (%s). Free some space and try again."), error->message);
  if (cfa_outbox_row_has_words (entry->row))
    set_failed (self, entry, CFA_REFUSAL_FINAL, text);
  else
    {
      g_autoptr (CfaOutboxRow) row = cfa_outbox_row_ref (entry->row);

      drop (self, row->id);
      g_signal_emit (self, signals[SIGNAL_REFUSED], 0, row, text);
    }
}

static void
cfa_sender_dispose (GObject *object)
{
  CfaSender *self = CFA_SENDER (object);

  g_clear_handle_id (&self->retry_timer, g_source_remove);
  g_clear_handle_id (&self->hold_timer, g_source_remove);
  g_clear_object (&self->socket);
  g_clear_object (&self->cache);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  G_OBJECT_CLASS (cfa_sender_parent_class)->dispose (object);
}

static void
cfa_sender_class_init (CfaSenderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_sender_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", CFA_TYPE_SENDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_DELTA] = g_signal_new ("delta", CFA_TYPE_SENDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_REFUSED] = g_signal_new ("refused", CFA_TYPE_SENDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_STRING);
  signals[SIGNAL_ENDED] = g_signal_new ("ended", CFA_TYPE_SENDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cfa_sender_init (CfaSender *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
}

CfaSender *
cfa_sender_new (CfaCache *cache)
{
  CfaSender *self = g_object_new (CFA_TYPE_SENDER, NULL);

  self->cache = g_object_ref (cache);
  return self;
}

/**
 * cfa_sender_take:
 * @rows: of CfaOutboxRow, from the disk, as an earlier run has left them
 */
void
cfa_sender_take (CfaSender *self, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      Entry *entry = g_new0 (Entry, 1);

      entry->row = cfa_outbox_row_ref (rows->pdata[i]);
      entry->state = ENTRY_WAITING;
      entry->stored = TRUE;
      g_ptr_array_insert (self->entries, i, entry);
    }
  for (guint i = 0; i < rows->len; i++)
    tell (self, ((CfaOutboxRow *) rows->pdata[i])->conversation_id);
  pump (self);
}

/**
 * cfa_sender_add:
 * @row: (transfer none): new; it is kept on disk before it is tried
 */
void
cfa_sender_add (CfaSender *self, CfaOutboxRow *row)
{
  Entry *entry = g_new0 (Entry, 1);

  for (guint i = 0; row->position > 0 && i < self->entries->len; i++)
    {
      Entry *other = self->entries->pdata[i];

      if (other->row->position > 0 && g_str_equal (other->row->conversation_id, row->conversation_id))
        g_ptr_array_remove_index (self->entries, i--);
    }
  entry->row = cfa_outbox_row_ref (row);
  entry->state = ENTRY_STORING;
  g_ptr_array_add (self->entries, entry);
  cfa_cache_enqueue_async (self->cache, row, on_stored, errand_new (self, row->id));
  tell (self, row->conversation_id);
}

/**
 * cfa_sender_retry:
 * @id: of a failed message; it is sent again with the same id
 */
void
cfa_sender_retry (CfaSender *self, const char *id)
{
  Entry *entry = find (self, id);

  if (entry == NULL || !entry->row->failed)
    return;
  set_failed (self, entry, CFA_REFUSAL_NONE, NULL);
  if (entry->stored)
    cfa_cache_mark_async (self->cache, id, CFA_REFUSAL_NONE, NULL, on_marked, g_object_ref (self));
  else
    {
      entry->state = ENTRY_STORING;
      cfa_cache_enqueue_async (self->cache, entry->row, on_stored, errand_new (self, id));
    }
  pump (self);
}

/**
 * cfa_sender_discard:
 * @id: of a failed message
 */
void
cfa_sender_discard (CfaSender *self, const char *id)
{
  Entry *entry = find (self, id);

  if (entry == NULL || !entry->row->failed)
    return;
  entry->state = ENTRY_SETTLING;
  cfa_cache_apply_answer_async (self->cache, NULL, id, NULL, on_settled, errand_new (self, id));
}

/**
 * cfa_sender_holds:
 * Returns: whether that message can still be called back.
 */
gboolean
cfa_sender_holds (CfaSender *self, const char *id)
{
  Entry *entry = find (self, id);

  return entry != NULL && !entry->row->failed && hold_left (entry->row) > 0
         && (entry->state == ENTRY_WAITING || entry->state == ENTRY_STORING);
}

/**
 * cfa_sender_recall:
 * @id: of one that cfa_sender_holds(); it is not sent any more
 */
void
cfa_sender_recall (CfaSender *self, const char *id)
{
  if (!cfa_sender_holds (self, id))
    return;
  find (self, id)->state = ENTRY_SETTLING;
  cfa_cache_apply_answer_async (self->cache, NULL, id, NULL, on_settled, errand_new (self, id));
}

/**
 * cfa_sender_forget:
 * Forgets a row that is not in the cache's outbox any more, without telling anyone.
 * Returns: (transfer full) (nullable): the conversation that it belonged to; NULL when there was no such row.
 */
char *
cfa_sender_forget (CfaSender *self, const char *id)
{
  Entry *entry = find (self, id);
  char *conversation_id;

  if (entry == NULL)
    return NULL;
  conversation_id = g_strdup (entry->row->conversation_id);
  g_ptr_array_remove (self->entries, entry);
  return conversation_id;
}

/**
 * cfa_sender_set_socket:
 * @socket: (nullable): where to send; NULL while the session is not live
 */
void
cfa_sender_set_socket (CfaSender *self, CfaSocket *socket)
{
  g_set_object (&self->socket, socket);
  pump (self);
}

/**
 * cfa_sender_dup_rows:
 * Returns: (transfer full): CfaOutboxRow of one conversation, in order.
 */
GPtrArray *
cfa_sender_dup_rows (CfaSender *self, const char *conversation_id)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cfa_outbox_row_unref);

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (g_str_equal (entry->row->conversation_id, conversation_id))
        g_ptr_array_add (rows, cfa_outbox_row_ref (entry->row));
    }
  return rows;
}

/**
 * cfa_sender_count:
 * Returns: how many writes, or how many texts and notes among them, the server does not have yet.
 */
guint
cfa_sender_count (CfaSender *self, gboolean only_messages)
{
  guint n = 0;

  for (guint i = 0; i < self->entries->len; i++)
    n += !only_messages || cfa_outbox_row_has_words (((Entry *) self->entries->pdata[i])->row) ? 1 : 0;
  return n;
}

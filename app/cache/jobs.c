/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jobs.h"

#include "conversation-store.h"
#include "delta.h"
#include "forget-store.h"
#include "inbox-slice.h"
#include "messages-page.h"
#include "outbox-store.h"
#include "place-store.h"
#include "record-store.h"
#include "revision.h"
#include "search-store.h"
#include "team-store.h"
#include "view-store.h"

#include "protocol/records/channel-member.h"
#include "protocol/records/team-message.h"
#include "protocol/records/visitor.h"

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static gboolean
brings_view (const CfaDelta *delta)
{
  for (guint i = 0; i < delta->records->len; i++)
    if (((CfRecord *) delta->records->pdata[i])->parent.shape == &cf_saved_view_shape)
      return TRUE;
  return FALSE;
}

/* Puts the touched conversations where they belong now, and tells how they look there. */
static gboolean
follow (CfaDb *db, const CfaJobParams *params, GHashTable *touched, CfaDelta *delta, GError **error)
{
  gboolean regroup = brings_view (delta);
  g_autoptr (GPtrArray) views = NULL;
  GHashTableIter iter;
  gpointer id;

  if (g_hash_table_size (touched) == 0 && !regroup)
    return TRUE;
  views = cfa_view_store_all (db, error);
  if (views == NULL || (regroup && !cfa_place_store_regroup (db, params->agent_id, params->watches, views, delta, error)))
    return FALSE;
  g_hash_table_iter_init (&iter, touched);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autoptr (GError) problem = NULL;
      CfaConversationRow *row = NULL;

      if (cfa_place_store_settle (db, params->agent_id, id, params->watches, views, delta, &problem))
        row = cfa_conversation_store_get (db, id, &problem);
      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (row != NULL)
        g_ptr_array_add (delta->conversations, row);
      else
        g_ptr_array_add (delta->removed, g_strdup (id));
    }
  return cfa_place_store_sum_up (db, delta, error);
}

static gboolean
finish_write (CfaDb *db, const char *id, GHashTable *touched, CfaDelta *delta, GError **error)
{
  g_autofree char *conversation = cfa_db_text (db, "SELECT conversation_id FROM outbox WHERE id = ?1", "t", id);
  gboolean was_there;

  if (!cfa_outbox_store_remove (db, id, &was_there, error))
    return FALSE;
  if (was_there)
    {
      g_ptr_array_add (delta->done, g_strdup (id));
      g_hash_table_add (touched, g_steal_pointer (&conversation));
    }
  return TRUE;
}

static gboolean
forget_writes (CfaDb *db, const char *id, GHashTable *touched, CfaDelta *delta, GError **error)
{
  g_autoptr (GPtrArray) writes = cfa_outbox_store_of (db, id, error);

  for (guint i = 0; writes != NULL && i < writes->len; i++)
    if (!finish_write (db, ((CfaOutboxRow *) writes->pdata[i])->id, touched, delta, error))
      return FALSE;
  return writes != NULL && cfa_db_run (db, error, "DELETE FROM draft WHERE conversation_id = ?1", "t", id)
         && cfa_db_run (db, error, "DELETE FROM draft_file WHERE conversation_id = ?1", "t", id);
}

/* What the agent has written to or about somebody who is gone: nobody can take it any more. A conversation alone may come back. */
static gboolean
forget_own_words (CfaDb *db, const char *visitor_id, GHashTable *touched, CfaDelta *delta, GError **error)
{
  sqlite3_stmt *statement = cfa_db_prepare (db, error, "SELECT id FROM conversation WHERE visitor_id = ?1", "t", visitor_id);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) problem = NULL;

  if (statement == NULL)
    return FALSE;
  g_ptr_array_add (ids, g_strdup (visitor_id));
  while (cfa_db_step (db, statement, &problem))
    g_ptr_array_add (ids, cfa_db_dup (statement, 0));
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  for (guint i = 0; i < ids->len; i++)
    if (!forget_writes (db, ids->pdata[i], touched, delta, error))
      return FALSE;
  return TRUE;
}

static gboolean
apply_record (CfaDb *db, CfRecord *record, gboolean answered, GHashTable *touched, CfaDelta *delta, GError **error)
{
  gboolean unseats = record->parent.shape == &cf_channel_member_shape && record->deleted;
  g_autofree char *channel_id = cfa_team_store_channel (db, record);
  gboolean kept = FALSE, forgets = cfa_forget_store_is_asked_by (db, record);

  if ((!answered || !cfa_team_store_is_late (db, record)) && !cfa_record_store_apply (db, record, touched, &kept, error))
    return FALSE;
  if (kept && unseats && !cfa_team_store_leave (db, channel_id, record, delta->records, error))
    return FALSE;
  delta->forgets |= kept && forgets;
  if (kept)
    g_ptr_array_add (delta->records, cf_struct_ref (record));
  /* The message is here, so the write that makes it was carried out, whoever brings the news. */
  return record->id == NULL || (record->parent.shape != &cf_message_shape && record->parent.shape != &cf_team_message_shape)
         || finish_write (db, record->id, touched, delta, error);
}

/* Of an answer the seats in channels come first: by them it is known what else of it to keep. */
static gboolean
apply_records (CfaDb *db, CfaJobParams *params, GHashTable *touched, CfaDelta *delta, GError **error)
{
  guint n = params->records != NULL ? params->records->len : 0;
  gboolean answered = !params->in_stream;

  /* While it is still known which conversations were theirs. */
  for (guint i = 0; i < n; i++)
    {
      const CfRecord *record = params->records->pdata[i];

      if (record->parent.shape == &cf_visitor_shape && record->deleted && record->id != NULL && !forget_own_words (db, record->id, touched, delta, error))
        return FALSE;
    }
  for (guint i = 0; i < n && answered; i++)
    if (((CfRecord *) params->records->pdata[i])->parent.shape == &cf_channel_member_shape
        && !apply_record (db, params->records->pdata[i], TRUE, touched, delta, error))
      return FALSE;
  for (guint i = 0; i < n; i++)
    if ((!answered || ((CfRecord *) params->records->pdata[i])->parent.shape != &cf_channel_member_shape)
        && !apply_record (db, params->records->pdata[i], answered, touched, delta, error))
      return FALSE;
  return TRUE;
}

void
cfa_job_params_free (CfaJobParams *self)
{
  g_free (self->server);
  g_free (self->agent_id);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_free (self->id);
  g_free (self->conversation_id);
  g_free (self->text);
  g_free (self->folder);
  g_clear_pointer (&self->search, cf_struct_unref);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->watches, g_array_unref);
  g_clear_pointer (&self->row, cfa_outbox_row_unref);
  g_free (self);
}

gpointer
cfa_job_apply (CfaDb *db, gpointer data, GError **error)
{
  CfaJobParams *params = data;
  g_autoptr (CfaDelta) delta = cfa_delta_new ();
  g_autoptr (GHashTable) touched = new_set ();

  delta->applied = cfa_db_integer (db, "SELECT value FROM meta WHERE key = 'applied'", "");
  if (params->in_stream && !params->more
      && !cfa_db_run (db, error, "UPDATE meta SET value = 0 WHERE key = 'first' AND ?1 <= (SELECT value FROM meta WHERE key = 'applied')",
                      "i", params->prev))
    return NULL;
  if (params->in_stream)
    switch (cfa_revision_judge (delta->applied, params->prev, params->rev))
      {
      case CFA_VERDICT_HOLE:
        g_set_error (error, CFA_CACHE_ERROR, CFA_CACHE_ERROR_HOLE, "got changes after %" G_GINT64_FORMAT ", expected after %" G_GINT64_FORMAT,
                     params->prev, delta->applied);
        return NULL;
      case CFA_VERDICT_OLD:
        return g_steal_pointer (&delta);
      case CFA_VERDICT_APPLY:
        delta->applied = params->rev;
        if (!cfa_db_run (db, error, "UPDATE meta SET value = ?1 WHERE key = 'applied'", "i", params->rev))
          return NULL;
        break;
      }
  if (!apply_records (db, params, touched, delta, error)
      || (params->in_stream && !params->more && !cfa_team_store_sweep (db, error))
      || (params->id != NULL && !finish_write (db, params->id, touched, delta, error))
      || (params->conversation_id != NULL
          && !cfa_db_run (db, error, "INSERT OR IGNORE INTO history VALUES (?1)", "t", params->conversation_id))
      || !follow (db, params, touched, delta, error) || (delta->forgets && !cfa_forget_store_ask (db, error)))
    return NULL;
  return g_steal_pointer (&delta);
}

gpointer
cfa_job_enqueue (CfaDb *db, gpointer data, GError **error)
{
  CfaJobParams *params = data;
  CfaOutboxRow *row = params->row;
  g_autoptr (CfaDelta) delta = cfa_delta_new ();
  g_autoptr (GHashTable) touched = new_set ();

  /* A later mark says all that an earlier one does. */
  if (row->position > 0
      && !cfa_db_run (db, error, "DELETE FROM outbox WHERE conversation_id = ?1 AND method = ?2", "tt", row->conversation_id, row->method))
    return NULL;
  if (params->flag && !cfa_outbox_store_draft (db, row->conversation_id, NULL, g_str_equal (row->method, "note.add"), error))
    return NULL;
  if (params->flag && !cfa_db_run (db, error, "DELETE FROM draft_file WHERE conversation_id = ?1 AND note = ?2", "tb", row->conversation_id,
                                   g_str_equal (row->method, "note.add")))
    return NULL;
  if (!cfa_outbox_store_add (db, row, error))
    return NULL;
  g_hash_table_add (touched, g_strdup (row->conversation_id));
  return follow (db, params, touched, delta, error) ? g_steal_pointer (&delta) : NULL;
}

gpointer
cfa_job_ripen (CfaDb *db, gpointer data, GError **error)
{
  CfaJobParams *params = data;
  g_autoptr (CfaDelta) delta = cfa_delta_new ();
  g_autoptr (GHashTable) touched = new_set ();
  g_autoptr (GPtrArray) views = cfa_view_store_all (db, error);

  return views != NULL && cfa_view_store_ripen (db, views, params->before, touched, error)
         && follow (db, params, touched, delta, error) ? g_steal_pointer (&delta) : NULL;
}

gpointer
cfa_job_mark (CfaDb *db, gpointer data, GError **error)
{
  CfaJobParams *params = data;
  g_autoptr (CfaDelta) delta = cfa_delta_new ();
  g_autoptr (GHashTable) touched = new_set ();
  char *conversation = cfa_db_text (db, "SELECT conversation_id FROM outbox WHERE id = ?1", "t", params->id);

  if (conversation != NULL)
    g_hash_table_add (touched, conversation);
  return cfa_outbox_store_mark (db, params->id, params->refusal, params->text, error)
         && follow (db, params, touched, delta, error) ? g_steal_pointer (&delta) : NULL;
}

gpointer
cfa_job_draft (CfaDb *db, gpointer data, GError **error)
{
  CfaJobParams *params = data;

  /* What was typed in the moment in which the conversation went. */
  if (cfa_db_integer (db, "SELECT count(*) FROM conversation WHERE id = ?1 AND deleted = 1", "t", params->conversation_id) > 0)
    return GINT_TO_POINTER (TRUE);
  return cfa_outbox_store_draft (db, params->conversation_id, params->text, params->flag, error) ? GINT_TO_POINTER (TRUE) : NULL;
}

gpointer
cfa_job_set_files (CfaDb *db, gpointer data, GError **error)
{
  CfaJobParams *params = data;

  return cfa_outbox_store_set_files (db, params->conversation_id, params->flag, params->records, error) ? GINT_TO_POINTER (TRUE) : NULL;
}

gpointer
cfa_job_files (CfaDb *db, gpointer data, GError **error)
{
  return cfa_outbox_store_files (db, error);
}

gpointer
cfa_job_reset (CfaDb *db, gpointer data, GError **error)
{
  CfaJobParams *params = data;

  return cfa_record_store_clear (db, error) && cfa_forget_store_ask (db, error) && cfa_db_run (db, error, "REPLACE INTO meta VALUES ('epoch', ?1)", "i", params->rev)
           ? GINT_TO_POINTER (TRUE) : NULL;
}

gpointer
cfa_job_slice (CfaDb *db, gpointer data, GError **error)
{
  CfaJobParams *params = data;
  g_autoptr (CfaInboxSlice) slice = cfa_inbox_slice_new (params->offset);
  g_autoptr (GPtrArray) ids = cfa_place_store_slice (db, params->folder, params->order, params->offset, params->limit, error);

  if (ids == NULL || !cfa_conversation_store_add (db, ids, slice->rows, error))
    return NULL;
  slice->count = cfa_place_store_count (db, params->folder);
  slice->places = cfa_place_store_number (db);
  return g_steal_pointer (&slice);
}

gpointer
cfa_job_spot (CfaDb *db, gpointer data, GError **error)
{
  CfaJobParams *params = data;
  CfaSpot *spot = g_new0 (CfaSpot, 1);

  spot->position = cfa_place_store_position (db, params->folder, params->order, params->id);
  spot->places = cfa_place_store_number (db);
  return spot;
}

gpointer
cfa_job_counts (CfaDb *db, gpointer data, GError **error)
{
  return cfa_place_store_count_all (db, error);
}

gpointer
cfa_job_next_unread (CfaDb *db, gpointer data, GError **error)
{
  CfaJobParams *params = data;
  g_autofree char *id = cfa_place_store_next_unread (db, params->folder, params->id);

  return id != NULL ? cfa_conversation_store_get (db, id, error) : NULL;
}

gpointer
cfa_job_team_unread (CfaDb *db, gpointer data, GError **error)
{
  CfaJobParams *params = data;

  return cfa_team_store_unread (db, params->agent_id, error);
}

gpointer
cfa_job_outbox (CfaDb *db, gpointer data, GError **error)
{
  return cfa_outbox_store_list (db, error);
}

gpointer
cfa_job_records (CfaDb *db, gpointer data, GError **error)
{
  CfaJobParams *params = data;

  return cfa_record_store_all (db, params->shape, error);
}

gpointer
cfa_job_record (CfaDb *db, gpointer data, GError **error)
{
  CfaJobParams *params = data;

  return cfa_record_store_find (db, params->shape, "id = ?1 AND deleted = 0 LIMIT ?2", params->id, 1, error);
}

gpointer
cfa_job_row (CfaDb *db, gpointer data, GError **error)
{
  CfaJobParams *params = data;

  return cfa_conversation_store_get (db, params->id, error);
}

gpointer
cfa_job_waiting (CfaDb *db, gpointer data, GError **error)
{
  CfaJobParams *params = data;

  return cfa_conversation_store_waiting (db, params->agent_id, params->prev, params->before, params->limit, error);
}

gpointer
cfa_job_visitor (CfaDb *db, gpointer data, GError **error)
{
  return cfa_record_store_visitor (db, ((CfaJobParams *) data)->id, error);
}

gpointer
cfa_job_past (CfaDb *db, gpointer data, GError **error)
{
  CfaJobParams *params = data;

  return cfa_conversation_store_past (db, params->id, params->limit, error);
}

gpointer
cfa_job_of_visitor (CfaDb *db, gpointer data, GError **error)
{
  CfaJobParams *params = data;

  return cfa_conversation_store_of_visitor (db, params->agent_id, params->id, params->limit, error);
}

gpointer
cfa_job_search (CfaDb *db, gpointer data, GError **error)
{
  CfaJobParams *params = data;
  CfSearchResult *result;

  cfa_db_heed (db, params->cancellable);
  result = cfa_search_store_find (db, params->search, params->flag, params->limit, error);
  cfa_db_heed (db, NULL);
  return result;
}

gpointer
cfa_job_messages (CfaDb *db, gpointer data, GError **error)
{
  CfaJobParams *params = data;
  g_autoptr (CfaMessagesPage) page = g_new0 (CfaMessagesPage, 1);

  page->messages = cfa_record_store_messages (db, params->shape, params->conversation_id, params->before, params->id, params->limit, error);
  if (page->messages == NULL)
    return NULL;
  page->complete = cfa_db_integer (db, "SELECT count(*) FROM history WHERE conversation_id = ?1", "t", params->conversation_id) > 0;
  return g_steal_pointer (&page);
}

gpointer
cfa_job_progress (CfaDb *db, gpointer data, GError **error)
{
  CfaProgress *progress = g_new (CfaProgress, 1);

  progress->applied = cfa_db_integer (db, "SELECT value FROM meta WHERE key = 'applied'", "");
  progress->epoch = cfa_db_integer (db, "SELECT coalesce(max(value), 0) FROM meta WHERE key = 'epoch'", "");
  progress->forgets = cfa_forget_store_asked (db) != 0;
  progress->first = cfa_db_integer (db, "SELECT value FROM meta WHERE key = 'first'", "") != 0;
  return progress;
}

gpointer
cfa_job_open (CfaDb *db, gpointer data, GError **error)
{
  CfaJobParams *params = data;

  if (!cfa_db_run (db, error, "INSERT INTO meta VALUES ('server', ?1), ('agent', ?2)"
                              " ON CONFLICT (key) DO UPDATE SET value = excluded.value", "tt", params->server, params->agent_id))
    return NULL;
  return cfa_job_progress (db, data, error);
}

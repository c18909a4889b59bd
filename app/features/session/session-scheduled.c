/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-private.h"

#include "write.h"

#include "app/features/conversations/conversation-private.h"

#include "protocol/id.h"
#include "protocol/json.h"
#include "protocol/methods/results.h"
#include "protocol/methods/scheduled-params.h"
#include "protocol/patch.h"

/* What is known of one while the writes are gone through. */
typedef struct
{
  CfScheduledMessage *record;
  CfaScheduledState state;
  char *error;
  gboolean gone;
} Draft;

static void
draft_free (gpointer data)
{
  Draft *draft = data;

  cf_struct_unref (draft->record);
  g_free (draft->error);
  g_free (draft);
}

static Draft *
find_draft (GPtrArray *drafts, const char *id)
{
  for (guint i = 0; i < drafts->len; i++)
    {
      Draft *draft = drafts->pdata[i];

      if (g_strcmp0 (draft->record->parent.id, id) == 0)
        return draft;
    }
  return NULL;
}

static void
add_draft (GPtrArray *drafts, CfScheduledMessage *record, CfaScheduledState state, const char *error)
{
  Draft *draft = g_new0 (Draft, 1);

  draft->record = record;
  draft->state = state;
  draft->error = g_strdup (error);
  g_ptr_array_add (drafts, draft);
}

static CfScheduledMessage *
record_of_write (CfaSession *self, const CfaOutboxRow *row, const CfScheduledAddParams *params)
{
  CfScheduledMessage *record = cf_struct_new (&cf_scheduled_message_shape);

  cf_struct_take (record, params, FALSE);
  record->parent.id = g_strdup (params->id);
  record->author_id = g_strdup (self->account->agent_id);
  record->author_name = g_strdup (self->account->name);
  record->created_at = row->created_at;
  return record;
}

static void
change_draft (Draft *draft, const CfaOutboxRow *row, gconstpointer params)
{
  CfScheduledMessage *changed;

  draft->gone = draft->gone || g_str_equal (row->method, "scheduled.cancel");
  draft->state = g_str_equal (row->method, "scheduled.send") ? CFA_SCHEDULED_SENDING : CFA_SCHEDULED_PENDING;
  if (!g_str_equal (row->method, "scheduled.update"))
    return;
  changed = cf_struct_copy (draft->record);
  cf_struct_take (changed, params, TRUE);
  changed->held = CF_HELD_NO;
  cf_struct_unref (draft->record);
  draft->record = changed;
}

/* What one write will make of @drafts. */
static void
apply (CfaSession *self, GPtrArray *drafts, const CfaOutboxRow *row)
{
  g_autoptr (CfStruct) params = NULL;
  gboolean adds = g_str_equal (row->method, "scheduled.add");
  const char *id;
  Draft *draft;

  if (!g_str_has_prefix (row->method, "scheduled.") || (params = cfa_write_params (row, NULL)) == NULL)
    return;
  id = adds ? ((CfScheduledAddParams *) params)->id
       : g_str_equal (row->method, "scheduled.update") ? ((CfScheduledUpdateParams *) params)->id : ((CfIdParams *) params)->id;
  draft = find_draft (drafts, id);
  if (adds && draft == NULL)
    add_draft (drafts, record_of_write (self, row, (CfScheduledAddParams *) params),
               row->failed ? CFA_SCHEDULED_REFUSED : CFA_SCHEDULED_PENDING, row->error);
  else if (!adds && draft != NULL)
    change_draft (draft, row, params);
}

static GPtrArray *
collect (CfaSession *self, const char *conversation_id)
{
  GPtrArray *drafts = g_ptr_array_new_with_free_func (draft_free);
  GListModel *known = G_LIST_MODEL (cfa_records_get_list (self->records, &cf_scheduled_message_shape));
  g_autoptr (GPtrArray) rows = self->sender != NULL ? cfa_sender_dup_rows (self->sender, conversation_id) : NULL;

  for (guint i = 0; i < g_list_model_get_n_items (known); i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (known, i);
      const CfScheduledMessage *record = cfa_record_item_get (item);

      if (g_strcmp0 (record->conversation_id, conversation_id) == 0)
        add_draft (drafts, cf_struct_ref ((gpointer) record), record->held != CF_HELD_NO ? CFA_SCHEDULED_HELD : CFA_SCHEDULED_WAITING, NULL);
    }
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    apply (self, drafts, rows->pdata[i]);
  return drafts;
}

/**
 * cfa_session_show_scheduled:
 * @conversation_id: (nullable): in which something has changed; NULL: anywhere
 *
 * Shows what waits to be sent with what was done here and not yet answered.
 */
void
cfa_session_show_scheduled (CfaSession *self, const char *conversation_id)
{
  g_autoptr (GList) open = g_hash_table_get_keys (self->scheduled);

  for (GList *l = open; l != NULL; l = l->next)
    {
      g_autoptr (GPtrArray) drafts = NULL, items = NULL;

      if (conversation_id != NULL && !g_str_equal (l->data, conversation_id))
        continue;
      drafts = collect (self, l->data);
      items = g_ptr_array_new_with_free_func (g_object_unref);
      for (guint i = 0; i < drafts->len; i++)
        {
          Draft *draft = drafts->pdata[i];
          gboolean own = g_strcmp0 (draft->record->author_id, self->account->agent_id) == 0;

          if (!draft->gone)
            g_ptr_array_add (items, cfa_scheduled_new (draft->record, own, draft->state, draft->error));
        }
      cfa_scheduled_list_fill (g_hash_table_lookup (self->scheduled, l->data), items);
    }
}

/**
 * cfa_session_follow_scheduled:
 * @records: of CfRecord: what the cache has kept
 */
void
cfa_session_follow_scheduled (CfaSession *self, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    if (CF_RECORD (records->pdata[i])->parent.shape == &cf_scheduled_message_shape)
      {
        /* a tombstone names no conversation */
        cfa_session_show_scheduled (self, NULL);
        return;
      }
}

static void
on_loaded (CfaSession *self)
{
  cfa_session_show_scheduled (self, NULL);
}

static void
on_list_gone (gpointer data, GObject *list)
{
  gpointer *pair = data;
  CfaSession *self = g_weak_ref_get (pair[0]);

  if (self != NULL && g_hash_table_lookup (self->scheduled, pair[1]) == (gpointer) list)
    g_hash_table_remove (self->scheduled, pair[1]);
  g_clear_object (&self);
  g_weak_ref_clear (pair[0]);
  g_free (pair[0]);
  g_free (pair[1]);
  g_free (pair);
}

/**
 * cfa_session_open_scheduled:
 * Returns: (transfer full): what waits to be sent in a conversation; the same list as long as somebody holds it.
 */
CfaScheduledList *
cfa_session_open_scheduled (CfaSession *self, CfaConversation *conversation)
{
  const char *id = cfa_conversation_get_id (conversation);
  CfaScheduledList *list = g_hash_table_lookup (self->scheduled, id);
  CfaRecordList *known;
  gpointer *pair;

  if (list != NULL)
    return g_object_ref (list);
  list = cfa_scheduled_list_new ();
  g_hash_table_insert (self->scheduled, g_strdup (id), list);
  pair = g_new0 (gpointer, 2);
  pair[0] = g_new0 (GWeakRef, 1);
  g_weak_ref_init (pair[0], self);
  pair[1] = g_strdup (id);
  g_object_weak_ref (G_OBJECT (list), on_list_gone, pair);
  known = cfa_records_get_list (self->records, &cf_scheduled_message_shape);
  g_signal_handlers_disconnect_by_func (known, on_loaded, self);
  g_signal_connect_object (known, "notify::loaded", G_CALLBACK (on_loaded), self, G_CONNECT_SWAPPED);
  cfa_session_show_scheduled (self, id);
  return list;
}

static void
add_write (CfaSession *self, const char *method, const char *id, const char *conversation_id, gconstpointer params)
{
  g_autofree char *write_id = id != NULL ? g_strdup (id) : cf_id_new ();
  g_autoptr (CfaOutboxRow) row = cfa_write_new (method, write_id, conversation_id, params);

  if (self->sender != NULL)
    cfa_sender_add (self->sender, row);
}

/**
 * cfa_session_send_later:
 * @reply_to: (nullable): id of the message that it answers
 * @files: (nullable): ids of those that it brings
 * @send_at: ms UTC
 * @unless_reply: whether it is not to go when the visitor writes first
 */
void
cfa_session_send_later (CfaSession *self, CfaConversation *conversation, const char *text, const char *reply_to, const char *const *files,
                        gint64 send_at, gboolean unless_reply)
{
  g_autoptr (CfScheduledAddParams) params = cf_struct_new (&cf_scheduled_add_params_shape);

  params->id = cf_id_new ();
  params->conversation_id = g_strdup (cfa_conversation_get_id (conversation));
  params->text = g_strdup (text);
  params->reply_to = g_strdup (reply_to);
  params->files = files != NULL && files[0] != NULL ? g_strdupv ((char **) files) : NULL;
  params->send_at = send_at;
  params->unless_reply = unless_reply;
  add_write (self, "scheduled.add", params->id, params->conversation_id, params);
  if (self->attention != NULL)
    cfa_attention_sent (self->attention, conversation, FALSE);
}

/**
 * cfa_session_reschedule:
 * @send_at: ms UTC
 */
void
cfa_session_reschedule (CfaSession *self, CfaScheduled *scheduled, gint64 send_at)
{
  g_autoptr (CfScheduledUpdateParams) params = cf_struct_new (&cf_scheduled_update_params_shape);

  params->id = g_strdup (cfa_scheduled_get_id (scheduled));
  params->send_at = send_at;
  cf_struct_give (params, "send_at");
  add_write (self, "scheduled.update", NULL, cfa_scheduled_get (scheduled)->conversation_id, params);
}

static void
add_simple (CfaSession *self, const char *method, CfaScheduled *scheduled)
{
  g_autoptr (CfIdParams) params = cf_struct_new (&cf_id_params_shape);

  params->id = g_strdup (cfa_scheduled_get_id (scheduled));
  add_write (self, method, NULL, cfa_scheduled_get (scheduled)->conversation_id, params);
}

/**
 * cfa_session_send_scheduled:
 * Now and not later.
 */
void
cfa_session_send_scheduled (CfaSession *self, CfaScheduled *scheduled)
{
  add_simple (self, "scheduled.send", scheduled);
}

/**
 * cfa_session_cancel_scheduled:
 * It is not sent. One that the server has refused to take is forgotten.
 */
void
cfa_session_cancel_scheduled (CfaSession *self, CfaScheduled *scheduled)
{
  if (cfa_scheduled_get_state (scheduled) != CFA_SCHEDULED_REFUSED)
    add_simple (self, "scheduled.cancel", scheduled);
  else if (self->sender != NULL)
    cfa_sender_discard (self->sender, cfa_scheduled_get_id (scheduled));
}

/**
 * cfa_session_retry_scheduled:
 * @scheduled: one that the server has refused to take
 */
void
cfa_session_retry_scheduled (CfaSession *self, CfaScheduled *scheduled)
{
  if (self->sender != NULL)
    cfa_sender_retry (self->sender, cfa_scheduled_get_id (scheduled));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-private.h"

#include "write.h"

#include "app/features/conversations/conversation-private.h"
#include "app/features/conversations/history.h"
#include "app/features/conversations/message-list-private.h"
#include "app/features/conversations/param.h"
#include "app/features/files/file-cache.h"
#include "app/features/search/recent-searches.h"

#include "protocol/methods/monitor-params.h"
#include "protocol/records/agent.h"
#include "protocol/records/department.h"
#include "protocol/records/organisation.h"
#include "protocol/records/saved-view.h"
#include "protocol/records/site.h"
#include "protocol/records/team-message.h"
#include "protocol/records/tag.h"
#include "protocol/records/visitor.h"

#include <glib/gi18n-lib.h>

enum
{
  PROP_0,
  PROP_LINK,
  PROP_LINK_ERROR,
  PROP_RETRY_AT,
  PROP_SERVER,
  PROP_AGENT_ID,
  PROP_AGENT_NAME,
  PROP_AGENT_EMAIL,
  PROP_ROLE,
  PROP_PRESENCE,
  PROP_PENDING,
  PROP_ORGANISATION_NAME,
  PROP_KEYRING_MISSING,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* What there are few of, and all of which is looked up by id. */
static const CfShape *const team_shapes[] = {
  &cf_organisation_shape, &cf_agent_shape, &cf_site_shape, &cf_department_shape, &cf_tag_shape,
  &cf_canned_response_shape, &cf_macro_shape, &cf_saved_view_shape,
};

static guint refused_signal, reset_signal, counted_signal, happened_signal, settled_signal, monitored_signal, tested_signal, called_signal, gone_signal;

G_DEFINE_FINAL_TYPE (CfaSession, cfa_session, G_TYPE_OBJECT)

static void
changed (CfaSession *self, guint prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

/* The open socket while everything is caught up, else NULL. */
static CfaSocket *
live_socket (CfaSession *self)
{
  return self->sync != NULL && cfa_sync_get_live (self->sync) ? cfa_connection_get_socket (self->connection) : NULL;
}

static CfaLink
current_link (CfaSession *self)
{
  if (self->token == NULL)
    return CFA_LINK_SIGNED_OUT;
  switch (cfa_connection_get_state (self->connection))
    {
    case CFA_CONNECTION_ENDED:
      return CFA_LINK_SIGNED_OUT;
    case CFA_CONNECTION_WAITING:
      return CFA_LINK_WAITING;
    case CFA_CONNECTION_CONNECTED:
      return cfa_sync_get_live (self->sync) ? CFA_LINK_LIVE : CFA_LINK_SYNCING;
    default:
      return CFA_LINK_CONNECTING;
    }
}

static void
send_presence (CfaSession *self)
{
  g_autoptr (CfPresenceParams) params = cf_struct_new (&cf_presence_params_shape);
  CfaSocket *socket = live_socket (self);

  if (socket == NULL)
    return;
  params->state = self->presence;
  cfa_socket_notify (socket, "presence.set", params);
}

static void
share_socket (CfaSession *self)
{
  CfaSocket *socket = live_socket (self);
  g_autoptr (GList) histories = g_hash_table_get_values (self->histories);

  cfa_sender_set_socket (self->sender, socket);
  cfa_archive_set_socket (self->archive, socket);
  cfa_attention_set_socket (self->attention, socket);
  cfa_records_set_socket (self->records, socket);
  cfa_uploader_set_socket (self->uploader, socket);
  cfa_attachments_set_socket (self->attachments, socket);
  for (GList *l = histories; l != NULL; l = l->next)
    cfa_history_set_socket (l->data, socket);
}

static void
update_link (CfaSession *self)
{
  CfaLink link = current_link (self);

  g_object_freeze_notify (G_OBJECT (self));
  if (self->link != link)
    {
      self->link = link;
      changed (self, PROP_LINK);
    }
  changed (self, PROP_LINK_ERROR);
  changed (self, PROP_RETRY_AT);
  g_object_thaw_notify (G_OBJECT (self));
}

/* Who is there is told anew with each session. */
static void
silence (CfaSession *self)
{
  cfa_conversations_silence (self->conversations);
  cfa_records_silence (self->records);
  cfa_channel_list_silence (self->channels);
}

static void
on_connection_changed (CfaSession *self)
{
  if (live_socket (self) == NULL)
    share_socket (self);
  if (cfa_connection_get_socket (self->connection) == NULL)
    silence (self);
  update_link (self);
}

static void
on_live_changed (CfaSession *self)
{
  cfa_watch_set_live (self->watch, live_socket (self) != NULL);
  share_socket (self);
  send_presence (self);
  update_link (self);
}

static void
update_pending (CfaSession *self)
{
  guint pending = cfa_sender_count (self->sender, FALSE);

  if (self->pending == pending)
    return;
  self->pending = pending;
  changed (self, PROP_PENDING);
}

/* Shows the outbox rows of one conversation; @now as in cfa_conversations_set_writes(). */
static void
show_writes (CfaSession *self, const char *conversation_id, gboolean now)
{
  g_autoptr (GPtrArray) writes = cfa_sender_dup_rows (self->sender, conversation_id);

  cfa_conversations_set_writes (self->conversations, conversation_id, writes, now);
  cfa_profiles_set_writes (self->profiles, conversation_id, writes);
}

static void
show_waiting_messages (CfaSession *self, const char *conversation_id)
{
  CfaHistory *history = g_hash_table_lookup (self->histories, conversation_id);
  g_autoptr (CfaMessageList) list = history != NULL ? cfa_history_get_list (history) : NULL;
  g_autoptr (GPtrArray) writes = NULL;

  if (list == NULL)
    return;
  writes = cfa_sender_dup_rows (self->sender, conversation_id);
  cfa_message_list_set_writes (list, writes);
}

static void
on_writes_changed (CfaSession *self, const char *conversation_id)
{
  show_writes (self, conversation_id, TRUE);
  show_waiting_messages (self, conversation_id);
  cfa_session_show_promises (self, conversation_id);
  cfa_session_show_scheduled (self, conversation_id);
  cfa_session_show_reply_writes (self, conversation_id);
  update_pending (self);
}

static void
take_team (CfaSession *self, CfRecord *record)
{
  if (record->deleted)
    return;
  if (record->parent.shape == &cf_organisation_shape)
    {
      g_free (self->organisation_name);
      self->organisation_name = g_strdup (((CfOrganisation *) record)->name);
      changed (self, PROP_ORGANISATION_NAME);
    }
  else if (record->parent.shape == &cf_agent_shape && g_strcmp0 (record->id, self->account->agent_id) == 0)
    {
      CfAgent *agent = (CfAgent *) record;

      g_free (self->account->name);
      g_free (self->account->email);
      self->account->name = g_strdup (agent->name);
      self->account->email = g_strdup (agent->email);
      self->role = agent->role;
      changed (self, PROP_AGENT_NAME);
      changed (self, PROP_AGENT_EMAIL);
      changed (self, PROP_ROLE);
    }
}

static void
take_reply (CfaSession *self, CfRecord *record)
{
  if (record->parent.shape != &cf_canned_response_shape && record->parent.shape != &cf_macro_shape)
    return;
  cfa_replies_take (self->replies, record);
  if (self->sender != NULL)
    cfa_session_show_reply_writes (self, record->id);
}

static void
add_to_list (CfaSession *self, const char *conversation_id, GPtrArray *messages)
{
  CfaHistory *history = g_hash_table_lookup (self->histories, conversation_id);
  g_autoptr (CfaMessageList) list = history != NULL ? cfa_history_get_list (history) : NULL;

  if (list != NULL)
    cfa_message_list_add_new (list, messages);
}

/* Tombstones name no conversation: every open list looks whether it is theirs. */
static void
take_messages (CfaSession *self, GPtrArray *records)
{
  g_autoptr (GHashTable) by_conversation = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GList) open = g_hash_table_get_keys (self->histories);

  for (guint i = 0; i < records->len; i++)
    {
      CfMessage *message = records->pdata[i];

      if (message->parent.parent.shape != &cf_message_shape && message->parent.parent.shape != &cf_team_message_shape)
        continue;
      for (GList *l = open; l != NULL; l = l->next)
        if (message->parent.deleted || g_strcmp0 (l->data, message->conversation_id) == 0)
          {
            GPtrArray *theirs = g_hash_table_lookup (by_conversation, l->data);

            if (theirs == NULL)
              g_hash_table_insert (by_conversation, l->data, theirs = cf_structs_new ());
            g_ptr_array_add (theirs, cf_struct_ref (message));
          }
    }
  for (GList *l = open; l != NULL; l = l->next)
    if (g_hash_table_contains (by_conversation, l->data))
      add_to_list (self, l->data, g_hash_table_lookup (by_conversation, l->data));
}

static void
take_visitor_text (CfaSession *self, const CfRecord *record)
{
  const CfMessage *message = (const CfMessage *) record;
  CfaConversation *conversation;

  if (record->parent.shape != &cf_message_shape || record->deleted || message->author_kind != CF_AUTHOR_VISITOR)
    return;
  conversation = cfa_conversations_get (self->conversations, message->conversation_id);
  if (conversation != NULL)
    cfa_conversation_set_peek (conversation, NULL);
}

/* Who was erased may be among those who were looked for. */
static void
forget_searches (const CfRecord *record)
{
  if (record->parent.shape == &cf_visitor_shape && record->deleted)
    cfa_recent_searches_forget ();
}

static void
show_seen (CfaSession *self)
{
  GHashTableIter iter;
  gpointer id, history;

  g_hash_table_iter_init (&iter, self->histories);
  while (g_hash_table_iter_next (&iter, &id, &history))
    {
      g_autoptr (CfaMessageList) list = cfa_history_get_list (history);
      CfaConversation *conversation = cfa_conversations_get (self->conversations, id);

      if (list != NULL && conversation != NULL)
        cfa_message_list_set_seen (list, cfa_conversation_get_seen (conversation));
    }
}

/*
 * What the cache has changed, shown as one change: the writes that are done leave the overlay in the same moment in which
 * the records that they made come in.
 */
static void
on_delta (CfaSession *self, CfaDelta *delta)
{
  g_autoptr (GPtrArray) ended = g_ptr_array_new_with_free_func (g_free);

  cfa_watch_see (self->watch, delta, self->in_stream);
  for (guint i = 0; i < delta->done->len; i++)
    {
      char *conversation_id = cfa_sender_forget (self->sender, delta->done->pdata[i]);

      if (conversation_id == NULL)
        continue;
      show_writes (self, conversation_id, FALSE);
      g_ptr_array_add (ended, conversation_id);
    }
  cfa_conversations_follow (self->conversations, delta);
  for (guint i = 0; i < delta->removed->len; i++)
    g_signal_emit (self, gone_signal, 0, delta->removed->pdata[i]);
  take_messages (self, delta->records);
  cfa_records_follow (self->records, delta->records);
  cfa_session_follow_team (self, delta);
  cfa_session_follow_scheduled (self, delta->records);
  cfa_profiles_follow (self->profiles, delta->records);
  cfa_session_follow_files (self, delta->records);
  show_seen (self);
  for (guint i = 0; i < delta->records->len; i++)
    {
      take_team (self, delta->records->pdata[i]);
      take_reply (self, delta->records->pdata[i]);
      take_visitor_text (self, delta->records->pdata[i]);
      forget_searches (delta->records->pdata[i]);
    }
  for (guint i = 0; i < ended->len; i++)
    {
      show_waiting_messages (self, ended->pdata[i]);
      cfa_session_show_promises (self, ended->pdata[i]);
      cfa_session_show_scheduled (self, ended->pdata[i]);
      cfa_session_show_reply_writes (self, ended->pdata[i]);
    }
  update_pending (self);
  cfa_watch_tell (self->watch);
}

/* The server's news, and not what was asked of it. */
static void
on_stream (CfaSession *self, CfaDelta *delta)
{
  self->in_stream = TRUE;
  on_delta (self, delta);
  self->in_stream = FALSE;
}

static void
on_happened (CfaSession *self, CfaAlertEvent *event)
{
  gboolean escalated = event->kind == CFA_ALERT_URGENT && event->since == 0;

  if (!escalated || self->role >= CF_ROLE_SUPERVISOR)
    g_signal_emit (self, happened_signal, 0, event);
}

static void
on_settled (CfaSession *self, const char *conversation_id)
{
  g_signal_emit (self, settled_signal, 0, conversation_id);
}

static void
on_counted (CfaSession *self)
{
  g_signal_emit (self, counted_signal, 0);
}

static void
on_signal (CfaSession *self, CfSignal *signal)
{
  cfa_conversations_hear (self->conversations, signal);
  cfa_watch_hear (self->watch, signal);
  if (signal->kind == CF_SIGNAL_TEST)
    g_signal_emit (self, tested_signal, 0);
  else if (signal->kind == CF_SIGNAL_CALL && signal->actor_id != NULL)
    g_signal_emit (self, called_signal, 0, signal);
  cfa_records_hear (self->records, signal);
  cfa_channel_list_hear (self->channels, signal);
}

static void
on_monitored (CfaSession *self, CfMonitorNews *news)
{
  g_signal_emit (self, monitored_signal, 0, news);
}

static void
on_refused (CfaSession *self, CfaOutboxRow *row, const char *problem)
{
  g_autofree char *what = cfa_write_what (row);
  g_autofree char *text = g_strdup_printf ("%s: %s", what, problem);

  g_signal_emit (self, refused_signal, 0, text);
}

static void
on_ended (CfaSession *self, const char *reason)
{
  cfa_connection_end (self->connection, reason);
}

/* What the server does not know any more, or does not let this agent see, must not stay on the screen either. */
static void
on_reset (CfaSession *self)
{
  g_autofree char *files = cfa_file_cache_folder (self->account->agent_id);

  cfa_file_cache_erase (files);
  g_hash_table_remove_all (self->histories);
  cfa_archive_reset (self->archive);
  cfa_records_reset (self->records);
  cfa_session_show_scheduled (self, NULL);
  cfa_profiles_reload (self->profiles);
  cfa_conversations_clear (self->conversations);
  cfa_replies_clear (self->replies);
  g_signal_emit (self, reset_signal, 0);
}

static void
on_team (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaSession) self = data;
  g_autoptr (GPtrArray) records = cfa_cache_array_finish (result, NULL);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      take_team (self, records->pdata[i]);
      take_reply (self, records->pdata[i]);
    }
  if (records != NULL)
    cfa_directory_follow (cfa_conversations_get_directory (self->conversations), records);
}

static void
on_outbox (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaSession) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = cfa_cache_array_finish (result, &error);

  if (rows == NULL)
    g_warning ("the outbox cannot be read: %s", error->message);
  else
    cfa_sender_take (self->sender, rows);
}

static void
on_list_gone (gpointer data, GObject *list)
{
  gpointer *pair = data;
  CfaSession *self = g_weak_ref_get (pair[0]);

  /* another list for the same conversation may have taken the place already */
  if (self != NULL && self->histories != NULL)
    {
      CfaHistory *history = g_hash_table_lookup (self->histories, pair[1]);
      g_autoptr (CfaMessageList) now = history != NULL ? cfa_history_get_list (history) : NULL;

      if (now == NULL)
        g_hash_table_remove (self->histories, pair[1]);
    }
  g_clear_object (&self);
  g_weak_ref_clear (pair[0]);
  g_free (pair[0]);
  g_free (pair[1]);
  g_free (pair);
}

static void
cfa_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CfaSession *self = CFA_SESSION (object);

  switch (id)
    {
    case PROP_LINK:
      g_value_set_int (value, self->link);
      break;
    case PROP_LINK_ERROR:
      g_value_set_string (value, cfa_session_get_link_error (self));
      break;
    case PROP_RETRY_AT:
      g_value_set_int64 (value, cfa_session_get_retry_at (self));
      break;
    case PROP_SERVER:
      g_value_set_string (value, self->account->server);
      break;
    case PROP_AGENT_ID:
      g_value_set_string (value, self->account->agent_id);
      break;
    case PROP_AGENT_NAME:
      g_value_set_string (value, self->account->name);
      break;
    case PROP_AGENT_EMAIL:
      g_value_set_string (value, self->account->email);
      break;
    case PROP_ROLE:
      g_value_set_int (value, self->role);
      break;
    case PROP_PRESENCE:
      g_value_set_int (value, self->presence);
      break;
    case PROP_PENDING:
      g_value_set_uint (value, self->pending);
      break;
    case PROP_ORGANISATION_NAME:
      g_value_set_string (value, self->organisation_name);
      break;
    case PROP_KEYRING_MISSING:
      g_value_set_boolean (value, self->keyring_missing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
cfa_session_dispose (GObject *object)
{
  CfaSession *self = CFA_SESSION (object);

  cfa_session_stop (self);
  g_clear_object (&self->connection);
  G_OBJECT_CLASS (cfa_session_parent_class)->dispose (object);
}

static void
cfa_session_finalize (GObject *object)
{
  CfaSession *self = CFA_SESSION (object);

  g_clear_object (&self->conversations);
  g_clear_object (&self->channels);
  g_clear_object (&self->records);
  g_clear_object (&self->draft_files);
  g_clear_object (&self->uploader);
  g_clear_object (&self->attachments);
  g_clear_pointer (&self->account, cfa_account_free);
  g_hash_table_unref (self->histories);
  g_hash_table_unref (self->scheduled);
  cfa_replies_free (self->replies);
  g_free (self->organisation_name);
  g_free (self->token);
  G_OBJECT_CLASS (cfa_session_parent_class)->finalize (object);
}

static void
cfa_session_class_init (CfaSessionClass *klass)
{
  static const struct { guint id; const char *name; } texts[] = {
    { PROP_LINK_ERROR, "link-error" }, { PROP_SERVER, "server" }, { PROP_AGENT_ID, "agent-id" }, { PROP_AGENT_NAME, "agent-name" },
    { PROP_AGENT_EMAIL, "agent-email" }, { PROP_ORGANISATION_NAME, "organisation-name" },
  };
  static const struct { guint id; const char *name; } numbers[] = {
    { PROP_LINK, "link" }, { PROP_ROLE, "role" }, { PROP_PRESENCE, "presence" },
  };

  G_OBJECT_CLASS (klass)->get_property = cfa_session_get_property;
  G_OBJECT_CLASS (klass)->dispose = cfa_session_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_session_finalize;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    props[texts[i].id] = cfa_param_string (texts[i].name);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    props[numbers[i].id] = cfa_param_int (numbers[i].name);
  props[PROP_RETRY_AT] = cfa_param_int64 ("retry-at");
  props[PROP_KEYRING_MISSING] = cfa_param_boolean ("keyring-missing", FALSE);
  props[PROP_PENDING] = cfa_param_uint ("pending");
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  refused_signal = g_signal_new ("refused", CFA_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  counted_signal = g_signal_new ("counted", CFA_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  reset_signal = g_signal_new ("reset", CFA_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  tested_signal = g_signal_new ("tested", CFA_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  called_signal = g_signal_new ("called", CFA_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  happened_signal = g_signal_new ("happened", CFA_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  monitored_signal = g_signal_new ("monitored", CFA_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gone_signal = g_signal_new ("gone", CFA_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  settled_signal = g_signal_new ("settled", CFA_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cfa_session_init (CfaSession *self)
{
  self->histories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->scheduled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->replies = cfa_replies_new ();
  self->presence = CF_PRESENCE_ONLINE;
}

static void
connect_parts (CfaSession *self)
{
  g_signal_connect_swapped (self->connection, "changed", G_CALLBACK (on_connection_changed), self);
  g_signal_connect_swapped (self->sender, "changed", G_CALLBACK (on_writes_changed), self);
  g_signal_connect_swapped (self->sender, "delta", G_CALLBACK (on_delta), self);
  g_signal_connect_swapped (self->sender, "refused", G_CALLBACK (on_refused), self);
  g_signal_connect_swapped (self->sender, "ended", G_CALLBACK (on_ended), self);
  g_signal_connect_object (self->conversations, "counted", G_CALLBACK (on_counted), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->archive, "delta", G_CALLBACK (on_delta), self);
  g_signal_connect_swapped (self->watch, "happened", G_CALLBACK (on_happened), self);
  g_signal_connect_swapped (self->watch, "settled", G_CALLBACK (on_settled), self);
  g_signal_connect_swapped (self->records, "delta", G_CALLBACK (on_delta), self);
  g_signal_connect_swapped (self->ripening, "delta", G_CALLBACK (on_delta), self);
  if (self->sync == NULL)
    return;
  g_signal_connect_swapped (self->sync, "live-changed", G_CALLBACK (on_live_changed), self);
  g_signal_connect_swapped (self->sync, "delta", G_CALLBACK (on_stream), self);
  g_signal_connect_swapped (self->sync, "signal", G_CALLBACK (on_signal), self);
  g_signal_connect_swapped (self->sync, "monitored", G_CALLBACK (on_monitored), self);
  g_signal_connect_swapped (self->sync, "opened", G_CALLBACK (silence), self);
  g_signal_connect_swapped (self->sync, "reset", G_CALLBACK (on_reset), self);
}

/**
 * cfa_session_new:
 * @account: (transfer full):
 * @token: (nullable): NULL when none was kept: the session shows the cache, and is SIGNED_OUT
 *
 * Fills its lists from the cache and connects, all without waiting.
 */
CfaSession *
cfa_session_new (CfaAccount *account, CfaCache *cache, const char *token, gboolean keyring_missing)
{
  CfaSession *self = g_object_new (CFA_TYPE_SESSION, NULL);

  self->account = account;
  self->cache = g_object_ref (cache);
  self->token = g_strdup (token);
  self->keyring_missing = keyring_missing;
  self->connection = cfa_connection_new (account->server);
  self->sync = token != NULL ? cfa_sync_new (self->connection, cache, token) : NULL;
  self->sender = cfa_sender_new (cache);
  self->conversations = cfa_conversations_new (account->agent_id, account->name, cache);
  self->archive = cfa_archive_new (cache, self->conversations);
  self->attention = cfa_attention_new (cache, self->sender);
  self->watch = cfa_watch_new (cache, account->agent_id);
  self->records = cfa_records_new (cache);
  self->channels = cfa_channel_list_new (account->agent_id, cfa_conversations_get_directory (self->conversations),
                                         cfa_records_get_list (self->records, &cf_channel_shape));
  self->profiles = cfa_profiles_new (cache);
  self->ripening = cfa_ripening_new (cache);
  cfa_session_begin_files (self);
  connect_parts (self);
  cfa_cache_outbox_async (cache, on_outbox, g_object_ref (self));
  cfa_conversations_begin (self->conversations);
  cfa_session_count_team (self);
  for (guint i = 0; i < G_N_ELEMENTS (team_shapes); i++)
    cfa_cache_records_async (cache, team_shapes[i], on_team, g_object_ref (self));
  self->link = current_link (self);
  if (token != NULL)
    cfa_connection_start (self->connection);
  return self;
}

/**
 * cfa_session_miss_keyring:
 * The token could not be kept after all.
 */
void
cfa_session_miss_keyring (CfaSession *self)
{
  self->keyring_missing = TRUE;
  changed (self, PROP_KEYRING_MISSING);
}

/**
 * cfa_session_stop:
 * Ends the connection and lets go of the cache; the object stays readable.
 */
void
cfa_session_stop (CfaSession *self)
{
  g_hash_table_remove_all (self->histories);
  cfa_conversations_stop (self->conversations);
  g_clear_pointer (&self->attention, cfa_attention_free);
  g_clear_object (&self->profiles);
  cfa_session_end_files (self);
  if (self->archive != NULL)
    g_signal_handlers_disconnect_by_data (self->archive, self);
  if (self->watch != NULL)
    g_signal_handlers_disconnect_by_data (self->watch, self);
  if (self->records != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->records, self);
      cfa_records_stop (self->records);
    }
  if (self->ripening != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->ripening, self);
      g_object_run_dispose (G_OBJECT (self->ripening));
    }
  if (self->sync != NULL)
    g_signal_handlers_disconnect_by_data (self->sync, self);
  if (self->sender != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->sender, self);
      cfa_sender_set_socket (self->sender, NULL);
    }
  if (self->connection != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->connection, self);
      cfa_connection_stop (self->connection);
    }
  g_clear_object (&self->archive);
  g_clear_object (&self->watch);
  g_clear_object (&self->ripening);
  g_clear_object (&self->sync);
  g_clear_object (&self->sender);
  g_clear_object (&self->cache);
}

const char *
cfa_session_get_token (CfaSession *self)
{
  return self->token;
}

CfaCache *
cfa_session_get_cache (CfaSession *self)
{
  return self->cache;
}

/**
 * cfa_session_get_unsent:
 * Returns: how many texts and notes the server does not have, those that it refused among them.
 */
guint
cfa_session_get_unsent (CfaSession *self)
{
  return self->sender != NULL ? cfa_sender_count (self->sender, TRUE) : 0;
}

CfaLink
cfa_session_get_link (CfaSession *self)
{
  return self->link;
}

/**
 * cfa_session_get_link_error:
 * Returns: (nullable): why there is no connection, and what to do.
 */
const char *
cfa_session_get_link_error (CfaSession *self)
{
  if (self->token == NULL)
    return _("Your sign-in was not kept on this computer. Sign in again to go on.");
  return self->link == CFA_LINK_WAITING || self->link == CFA_LINK_SIGNED_OUT ? cfa_connection_get_problem (self->connection) : NULL;
}

gint64
cfa_session_get_retry_at (CfaSession *self)
{
  return self->link == CFA_LINK_WAITING ? cfa_connection_get_retry_at (self->connection) : 0;
}

const char *
cfa_session_get_server (CfaSession *self)
{
  return self->account->server;
}

const char *
cfa_session_get_agent_id (CfaSession *self)
{
  return self->account->agent_id;
}

const char *
cfa_session_get_agent_name (CfaSession *self)
{
  return self->account->name;
}

const char *
cfa_session_get_agent_email (CfaSession *self)
{
  return self->account->email;
}

const char *
cfa_session_get_organisation_name (CfaSession *self)
{
  return self->organisation_name;
}

CfRole
cfa_session_get_role (CfaSession *self)
{
  return self->role;
}

CfPresenceState
cfa_session_get_presence (CfaSession *self)
{
  return self->presence;
}

guint
cfa_session_get_pending (CfaSession *self)
{
  return self->pending;
}

gboolean
cfa_session_get_keyring_missing (CfaSession *self)
{
  return self->keyring_missing;
}

/**
 * cfa_session_retry_now:
 * While WAITING, tries at once.
 */
void
cfa_session_retry_now (CfaSession *self)
{
  cfa_connection_try_now (self->connection);
}

void
cfa_session_set_presence (CfaSession *self, CfPresenceState state)
{
  if (self->presence == state)
    return;
  self->presence = state;
  changed (self, PROP_PRESENCE);
  send_presence (self);
}

/**
 * cfa_session_set_urgent_after:
 * @minutes: after which a visitor who waits for an answer, of this agent or of anybody, is urgent; 0: never
 */
void
cfa_session_set_urgent_after (CfaSession *self, guint minutes)
{
  if (self->watch != NULL)
    cfa_watch_set_urgent_after (self->watch, minutes);
}

CfaConversationList *
cfa_session_get_inbox (CfaSession *self, CfaInbox inbox)
{
  return cfa_conversations_get_inbox (self->conversations, inbox);
}

CfaConversationList *
cfa_session_get_folder (CfaSession *self, const char *folder)
{
  return cfa_conversations_get_folder (self->conversations, folder);
}

CfaCount
cfa_session_get_count (CfaSession *self, const char *folder)
{
  return cfa_conversations_get_count (self->conversations, folder);
}

CfaDirectory *
cfa_session_get_directory (CfaSession *self)
{
  return cfa_conversations_get_directory (self->conversations);
}

CfaConversation *
cfa_session_get_conversation (CfaSession *self, const char *id)
{
  return cfa_conversations_get (self->conversations, id);
}

/**
 * cfa_session_hold_messages:
 * @shape: of messages, or of team messages
 * @id: of the conversation, or channel
 * @unread: how many of its last messages are to be shown at once
 *
 * Returns: (transfer full): the messages; the same list as long as somebody holds it.
 */
CfaMessageList *
cfa_session_hold_messages (CfaSession *self, const CfShape *shape, const char *id, guint unread)
{
  CfaHistory *history = g_hash_table_lookup (self->histories, id);
  CfaMessageList *list = history != NULL ? cfa_history_get_list (history) : NULL;
  gpointer *pair;

  if (list != NULL)
    return list;
  list = cfa_message_list_new (self->account->agent_id, self->account->name);
  if (self->cache == NULL)
    return list;
  history = cfa_history_new (self->cache, list, shape, id, unread);
  g_signal_connect_object (history, "delta", G_CALLBACK (on_delta), self, G_CONNECT_SWAPPED);
  g_hash_table_insert (self->histories, g_strdup (id), history);
  pair = g_new0 (gpointer, 2);
  pair[0] = g_new0 (GWeakRef, 1);
  g_weak_ref_init (pair[0], self);
  pair[1] = g_strdup (id);
  g_object_weak_ref (G_OBJECT (list), on_list_gone, pair);
  show_waiting_messages (self, id);
  cfa_history_set_socket (history, live_socket (self));
  cfa_history_load (history);
  return list;
}

/**
 * cfa_session_open_messages:
 * Returns: (transfer full): the conversation's messages; the same list as long as somebody holds it.
 */
CfaMessageList *
cfa_session_open_messages (CfaSession *self, CfaConversation *conversation)
{
  CfaMessageList *list = cfa_session_hold_messages (self, &cf_message_shape, cfa_conversation_get_id (conversation),
                                                    cfa_conversation_get_unread (conversation));

  cfa_message_list_set_seen (list, cfa_conversation_get_seen (conversation));
  if (self->archive != NULL)
    cfa_archive_complete (self->archive, conversation);
  return list;
}

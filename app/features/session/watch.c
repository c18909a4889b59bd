/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "watch.h"

#include "protocol/id.h"
#include "protocol/records/message.h"
#include "protocol/records/channel-member.h"
#include "protocol/records/channel.h"
#include "protocol/records/read-mark.h"
#include "protocol/records/team-message.h"

#include <string.h>

/* Shorter absences are pages that load, trains in tunnels. */
#define AWAY_MS ((gint64) 5 * 60 * 1000)

#define LOOK_SECONDS 15
#define LOOK_BACK_MS ((gint64) 24 * 60 * 60 * 1000)
#define ROWS_MAX     50

struct _CfaWatch
{
  GObject parent_instance;

  CfaCache *cache;
  char *agent_id;
  gboolean live;
  gboolean copying;   /* the first copy is under way: what it holds is not news, but what is unread in it counts */
  GPtrArray *events;  /* of CfaAlertEvent, seen and not told yet */
  GPtrArray *settled; /* of char *, likewise */
  GHashTable *left;   /* visitor id -> gint64 *: when they left, of those who left since the connection was there */
  guint urgent_minutes;
  gint64 looked;      /* whoever began to wait until then has been looked at */
  gboolean looking;
  guint look_source;
};

enum
{
  SIGNAL_HAPPENED,
  SIGNAL_SETTLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaWatch, cfa_watch, G_TYPE_OBJECT)

static CfaAlertEvent *
new_event (CfaWatch *self, CfaAlertKind kind, const CfaConversationRow *row)
{
  CfaAlertEvent *event = cfa_alert_event_new (kind, row->record->parent.id);

  event->site_id = g_strdup (row->record->site_id);
  event->site_name = g_strdup (row->site_name);
  event->who = g_strdup (row->visitor_name != NULL ? row->visitor_name : row->visitor_email);
  event->unread = row->unread;
  event->free = row->record->assignee_id == NULL;
  event->late = !self->live;
  return event;
}

static gboolean
is_mine (CfaWatch *self, const CfaConversationRow *row)
{
  return g_strcmp0 (row->record->assignee_id, self->agent_id) == 0;
}

static void
add (CfaWatch *self, CfaAlertKind kind, const CfaConversationRow *row, const CfMessage *message, const char *author)
{
  CfaAlertEvent *event = new_event (self, kind, row);

  event->text = message != NULL ? g_strdup (message->text) : NULL;
  event->author = g_strdup (author);
  event->author_id = kind == CFA_ALERT_MENTION ? g_strdup (message->author_id) : NULL;
  g_ptr_array_add (self->events, event);
}

/* The visitor's words have opened it again. */
static gboolean
reopens (const CfaDelta *delta, const char *conversation_id)
{
  for (guint i = 0; i < delta->records->len; i++)
    {
      const CfMessage *message = delta->records->pdata[i];

      if (message->parent.parent.shape == &cf_message_shape && message->event == CF_MESSAGE_EVENT_REOPENED
          && g_strcmp0 (message->conversation_id, conversation_id) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
see_text (CfaWatch *self, const CfaDelta *delta, const CfaConversationRow *row, const CfMessage *message)
{
  const CfConversation *conversation = row->record;

  if (row->unread == 0 || conversation->status != CF_CONVERSATION_OPEN)
    return;
  if (conversation->assignee_id == NULL || is_mine (self, row))
    {
      if (message->created_at == conversation->created_at)
        add (self, CFA_ALERT_NEW_CONVERSATION, row, message, NULL);
      else if (is_mine (self, row))
        add (self, CFA_ALERT_MESSAGE, row, message, NULL);
      else if (!self->copying && reopens (delta, conversation->parent.id))
        add (self, CFA_ALERT_RETURNED, row, message, NULL);
    }
}

static gboolean
mentions (const CfMessage *message, const char *agent_id)
{
  return message->mentions != NULL && g_strv_contains ((const char *const *) message->mentions, agent_id);
}

static void
see_message (CfaWatch *self, const CfaDelta *delta, const CfaConversationRow *row, const CfMessage *message)
{
  gboolean own = message->author_kind == CF_AUTHOR_AGENT && g_strcmp0 (message->author_id, self->agent_id) == 0;

  if (own && message->kind == CF_MESSAGE_TEXT)
    g_ptr_array_add (self->settled, g_strdup (row->record->parent.id));
  /* One that was changed comes again. */
  if (own || message->edited_at != 0 || message->removed_at != 0)
    return;
  if (message->kind == CF_MESSAGE_TEXT && message->author_kind == CF_AUTHOR_VISITOR)
    see_text (self, delta, row, message);
  else if (self->copying)
    return;
  else if (message->kind == CF_MESSAGE_NOTE && mentions (message, self->agent_id))
    add (self, CFA_ALERT_MENTION, row, message, message->author_name);
  else if (message->kind == CF_MESSAGE_EVENT && message->event == CF_MESSAGE_EVENT_ESCALATED)
    add (self, CFA_ALERT_URGENT, row, NULL, message->author_name);
  else if (message->kind == CF_MESSAGE_EVENT && message->event == CF_MESSAGE_EVENT_ASSIGNED && is_mine (self, row)
           && g_strcmp0 (message->target_id, self->agent_id) == 0 && row->record->status == CF_CONVERSATION_OPEN)
    add (self, CFA_ALERT_ASSIGNED, row, NULL, message->author_kind == CF_AUTHOR_AGENT ? message->author_name : NULL);
}

static void
see_state (CfaWatch *self, const CfaConversationRow *row)
{
  const CfConversation *record = row->record;

  if (record->status == CF_CONVERSATION_CLOSED || (record->assignee_id != NULL && !is_mine (self, row)))
    g_ptr_array_add (self->settled, g_strdup (record->parent.id));
}

/* Whatever was new there, this agent has seen it, on whichever device. */
static void
see_mark (CfaWatch *self, const CfaConversationRow *row, const CfReadMark *mark)
{
  if (mark->reader_kind == CF_AUTHOR_AGENT && g_strcmp0 (mark->reader_id, self->agent_id) == 0 && row->unread == 0)
    g_ptr_array_add (self->settled, g_strdup (row->record->parent.id));
}

/* The channel that has changed together with what is said in it, as it always does. */
static const CfChannel *
channel_in (const CfaDelta *delta, const char *id)
{
  for (guint i = 0; i < delta->records->len; i++)
    {
      const CfRecord *record = delta->records->pdata[i];

      if (record->parent.shape == &cf_channel_shape && !record->deleted && g_strcmp0 (record->id, id) == 0)
        return (const CfChannel *) record;
    }
  return NULL;
}

/* A colleague calls this agent: by name in a group, by writing where nobody else reads. */
static void
see_said (CfaWatch *self, const CfaDelta *delta, const CfMessage *message)
{
  const CfChannel *channel = channel_in (delta, message->conversation_id);
  gboolean direct = channel != NULL && channel->kind == CF_CHANNEL_DIRECT;
  CfaAlertEvent *event;

  if (g_strcmp0 (message->author_id, self->agent_id) == 0)
    {
      g_ptr_array_add (self->settled, g_strdup (message->conversation_id));
      return;
    }
  if (self->copying || message->edited_at != 0 || message->removed_at != 0 || (!direct && !mentions (message, self->agent_id)))
    return;
  event = cfa_alert_event_new (CFA_ALERT_MENTION, message->conversation_id);
  event->among = TRUE;
  event->who = g_strdup (channel != NULL ? channel->name : NULL);
  event->author = g_strdup (message->author_name);
  event->author_id = g_strdup (message->author_id);
  event->text = g_strdup (message->text);
  event->unread = 1;
  event->late = !self->live;
  g_ptr_array_add (self->events, event);
}

/* A seat comes alone when its agent has read, on whichever device; with something new to read there comes the channel too. */
static void
see_seat (CfaWatch *self, const CfChannelMember *seat, const CfaDelta *delta)
{
  if (channel_in (delta, seat->channel_id) == NULL)
    g_ptr_array_add (self->settled, g_strdup (seat->channel_id));
}

static void
see_record (CfaWatch *self, const CfaDelta *delta, GHashTable *rows, const CfRecord *record, gboolean stream)
{
  const CfaConversationRow *row;

  if (record->deleted)
    return;
  if (record->parent.shape == &cf_message_shape)
    {
      row = g_hash_table_lookup (rows, ((const CfMessage *) record)->conversation_id);
      if (row != NULL && stream)
        see_message (self, delta, row, (const CfMessage *) record);
    }
  else if (record->parent.shape == &cf_team_message_shape && stream)
    see_said (self, delta, (const CfMessage *) record);
  else if (record->parent.shape == &cf_channel_member_shape)
    see_seat (self, (const CfChannelMember *) record, delta);
  else if (record->parent.shape == &cf_read_mark_shape)
    {
      row = g_hash_table_lookup (rows, ((const CfReadMark *) record)->conversation_id);
      if (row != NULL)
        see_mark (self, row, (const CfReadMark *) record);
    }
}

/**
 * cfa_watch_see:
 * @delta: what has changed in the cache, its rows not taken yet
 * @stream: whether it came as the server's news, and not as the answer to a question about what was
 *
 * Remembers what is in it; cfa_watch_tell() tells, when everybody else has followed.
 */
void
cfa_watch_see (CfaWatch *self, const CfaDelta *delta, gboolean stream)
{
  g_autoptr (GHashTable) rows = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < delta->conversations->len; i++)
    {
      CfaConversationRow *row = delta->conversations->pdata[i];

      g_hash_table_insert (rows, row->record->parent.id, row);
      see_state (self, row);
    }
  for (guint i = 0; i < delta->removed->len; i++)
    g_ptr_array_add (self->settled, g_strdup (delta->removed->pdata[i]));
  for (guint i = 0; i < delta->records->len; i++)
    see_record (self, delta, rows, delta->records->pdata[i], stream);
}

/**
 * cfa_watch_tell:
 * Tells what has been seen: what is settled first, so that nothing new is taken back.
 */
void
cfa_watch_tell (CfaWatch *self)
{
  g_autoptr (GPtrArray) events = g_steal_pointer (&self->events), settled = g_steal_pointer (&self->settled);

  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) cfa_alert_event_free);
  self->settled = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < settled->len; i++)
    g_signal_emit (self, signals[SIGNAL_SETTLED], 0, settled->pdata[i]);
  for (guint i = 0; i < events->len; i++)
    g_signal_emit (self, signals[SIGNAL_HAPPENED], 0, events->pdata[i]);
}

static void
on_returned (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaWatch) self = data;
  g_autoptr (GPtrArray) rows = cfa_cache_array_finish (result, NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    add (self, CFA_ALERT_RETURNED, rows->pdata[i], NULL, NULL);
  cfa_watch_tell (self);
}

/**
 * cfa_watch_hear:
 * Who comes and goes while the connection is there.
 */
void
cfa_watch_hear (CfaWatch *self, const CfSignal *signal)
{
  gint64 now = cf_now ();
  const gint64 *left;

  if (!self->live || signal->kind != CF_SIGNAL_PRESENCE || signal->actor_kind != CF_AUTHOR_VISITOR || signal->actor_id == NULL)
    return;
  if (signal->state == CF_PRESENCE_OFFLINE)
    {
      g_hash_table_insert (self->left, g_strdup (signal->actor_id), g_memdup2 (&now, sizeof now));
      return;
    }
  left = g_hash_table_lookup (self->left, signal->actor_id);
  if (left != NULL && now - *left >= AWAY_MS)
    cfa_cache_of_visitor_async (self->cache, signal->actor_id, ROWS_MAX, on_returned, g_object_ref (self));
  g_hash_table_remove (self->left, signal->actor_id);
}

static void
on_waiting (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaWatch) self = data;
  g_autoptr (GPtrArray) rows = cfa_cache_array_finish (result, NULL);

  self->looking = FALSE;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      CfaConversationRow *row = rows->pdata[i];

      if (row->record->snoozed_until > cf_now ())
        continue;
      add (self, CFA_ALERT_URGENT, row, NULL, NULL);
      ((CfaAlertEvent *) self->events->pdata[self->events->len - 1])->since = row->record->waiting_since;
      ((CfaAlertEvent *) self->events->pdata[self->events->len - 1])->text = g_strdup (row->record->preview);
    }
  /* A full answer is not the whole one: those who began to wait later than the last of it come next. */
  if (rows != NULL && rows->len == ROWS_MAX)
    self->looked = ((CfaConversationRow *) rows->pdata[rows->len - 1])->record->waiting_since;
  cfa_watch_tell (self);
}

/* Each conversation is found once: when the time since which it has been waiting falls out of the patience. */
static gboolean
look (gpointer data)
{
  CfaWatch *self = data;
  gint64 until = cf_now () - (gint64) self->urgent_minutes * 60 * 1000;
  gint64 after = MAX (self->looked, until - LOOK_BACK_MS);

  if (!self->live || self->looking || self->urgent_minutes == 0 || until <= after)
    return G_SOURCE_CONTINUE;
  self->looking = TRUE;
  self->looked = until;
  cfa_cache_waiting_async (self->cache, after, until, ROWS_MAX, on_waiting, g_object_ref (self));
  return G_SOURCE_CONTINUE;
}

/**
 * cfa_watch_set_live:
 * @live: whether what comes is told as it happens; else it is caught up with
 */
void
cfa_watch_set_live (CfaWatch *self, gboolean live)
{
  self->live = live;
  if (!live)
    {
      g_hash_table_remove_all (self->left);
      self->copying = cfa_cache_get_first (self->cache);
      return;
    }
  self->copying = FALSE;
  look (self);
}

/**
 * cfa_watch_set_urgent_after:
 * @minutes: after which waiting is urgent; 0: never
 */
void
cfa_watch_set_urgent_after (CfaWatch *self, guint minutes)
{
  self->urgent_minutes = minutes;
  look (self);
}

static void
cfa_watch_dispose (GObject *object)
{
  CfaWatch *self = CFA_WATCH (object);

  g_clear_handle_id (&self->look_source, g_source_remove);
  g_clear_object (&self->cache);
  G_OBJECT_CLASS (cfa_watch_parent_class)->dispose (object);
}

static void
cfa_watch_finalize (GObject *object)
{
  CfaWatch *self = CFA_WATCH (object);

  g_free (self->agent_id);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->settled);
  g_hash_table_unref (self->left);
  G_OBJECT_CLASS (cfa_watch_parent_class)->finalize (object);
}

static void
cfa_watch_class_init (CfaWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_watch_finalize;
  signals[SIGNAL_HAPPENED] = g_signal_new ("happened", CFA_TYPE_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_SETTLED] = g_signal_new ("settled", CFA_TYPE_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cfa_watch_init (CfaWatch *self)
{
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) cfa_alert_event_free);
  self->settled = g_ptr_array_new_with_free_func (g_free);
  self->left = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

CfaWatch *
cfa_watch_new (CfaCache *cache, const char *agent_id)
{
  CfaWatch *self = g_object_new (CFA_TYPE_WATCH, NULL);

  self->cache = g_object_ref (cache);
  self->agent_id = g_strdup (agent_id);
  self->copying = cfa_cache_get_first (cache);
  self->look_source = g_timeout_add_seconds (LOOK_SECONDS, look, self);
  return self;
}

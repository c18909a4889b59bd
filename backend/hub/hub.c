/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub.h"

#include "protocol/id.h"
#include "protocol/records/message.h"
#include "room.h"

/* A session that has expired is closed within this time; its calls are refused by the services at once. */
#define EXPIRE_SECONDS 5

struct _CfdHub
{
  CfdDb *db;
  guint grace_ms;
  GHashTable *rooms; /* organisation id -> CfdRoom */
  CfdHubStats stats; /* but for live */
  GArray *unsent; /* of gint64: when the changes were submitted that were published in this turn */
  guint expire;
};

static CfdRoom *
get_room (CfdHub *self, const char *organisation_id)
{
  CfdRoom *room = g_hash_table_lookup (self->rooms, organisation_id);

  if (room == NULL)
    {
      room = cfd_room_new (organisation_id, self->db, self->grace_ms);
      g_hash_table_insert (self->rooms, room->organisation_id, room);
    }
  return room;
}

/* For /metrics. A message that is only changed has a position below its revision. */
static void
count (CfdHub *self, const CfdChangeset *changes)
{
  self->stats.published++;
  for (guint i = 0; i < changes->records->len; i++)
    {
      const CfMessage *message = changes->records->pdata[i];

      if (message->parent.parent.shape == &cf_message_shape && message->kind == CF_MESSAGE_TEXT && message->position == message->parent.rev)
        self->stats.texts[message->author_kind]++;
    }
}

static gboolean
expire_now (gpointer data)
{
  cfd_hub_expire (data, cf_now ());
  return G_SOURCE_CONTINUE;
}

/**
 * cfd_hub_new:
 * @grace_ms: how long someone who has left still counts as present
 */
CfdHub *
cfd_hub_new (CfdDb *db, guint grace_ms)
{
  CfdHub *self = g_new0 (CfdHub, 1);

  self->db = db;
  self->grace_ms = grace_ms;
  self->rooms = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) cfd_room_free);
  self->unsent = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->expire = g_timeout_add_seconds (EXPIRE_SECONDS, expire_now, self);
  return self;
}

/**
 * cfd_hub_publish:
 * For cfd_db_set_publish(): a change that is on disk, in the order of its organisation's revisions.
 */
void
cfd_hub_publish (CfdChangeset *changes, gpointer hub)
{
  CfdHub *self = hub;

  CfdRoom *room = get_room (self, changes->organisation_id);
  guint64 before = room->sent;

  count (self, changes);
  cfd_room_publish (room, changes);
  if (changes->submitted != 0 && room->sent != before)
    g_array_append_val (self->unsent, changes->submitted);
}

/**
 * cfd_hub_sent:
 * The turn of the loop is over: what was published in it has been given to the sockets.
 */
void
cfd_hub_sent (CfdHub *self)
{
  gint64 now;

  if (self->unsent->len == 0)
    return;
  now = g_get_monotonic_time ();
  for (guint i = 0; i < self->unsent->len; i++)
    cfd_histogram_add (&self->stats.delivery, now - g_array_index (self->unsent, gint64, i));
  g_array_set_size (self->unsent, 0);
}

/**
 * cfd_hub_attach:
 * @read: the organisation's revision when @caller and @records were read
 * @records: (nullable): of CfRecord; a visitor's conversations among them, for presence
 *
 * The peer has said who it is. It gets signals from now on, changes only after cfd_hub_resume().
 * Returns: (transfer none): to be given to cfd_hub_detach() when the peer has gone; NULL when so much has changed since @read
 *   that it cannot be told whether the caller may still be here.
 */
CfdSubscriber *
cfd_hub_attach (CfdHub *self, CfdPeer *peer, CfdCaller *caller, gint64 read, const GPtrArray *records)
{
  CfdRoom *room = get_room (self, caller->organisation_id);
  g_autoptr (GPtrArray) conversations = g_ptr_array_new ();
  CfdSubscriber *subscriber;

  if (!cfd_ring_reaches (room->ring, read))
    return NULL;
  subscriber = cfd_subscriber_new (peer, caller);
  if (records != NULL && !cfd_caller_is_staff (caller))
    for (guint i = 0; i < records->len; i++)
      if (((CfStruct *) records->pdata[i])->shape == &cf_conversation_shape)
        g_ptr_array_add (conversations, records->pdata[i]);
  cfd_presence_came (room->presence, caller, conversations->len > 0);
  for (guint i = 0; i < conversations->len; i++)
    cfd_presence_conversation (room->presence, conversations->pdata[i]);
  cfd_room_add (room, subscriber, read);
  return subscriber;
}

void
cfd_hub_detach (CfdHub *self, CfdSubscriber *subscriber)
{
  CfdRoom *room = subscriber->room;

  cfd_room_remove (room, subscriber);
  cfd_viewing_set (room->viewing, subscriber, NULL);
  cfd_online_left (room->online, subscriber);
  cfd_presence_left (room->presence, subscriber->caller);
  cfd_subscriber_free (subscriber);
}

/**
 * cfd_hub_can_resume:
 * Returns: whether everything that was published after @rev can still be sent. When not, the peer must read another page first.
 */
gboolean
cfd_hub_can_resume (CfdHub *self, const char *organisation_id, gint64 rev)
{
  return cfd_ring_reaches (get_room (self, organisation_id)->ring, rev);
}

/**
 * cfd_hub_resume:
 * @rev: of the answer without `more` that has just been sent to the peer
 *
 * The peer is live: it gets what was published after @rev, now and from now on. For one that is live already nothing changes.
 */
void
cfd_hub_resume (CfdHub *self, CfdSubscriber *subscriber, gint64 rev)
{
  cfd_room_resume (subscriber->room, subscriber, rev);
}

/**
 * cfd_hub_snapshot:
 * Returns: (transfer full): of CfSignal: who is there, and what they look at, as far as this peer may know
 */
GPtrArray *
cfd_hub_snapshot (CfdHub *self, CfdSubscriber *subscriber)
{
  GPtrArray *signals = cfd_presence_snapshot (subscriber->room->presence, subscriber->caller);

  cfd_viewing_snapshot (subscriber->room->viewing, subscriber->caller, signals);
  return signals;
}

void
cfd_hub_typing (CfdHub *self, CfdSubscriber *subscriber, const CfTypingParams *params)
{
  cfd_typing_set (subscriber->room->typing, subscriber->caller, params);
}

/**
 * cfd_hub_viewing:
 * @conversation_id: (nullable): what an agent has before their eyes on this device; NULL for nothing
 */
void
cfd_hub_viewing (CfdHub *self, CfdSubscriber *subscriber, const char *conversation_id)
{
  cfd_viewing_set (subscriber->room->viewing, subscriber, conversation_id);
}

void
cfd_hub_set_presence (CfdHub *self, CfdSubscriber *subscriber, CfPresenceState state)
{
  cfd_presence_set (subscriber->room->presence, subscriber->caller, state);
}

/**
 * cfd_hub_test:
 * Calls an agent on all of their devices, because they want to see whether that gets through.
 *
 * Returns: how many devices those are
 */
guint
cfd_hub_test (CfdHub *self, const CfdCaller *agent)
{
  g_autoptr (CfSignal) signal = cf_struct_new (&cf_signal_shape);
  char *only[] = { agent->id, NULL };

  signal->kind = CF_SIGNAL_TEST;
  signal->actor_kind = CF_AUTHOR_SYSTEM;
  return cfd_room_signal_agents (get_room (self, agent->organisation_id), signal, only, NULL);
}

/**
 * cfd_hub_call:
 * @agents: ids of the only ones who may hear of it; those of them who don't see the visitor's site don't
 *
 * Calls agents to a visitor who is on a page.
 */
void
cfd_hub_call (CfdHub *self, const CfdCaller *visitor, char *const *agents, const char *text)
{
  g_autoptr (CfSignal) signal = cf_struct_new (&cf_signal_shape);

  signal->kind = CF_SIGNAL_CALL;
  signal->actor_kind = CF_AUTHOR_VISITOR;
  signal->actor_id = g_strdup (visitor->id);
  signal->actor_name = g_strdup (visitor->name);
  signal->text = g_strdup (text);
  cfd_room_signal_some (get_room (self, visitor->organisation_id), visitor->site_id, signal, agents);
}

/**
 * cfd_hub_get_online:
 * Returns: (transfer none): who is on which page of that organisation's sites
 */
CfdOnline *
cfd_hub_get_online (CfdHub *self, const char *organisation_id)
{
  return get_room (self, organisation_id)->online;
}

/**
 * cfd_hub_take_looks:
 * Returns: (transfer full) (nullable): of CfdLook: the pages that were looked at since the last time, of all organisations
 */
GPtrArray *
cfd_hub_take_looks (CfdHub *self)
{
  GPtrArray *all = NULL;
  GHashTableIter iter;
  gpointer room;

  g_hash_table_iter_init (&iter, self->rooms);
  while (g_hash_table_iter_next (&iter, NULL, &room))
    {
      GPtrArray *looks = cfd_online_take (((CfdRoom *) room)->online);

      if (all == NULL)
        all = looks;
      else if (looks != NULL)
        g_ptr_array_extend_and_steal (all, looks);
    }
  return all;
}

/**
 * cfd_hub_expire:
 * @now: ms UTC
 *
 * Closes the peers whose login session is over. The hub calls it by itself every few seconds.
 */
void
cfd_hub_expire (CfdHub *self, gint64 now)
{
  GHashTableIter iter;
  gpointer room;

  g_hash_table_iter_init (&iter, self->rooms);
  while (g_hash_table_iter_next (&iter, NULL, &room))
    cfd_room_expire (room, now);
}

void
cfd_hub_get_stats (CfdHub *self, CfdHubStats *out)
{
  GHashTableIter iter;
  gpointer room;

  *out = self->stats;
  g_hash_table_iter_init (&iter, self->rooms);
  while (g_hash_table_iter_next (&iter, NULL, &room))
    {
      out->live += cfd_room_count_live (room);
      out->lost += cfd_online_lost (((CfdRoom *) room)->online);
    }
}

void
cfd_hub_free (CfdHub *self)
{
  g_source_remove (self->expire);
  g_hash_table_unref (self->rooms);
  g_array_unref (self->unsent);
  g_free (self);
}

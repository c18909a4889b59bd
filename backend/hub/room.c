/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "room.h"

#include "audience.h"
#include "broadcast.h"
#include "protocol/records/conversation.h"
#include "protocol/records/login-session.h"
#include "protocol/records/message.h"
#include "protocol/records/site.h"
#include "protocol/records/team-message.h"
#include "protocol/records/visitor.h"
#include "protocol/rpc.h"

/* What may happen between a peer's read and its answer: seconds of a busy organisation. */
#define RING_COUNT 512
#define RING_BYTES (1024 * 1024)

typedef struct
{
  CfdRoom *room;
  CfdSubscriber *subscriber;
} Missed;

/* Whom of the staff a signal is for. */
typedef struct
{
  char *const *agents; /* the only ones; NULL = all */
  gboolean of_site;    /* only who sees @site_id; when that is NULL, who sees all */
  const char *site_id;
  const char *except_id; /* (nullable) */
} Hearers;

/* A signal; who is behind does not get it. */
static void
send_text (CfdPeer *peer, const GString *text)
{
  if (cfd_peer_is_open (peer) && !cfd_peer_is_behind (peer))
    cfd_peer_send (peer, text->str, text->len, NULL, 0);
}

/* One frame, if there is anything in it for this peer; what it is not told leaves its `told` where it was. */
static void
deliver (CfdSubscriber *subscriber, CfdBroadcast *broadcast)
{
  gint64 rev = cfd_broadcast_get_rev (broadcast);
  const GString *body;
  char head[128];
  gsize length;

  if (!subscriber->live || rev <= subscriber->told || !cfd_peer_is_open (subscriber->peer))
    return;
  body = cfd_broadcast_body (broadcast, subscriber->caller);
  if (body == NULL)
    return;
  length = g_snprintf (head, sizeof head,
                       "{\"jsonrpc\":\"2.0\",\"method\":\"changes\",\"params\":{\"prev\":%" G_GINT64_FORMAT
                       ",\"rev\":%" G_GINT64_FORMAT ",\"records\":",
                       subscriber->told, rev);
  cfd_peer_send (subscriber->peer, head, length, body->str, body->len);
  subscriber->told = rev;
  subscriber->room->sent++;
}

static void
deliver_visitor (CfdSubscriber *first, CfdBroadcast *broadcast)
{
  for (CfdSubscriber *subscriber = first; subscriber != NULL; subscriber = subscriber->next)
    deliver (subscriber, broadcast);
}

static void
deliver_page (CfdSubscriber *subscriber, gpointer broadcast)
{
  deliver (subscriber, broadcast);
}

/* What the change means for those who are connected, before they are told of it. */
static void
take_note (CfdRoom *self, const CfRecord *record)
{
  const CfShape *shape = record->parent.shape;

  if (shape == &cf_agent_shape || shape == &cf_login_session_shape)
    for (guint i = 0; i < self->staff->len; i++)
      cfd_subscriber_note (self->staff->pdata[i], record);
  else if (shape == &cf_visitor_shape)
    {
      for (CfdSubscriber *tab = cfd_visitor_index_find (self->visitors, record->id); tab != NULL; tab = tab->next)
        cfd_subscriber_note (tab, record);
      cfd_online_note (self->online, record);
    }
  else if (shape == &cf_conversation_shape)
    {
      cfd_presence_conversation (self->presence, (const CfConversation *) record);
      cfd_typing_conversation (self->typing, (const CfConversation *) record);
      cfd_online_note (self->online, record);
    }
  else if (shape == &cf_site_shape)
    cfd_typing_site (self->typing, (const CfSite *) record);
  else if (shape == &cf_channel_shape)
    cfd_typing_channel (self->typing, (const CfChannel *) record);
  else if (shape == &cf_team_message_shape)
    cfd_typing_stop (self->typing, ((const CfMessage *) record)->conversation_id, ((const CfMessage *) record)->author_id);
  else if (shape == &cf_message_shape && ((const CfMessage *) record)->kind == CF_MESSAGE_TEXT)
    cfd_typing_stop (self->typing, ((const CfMessage *) record)->conversation_id, ((const CfMessage *) record)->author_id);
}

static void
note_missed (CfdChangeset *changes, gpointer data)
{
  Missed *missed = data;

  for (guint i = 0; i < changes->records->len; i++)
    {
      const CfRecord *record = changes->records->pdata[i];

      cfd_subscriber_note (missed->subscriber, record);
      if (record->parent.shape == &cf_conversation_shape)
        cfd_presence_conversation (missed->room->presence, (const CfConversation *) record);
      else if (record->parent.shape == &cf_site_shape)
        cfd_typing_site (missed->room->typing, (const CfSite *) record);
    }
}

static void
deliver_missed (CfdChangeset *changes, gpointer data)
{
  g_autoptr (CfdBroadcast) broadcast = cfd_broadcast_new (changes);

  deliver (data, broadcast);
}

static void
write_signal (GString *out, const CfSignal *signal, CfAudience audience)
{
  cf_rpc_write_notification (out, "signal", signal, audience);
}

static void
signal_page (CfdSubscriber *subscriber, gpointer text)
{
  send_text (subscriber->peer, text);
}

static void
count_live (CfdSubscriber *subscriber, gpointer live)
{
  *(guint *) live += subscriber->live;
}

/**
 * cfd_room_new:
 * @grace_ms: how long someone who has left still counts as present
 */
CfdRoom *
cfd_room_new (const char *organisation_id, CfdDb *db, guint grace_ms)
{
  CfdRoom *self = g_new0 (CfdRoom, 1);

  self->organisation_id = g_strdup (organisation_id);
  self->ring = cfd_ring_new (RING_COUNT, RING_BYTES);
  self->staff = g_ptr_array_new ();
  self->visitors = cfd_visitor_index_new ();
  self->presence = cfd_presence_new (self, grace_ms);
  self->typing = cfd_typing_new (self, db);
  self->viewing = cfd_viewing_new (self);
  self->online = cfd_online_new (self);
  return self;
}

/**
 * cfd_room_add:
 * @read: the organisation's revision when it was read who the subscriber is; what has changed since is made up for
 */
void
cfd_room_add (CfdRoom *self, CfdSubscriber *subscriber, gint64 read)
{
  Missed missed = { self, subscriber };

  subscriber->room = self;
  if (cfd_caller_is_staff (subscriber->caller))
    g_ptr_array_add (self->staff, subscriber);
  else
    cfd_visitor_index_add (self->visitors, subscriber);
  cfd_ring_after (self->ring, read, note_missed, &missed);
}

void
cfd_room_remove (CfdRoom *self, CfdSubscriber *subscriber)
{
  if (cfd_caller_is_staff (subscriber->caller))
    g_ptr_array_remove_fast (self->staff, subscriber);
  else
    cfd_visitor_index_remove (self->visitors, subscriber);
}

/**
 * cfd_room_publish:
 * Tells everyone whom a committed change concerns. Revisions come in order.
 */
void
cfd_room_publish (CfdRoom *self, CfdChangeset *changes)
{
  g_autoptr (CfdBroadcast) broadcast = cfd_broadcast_new (changes);

  if (changes->rev <= cfd_ring_last (self->ring))
    {
      g_critical ("hub: revision %" G_GINT64_FORMAT " was published after %" G_GINT64_FORMAT, changes->rev,
                  cfd_ring_last (self->ring));
      return;
    }
  cfd_ring_add (self->ring, changes);
  for (guint i = 0; i < changes->records->len; i++)
    take_note (self, changes->records->pdata[i]);
  for (guint i = 0; i < self->staff->len; i++)
    deliver (self->staff->pdata[i], broadcast);
  for (guint i = 0; i < changes->records->len; i++)
    {
      const CfRecord *record = changes->records->pdata[i];
      const char *owner = cfd_audience_owner (record);

      /* Who has got this revision already is skipped: deliver() asks `told`. */
      if (owner != NULL)
        deliver_visitor (cfd_visitor_index_find (self->visitors, owner), broadcast);
      else if (record->parent.shape == &cf_site_shape) /* everyone on one of its pages hears of it */
        cfd_visitor_index_foreach (self->visitors, deliver_page, broadcast);
    }
}

/**
 * cfd_room_resume:
 * @rev: the revision of the answer that has just been sent
 *
 * The subscriber goes live: it gets what was published since @rev, and all that comes.
 */
void
cfd_room_resume (CfdRoom *self, CfdSubscriber *subscriber, gint64 rev)
{
  if (subscriber->live || subscriber->ending)
    return;
  subscriber->live = TRUE;
  subscriber->told = rev;
  cfd_ring_after (self->ring, rev, deliver_missed, subscriber);
}

/**
 * cfd_room_expire:
 * @now: ms UTC
 *
 * Ends the sessions whose time is over.
 */
void
cfd_room_expire (CfdRoom *self, gint64 now)
{
  for (guint i = 0; i < self->staff->len; i++)
    {
      CfdSubscriber *subscriber = self->staff->pdata[i];

      if (subscriber->caller->expires_at > 0 && subscriber->caller->expires_at <= now)
        cfd_subscriber_end (subscriber, CF_ERROR_EXPIRED);
    }
}

static gboolean
is_meant (const Hearers *hearers, const CfdSubscriber *subscriber)
{
  const CfdCaller *caller = subscriber->caller;

  return !subscriber->ending && (hearers->except_id == NULL || g_strcmp0 (caller->id, hearers->except_id) != 0)
         && (hearers->agents == NULL || g_strv_contains ((const char *const *) hearers->agents, caller->id))
         && (!hearers->of_site || cfd_caller_sees (caller, hearers->site_id));
}

/* Returns: to how many peers. */
static guint
signal_some (CfdRoom *self, const CfSignal *signal, const Hearers *hearers)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  write_signal (text, signal, CF_AUDIENCE_STAFF);
  for (guint i = 0; i < self->staff->len; i++)
    if (is_meant (hearers, self->staff->pdata[i]))
      {
        send_text (((CfdSubscriber *) self->staff->pdata[i])->peer, text);
        n++;
      }
  return n;
}

/**
 * cfd_room_signal_staff:
 * @except_id: (nullable): the agent who does not need to hear of themselves
 *
 * What concerns the whole team.
 */
void
cfd_room_signal_staff (CfdRoom *self, const CfSignal *signal, const char *except_id)
{
  const Hearers hearers = { .except_id = except_id };

  signal_some (self, signal, &hearers);
}

/**
 * cfd_room_signal_site:
 * @site_id: (nullable): where it happens; while that is not known, only who sees all sites hears of it
 * @except_id: (nullable): the agent who does not need to hear of themselves
 */
void
cfd_room_signal_site (CfdRoom *self, const char *site_id, const CfSignal *signal, const char *except_id)
{
  const Hearers hearers = { .of_site = TRUE, .site_id = site_id, .except_id = except_id };

  signal_some (self, signal, &hearers);
}

/**
 * cfd_room_signal_agents:
 * @agents: ids of the only ones who may hear of it
 *
 * Returns: on how many devices they do
 */
guint
cfd_room_signal_agents (CfdRoom *self, const CfSignal *signal, char *const *agents, const char *except_id)
{
  const Hearers hearers = { .agents = agents, .except_id = except_id };

  return signal_some (self, signal, &hearers);
}

/**
 * cfd_room_signal_some:
 * Those of @agents who see the site.
 */
void
cfd_room_signal_some (CfdRoom *self, const char *site_id, const CfSignal *signal, char *const *agents)
{
  const Hearers hearers = { .of_site = TRUE, .site_id = site_id, .agents = agents };

  signal_some (self, signal, &hearers);
}

void
cfd_room_signal_visitor (CfdRoom *self, const char *visitor_id, const CfSignal *signal)
{
  g_autoptr (GString) text = g_string_new (NULL);

  write_signal (text, signal, CF_AUDIENCE_VISITOR);
  for (CfdSubscriber *tab = cfd_visitor_index_find (self->visitors, visitor_id); tab != NULL; tab = tab->next)
    if (tab->caller->secret_hash == NULL && !tab->ending)
      send_text (tab->peer, text);
}

/**
 * cfd_room_signal_visitors:
 * To every visitor of the organisation: for what is said of the team as a whole.
 */
void
cfd_room_signal_visitors (CfdRoom *self, const CfSignal *signal)
{
  g_autoptr (GString) text = g_string_new (NULL);

  write_signal (text, signal, CF_AUDIENCE_VISITOR);
  cfd_visitor_index_foreach (self->visitors, signal_page, text);
}

/**
 * cfd_room_has_limited:
 * Returns: whether anybody is here who does not see all sites.
 */
gboolean
cfd_room_has_limited (CfdRoom *self)
{
  for (guint i = 0; i < self->staff->len; i++)
    if (((CfdSubscriber *) self->staff->pdata[i])->caller->sites != NULL)
      return TRUE;
  return FALSE;
}

/**
 * cfd_room_agent_sees:
 * Returns: whether that agent, who is here, sees that site
 */
gboolean
cfd_room_agent_sees (CfdRoom *self, const char *agent_id, const char *site_id)
{
  for (guint i = 0; i < self->staff->len; i++)
    {
      const CfdCaller *caller = ((CfdSubscriber *) self->staff->pdata[i])->caller;

      if (!cfd_caller_sees (caller, site_id) && g_strcmp0 (caller->id, agent_id) == 0)
        return FALSE;
    }
  return TRUE;
}

guint
cfd_room_count_live (CfdRoom *self)
{
  guint live = 0;

  for (guint i = 0; i < self->staff->len; i++)
    count_live (self->staff->pdata[i], &live);
  cfd_visitor_index_foreach (self->visitors, count_live, &live);
  return live;
}

void
cfd_room_free (CfdRoom *self)
{
  cfd_online_free (self->online);
  cfd_viewing_free (self->viewing);
  cfd_typing_free (self->typing);
  cfd_presence_free (self->presence);
  cfd_visitor_index_free (self->visitors);
  g_ptr_array_unref (self->staff);
  cfd_ring_free (self->ring);
  g_free (self->organisation_id);
  g_free (self);
}

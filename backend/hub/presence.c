/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "presence.h"

#include "room.h"
#include "roster.h"

/* The answer to session.open stays far below the largest frame. */
#define SNAPSHOT_MAX 2000

typedef struct
{
  CfdPresence *presence;
  CfAuthorKind kind;
  char *id;
  char *name;
  char *site_id; /* visitors: where they are */
  guint connections;
  guint grace; /* source: gone for good when it fires */
  CfPresenceState state;
  char *conversation_id; /* visitors: the one that is open, or was last */
  char *assignee_id;     /* while it is open */
  char *assignee_name;
  gint64 rev; /* of what is known of the conversation */
} Person;

struct _CfdPresence
{
  CfdRoom *room;
  guint grace_ms;
  GHashTable *agents;   /* id -> Person */
  GHashTable *visitors; /* id -> Person; only those who have a conversation: staff hear of no others */
  CfPresenceState team;
};

static void
free_person (gpointer data)
{
  Person *person = data;

  g_clear_handle_id (&person->grace, g_source_remove);
  g_free (person->id);
  g_free (person->name);
  g_free (person->site_id);
  g_free (person->conversation_id);
  g_free (person->assignee_id);
  g_free (person->assignee_name);
  g_free (person);
}

static CfSignal *
make_signal (CfAuthorKind kind, const char *id, const char *name, CfPresenceState state)
{
  CfSignal *signal = cf_struct_new (&cf_signal_shape);

  signal->kind = CF_SIGNAL_PRESENCE;
  signal->actor_kind = kind;
  signal->actor_id = g_strdup (id);
  signal->actor_name = g_strdup (name);
  signal->state = state;
  return signal;
}

static CfPresenceState
agent_state (CfdPresence *self, const char *id)
{
  const Person *agent = id != NULL ? g_hash_table_lookup (self->agents, id) : NULL;

  return agent != NULL ? agent->state : CF_PRESENCE_OFFLINE;
}

static CfPresenceState
team_state (CfdPresence *self)
{
  CfPresenceState best = CF_PRESENCE_OFFLINE;
  GHashTableIter iter;
  gpointer agent;

  g_hash_table_iter_init (&iter, self->agents);
  while (g_hash_table_iter_next (&iter, NULL, &agent))
    best = MAX (best, ((Person *) agent)->state);
  return best;
}

static void
tell_team (CfdPresence *self)
{
  CfPresenceState state = team_state (self);
  g_autoptr (CfSignal) signal = NULL;

  if (state == self->team)
    return;
  self->team = state;
  signal = make_signal (CF_AUTHOR_AGENT, NULL, NULL, state);
  cfd_room_signal_visitors (self->room, signal);
}

static void
tell_visitor_of_assignee (CfdPresence *self, const Person *visitor)
{
  g_autoptr (CfSignal) signal = NULL;

  if (visitor->assignee_id == NULL)
    return;
  signal = make_signal (CF_AUTHOR_AGENT, visitor->assignee_id, visitor->assignee_name, agent_state (self, visitor->assignee_id));
  cfd_room_signal_visitor (self->room, visitor->id, signal);
}

static void
tell_roster (CfdPresence *self, const Person *agent)
{
  cfd_roster_set (self->room->organisation_id, agent->id, agent->state, agent->connections > 0);
}

static void
agent_changed (CfdPresence *self, const Person *agent)
{
  g_autoptr (CfSignal) signal = make_signal (CF_AUTHOR_AGENT, agent->id, agent->name, agent->state);
  GHashTableIter iter;
  gpointer visitor;

  tell_roster (self, agent);
  cfd_room_signal_staff (self->room, signal, NULL);
  tell_team (self);
  g_hash_table_iter_init (&iter, self->visitors);
  while (g_hash_table_iter_next (&iter, NULL, &visitor))
    if (g_strcmp0 (((Person *) visitor)->assignee_id, agent->id) == 0)
      tell_visitor_of_assignee (self, visitor);
}

static void
tell_staff_of_visitor (CfdPresence *self, const Person *visitor)
{
  g_autoptr (CfSignal) signal = make_signal (CF_AUTHOR_VISITOR, visitor->id, visitor->name, visitor->state);

  cfd_room_signal_site (self->room, visitor->site_id, signal, NULL);
}

static gboolean
is_gone (gpointer data)
{
  Person *person = data;
  CfdPresence *self = person->presence;
  GHashTable *people = person->kind == CF_AUTHOR_AGENT ? self->agents : self->visitors;

  person->grace = 0;
  person->state = CF_PRESENCE_OFFLINE;
  if (person->kind == CF_AUTHOR_AGENT)
    agent_changed (self, person);
  else
    tell_staff_of_visitor (self, person);
  g_hash_table_remove (people, person->id);
  return G_SOURCE_REMOVE;
}

static Person *
add_person (CfdPresence *self, const CfdCaller *caller, guint connections)
{
  Person *person = g_new0 (Person, 1);
  gboolean staff = cfd_caller_is_staff (caller);

  person->presence = self;
  person->kind = staff ? CF_AUTHOR_AGENT : CF_AUTHOR_VISITOR;
  person->id = g_strdup (caller->id);
  person->name = g_strdup (caller->name);
  person->site_id = g_strdup (caller->site_id);
  person->connections = connections;
  person->state = CF_PRESENCE_ONLINE;
  g_hash_table_insert (staff ? self->agents : self->visitors, person->id, person);
  return person;
}

static guint
count_tabs (CfdPresence *self, const char *visitor_id)
{
  guint tabs = 0;

  for (CfdSubscriber *tab = cfd_visitor_index_find (self->room->visitors, visitor_id); tab != NULL; tab = tab->next)
    tabs++;
  return tabs;
}

/* Returns: (nullable): the visitor, if connected, who is now known to have a conversation. */
static Person *
meet_visitor (CfdPresence *self, const char *id)
{
  CfdSubscriber *tab = cfd_visitor_index_find (self->room->visitors, id);
  Person *visitor = tab != NULL ? add_person (self, tab->caller, count_tabs (self, id)) : NULL;

  if (visitor != NULL)
    tell_staff_of_visitor (self, visitor);
  return visitor;
}

static GHashTable *
people_of (CfdPresence *self, const CfdCaller *caller)
{
  return cfd_caller_is_staff (caller) ? self->agents : self->visitors;
}

static void
set_conversation (Person *visitor, const CfConversation *conversation)
{
  gboolean open = conversation->status == CF_CONVERSATION_OPEN && !conversation->parent.deleted;

  g_free (visitor->conversation_id);
  g_free (visitor->assignee_id);
  g_free (visitor->assignee_name);
  visitor->conversation_id = g_strdup (conversation->parent.id);
  visitor->assignee_id = open ? g_strdup (conversation->assignee_id) : NULL;
  visitor->assignee_name = open ? g_strdup (conversation->assignee_name) : NULL;
  visitor->rev = conversation->parent.rev;
}

static void
add_present (GPtrArray *signals, GHashTable *people, const CfdCaller *caller)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, people);
  while (signals->len < SNAPSHOT_MAX && g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Person *person = value;

      if (person->kind == CF_AUTHOR_AGENT || cfd_caller_sees (caller, person->site_id))
        g_ptr_array_add (signals, make_signal (person->kind, person->id, person->name, person->state));
    }
}

CfdPresence *
cfd_presence_new (CfdRoom *room, guint grace_ms)
{
  CfdPresence *self = g_new0 (CfdPresence, 1);

  self->room = room;
  self->grace_ms = grace_ms;
  self->agents = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_person);
  self->visitors = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_person);
  return self;
}

/**
 * cfd_presence_came:
 * @has_conversation: a visitor counts from their first conversation on
 *
 * One more connection of that agent or visitor, which joins the room next.
 */
void
cfd_presence_came (CfdPresence *self, const CfdCaller *caller, gboolean has_conversation)
{
  Person *person = caller->id != NULL ? g_hash_table_lookup (people_of (self, caller), caller->id) : NULL;

  if (person != NULL)
    {
      person->connections++;
      if (person->kind == CF_AUTHOR_AGENT)
        tell_roster (self, person);
      g_clear_handle_id (&person->grace, g_source_remove);
    }
  else if (cfd_caller_is_staff (caller))
    agent_changed (self, add_person (self, caller, 1));
  else if (has_conversation)
    tell_staff_of_visitor (self, add_person (self, caller, count_tabs (self, caller->id) + 1));
}

/**
 * cfd_presence_left:
 * One connection less; after the last one the person is gone when the grace is over. Nothing new is given to an agent meanwhile.
 */
void
cfd_presence_left (CfdPresence *self, const CfdCaller *caller)
{
  Person *person = caller->id != NULL ? g_hash_table_lookup (people_of (self, caller), caller->id) : NULL;

  if (person == NULL || --person->connections > 0)
    return;
  if (person->kind == CF_AUTHOR_AGENT)
    tell_roster (self, person);
  person->grace = g_timeout_add (self->grace_ms, is_gone, person);
}

/**
 * cfd_presence_set:
 * @state: what the agent says of themselves; whoever says offline still hears everything
 */
void
cfd_presence_set (CfdPresence *self, const CfdCaller *caller, CfPresenceState state)
{
  Person *agent = g_hash_table_lookup (self->agents, caller->id);

  if (agent == NULL || agent->state == state)
    return;
  agent->state = state;
  agent_changed (self, agent);
}

/**
 * cfd_presence_conversation:
 * A conversation was read or has changed: who is assigned to it, and that its visitor has one. What is older than what is known is ignored.
 */
void
cfd_presence_conversation (CfdPresence *self, const CfConversation *conversation)
{
  Person *visitor;
  gboolean same;
  g_autofree char *assignee_before = NULL;

  if (conversation->visitor_id == NULL)
    return;
  visitor = g_hash_table_lookup (self->visitors, conversation->visitor_id);
  if (visitor == NULL)
    visitor = meet_visitor (self, conversation->visitor_id);
  if (visitor == NULL)
    return;
  same = g_strcmp0 (conversation->parent.id, visitor->conversation_id) == 0;
  if (!same && conversation->status != CF_CONVERSATION_OPEN)
    return;
  if (visitor->conversation_id != NULL && conversation->parent.rev <= visitor->rev)
    return;
  assignee_before = g_strdup (visitor->assignee_id);
  set_conversation (visitor, conversation);
  if (g_strcmp0 (assignee_before, visitor->assignee_id) != 0)
    tell_visitor_of_assignee (self, visitor);
}

/**
 * cfd_presence_snapshot:
 * Returns: (transfer full): of CfSignal: who is there now, as far as @caller may know. Who is not named is offline.
 */
GPtrArray *
cfd_presence_snapshot (CfdPresence *self, const CfdCaller *caller)
{
  GPtrArray *signals = cf_structs_new ();
  const Person *visitor;

  if (cfd_caller_is_staff (caller))
    {
      add_present (signals, self->agents, caller);
      add_present (signals, self->visitors, caller);
      return signals;
    }
  if (self->team != CF_PRESENCE_OFFLINE)
    g_ptr_array_add (signals, make_signal (CF_AUTHOR_AGENT, NULL, NULL, self->team));
  visitor = caller->id != NULL && caller->secret_hash == NULL ? g_hash_table_lookup (self->visitors, caller->id) : NULL;
  if (visitor != NULL && agent_state (self, visitor->assignee_id) != CF_PRESENCE_OFFLINE)
    g_ptr_array_add (signals, make_signal (CF_AUTHOR_AGENT, visitor->assignee_id, visitor->assignee_name,
                                           agent_state (self, visitor->assignee_id)));
  return signals;
}

void
cfd_presence_free (CfdPresence *self)
{
  g_hash_table_unref (self->agents);
  g_hash_table_unref (self->visitors);
  g_free (self);
}

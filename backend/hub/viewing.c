/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewing.h"

#include "protocol/methods/signal.h"
#include "room.h"

#define FLUSH_MS 100
/* The answer to session.open stays below the largest frame, presence included. */
#define SNAPSHOT_MAX 1000

/* An agent and a conversation that they look at, on one device or several. */
typedef struct
{
  char *key;
  char *conversation_id;
  char *agent_id;
  char *agent_name;
  char *site_id; /* NULL while nobody needed to know it */
  guint devices;
  gboolean told;       /* what the others know */
  gboolean told_site;  /* what those of them know who see this site, but not all */
} View;

struct _CfdViewing
{
  CfdRoom *room;
  GHashTable *views;   /* "conversation agent" -> View */
  GHashTable *devices; /* CfdSubscriber -> View, borrowed; those that look at something */
  guint flush;
};

static void
free_view (gpointer data)
{
  View *view = data;

  g_free (view->key);
  g_free (view->conversation_id);
  g_free (view->agent_id);
  g_free (view->agent_name);
  g_free (view->site_id);
  g_free (view);
}

static CfSignal *
make_signal (const View *view)
{
  CfSignal *signal = cf_struct_new (&cf_signal_shape);

  signal->kind = CF_SIGNAL_VIEWING;
  signal->conversation_id = g_strdup (view->conversation_id);
  signal->actor_kind = CF_AUTHOR_AGENT;
  signal->actor_id = g_strdup (view->agent_id);
  signal->actor_name = g_strdup (view->agent_name);
  signal->active = view->devices > 0;
  return signal;
}

static View *
get_view (CfdViewing *self, const CfdCaller *agent, const char *conversation_id)
{
  g_autofree char *key = g_strconcat (conversation_id, " ", agent->id, NULL);
  View *view = g_hash_table_lookup (self->views, key);

  if (view != NULL)
    return view;
  view = g_new0 (View, 1);
  view->key = g_steal_pointer (&key);
  view->conversation_id = g_strdup (conversation_id);
  view->agent_id = g_strdup (agent->id);
  view->agent_name = g_strdup (agent->name);
  g_hash_table_insert (self->views, view->key, view);
  return view;
}

/* Returns: whether it is known of which site that is, as far as it ever will be. */
static gboolean
know_site (CfdViewing *self, View *view)
{
  const char *site_id = NULL;

  if (view->site_id != NULL)
    return TRUE;
  if (!cfd_typing_find_site (self->room->typing, view->conversation_id, &site_id))
    return FALSE;
  view->site_id = g_strdup (site_id);
  return TRUE;
}

static void
tell_others (CfdViewing *self, View *view)
{
  g_autoptr (CfSignal) signal = make_signal (view);

  view->told = view->devices > 0;
  view->told_site = view->told && view->site_id != NULL;
  cfd_room_signal_site (self->room, view->site_id, signal, view->agent_id);
}

/* Tells what has changed; where somebody is who does not see all sites, again once it is known of which this is. Returns: whether there was
 * anything, or will be. */
static gboolean
tell (CfdViewing *self)
{
  gboolean limited = cfd_room_has_limited (self->room), any = FALSE;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->views);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      View *view = value;

      any |= limited && !know_site (self, view);
      if (view->told != (view->devices > 0) || (view->told && !view->told_site && view->site_id != NULL))
        {
          any = TRUE;
          tell_others (self, view);
        }
      if (view->devices == 0)
        g_hash_table_iter_remove (&iter);
    }
  return any;
}

static gboolean
flush (gpointer data)
{
  CfdViewing *self = data;

  if (tell (self))
    return G_SOURCE_CONTINUE;
  self->flush = 0;
  return G_SOURCE_REMOVE;
}

/* Whoever must wait for the site to be known is told of it then. */
static gboolean
may_know (CfdViewing *self, const CfdCaller *caller, View *view)
{
  if (caller->sites == NULL)
    return TRUE;
  if (!know_site (self, view) && self->flush == 0)
    self->flush = g_timeout_add (FLUSH_MS, flush, self);
  return cfd_caller_sees (caller, view->site_id);
}

CfdViewing *
cfd_viewing_new (CfdRoom *room)
{
  CfdViewing *self = g_new0 (CfdViewing, 1);

  self->room = room;
  self->views = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_view);
  self->devices = g_hash_table_new (NULL, NULL);
  return self;
}

/**
 * cfd_viewing_set:
 * @subscriber: one device of an agent
 * @conversation_id: (nullable): what is before their eyes on it; NULL for nothing, and when it has gone
 */
void
cfd_viewing_set (CfdViewing *self, const CfdSubscriber *subscriber, const char *conversation_id)
{
  View *before = g_hash_table_lookup (self->devices, subscriber);

  if (before != NULL ? g_strcmp0 (before->conversation_id, conversation_id) == 0 : conversation_id == NULL)
    return;
  if (before != NULL)
    before->devices--;
  if (conversation_id != NULL)
    {
      View *view = get_view (self, subscriber->caller, conversation_id);

      view->devices++;
      g_hash_table_insert (self->devices, (gpointer) subscriber, view);
    }
  else
    g_hash_table_remove (self->devices, subscriber);
  /* The first goes out at once, what follows shortly after it is gathered. */
  if (self->flush != 0)
    return;
  tell (self);
  self->flush = g_timeout_add (FLUSH_MS, flush, self);
}

/**
 * cfd_viewing_snapshot:
 * @signals: (inout): of CfSignal: gets what the others look at now, for an agent who has just come
 */
void
cfd_viewing_snapshot (CfdViewing *self, const CfdCaller *caller, GPtrArray *signals)
{
  GHashTableIter iter;
  gpointer value;
  guint n = 0;

  if (!cfd_caller_is_staff (caller))
    return;
  g_hash_table_iter_init (&iter, self->views);
  while (n < SNAPSHOT_MAX && g_hash_table_iter_next (&iter, NULL, &value))
    {
      View *view = value;

      if (view->devices == 0 || g_strcmp0 (view->agent_id, caller->id) == 0 || !may_know (self, caller, view))
        continue;
      g_ptr_array_add (signals, make_signal (view));
      n++;
    }
}

void
cfd_viewing_free (CfdViewing *self)
{
  g_clear_handle_id (&self->flush, g_source_remove);
  g_hash_table_unref (self->devices);
  g_hash_table_unref (self->views);
  g_free (self);
}

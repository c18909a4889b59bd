/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "roster.h"

typedef struct
{
  CfPresenceState state;
  gint64 since; /* monotonic, µs */
} Entry;

/* One for the process. Agents' ids are unique in the whole server. */
static GMutex mutex;
static GHashTable *entries; /* agent id -> Entry */
static gint64 started; /* since when those are gone who have not come yet */
static CfdRosterWatch watching;
static gpointer watching_data;

/* With the mutex held. Returns: (nullable) */
static Entry *
find (const char *agent_id)
{
  if (entries == NULL)
    {
      entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      started = g_get_monotonic_time ();
    }
  return g_hash_table_lookup (entries, agent_id);
}

/**
 * cfd_roster_watch:
 * @watch: (nullable): called on the main loop when somebody has come online
 */
void
cfd_roster_watch (CfdRosterWatch watch, gpointer data)
{
  watching = watch;
  watching_data = data;
}

/**
 * cfd_roster_set:
 * On the main loop.
 */
void
cfd_roster_set (const char *organisation_id, const char *agent_id, CfPresenceState state)
{
  Entry *entry;
  gboolean changed;

  g_mutex_lock (&mutex);
  entry = find (agent_id);
  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      g_hash_table_insert (entries, g_strdup (agent_id), entry);
    }
  changed = entry->state != state;
  if (changed)
    entry->since = g_get_monotonic_time ();
  entry->state = state;
  g_mutex_unlock (&mutex);
  if (changed && state == CF_PRESENCE_ONLINE && watching != NULL)
    watching (organisation_id, watching_data);
}

gboolean
cfd_roster_is_online (const char *agent_id)
{
  const Entry *entry;
  gboolean online;

  g_mutex_lock (&mutex);
  entry = find (agent_id);
  online = entry != NULL && entry->state == CF_PRESENCE_ONLINE;
  g_mutex_unlock (&mutex);
  return online;
}

/**
 * cfd_roster_is_gone:
 * Returns: whether the agent has been without any connection for @ms; who has not been seen counts from the server's start.
 */
gboolean
cfd_roster_is_gone (const char *agent_id, gint64 ms)
{
  const Entry *entry;
  gint64 since;
  gboolean here;

  g_mutex_lock (&mutex);
  entry = find (agent_id);
  here = entry != NULL && entry->state != CF_PRESENCE_OFFLINE;
  since = entry != NULL ? entry->since : started;
  g_mutex_unlock (&mutex);
  return !here && g_get_monotonic_time () - since >= ms * 1000;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "roster.h"

typedef struct
{
  CfPresenceState state;
  gboolean connected; /* with one device at least */
  gint64 since;       /* that it is so or not; monotonic, µs */
} Entry;

/* One for the process. Agents' ids are unique in the whole server. */
static GMutex mutex;
static GHashTable *entries; /* agent id -> Entry */
static gint64 started; /* since when those are gone who have not come yet */
static CfdRosterWatch watching;
static gpointer watching_data;

static gboolean
is_online (const Entry *entry)
{
  return entry != NULL && entry->connected && entry->state == CF_PRESENCE_ONLINE;
}

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
 * @state: what they say of themselves
 * @connected: whether any of their devices is
 *
 * On the main loop.
 */
void
cfd_roster_set (const char *organisation_id, const char *agent_id, CfPresenceState state, gboolean connected)
{
  Entry *entry;
  gboolean came;

  g_mutex_lock (&mutex);
  entry = find (agent_id);
  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      entry->since = g_get_monotonic_time ();
      g_hash_table_insert (entries, g_strdup (agent_id), entry);
    }
  came = !is_online (entry);
  if (entry->connected != connected)
    entry->since = g_get_monotonic_time ();
  entry->state = state;
  entry->connected = connected;
  came &= is_online (entry);
  g_mutex_unlock (&mutex);
  if (came && watching != NULL)
    watching (organisation_id, watching_data);
}

gboolean
cfd_roster_is_online (const char *agent_id)
{
  gboolean online;

  g_mutex_lock (&mutex);
  online = is_online (find (agent_id));
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
  gboolean connected;
  gint64 since;

  g_mutex_lock (&mutex);
  entry = find (agent_id);
  connected = entry != NULL && entry->connected;
  since = entry != NULL ? entry->since : started;
  g_mutex_unlock (&mutex);
  return !connected && g_get_monotonic_time () - since >= ms * 1000;
}

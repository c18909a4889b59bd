/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "address-limits.h"

#include "backend/token-bucket.h"

#define FIRST_SWEEP 1024

typedef struct
{
  guint connections;
  CfdTokenBucket bucket;
} Entry;

struct _CfdAddressLimits
{
  GHashTable *entries; /* key -> Entry */
  guint max_connections, rate, burst, max_entries;
  guint sweep_at; /* the number of entries at which to look for forgettable ones */
};

typedef struct
{
  gint64 now;
  gboolean full; /* no room: buckets that are not full are forgotten too */
} Sweep;

static gboolean
is_forgettable (gpointer key, gpointer value, gpointer data)
{
  const Entry *entry = value;
  const Sweep *sweep = data;

  return entry->connections == 0 && (sweep->full || cfd_token_bucket_is_full (&entry->bucket, sweep->now));
}

/* Sweeping when the table has doubled costs a constant per new address. */
static void
make_room (CfdAddressLimits *self)
{
  Sweep sweep = { .now = g_get_monotonic_time () };

  if (g_hash_table_size (self->entries) < self->sweep_at)
    return;
  g_hash_table_foreach_remove (self->entries, is_forgettable, &sweep);
  sweep.full = g_hash_table_size (self->entries) >= self->max_entries;
  if (sweep.full)
    g_hash_table_foreach_remove (self->entries, is_forgettable, &sweep);
  self->sweep_at = MIN (MAX (FIRST_SWEEP, 2 * g_hash_table_size (self->entries)), self->max_entries);
}

static Entry *
entry_for (CfdAddressLimits *self, const char *key)
{
  Entry *entry = g_hash_table_lookup (self->entries, key);

  if (entry == NULL)
    {
      make_room (self);
      entry = g_new0 (Entry, 1);
      g_hash_table_insert (self->entries, g_strdup (key), entry);
    }
  return entry;
}

/**
 * cfd_address_limits_new:
 * @max_connections: of one address; 0 = no limit
 * @rate: requests per second of one address; 0 = no limit
 * @burst: requests at once
 * @max_entries: addresses without a connection that are remembered at most
 *
 * Returns: (transfer full): an empty table
 */
CfdAddressLimits *
cfd_address_limits_new (guint max_connections, guint rate, guint burst, guint max_entries)
{
  CfdAddressLimits *self = g_new0 (CfdAddressLimits, 1);

  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->max_connections = max_connections;
  self->rate = rate;
  self->burst = burst;
  self->max_entries = max_entries;
  self->sweep_at = MIN (FIRST_SWEEP, max_entries);
  return self;
}

void
cfd_address_limits_free (CfdAddressLimits *self)
{
  g_hash_table_unref (self->entries);
  g_free (self);
}

/**
 * cfd_address_limits_is_full:
 *
 * Returns: whether the address has as many connections as it may
 */
gboolean
cfd_address_limits_is_full (CfdAddressLimits *self, const char *key)
{
  const Entry *entry = g_hash_table_lookup (self->entries, key);

  return self->max_connections > 0 && entry != NULL && entry->connections >= self->max_connections;
}

/**
 * cfd_address_limits_enter:
 *
 * Counts one connection more, whatever the limit; cfd_address_limits_leave() takes it back.
 */
void
cfd_address_limits_enter (CfdAddressLimits *self, const char *key)
{
  entry_for (self, key)->connections++;
}

void
cfd_address_limits_leave (CfdAddressLimits *self, const char *key)
{
  Entry *entry = g_hash_table_lookup (self->entries, key);

  g_assert (entry != NULL && entry->connections > 0);
  entry->connections--;
}

/**
 * cfd_address_limits_spend:
 * @now: monotonic microseconds
 * @retry_after_ms: (out): how long to wait when it returns FALSE
 *
 * Returns: whether the address may make one request now
 */
gboolean
cfd_address_limits_spend (CfdAddressLimits *self, const char *key, gint64 now, gint64 *retry_after_ms)
{
  *retry_after_ms = 0;
  return self->rate == 0 || cfd_token_bucket_take (&entry_for (self, key)->bucket, self->rate, self->burst, 1, now, retry_after_ms);
}

/**
 * cfd_address_limits_size:
 *
 * Returns: how many addresses are remembered
 */
guint
cfd_address_limits_size (CfdAddressLimits *self)
{
  return g_hash_table_size (self->entries);
}

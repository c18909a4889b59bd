/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "counters.h"

#include "protocol/error.h"
#include "tx-private.h"

/* The counter moves by one, under the write lock: revisions of an organisation have no holes. (RETURNING would say it in one
 * statement; SQLite then keeps a table for its answer, which costs three times as much.) */
#define NEXT_REVISION "UPDATE counter SET rev = rev + 1 WHERE organisation_id = $1"
#define FIRST_REVISION \
  "INSERT INTO counter (organisation_id, rev) VALUES ($1, 1) ON CONFLICT (organisation_id) DO UPDATE SET rev = counter.rev + 1"
#define GIVEN_REVISION "SELECT rev FROM counter WHERE organisation_id = $1"
#define STORE_REVISION "UPDATE counter SET rev = $2 WHERE organisation_id = $1"

typedef struct
{
  gint64 last;
  gint64 stored;
} Counter;

struct _CfdCounters
{
  GHashTable *counters; /* organisation id -> Counter */
};

CfdCounters *
cfd_counters_new (void)
{
  CfdCounters *self = g_new0 (CfdCounters, 1);

  self->counters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * cfd_counters_take:
 * @may_be_first: the organisation may be about to come into being
 *
 * Returns: the organisation's next revision; -1 with an error.
 */
gint64
cfd_counters_take (CfdCounters *self, CfdTx *tx, const char *organisation_id, gboolean may_be_first, GError **error)
{
  Counter *counter = g_hash_table_lookup (self->counters, organisation_id);
  g_autoptr (CfdRows) rows = NULL;
  g_autoptr (GError) problem = NULL;

  if (counter != NULL)
    return ++counter->last;
  if (!cfd_tx_execute_aside (tx, error, may_be_first ? FIRST_REVISION : NEXT_REVISION, "t", organisation_id))
    return -1;
  rows = cfd_tx_query (tx, error, GIVEN_REVISION, "t", organisation_id);
  if (rows == NULL)
    return -1;
  if (cfd_rows_next (rows, &problem))
    {
      counter = g_new0 (Counter, 1);
      counter->last = counter->stored = cfd_rows_integer (rows, 0);
      g_hash_table_insert (self->counters, g_strdup (organisation_id), counter);
      return counter->last;
    }
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else
    g_set_error (error, CF_ERROR, CF_ERROR_NOT_FOUND, "no organisation %s", organisation_id);
  return -1;
}

/**
 * cfd_counters_peek:
 * Returns: the last revision that this transaction gave out for the organisation; 0 when none.
 */
gint64
cfd_counters_peek (CfdCounters *self, const char *organisation_id)
{
  const Counter *counter = g_hash_table_lookup (self->counters, organisation_id);

  return counter != NULL ? counter->last : 0;
}

/**
 * cfd_counters_store:
 * Writes what was given out, and forgets it: the row speaks again.
 */
gboolean
cfd_counters_store (CfdCounters *self, CfdTx *tx, GError **error)
{
  GHashTableIter iter;
  gpointer organisation_id, value;

  g_hash_table_iter_init (&iter, self->counters);
  while (g_hash_table_iter_next (&iter, &organisation_id, &value))
    {
      const Counter *counter = value;

      if (counter->last != counter->stored && !cfd_tx_execute_aside (tx, error, STORE_REVISION, "ti", organisation_id, counter->last))
        return FALSE;
    }
  cfd_counters_clear (self);
  return TRUE;
}

/**
 * cfd_counters_clear:
 * Forgets what was given out: it was rolled back.
 */
void
cfd_counters_clear (CfdCounters *self)
{
  g_hash_table_remove_all (self->counters);
}

void
cfd_counters_free (CfdCounters *self)
{
  g_hash_table_unref (self->counters);
  g_free (self);
}

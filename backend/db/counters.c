/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "counters.h"

#include "protocol/error.h"
#include "tx-private.h"

#define GIVEN_REVISION "SELECT rev FROM counter WHERE organisation_id = $1"
#define FIRST_COUNTER "INSERT INTO counter (organisation_id, rev) VALUES ($1, 0)"
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

/* Returns: (transfer none): the organisation's counter, as its row has it; NULL with an error. */
static Counter *
find (CfdCounters *self, CfdTx *tx, const char *organisation_id, gboolean may_be_first, GError **error)
{
  Counter *counter = g_hash_table_lookup (self->counters, organisation_id);
  g_autoptr (CfdRows) rows = NULL;
  g_autoptr (GError) problem = NULL;
  gint64 rev = 0;

  if (counter != NULL)
    return counter;
  rows = cfd_tx_query (tx, error, GIVEN_REVISION, "t", organisation_id);
  if (rows == NULL)
    return NULL;
  if (cfd_rows_next (rows, &problem))
    rev = cfd_rows_integer (rows, 0);
  else if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  else if (!may_be_first)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_NOT_FOUND, "no organisation %s", organisation_id);
      return NULL;
    }
  else if (!cfd_tx_execute_aside (tx, error, FIRST_COUNTER, "t", organisation_id))
    return NULL;
  counter = g_new0 (Counter, 1);
  counter->last = counter->stored = rev;
  g_hash_table_insert (self->counters, g_strdup (organisation_id), counter);
  return counter;
}

/**
 * cfd_counters_take:
 * @tx: has the lock for writing, under which the counter moves by one: an organisation's revisions have no holes
 * @may_be_first: the organisation may be about to come into being
 *
 * Returns: the organisation's next revision; -1 with an error.
 */
gint64
cfd_counters_take (CfdCounters *self, CfdTx *tx, const char *organisation_id, gboolean may_be_first, GError **error)
{
  Counter *counter = find (self, tx, organisation_id, may_be_first, error);

  return counter != NULL ? ++counter->last : -1;
}

/**
 * cfd_counters_peek:
 * Returns: the organisation's last revision, those of this transaction included; 0 when its row must be asked.
 */
gint64
cfd_counters_peek (CfdCounters *self, const char *organisation_id)
{
  const Counter *counter = g_hash_table_lookup (self->counters, organisation_id);

  return counter != NULL ? counter->last : 0;
}

/**
 * cfd_counters_store:
 * Writes what was given out.
 */
gboolean
cfd_counters_store (CfdCounters *self, CfdTx *tx, GError **error)
{
  GHashTableIter iter;
  gpointer organisation_id, value;

  g_hash_table_iter_init (&iter, self->counters);
  while (g_hash_table_iter_next (&iter, &organisation_id, &value))
    {
      Counter *counter = value;

      if (counter->last != counter->stored && !cfd_tx_execute_aside (tx, error, STORE_REVISION, "ti", organisation_id, counter->last))
        return FALSE;
      counter->stored = counter->last;
    }
  return TRUE;
}

/**
 * cfd_counters_clear:
 * Forgets everything: what was given out was rolled back, or another process has committed.
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

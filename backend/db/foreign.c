/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "foreign.h"

#include "tx-private.h"

struct _CfdForeign
{
  gint64 seen; /* the engine's number of foreign commits when @published was up to date */
  GHashTable *published; /* organisation -> its last published revision (gint64 *) */
};

static gint64
get_published (CfdForeign *self, const char *organisation_id)
{
  gint64 *rev = g_hash_table_lookup (self->published, organisation_id);

  return rev != NULL ? *rev : 0;
}

static void
set_published (CfdForeign *self, const char *organisation_id, gint64 rev)
{
  gint64 *kept = g_hash_table_lookup (self->published, organisation_id);

  if (kept != NULL)
    *kept = rev;
  else
    g_hash_table_insert (self->published, g_strdup (organisation_id), g_memdup2 (&rev, sizeof rev));
}

static gint64
count_commits (CfdTx *tx)
{
  const CfdConnection *connection = tx->connection;

  return connection->driver->foreign_commits != NULL ? connection->driver->foreign_commits (connection->handle) : 0;
}

/* All organisations' last revisions. */
static GHashTable *
read_counters (CfdTx *tx, GError **error)
{
  g_autoptr (CfdRows) rows = cfd_tx_query (tx, error, "SELECT organisation_id, rev FROM counter", NULL);
  g_autoptr (GHashTable) counters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GError) problem = NULL;

  if (rows == NULL)
    return NULL;
  while (cfd_rows_next (rows, &problem))
    {
      gint64 rev = cfd_rows_integer (rows, 1);

      g_hash_table_insert (counters, g_strdup (cfd_rows_text (rows, 0)), g_memdup2 (&rev, sizeof rev));
    }
  if (problem == NULL)
    return g_steal_pointer (&counters);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/* The records that one organisation's revisions in (since, until] left; each revision becomes a changeset, also one of which
 * later revisions have taken every record. */
static gboolean
collect_organisation (CfdTx *tx, const char *organisation_id, gint64 since, gint64 until, GPtrArray *changes, GError **error)
{
  guint first = changes->len;

  for (gint64 rev = since + 1; rev <= until; rev++)
    g_ptr_array_add (changes, cfd_changeset_new (organisation_id, rev));
  for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
    {
      g_autoptr (GPtrArray) records = cfd_tx_records (tx, error, *shape, "WHERE organisation_id = $1 AND rev > $2 AND rev <= $3",
                                                      "tii", organisation_id, since, until);

      if (records == NULL)
        return FALSE;
      for (guint i = 0; i < records->len; i++)
        {
          CfRecord *record = records->pdata[i];

          cfd_changeset_add (changes->pdata[first + record->rev - since - 1], record);
        }
    }
  return TRUE;
}

CfdForeign *
cfd_foreign_new (void)
{
  CfdForeign *self = g_new0 (CfdForeign, 1);

  self->published = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * cfd_foreign_skip:
 * Takes everything that @tx sees for published.
 */
gboolean
cfd_foreign_skip (CfdForeign *self, CfdTx *tx, GError **error)
{
  gint64 seen = count_commits (tx);
  GHashTable *counters = read_counters (tx, error);

  if (counters == NULL)
    return FALSE;
  g_hash_table_unref (self->published);
  self->published = counters;
  self->seen = seen;
  return TRUE;
}

/**
 * cfd_foreign_is_due:
 * Returns: whether another process has committed since the last cfd_foreign_collect(); costs next to nothing.
 */
gboolean
cfd_foreign_is_due (CfdForeign *self, CfdTx *tx)
{
  return count_commits (tx) != self->seen;
}

/**
 * cfd_foreign_collect:
 * @tx: sees one snapshot; in a writing transaction it must not have written yet
 * @changes: of #CfdChangeset: all that was not published is appended, revision by revision, and counts as published then
 *
 * Returns: FALSE with an error, @changes as before.
 */
gboolean
cfd_foreign_collect (CfdForeign *self, CfdTx *tx, GPtrArray *changes, GError **error)
{
  gint64 seen = count_commits (tx);
  g_autoptr (GHashTable) counters = read_counters (tx, error);
  guint n_before = changes->len;
  GHashTableIter iter;
  gpointer organisation_id, rev;

  if (counters == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, counters);
  while (g_hash_table_iter_next (&iter, &organisation_id, &rev))
    if (!collect_organisation (tx, organisation_id, get_published (self, organisation_id), *(gint64 *) rev, changes, error))
      {
        g_ptr_array_set_size (changes, n_before);
        return FALSE;
      }
  for (guint i = n_before; i < changes->len; i++)
    cfd_foreign_note (self, changes->pdata[i]);
  self->seen = seen;
  return TRUE;
}

/**
 * cfd_foreign_note:
 * Takes @changes, the next of its organisation, for published.
 */
void
cfd_foreign_note (CfdForeign *self, const CfdChangeset *changes)
{
  set_published (self, changes->organisation_id, changes->rev);
}

void
cfd_foreign_free (CfdForeign *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->published);
  g_free (self);
}

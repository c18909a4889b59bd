/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backup-store.h"

#include "protocol/id.h"

static void
free_entry (gpointer data)
{
  CfdBackupEntry *entry = data;

  g_free (entry->id);
  g_free (entry);
}

/* An id becomes the name of a file, so it must be one. */
static void
add_entry (const CfdDbDriver *driver, CfdDbStatement *statement, GPtrArray *entries)
{
  CfSqlValue id = CF_SQL_INIT, size = CF_SQL_INIT, sent = CF_SQL_INIT;
  CfdBackupEntry *entry;

  driver->column (statement, 0, &id);
  driver->column (statement, 1, &size);
  driver->column (statement, 2, &sent);
  if (id.text == NULL || !cf_id_is_valid (id.text))
    return;
  entry = g_new0 (CfdBackupEntry, 1);
  entry->id = g_strdup (id.text);
  entry->size = size.integer;
  entry->sent = sent.integer != 0;
  g_ptr_array_add (entries, entry);
}

/**
 * cfd_backup_store_files:
 * @copy: a database that nobody writes to
 *
 * Returns: (transfer full): of CfdBackupEntry: the files that are ready; none of a database from before there were files
 */
GPtrArray *
cfd_backup_store_files (const CfdDbDriver *driver, const char *copy, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (free_entry);
  CfdDbHandle *handle = driver->open_copy (copy, error);
  CfdDbStatement *statement;
  CfdDbStep step = CFD_DB_STEP_DONE;

  if (handle == NULL)
    return NULL;
  statement = driver->prepare (handle, "SELECT id, size, sent FROM file WHERE state = 'ready' AND deleted = 0 ORDER BY id", NULL);
  while (statement != NULL && (step = driver->step (statement, error)) == CFD_DB_STEP_ROW)
    add_entry (driver, statement, entries);
  if (statement != NULL)
    driver->release (statement);
  driver->close (handle);
  return step == CFD_DB_STEP_DONE ? g_steal_pointer (&entries) : NULL;
}

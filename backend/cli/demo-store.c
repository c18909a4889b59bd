/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo-store.h"

#include "backend/db/connection.h"
#include "backend/db/migrate.h"
#include "protocol/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Records in one transaction: enough that commits do not count, few enough that the log stays small. */
#define BATCH 100000
/* The file is thrown away if anything goes wrong, so nothing needs to be on disk before the end. */
#define HURRY "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -262144"

struct _CfdDemoStore
{
  char *path;    /* where it will be */
  char *partial; /* where it is until then */
  CfdConnection *connection;
  guint n_pending; /* records since the transaction began */
};

static void
remove_partial (const char *partial)
{
  static const char *const ends[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *file = g_strconcat (partial, ends[i], NULL);

      g_unlink (file);
    }
}

static gboolean
begin (CfdDemoStore *self, GError **error)
{
  return cfd_connection_command (self->connection, self->connection->driver->begin, error);
}

static gboolean
commit (CfdDemoStore *self, GError **error)
{
  self->n_pending = 0;
  return cfd_connection_command (self->connection, "COMMIT", error);
}

/* Onto the disk, then to its name. */
static gboolean
publish (CfdDemoStore *self, GError **error)
{
  int fd = open (self->partial, O_RDONLY | O_CLOEXEC);
  gboolean good = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  if (good && g_rename (self->partial, self->path) == 0)
    return TRUE;
  g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "cannot finish %s: %s", self->partial, g_strerror (errno));
  return FALSE;
}

/**
 * cfd_demo_store_new:
 * @path: where no file is yet
 *
 * Returns: (transfer full): an empty database; CF_ERROR_CONFLICT when there is one already.
 */
CfdDemoStore *
cfd_demo_store_new (const char *path, GError **error)
{
  g_autoptr (CfdDemoStore) self = g_new0 (CfdDemoStore, 1);
  g_autoptr (GPtrArray) migrations = cfd_migrations ();

  self->path = g_strdup (path);
  self->partial = g_strconcat (path, ".part", NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "there is a database at %s; generated data want a folder without one (--state DIR)", path);
      return NULL;
    }
  remove_partial (self->partial);
  self->connection = cfd_connection_open (&cfd_sqlite_driver, self->partial, FALSE, TRUE, error);
  if (self->connection == NULL || !cfd_migrate (&cfd_sqlite_driver, self->connection->handle, migrations, error)
      || !cfd_sqlite_driver.execute (self->connection->handle, HURRY, error) || !begin (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * cfd_demo_store_put:
 * @rev: the revision that last touched it
 *
 * Stores the record, or what has become of it since.
 */
gboolean
cfd_demo_store_put (CfdDemoStore *self, gpointer record, gint64 rev, GError **error)
{
  gboolean stored;

  CF_RECORD (record)->rev = rev;
  if (!cfd_connection_upsert (self->connection, record, &stored, error))
    return FALSE;
  return ++self->n_pending < BATCH || (commit (self, error) && begin (self, error));
}

/**
 * cfd_demo_store_finish:
 * @rev: the last revision that was given to a record
 *
 * Commits and gives the database its name; nothing can be put any more.
 */
gboolean
cfd_demo_store_finish (CfdDemoStore *self, const char *organisation_id, gint64 rev, GError **error)
{
  const CfdDbDriver *driver = self->connection->driver;
  CfdDbStatement *statement =
    driver->prepare (self->connection->handle, "INSERT INTO counter (organisation_id, rev) VALUES ($1, $2)", error);
  CfSqlValue organisation = { .type = CF_SQL_TEXT, .text = organisation_id }, last = { .type = CF_SQL_INTEGER, .integer = rev };
  CfdDbStep step;

  if (statement == NULL)
    return FALSE;
  driver->bind (statement, 1, &organisation, TRUE);
  driver->bind (statement, 2, &last, TRUE);
  step = driver->step (statement, error);
  driver->release (statement);
  if (step != CFD_DB_STEP_DONE || !commit (self, error))
    return FALSE;
  g_clear_pointer (&self->connection, cfd_connection_free);
  return publish (self, error);
}

/**
 * cfd_demo_store_free:
 * Removes what was not finished.
 */
void
cfd_demo_store_free (CfdDemoStore *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->connection, cfd_connection_free);
  remove_partial (self->partial);
  g_free (self->path);
  g_free (self->partial);
  g_free (self);
}

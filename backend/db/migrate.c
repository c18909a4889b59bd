/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "migrate.h"

#include "backend/db/migrations.h" /* generated */
#include "protocol/error.h"

#define FOLDER "/org/chatflow/daemon/migrations"

static void
migration_free (gpointer data)
{
  CfdMigration *self = data;

  g_free (self->name);
  g_bytes_unref (self->sql);
  g_free (self);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  const CfdMigration *left = *(gpointer *) a, *right = *(gpointer *) b;

  return (left->number > right->number) - (left->number < right->number);
}

/* The version that the database is at, 0 when it is new; -1 with an error. */
static gint64
read_version (const CfdDbDriver *driver, CfdDbHandle *handle, GError **error)
{
  CfdDbStatement *statement = driver->prepare (handle, "SELECT max(version) FROM schema", error);
  CfSqlValue value = CF_SQL_INIT;
  CfdDbStep step;

  if (statement == NULL)
    return -1;
  step = driver->step (statement, error);
  if (step == CFD_DB_STEP_ROW)
    driver->column (statement, 0, &value);
  driver->release (statement);
  return step == CFD_DB_STEP_ROW ? value.integer : -1;
}

static gboolean
check_version (gint64 version, guint newest, GError **error)
{
  if (version < 0)
    return FALSE;
  if (version <= newest)
    return TRUE;
  g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE,
               "the database is at version %" G_GINT64_FORMAT ", this chatflowd knows versions up to %u: a newer chatflowd has used it; "
               "install that one (or a later one), or put the backup from before its upgrade in place",
               version, newest);
  return FALSE;
}

static gboolean
set_version (const CfdDbDriver *driver, CfdDbHandle *handle, guint number, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM schema; INSERT INTO schema (version) VALUES (%u)", number);

  return driver->execute (handle, sql, error);
}

static gboolean
apply (const CfdDbDriver *driver, CfdDbHandle *handle, const CfdMigration *migration, GError **error)
{
  if (driver->execute (handle, g_bytes_get_data (migration->sql, NULL), error))
    return set_version (driver, handle, migration->number, error);
  g_prefix_error (error, "migration %s, ", migration->name);
  return FALSE;
}

/* One step up, in one transaction. Another process may have gone it meanwhile, so look again under the lock. */
static gboolean
step_up (const CfdDbDriver *driver, CfdDbHandle *handle, GPtrArray *migrations, GError **error)
{
  gint64 version;
  gboolean ok;

  if (!driver->execute (handle, driver->begin, error))
    return FALSE;
  version = read_version (driver, handle, error);
  ok = check_version (version, migrations->len, error)
       && (version == migrations->len || apply (driver, handle, migrations->pdata[version], error))
       && driver->execute (handle, "COMMIT", error);
  if (!ok && driver->in_transaction (handle))
    driver->execute (handle, "ROLLBACK", NULL);
  return ok;
}

static gpointer
load_resource (gpointer data)
{
  return cfd_migrations_get_resource ();
}

/* GLib gives NULL to the second of two threads that ask for a compiled-in resource for the first time at once. */
static GResource *
get_resource (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, load_resource, NULL);
}

/**
 * cfd_migrations:
 * Returns: (transfer full): the migrations that are compiled in, of #CfdMigration, number 1 first, without holes.
 */
GPtrArray *
cfd_migrations (void)
{
  GResource *resource = get_resource ();
  GPtrArray *all = g_ptr_array_new_with_free_func (migration_free);
  g_auto (GStrv) names = g_resource_enumerate_children (resource, FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_path ("/", FOLDER, names[i], NULL);
      CfdMigration *migration = g_new0 (CfdMigration, 1);

      migration->number = g_ascii_strtoull (names[i], NULL, 10);
      migration->name = g_strdup (names[i]);
      migration->sql = g_resource_lookup_data (resource, path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      g_ptr_array_add (all, migration);
    }
  g_ptr_array_sort (all, compare_numbers);
  for (guint i = 0; i < all->len; i++)
    g_assert (((CfdMigration *) all->pdata[i])->number == i + 1);
  return all;
}

/**
 * cfd_migrate_check:
 * @migrations: as cfd_migrations()
 *
 * Returns: whether cfd_migrate() would take the database, which is only read.
 */
gboolean
cfd_migrate_check (const CfdDbDriver *driver, CfdDbHandle *handle, GPtrArray *migrations, GError **error)
{
  return check_version (read_version (driver, handle, error), migrations->len, error);
}

/**
 * cfd_migrate:
 * @migrations: as cfd_migrations()
 *
 * Brings the database to the newest version, step by step, each in a transaction together with its version.
 * Refuses a database that is newer than that; an error in a step names file and line.
 */
gboolean
cfd_migrate (const CfdDbDriver *driver, CfdDbHandle *handle, GPtrArray *migrations, GError **error)
{
  gint64 version;

  if (!driver->execute (handle, "CREATE TABLE IF NOT EXISTS schema (version INTEGER NOT NULL)", error))
    return FALSE;
  version = read_version (driver, handle, error);
  if (!check_version (version, migrations->len, error))
    return FALSE;
  for (guint n = version; n < migrations->len; n++)
    if (!step_up (driver, handle, migrations, error))
      return FALSE;
  return TRUE;
}

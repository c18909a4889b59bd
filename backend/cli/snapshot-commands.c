/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "snapshot-commands.h"

#include "backend/db/snapshot.h"
#include "backend/state-lock.h"
#include "backup-files.h"
#include "backup-store.h"
#include "cli.h"
#include "protocol/error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* The files that go with a database. */
typedef struct
{
  const char *backup;
  char *live;
  gboolean allow_missing; /* restore */
  int *shown;
  CfdBackupFiles *files;
} Luggage;

static void
luggage_clear (Luggage *luggage)
{
  g_clear_pointer (&luggage->files, cfd_backup_files_free);
  g_clear_pointer (&luggage->live, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Luggage, luggage_clear)

/* For a terminal: how far it is, on one line. */
static void
show_progress (guint64 done, guint64 total, gpointer data)
{
  int *shown = data, percent = total > 0 ? done * 100 / total : 100;

  if (percent == *shown)
    return;
  *shown = percent;
  g_printerr ("\r%3d %%", percent);
}

static CfdDbCopied
progress_to_show (void)
{
  return isatty (STDERR_FILENO) ? show_progress : NULL;
}

static void
end_progress (int shown)
{
  if (shown >= 0)
    g_printerr ("\r     \r");
}

static gboolean
save_files (const char *copy, gpointer data, GError **error)
{
  Luggage *luggage = data;
  g_autoptr (GPtrArray) entries = cfd_backup_store_files (&cfd_sqlite_driver, copy, error);

  if (entries == NULL)
    return FALSE;
  luggage->files = cfd_backup_files_new (luggage->backup, luggage->live, TRUE, error);
  return luggage->files != NULL && cfd_backup_files_save (luggage->files, entries, progress_to_show (), luggage->shown, error);
}

static gboolean
restore_files (const char *copy, gpointer data, GError **error)
{
  Luggage *luggage = data;
  g_autoptr (GPtrArray) entries = cfd_backup_store_files (&cfd_sqlite_driver, copy, error);

  if (entries == NULL)
    return FALSE;
  luggage->files = cfd_backup_files_new (luggage->backup, luggage->live, FALSE, error);
  return luggage->files != NULL
         && cfd_backup_files_restore (luggage->files, entries, luggage->allow_missing, progress_to_show (), luggage->shown, error);
}

/* @files: what @entries take: the one FILE of both commands. Returns: (transfer full): NULL with CF_ERROR_INVALID */
static char *
parse_file (const char *words, const GOptionEntry *entries, char ***files, int argc, char **argv, GError **error)
{
  if (!cfd_cli_parse (words, entries, argc, argv, error))
    return NULL;
  if (*files != NULL && g_strv_length (*files) == 1)
    return g_strdup ((*files)[0]);
  g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "expected one FILE; see chatflowd %s --help", words);
  return NULL;
}

static void
print_done (const char *verb, const char *from, const char *to, const CfdSnapshot *snapshot, const Luggage *luggage)
{
  const CfdBackupTally *tally = cfd_backup_files_get_tally (luggage->files);
  g_autofree char *size = g_format_size (snapshot->bytes), *weight = g_format_size (tally->bytes);

  g_print ("%s %s to %s: %" G_GUINT64_FORMAT " records, %s, and %u files, %s, verified\n", verb, from, to, snapshot->records, size, tally->files, weight);
  if (tally->missing > 0)
    g_printerr ("%u of the files that people have sent are missing\n", tally->missing);
}

/**
 * cfd_backup_command:
 * `chatflowd backup FILE`: a copy of the database and of the files that people have sent, beside a running server.
 */
gboolean
cfd_backup_command (const CfdConfig *config, int argc, char **argv, GError **error)
{
  gboolean force = FALSE;
  g_auto (GStrv) files = NULL;
  const GOptionEntry entries[] = {
    { "force", 'f', 0, G_OPTION_ARG_NONE, &force, "Replace FILE if it exists", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, "FILE" },
    { NULL },
  };
  g_autofree char *file = parse_file ("backup", entries, &files, argc, argv, error);
  g_autofree char *database = cfd_config_database (config);
  g_autoptr (CfdStateLock) lock = NULL;
  int shown = -1;
  g_auto (Luggage) luggage = { .backup = file, .live = cfd_config_files (config), .shown = &shown };
  CfdSnapshot snapshot = { .proven = save_files, .proven_data = &luggage };
  gboolean ok;

  if (file == NULL)
    return FALSE;
  if (!g_file_test (database, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no database at %s; name its folder with --state or --config", database);
      return FALSE;
    }
  lock = cfd_state_lock (config->state, CFD_STATE_COMMAND, error);
  if (lock == NULL)
    return FALSE;
  ok = cfd_snapshot_save (&cfd_sqlite_driver, database, file, force, progress_to_show (), &shown, &snapshot, error);
  end_progress (shown);
  if (!ok)
    return FALSE;
  cfd_backup_files_keep (luggage.files);
  print_done ("Backed up", database, file, &snapshot, &luggage);
  return TRUE;
}

/**
 * cfd_restore_command:
 * `chatflowd restore FILE`: puts a backup in the place of the database, while no server runs.
 */
gboolean
cfd_restore_command (const CfdConfig *config, int argc, char **argv, GError **error)
{
  gboolean force = FALSE, allow_missing = FALSE;
  g_auto (GStrv) files = NULL;
  const GOptionEntry entries[] = {
    { "force", 'f', 0, G_OPTION_ARG_NONE, &force, "Replace the database that is there", NULL },
    { "allow-missing", 0, 0, G_OPTION_ARG_NONE, &allow_missing, "Go on when files that people have sent are not in the backup", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, "FILE" },
    { NULL },
  };
  g_autofree char *file = parse_file ("restore", entries, &files, argc, argv, error);
  g_autofree char *database = cfd_config_database (config), *aside = NULL;
  g_autoptr (CfdStateLock) lock = NULL;
  int shown = -1;
  g_auto (Luggage) luggage = { .backup = file, .live = cfd_config_files (config), .allow_missing = allow_missing, .shown = &shown };
  CfdSnapshot snapshot = { .proven = restore_files, .proven_data = &luggage };
  gboolean ok;

  if (file == NULL)
    return FALSE;
  if (g_mkdir_with_parents (config->state, 0700) != 0)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "cannot create the folder %s: %s", config->state, g_strerror (errno));
      return FALSE;
    }
  lock = cfd_state_lock (config->state, CFD_STATE_RESTORE, error);
  if (lock == NULL)
    return FALSE;
  ok = cfd_snapshot_restore (&cfd_sqlite_driver, file, database, force, progress_to_show (), &shown, &snapshot, &aside, error);
  end_progress (shown);
  if (!ok)
    return FALSE;
  print_done ("Restored", file, database, &snapshot, &luggage);
  if (aside != NULL)
    g_print ("The database that was there is now %s; remove it when you are sure\n", aside);
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "snapshot-commands.h"

#include "backend/db/snapshot.h"
#include "backend/state-lock.h"
#include "cli.h"
#include "protocol/error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

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

/* The one FILE that both commands take. Returns: (transfer full): NULL with CF_ERROR_INVALID */
static char *
parse_file (const char *words, int argc, char **argv, const char *force_help, gboolean *force, GError **error)
{
  g_auto (GStrv) files = NULL;
  const GOptionEntry entries[] = {
    { "force", 'f', 0, G_OPTION_ARG_NONE, force, force_help, NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, "FILE" },
    { NULL },
  };

  if (!cfd_cli_parse (words, entries, argc, argv, error))
    return NULL;
  if (files != NULL && g_strv_length (files) == 1)
    return g_strdup (files[0]);
  g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "expected one FILE; see chatflowd %s --help", words);
  return NULL;
}

static void
print_done (const char *verb, const char *from, const char *to, const CfdSnapshot *snapshot)
{
  g_autofree char *size = g_format_size (snapshot->bytes);

  g_print ("%s %s to %s: %" G_GUINT64_FORMAT " records, %s, verified\n", verb, from, to, snapshot->records, size);
}

/**
 * cfd_backup_command:
 * `chatflowd backup FILE`: a copy of the database, beside a running server.
 */
gboolean
cfd_backup_command (const CfdConfig *config, int argc, char **argv, GError **error)
{
  gboolean force = FALSE;
  g_autofree char *file = parse_file ("backup", argc, argv, "Replace FILE if it exists", &force, error);
  g_autofree char *database = cfd_config_database (config);
  g_autoptr (CfdStateLock) lock = NULL;
  CfdSnapshot snapshot = { 0 };
  int shown = -1;
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
  if (ok)
    print_done ("Backed up", database, file, &snapshot);
  return ok;
}

/**
 * cfd_restore_command:
 * `chatflowd restore FILE`: puts a backup in the place of the database, while no server runs.
 */
gboolean
cfd_restore_command (const CfdConfig *config, int argc, char **argv, GError **error)
{
  gboolean force = FALSE;
  g_autofree char *file = parse_file ("restore", argc, argv, "Replace the database that is there", &force, error);
  g_autofree char *database = cfd_config_database (config), *aside = NULL;
  g_autoptr (CfdStateLock) lock = NULL;
  CfdSnapshot snapshot = { 0 };
  int shown = -1;
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
  print_done ("Restored", file, database, &snapshot);
  if (aside != NULL)
    g_print ("The database that was there is now %s; remove it when you are sure\n", aside);
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run-sql FILE <SCRIPT: makes a database of the daemon's kind, which the sqlite3 program cannot (it lacks the words of our search index). */
#include "backend/db/db-driver.h"

int
main (int argc, char **argv)
{
  g_autoptr (GIOChannel) in = g_io_channel_unix_new (0);
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = NULL;
  CfdDbHandle *handle;
  gboolean ok;

  if (argc != 2)
    g_error ("got %d arguments, expected a file", argc - 1);
  handle = cfd_sqlite_driver.open (argv[1], FALSE, TRUE, &error);
  ok = handle != NULL && g_io_channel_read_to_end (in, &sql, NULL, &error) == G_IO_STATUS_NORMAL
       && cfd_sqlite_driver.execute (handle, sql, &error);
  if (!ok)
    g_printerr ("%s: %s\n", argv[1], error->message);
  g_clear_pointer (&handle, cfd_sqlite_driver.close);
  return ok ? 0 : 1;
}

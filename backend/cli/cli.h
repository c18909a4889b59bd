/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/config.h"
#include "backend/db/db.h"

G_BEGIN_DECLS

/**
 * CfdCommand:
 * One subcommand of chatflowd; the table is in cli.c. @run gets the arguments after the command's words, with argv[0] for its
 * own help, and prints what it has to say. Errors are printed by the caller.
 */
typedef struct
{
  const char *words; /* "agent add" */
  const char *help;
  gboolean (*run) (const CfdConfig *config, int argc, char **argv, GError **error);
} CfdCommand;

int      cfd_cli_run           (int argc, char **argv);
gboolean cfd_cli_parse         (const char *words, const GOptionEntry *entries, int argc, char **argv, GError **error);
CfdDb   *cfd_cli_open_database (const CfdConfig *config, gboolean create, GError **error);
char    *cfd_cli_read_password (gboolean from_stdin, GError **error);

G_END_DECLS

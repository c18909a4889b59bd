/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspect-command.h"

#include "backend/features/files/inspection.h"
#include "cli.h"

#include <unistd.h>

/**
 * cfd_inspect_file_command:
 * `chatflowd inspect-file`: what the server starts for each file that has come; the file is standard input.
 */
gboolean
cfd_inspect_file_command (const CfdConfig *config, int argc, char **argv, GError **error)
{
  if (!cfd_cli_parse ("inspect-file", NULL, argc, argv, error) || !cfd_inspection_print (STDIN_FILENO, 3, error))
    return FALSE;
  _exit (0); /* it has confined itself, so that a sanitizer could not take stock */
}

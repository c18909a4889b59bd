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
  gboolean photo = FALSE;
  const GOptionEntry entries[] = {
    { "photo", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &photo, "Make a small square of a picture", NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!cfd_cli_parse ("inspect-file", entries, argc, argv, error)
      || !cfd_inspection_print (photo ? CFD_INSPECTION_PHOTO : CFD_INSPECTION_FILE, STDIN_FILENO, 3, error))
    return FALSE;
  _exit (0); /* it has confined itself, so that a sanitizer could not take stock */
}

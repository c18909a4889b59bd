/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config-command.h"

#include "cli.h"

/**
 * cfd_check_config_command:
 * `chatflowd check-config`: that the configuration can be read has been shown when this runs.
 */
gboolean
cfd_check_config_command (const CfdConfig *config, int argc, char **argv, GError **error)
{
  g_autofree char *text = NULL;

  if (!cfd_cli_parse ("check-config", NULL, argc, argv, error) || !cfd_config_check (config, error))
    return FALSE;
  text = cfd_config_dump (config);
  g_print ("%s", text);
  return TRUE;
}

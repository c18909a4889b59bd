/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/cli/cli.h"

int
main (int argc, char **argv)
{
  return cfd_cli_run (argc, argv);
}

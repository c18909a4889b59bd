/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "application.h"
#include "language.h"

#include <glib/gi18n.h>

int
main (int argc, char **argv)
{
  g_autoptr (CfaApplication) application = NULL;
  const char *locales = g_getenv ("CHATFLOW_LOCALEDIR"); /* for a build that is not installed */

  cfa_language_begin ();
  bindtextdomain (GETTEXT_PACKAGE, locales != NULL ? locales : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  application = cfa_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}

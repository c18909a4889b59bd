/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "application.h"
#include "language.h"

#include <glib/gi18n.h>

/* Where the window is painted by the processor GTK opens OpenGL all the same, and Mesa's software driver holds 55 MB that nothing uses.
 * WebKit, in the preview of a site, is told so before it asks GTK. */
static void
spare_opengl (void)
{
  const char *debug = g_getenv ("GDK_DEBUG");
  g_autofree char *flags = debug != NULL && *debug != '\0' ? g_strconcat (debug, ",gl-disable", NULL) : g_strdup ("gl-disable");

  if (g_strcmp0 (g_getenv ("GSK_RENDERER"), "cairo") != 0)
    return;
  g_setenv ("GDK_DEBUG", flags, TRUE);
  g_setenv ("WEBKIT_DISABLE_COMPOSITING_MODE", "1", TRUE);
}

int
main (int argc, char **argv)
{
  g_autoptr (CfaApplication) application = NULL;
  const char *locales = g_getenv ("CHATFLOW_LOCALEDIR"); /* for a build that is not installed */

  spare_opengl ();
  cfa_language_begin ();
  bindtextdomain (GETTEXT_PACKAGE, locales != NULL ? locales : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  application = cfa_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}

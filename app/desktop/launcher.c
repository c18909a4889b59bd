/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "launcher.h"

#define PATH      "/com/canonical/unity/launcherentry/chatflow"
#define INTERFACE "com.canonical.Unity.LauncherEntry"

/**
 * cfa_launcher_set_count:
 * @bus: (nullable): the session's; without one nobody listens
 * @desktop_entry: the name of the program's desktop file, without the ending
 * @count: what its icon shows; 0: nothing
 *
 * Tells the launchers and docks that listen, by the signal of the Unity Launcher API.
 */
void
cfa_launcher_set_count (GDBusConnection *bus, const char *desktop_entry, guint count)
{
  g_autofree char *uri = g_strdup_printf ("application://%s.desktop", desktop_entry);
  GVariantBuilder properties;

  if (bus == NULL)
    return;
  g_variant_builder_init (&properties, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&properties, "{sv}", "count", g_variant_new_int64 (count));
  g_variant_builder_add (&properties, "{sv}", "count-visible", g_variant_new_boolean (count > 0));
  g_dbus_connection_emit_signal (bus, NULL, PATH, INTERFACE, "Update", g_variant_new ("(sa{sv})", uri, &properties), NULL);
}

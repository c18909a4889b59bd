/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "autostart.h"

#include <glib/gi18n-lib.h>

#define FILE_NAME "org.chatflow.ChatFlow.desktop"
#define COMMAND   "chatflow"
#define OPTION    "--background"

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define SANDBOX     "/.flatpak-info"

static const char entry[] =
  "[Desktop Entry]\n"
  "Type=Application\n"
  "Name=ChatFlow\n"
  "Exec=" COMMAND " " OPTION "\n"
  "Icon=org.chatflow.ChatFlow\n"
  "X-GNOME-Autostart-enabled=true\n";

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (g_file_delete_finish (G_FILE (source), result, &error) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      g_clear_error (&error);
      g_task_return_boolean (task, TRUE);
    }
  else
    g_task_return_error (task, error);
}

static void
on_folder (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "autostart", FILE_NAME, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  /* That the folder is there already is no error; what else is wrong with it, writing the file says. */
  g_file_make_directory_finish (G_FILE (source), result, NULL);
  g_file_replace_contents_async (file, entry, sizeof entry - 1, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, on_written, task);
}

static void
on_portal (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);
  const char *const command[] = { COMMAND, OPTION, NULL };
  GVariantBuilder options;

  if (bus == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "autostart", g_task_get_task_data (task) != NULL ? g_variant_new_boolean (TRUE) : g_variant_new_boolean (FALSE));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (command, -1));
  g_variant_builder_add (&options, "{sv}", "reason", g_variant_new_string (_("Hear visitors from the moment you sign in to this computer.")));
  g_dbus_connection_call (bus, PORTAL_NAME, PORTAL_PATH, "org.freedesktop.portal.Background", "RequestBackground",
                          g_variant_new ("(sa{sv})", "", &options), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_portal, g_object_ref (task));
}

/**
 * cfa_autostart_set_async:
 * @start: whether the client starts in the background when the person signs in to this computer
 *
 * Inside Flatpak by the portal, which may ask the person; else by a file in the folder that desktops start programs from.
 */
void
cfa_autostart_set_async (gboolean start, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  g_autofree char *folder_path = g_build_filename (g_get_user_config_dir (), "autostart", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (folder_path);
  g_autoptr (GFile) file = g_file_get_child (folder, FILE_NAME);

  g_task_set_task_data (task, GINT_TO_POINTER (start), NULL);
  if (g_file_test (SANDBOX, G_FILE_TEST_EXISTS))
    g_bus_get (G_BUS_TYPE_SESSION, NULL, on_bus, task);
  else if (start)
    g_file_make_directory_async (folder, G_PRIORITY_DEFAULT, NULL, on_folder, task);
  else
    g_file_delete_async (file, G_PRIORITY_DEFAULT, NULL, on_removed, task);
}

gboolean
cfa_autostart_set_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

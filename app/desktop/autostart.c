/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "autostart.h"

#include "background-portal.h"

#include <errno.h>
#include <glib/gstdio.h>

#define FILE_NAME "org.chatflow.ChatFlow.desktop"
#define COMMAND   "chatflow"
#define OPTION    "--background"

#define SANDBOX "/.flatpak-info"

static const char entry[] =
  "[Desktop Entry]\n"
  "Type=Application\n"
  "Name=ChatFlow\n"
  "Exec=" COMMAND " " OPTION "\n"
  "Icon=org.chatflow.ChatFlow\n"
  "X-GNOME-Autostart-enabled=true\n";

/* On a thread. The configuration folder need not be there yet. */
static void
write_entry (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *folder = g_build_filename (g_get_user_config_dir (), "autostart", NULL);
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);
  GError *error = NULL;

  if (data != NULL)
    {
      g_mkdir_with_parents (folder, 0700); /* what is wrong with it, writing the file says */
      g_file_set_contents (path, entry, sizeof entry - 1, &error);
    }
  else if (g_unlink (path) != 0 && errno != ENOENT)
    error = g_error_new (G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", path, g_strerror (errno));
  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_portal (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (cfa_background_portal_ask_finish (result, &error))
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

  if (bus == NULL)
    g_task_return_error (task, error);
  else
    cfa_background_portal_ask_async (bus, command, g_task_get_task_data (task) != NULL, on_portal, g_object_ref (task));
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
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_task_data (task, GINT_TO_POINTER (start), NULL);
  if (g_file_test (SANDBOX, G_FILE_TEST_EXISTS))
    g_bus_get (G_BUS_TYPE_SESSION, NULL, on_bus, g_steal_pointer (&task));
  else
    g_task_run_in_thread (task, write_entry);
}

gboolean
cfa_autostart_set_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

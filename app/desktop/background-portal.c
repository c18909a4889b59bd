/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "background-portal.h"

#include <glib/gi18n-lib.h>

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define REQUEST     "org.freedesktop.portal.Request"

/* What the person said, as Request::Response tells it. */
enum
{
  RESPONSE_DONE,
  RESPONSE_CANCELLED,
};

/* The data of a task. */
typedef struct
{
  GDBusConnection *bus;
  gboolean autostart; /* as it is wanted */
  char *path;         /* of the request, on the bus */
  guint subscription;
} Request;

static void
request_free (Request *request)
{
  g_object_unref (request->bus);
  g_free (request->path);
  g_free (request);
}

/* The subscription holds the task until then. */
static void
stop_listening (Request *request)
{
  guint subscription = request->subscription;

  request->subscription = 0;
  if (subscription != 0)
    g_dbus_connection_signal_unsubscribe (request->bus, subscription);
}

static void
on_response (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *signal, GVariant *params, gpointer data)
{
  g_autoptr (GTask) task = g_object_ref (data);
  Request *request = g_task_get_task_data (task);
  g_autoptr (GVariant) results = NULL;
  gboolean autostart = FALSE;
  guint32 response;

  if (request->subscription == 0 || !g_variant_is_of_type (params, G_VARIANT_TYPE ("(ua{sv})")))
    return;
  stop_listening (request);
  g_variant_get (params, "(u@a{sv})", &response, &results);
  g_variant_lookup (results, "autostart", "b", &autostart);
  if (response == RESPONSE_DONE && autostart == request->autostart)
    g_task_return_boolean (task, TRUE);
  else if (response == RESPONSE_CANCELLED)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("it was asked, and the answer was no"));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, _("its settings do not allow it"));
}

static void
listen (GTask *task)
{
  Request *request = g_task_get_task_data (task);

  request->subscription = g_dbus_connection_signal_subscribe (request->bus, PORTAL_NAME, REQUEST, "Response", request->path, NULL,
                                                              G_DBUS_SIGNAL_FLAGS_NONE, on_response, g_object_ref (task), g_object_unref);
}

/* Portals older than 0.9 choose the path themselves. */
static void
on_asked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  const char *path;

  if (request->subscription == 0) /* the response was faster */
    g_clear_error (&error);
  else if (answer == NULL)
    {
      stop_listening (request);
      g_task_return_error (task, error);
    }
  else
    {
      g_variant_get (answer, "(&o)", &path);
      if (g_str_equal (path, request->path))
        return;
      stop_listening (request);
      g_free (request->path);
      request->path = g_strdup (path);
      listen (task);
    }
}

/**
 * cfa_background_portal_ask_async:
 * @bus: the session's
 * @command: what is started when the person signs in to this computer
 * @autostart: whether it shall be, from now on
 *
 * Asks the desktop by the portal for what runs in the background, which is how a program in a sandbox does it. The desktop may ask the person, who takes
 * as long as they like. See https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Background.html
 */
void
cfa_background_portal_ask_async (GDBusConnection *bus, const char *const *command, gboolean autostart, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (bus, NULL, callback, user_data);
  g_autofree char *token = g_strdup_printf ("chatflow%u", g_random_int ());
  g_autofree char *sender = g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (bus) + 1), ".", '_');
  Request *request = g_new0 (Request, 1);
  GVariantBuilder options;

  request->bus = g_object_ref (bus);
  request->autostart = autostart;
  request->path = g_strdup_printf (PORTAL_PATH "/request/%s/%s", sender, token);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  listen (task);
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (autostart));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (command, -1));
  g_variant_builder_add (&options, "{sv}", "reason", g_variant_new_string (_("Hear visitors from the moment you sign in to this computer.")));
  g_dbus_connection_call (bus, PORTAL_NAME, PORTAL_PATH, "org.freedesktop.portal.Background", "RequestBackground",
                          g_variant_new ("(sa{sv})", "", &options), G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                          on_asked, g_object_ref (task));
}

/**
 * cfa_background_portal_ask_finish:
 *
 * Returns: whether it is as wanted; a refusal is an error that says whose
 */
gboolean
cfa_background_portal_ask_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

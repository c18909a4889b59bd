/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a sandboxed client asks of the desktop, and what it makes of the answers: the portal here is a pretended one on a bus of its own. */
#include "app/desktop/background-portal.h"
#include "app/features/alerts/alert-settings.h"

#include "wait.h"

#include <glib/gstdio.h>
#include <string.h>

#define PATH "/org/freedesktop/portal/desktop"

static const char description[] =
  "<node><interface name='org.freedesktop.portal.Background'><method name='RequestBackground'>"
  "<arg type='s' name='parent' direction='in'/><arg type='a{sv}' name='options' direction='in'/><arg type='o' name='handle' direction='out'/>"
  "</method></interface></node>";

typedef enum
{
  ANSWER_AFTER,  /* the usual order */
  ANSWER_BEFORE, /* the signal is there before the reply */
  ANSWER_ELSEWHERE, /* at a path of the portal's own choice */
  ANSWER_ERROR,  /* no request at all */
} Manner;

typedef struct
{
  GDBusConnection *bus;
  Manner manner;
  guint32 response;
  gboolean granted;
  char *asked; /* what the options were, as text */
} Portal;

static void
respond (Portal *portal, const char *path)
{
  GVariantBuilder results;

  g_variant_builder_init (&results, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&results, "{sv}", "background", g_variant_new_boolean (TRUE));
  g_variant_builder_add (&results, "{sv}", "autostart", g_variant_new_boolean (portal->granted));
  g_assert_true (g_dbus_connection_emit_signal (portal->bus, NULL, path, "org.freedesktop.portal.Request", "Response",
                                                g_variant_new ("(ua{sv})", portal->response, &results), NULL));
}

static void
on_call (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *method, GVariant *params,
         GDBusMethodInvocation *call, gpointer data)
{
  Portal *portal = data;
  g_autoptr (GVariant) options = g_variant_get_child_value (params, 1);
  g_autofree char *name = g_strdelimit (g_strdup (sender + 1), ".", '_');
  const char *token = "";
  g_autofree char *handle = NULL;

  g_free (portal->asked);
  portal->asked = g_variant_print (options, FALSE);
  g_assert_true (g_variant_lookup (options, "handle_token", "&s", &token));
  handle = portal->manner == ANSWER_ELSEWHERE ? g_strdup (PATH "/request/own/1") : g_strdup_printf (PATH "/request/%s/%s", name, token);
  if (portal->manner == ANSWER_ERROR)
    {
      g_dbus_method_invocation_return_dbus_error (call, "org.freedesktop.portal.Error.NotAllowed", "not here");
      return;
    }
  if (portal->manner == ANSWER_BEFORE)
    respond (portal, handle);
  g_dbus_method_invocation_return_value (call, g_variant_new ("(o)", handle));
  g_assert_true (g_dbus_connection_flush_sync (bus, NULL, NULL));
  if (portal->manner == ANSWER_AFTER)
    respond (portal, handle);
}

/* One that listens at a path it has just been told of needs a moment: the real portal asks a person meanwhile. */
static gboolean
respond_elsewhere (gpointer data)
{
  respond (data, PATH "/request/own/1");
  return G_SOURCE_REMOVE;
}

static gboolean
ask (Portal *portal, GDBusConnection *bus, gboolean autostart, GError **error)
{
  const char *const command[] = { "chatflow", "--background", NULL };
  g_autoptr (GAsyncResult) result = NULL;

  cfa_background_portal_ask_async (bus, command, autostart, wait_keep_result, &result);
  if (portal->manner == ANSWER_ELSEWHERE)
    {
      wait_until (portal->asked != NULL);
      g_timeout_add (200, respond_elsewhere, portal);
    }
  wait_until (result != NULL);
  return cfa_background_portal_ask_finish (result, error);
}

static void
assert_kept (CfaAlertSettings *settings, const char *path, gboolean is)
{
  g_autofree char *text = NULL;

  g_assert_cmpint (cfa_alert_settings_get (settings)->autostart, ==, is);
  cfa_alert_settings_flush (settings);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, is ? "autostart=true" : "autostart=false"));
}

/* The preference is what was wanted from the moment of the click; the answer, for which nobody need be waiting any more, makes it what is so. */
static void
settle (CfaAlertSettings *settings, const char *path, gboolean wanted, gboolean done)
{
  cfa_alert_settings_get (settings)->autostart = wanted;
  cfa_alert_settings_changed (settings);
  assert_kept (settings, path, wanted);
  cfa_alert_settings_tell_autostart (settings, wanted, done);
  assert_kept (settings, path, done ? wanted : !wanted);
}

/* Switched on, and off again while the desktop still asks: it refuses the first and does the second. */
static void
test_late (void)
{
  g_autofree char *folder = g_dir_make_tmp ("autostart-XXXXXX", NULL), *path = g_build_filename (folder, "alerts.ini", NULL);
  g_autoptr (CfaAlertSettings) settings = cfa_alert_settings_new (path);

  wait_until (cfa_alert_settings_get_loaded (settings));
  settle (settings, path, FALSE, TRUE);
  cfa_alert_settings_tell_autostart (settings, TRUE, FALSE);
  assert_kept (settings, path, FALSE);
  cfa_alert_settings_tell_autostart (settings, FALSE, TRUE);
  assert_kept (settings, path, FALSE);
  wait_idle ();
  g_remove (path);
  g_rmdir (folder);
}

static GDBusConnection *
connect_to (const char *address)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *bus = g_dbus_connection_new_for_address_sync (
    address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);

  g_assert_no_error (error);
  return bus;
}

static void
test_answers (void)
{
  static const GDBusInterfaceVTable calls = { on_call, NULL, NULL, { NULL } };
  static const struct
  {
    Manner manner;
    gboolean wanted;
    guint32 response;
    gboolean granted;
    int code; /* -1: it is well */
  } cases[] = {
    { ANSWER_AFTER, TRUE, 0, TRUE, -1 },
    { ANSWER_AFTER, FALSE, 0, FALSE, -1 },
    { ANSWER_BEFORE, TRUE, 0, TRUE, -1 },
    { ANSWER_ELSEWHERE, TRUE, 0, TRUE, -1 },
    { ANSWER_AFTER, TRUE, 0, FALSE, G_IO_ERROR_PERMISSION_DENIED },
    { ANSWER_AFTER, TRUE, 1, FALSE, G_IO_ERROR_CANCELLED },
    { ANSWER_AFTER, FALSE, 1, TRUE, G_IO_ERROR_CANCELLED },
    { ANSWER_BEFORE, TRUE, 2, FALSE, G_IO_ERROR_PERMISSION_DENIED },
    { ANSWER_ERROR, TRUE, 0, TRUE, G_IO_ERROR_DBUS_ERROR },
  };
  g_autoptr (GTestDBus) own = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (description, NULL);
  g_autoptr (GDBusConnection) bus = NULL, client = NULL;
  g_autofree char *folder = g_dir_make_tmp ("autostart-XXXXXX", NULL), *path = g_build_filename (folder, "alerts.ini", NULL);
  g_autoptr (CfaAlertSettings) settings = cfa_alert_settings_new (path);
  Portal portal = { 0 };
  guint object;

  wait_until (cfa_alert_settings_get_loaded (settings));
  g_test_dbus_up (own);
  bus = connect_to (g_test_dbus_get_bus_address (own));
  client = connect_to (g_test_dbus_get_bus_address (own));
  portal.bus = bus;
  object = g_dbus_connection_register_object (bus, PATH, node->interfaces[0], &calls, &portal, NULL, NULL);
  g_assert_cmpuint (object, !=, 0);
  g_variant_unref (g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                                                g_variant_new ("(su)", "org.freedesktop.portal.Desktop", 0), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean fine;

      portal.manner = cases[i].manner;
      portal.response = cases[i].response;
      portal.granted = cases[i].granted;
      g_clear_pointer (&portal.asked, g_free);
      fine = ask (&portal, client, cases[i].wanted, &error);
      g_test_message ("%u: %s", i, error != NULL ? error->message : "well");
      g_assert_cmpint (fine, ==, cases[i].code < 0);
      if (cases[i].code >= 0)
        g_assert_cmpint (error->code, ==, cases[i].code);
      g_assert_nonnull (strstr (portal.asked, cases[i].wanted ? "'autostart': <true>" : "'autostart': <false>"));
      g_assert_nonnull (strstr (portal.asked, "'commandline': <['chatflow', '--background']>"));
      g_assert_nonnull (strstr (portal.asked, "'reason': <'"));
      settle (settings, path, cases[i].wanted, fine);
    }
  wait_idle ();
  g_remove (path);
  g_rmdir (folder);
  g_free (portal.asked);
  g_dbus_connection_unregister_object (bus, object);
  g_dbus_connection_close_sync (client, NULL, NULL);
  g_dbus_connection_close_sync (bus, NULL, NULL);
  g_clear_object (&client);
  g_clear_object (&bus);
  g_test_dbus_stop (own);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/background-portal/answers", test_answers);
  g_test_add_func ("/app/background-portal/late", test_late);
  return g_test_run ();
}

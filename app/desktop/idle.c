/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "idle.h"

#define MUTTER_NAME      "org.gnome.Mutter.IdleMonitor"
#define MUTTER_PATH      "/org/gnome/Mutter/IdleMonitor/Core"
#define MUTTER_INTERFACE "org.gnome.Mutter.IdleMonitor"
#define SAVER_NAME       "org.freedesktop.ScreenSaver"
#define SAVER_PATH       "/org/freedesktop/ScreenSaver"
#define SAVER_INTERFACE  "org.freedesktop.ScreenSaver"

/* The screen saver has to be asked. */
#define ASK_SECONDS 15

struct _CfaIdle
{
  GObject parent_instance;

  guint minutes;
  gboolean idle;
  GCancellable *cancellable;
  GDBusConnection *mutter; /* (nullable): while it is on the bus */
  GDBusConnection *saver;
  guint mutter_watch;
  guint saver_watch;
  guint fired; /* subscription */
  guint idle_watch; /* Mutter's numbers; 0: none */
  guint active_watch;
  guint ask_source;
};

G_DEFINE_FINAL_TYPE (CfaIdle, cfa_idle, G_TYPE_OBJECT)

static guint changed_signal;

static void
set_idle (CfaIdle *self, gboolean idle)
{
  if (self->idle == idle)
    return;
  self->idle = idle;
  g_signal_emit (self, changed_signal, 0);
}

/* What a call that made a watch answered; one that is not wanted any more is left to fire in vain. */
static void
take_watch (GObject *source, GAsyncResult *result, CfaIdle *self, guint *watch)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer != NULL)
    g_variant_get (answer, "(u)", watch);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("the idle monitor does not answer: %s", error->message);
}

static void
on_idle_watch (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaIdle) self = data;

  take_watch (source, result, self, &self->idle_watch);
}

static void
on_active_watch (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaIdle) self = data;

  take_watch (source, result, self, &self->active_watch);
}

static void
on_fired (GDBusConnection *connection, const char *sender, const char *path, const char *interface, const char *name,
          GVariant *parameters, gpointer data)
{
  CfaIdle *self = data;
  guint watch;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(u)")))
    return;
  g_variant_get (parameters, "(u)", &watch);
  if (watch == self->idle_watch && watch != 0)
    {
      set_idle (self, TRUE);
      g_dbus_connection_call (connection, MUTTER_NAME, MUTTER_PATH, MUTTER_INTERFACE, "AddUserActiveWatch", NULL, G_VARIANT_TYPE ("(u)"),
                              G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable, on_active_watch, g_object_ref (self));
    }
  else if (watch == self->active_watch && watch != 0)
    {
      self->active_watch = 0;
      set_idle (self, FALSE);
    }
}

static void
drop_watch (CfaIdle *self, guint *watch)
{
  if (self->mutter != NULL && *watch != 0)
    g_dbus_connection_call (self->mutter, MUTTER_NAME, MUTTER_PATH, MUTTER_INTERFACE, "RemoveWatch", g_variant_new ("(u)", *watch), NULL,
                            G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
  *watch = 0;
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaIdle) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  guint milliseconds;

  if (answer == NULL)
    {
      /* Not all screen savers know that: GNOME's, where Mutter tells, and those that only lock. */
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_clear_handle_id (&self->ask_source, g_source_remove);
      return;
    }
  g_variant_get (answer, "(u)", &milliseconds);
  if (self->minutes > 0)
    set_idle (self, milliseconds >= self->minutes * 60 * 1000);
}

static gboolean
ask (gpointer data)
{
  CfaIdle *self = data;

  g_dbus_connection_call (self->saver, SAVER_NAME, SAVER_PATH, SAVER_INTERFACE, "GetSessionIdleTime", NULL, G_VARIANT_TYPE ("(u)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable, on_asked, g_object_ref (self));
  return G_SOURCE_CONTINUE;
}

/* Listens to whoever is there, for as long as it is wanted. */
static void
listen (CfaIdle *self)
{
  drop_watch (self, &self->idle_watch);
  drop_watch (self, &self->active_watch);
  g_clear_handle_id (&self->ask_source, g_source_remove);
  set_idle (self, FALSE);
  if (self->minutes == 0)
    return;
  if (self->mutter != NULL)
    g_dbus_connection_call (self->mutter, MUTTER_NAME, MUTTER_PATH, MUTTER_INTERFACE, "AddIdleWatch",
                            g_variant_new ("(t)", (guint64) self->minutes * 60 * 1000), G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1,
                            self->cancellable, on_idle_watch, g_object_ref (self));
  else if (self->saver != NULL)
    {
      self->ask_source = g_timeout_add_seconds (ASK_SECONDS, ask, self);
      ask (self);
    }
}

static void
on_mutter (GDBusConnection *connection, const char *name, const char *owner, gpointer data)
{
  CfaIdle *self = data;

  g_set_object (&self->mutter, connection);
  if (self->fired == 0)
    self->fired = g_dbus_connection_signal_subscribe (connection, MUTTER_NAME, MUTTER_INTERFACE, "WatchFired", MUTTER_PATH, NULL,
                                                      G_DBUS_SIGNAL_FLAGS_NONE, on_fired, self, NULL);
  listen (self);
}

static void
on_mutter_gone (GDBusConnection *connection, const char *name, gpointer data)
{
  CfaIdle *self = data;

  if (self->mutter == NULL)
    return;
  g_dbus_connection_signal_unsubscribe (self->mutter, self->fired);
  self->fired = self->idle_watch = self->active_watch = 0;
  g_clear_object (&self->mutter);
  listen (self);
}

static void
on_saver (GDBusConnection *connection, const char *name, const char *owner, gpointer data)
{
  CfaIdle *self = data;

  g_set_object (&self->saver, connection);
  if (self->mutter == NULL)
    listen (self);
}

static void
on_saver_gone (GDBusConnection *connection, const char *name, gpointer data)
{
  CfaIdle *self = data;

  if (self->saver == NULL)
    return;
  g_clear_object (&self->saver);
  if (self->mutter == NULL)
    listen (self);
}

static void
cfa_idle_dispose (GObject *object)
{
  CfaIdle *self = CFA_IDLE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->ask_source, g_source_remove);
  g_clear_handle_id (&self->mutter_watch, g_bus_unwatch_name);
  g_clear_handle_id (&self->saver_watch, g_bus_unwatch_name);
  drop_watch (self, &self->idle_watch);
  drop_watch (self, &self->active_watch);
  if (self->mutter != NULL && self->fired != 0)
    g_dbus_connection_signal_unsubscribe (self->mutter, self->fired);
  self->fired = 0;
  g_clear_object (&self->mutter);
  g_clear_object (&self->saver);
  G_OBJECT_CLASS (cfa_idle_parent_class)->dispose (object);
}

static void
cfa_idle_finalize (GObject *object)
{
  g_object_unref (CFA_IDLE (object)->cancellable);
  G_OBJECT_CLASS (cfa_idle_parent_class)->finalize (object);
}

static void
cfa_idle_class_init (CfaIdleClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_idle_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_idle_finalize;
  changed_signal = g_signal_new ("changed", CFA_TYPE_IDLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfa_idle_init (CfaIdle *self)
{
  self->cancellable = g_cancellable_new ();
  self->mutter_watch = g_bus_watch_name (G_BUS_TYPE_SESSION, MUTTER_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE, on_mutter, on_mutter_gone, self, NULL);
  self->saver_watch = g_bus_watch_name (G_BUS_TYPE_SESSION, SAVER_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE, on_saver, on_saver_gone, self, NULL);
}

CfaIdle *
cfa_idle_new (void)
{
  return g_object_new (CFA_TYPE_IDLE, NULL);
}

/**
 * cfa_idle_set_minutes:
 * @minutes: how long nothing must be touched; 0: nobody is idle, and nobody is asked
 */
void
cfa_idle_set_minutes (CfaIdle *self, guint minutes)
{
  if (self->minutes == minutes)
    return;
  self->minutes = minutes;
  listen (self);
}

gboolean
cfa_idle_get_idle (CfaIdle *self)
{
  return self->idle;
}

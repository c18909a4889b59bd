/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "alert-settings.h"

#include "protocol/id.h"

#include <string.h>

/* A slider that is drawn along changes often. */
#define WRITE_MS 300

struct _CfaAlertSettings
{
  GObject parent_instance;

  GFile *file;
  CfaAlertPreferences *preferences;
  gboolean loaded;  /* what the file says counts, or there is none */
  gboolean touched; /* before that: what is chosen meanwhile counts more */
  gboolean writing;
  gboolean again;   /* what is being written is old already */
  guint write_source;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_UNKEPT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaAlertSettings, cfa_alert_settings, G_TYPE_OBJECT)

static void write_now (CfaAlertSettings *self);

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaAlertSettings) self = data;
  g_autoptr (GError) error = NULL;

  self->writing = FALSE;
  if (!g_file_replace_contents_finish (self->file, result, NULL, &error))
    g_signal_emit (self, signals[SIGNAL_UNKEPT], 0, error->message);
  if (self->again)
    write_now (self);
}

static void
on_folder (GObject *source, GAsyncResult *result, gpointer data)
{
  CfaAlertSettings *self = data;
  g_autofree char *text = cfa_alert_preferences_to_ini (self->preferences, cf_now ());
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  /* That it is there already is no error; what else is wrong with it, writing the file says. */
  g_task_propagate_boolean (G_TASK (result), NULL);
  g_file_replace_contents_bytes_async (self->file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL,
                                       on_written, self);
}

static void
make_folder (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GFile) folder = g_file_get_parent (data);

  g_mkdir_with_parents (g_file_peek_path (folder), 0700);
  g_task_return_boolean (task, TRUE);
}

static void
write_now (CfaAlertSettings *self)
{
  g_autoptr (GTask) task = NULL;

  self->again = self->writing;
  if (self->writing)
    return;
  self->writing = TRUE;
  task = g_task_new (NULL, NULL, on_folder, g_object_ref (self));
  g_task_set_task_data (task, g_object_ref (self->file), g_object_unref);
  g_task_run_in_thread (task, make_folder);
}

static gboolean
on_write_time (gpointer data)
{
  CfaAlertSettings *self = data;

  self->write_source = 0;
  write_now (self);
  return G_SOURCE_REMOVE;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaAlertSettings) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;
  CfaAlertPreferences *read = NULL;

  if (g_file_load_contents_finish (self->file, result, &text, &length, NULL, &error))
    read = cfa_alert_preferences_from_ini (text, length, &error);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_message ("the alert preferences begin anew: %s", error->message);
  self->loaded = TRUE;
  if (read != NULL && !self->touched)
    {
      cfa_alert_preferences_free (self->preferences);
      self->preferences = g_steal_pointer (&read);
    }
  g_clear_pointer (&read, cfa_alert_preferences_free);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
cfa_alert_settings_finalize (GObject *object)
{
  CfaAlertSettings *self = CFA_ALERT_SETTINGS (object);

  g_clear_handle_id (&self->write_source, g_source_remove);
  g_object_unref (self->file);
  cfa_alert_preferences_free (self->preferences);
  G_OBJECT_CLASS (cfa_alert_settings_parent_class)->finalize (object);
}

static void
cfa_alert_settings_class_init (CfaAlertSettingsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_alert_settings_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", CFA_TYPE_ALERT_SETTINGS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_UNKEPT] = g_signal_new ("unkept", CFA_TYPE_ALERT_SETTINGS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cfa_alert_settings_init (CfaAlertSettings *self)
{
  self->preferences = cfa_alert_preferences_new ();
}

/**
 * cfa_alert_settings_new:
 * @path: of the file, which need not be there
 *
 * Returns: (transfer full): defaults until the file has been read, then what it says.
 */
CfaAlertSettings *
cfa_alert_settings_new (const char *path)
{
  CfaAlertSettings *self = g_object_new (CFA_TYPE_ALERT_SETTINGS, NULL);

  self->file = g_file_new_for_path (path);
  g_file_load_contents_async (self->file, NULL, on_read, g_object_ref (self));
  return self;
}

/**
 * cfa_alert_settings_get_default:
 * Returns: (transfer none): the program's; it lives as long as the program.
 */
CfaAlertSettings *
cfa_alert_settings_get_default (void)
{
  static CfaAlertSettings *settings;

  if (settings == NULL)
    {
      g_autofree char *path = g_build_filename (g_get_user_config_dir (), "chatflow", "alerts.ini", NULL);

      settings = cfa_alert_settings_new (path);
    }
  return settings;
}

CfaAlertPreferences *
cfa_alert_settings_get (CfaAlertSettings *self)
{
  return self->preferences;
}

/**
 * cfa_alert_settings_get_loaded:
 * Returns: whether the file has been read, or there is none.
 */
gboolean
cfa_alert_settings_get_loaded (CfaAlertSettings *self)
{
  return self->loaded;
}

/**
 * cfa_alert_settings_tell_autostart:
 * @wanted: what the desktop was asked for
 * @done: whether it has done so; what it refused is as it was
 *
 * What is kept is what is so, however late the desktop answers and whatever was asked for meanwhile.
 */
void
cfa_alert_settings_tell_autostart (CfaAlertSettings *self, gboolean wanted, gboolean done)
{
  gboolean is = done ? wanted : !wanted;

  if (self->preferences->autostart == is)
    return;
  self->preferences->autostart = is;
  cfa_alert_settings_changed (self);
}

/**
 * cfa_alert_settings_changed:
 * Tells everybody, and keeps it on disk a moment later.
 */
void
cfa_alert_settings_changed (CfaAlertSettings *self)
{
  self->touched = TRUE;
  if (self->write_source == 0)
    self->write_source = g_timeout_add (WRITE_MS, on_write_time, self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * cfa_alert_settings_flush:
 * Writes what waits to be written now, and waits for it: for the end of the program.
 */
void
cfa_alert_settings_flush (CfaAlertSettings *self)
{
  g_autofree char *text = NULL, *folder = g_path_get_dirname (g_file_peek_path (self->file));

  if (self->write_source == 0 && !self->again)
    return;
  g_mkdir_with_parents (folder, 0700);
  g_clear_handle_id (&self->write_source, g_source_remove);
  text = cfa_alert_preferences_to_ini (self->preferences, cf_now ());
  g_file_replace_contents (self->file, text, strlen (text), NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, NULL, NULL);
}

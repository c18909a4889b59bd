/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "alert-event-row.h"

#include "app/accessible-name.h"

#include <glib/gi18n.h>

#define CFA_TYPE_ALERT_EVENT_ROW (cfa_alert_event_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaAlertEventRow, cfa_alert_event_row, CFA, ALERT_EVENT_ROW, AdwExpanderRow)

/* One kind of event: whether it notifies and sounds; inside, how it sounds. */
struct _CfaAlertEventRow
{
  AdwExpanderRow parent_instance;

  CfaAlertSettings *settings;
  CfaSounds *sounds;
  CfaAlertKind kind;
  GtkFileChooserNative *chooser; /* (nullable): while it is open */
  GtkWidget *volume;
  AdwActionRow *file_row;
  GtkWidget *reset;
};

G_DEFINE_FINAL_TYPE (CfaAlertEventRow, cfa_alert_event_row, ADW_TYPE_EXPANDER_ROW)

static const struct
{
  const char *title;
  const char *subtitle;
} words[CFA_N_ALERTS] = {
  [CFA_ALERT_NEW_CONVERSATION] = { N_("New conversation"), N_("That nobody has accepted yet, or that comes to you") },
  [CFA_ALERT_MESSAGE] = { N_("New message"), N_("In a conversation of yours") },
  [CFA_ALERT_ASSIGNED] = { N_("Assigned to you"), N_("By a colleague, or by itself") },
  [CFA_ALERT_MENTION] = { N_("Mention"), N_("A colleague calls you in a note") },
  [CFA_ALERT_RETURNED] = { N_("Visitor returned"), N_("Somebody you serve is here again after a while") },
  [CFA_ALERT_URGENT] = { N_("Urgent"), N_("A visitor has been waiting for too long, or a colleague calls the supervisors") },
};

static CfaAlertChoice *
choice_of (CfaAlertEventRow *self)
{
  return &cfa_alert_settings_get (self->settings)->events[self->kind];
}

/* Two greys alone would not say which is on. */
static void
show_notify (GtkToggleButton *button)
{
  gtk_button_set_icon_name (GTK_BUTTON (button), gtk_toggle_button_get_active (button) ? "preferences-system-notifications-symbolic"
                                                                                       : "notifications-disabled-symbolic");
}

static void
show_sound (GtkToggleButton *button)
{
  gtk_button_set_icon_name (GTK_BUTTON (button), gtk_toggle_button_get_active (button) ? "audio-volume-high-symbolic"
                                                                                       : "audio-volume-muted-symbolic");
}

static void
on_notify (CfaAlertEventRow *self, GParamSpec *pspec, GtkToggleButton *button)
{
  choice_of (self)->notify = gtk_toggle_button_get_active (button);
  show_notify (button);
  cfa_alert_settings_changed (self->settings);
}

static void
on_sound (CfaAlertEventRow *self, GParamSpec *pspec, GtkToggleButton *button)
{
  choice_of (self)->sound = gtk_toggle_button_get_active (button);
  show_sound (button);
  cfa_alert_settings_changed (self->settings);
}

static void
on_volume (CfaAlertEventRow *self)
{
  choice_of (self)->volume = (guint) gtk_range_get_value (GTK_RANGE (self->volume));
  cfa_alert_settings_changed (self->settings);
}

static void
on_test (CfaAlertEventRow *self)
{
  const CfaAlertChoice *choice = choice_of (self);

  cfa_sounds_play (self->sounds, cfa_alert_kind_words[self->kind], choice->file, choice->volume);
}

static void
show_file (CfaAlertEventRow *self)
{
  const char *path = choice_of (self)->file;
  g_autofree char *name = path != NULL ? g_filename_display_basename (path) : NULL;

  adw_action_row_set_subtitle (self->file_row, name != NULL ? name : _("ChatFlow’s own"));
  gtk_widget_set_visible (self->reset, path != NULL);
}

static void
set_file (CfaAlertEventRow *self, char *path)
{
  g_free (choice_of (self)->file);
  choice_of (self)->file = path;
  show_file (self);
  cfa_alert_settings_changed (self->settings);
}

static void
on_reset (CfaAlertEventRow *self)
{
  set_file (self, NULL);
}

static void
on_chosen (CfaAlertEventRow *self, int response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser)) : NULL;
  char *path = file != NULL ? g_file_get_path (file) : NULL;

  g_clear_object (&self->chooser);
  if (path == NULL)
    return;
  set_file (self, path);
  on_test (self); /* so that the person hears what they chose, or is told that it is none */
}

static void
on_choose (CfaAlertEventRow *self)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Choose a Sound"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_filter_set_name (filter, _("Sounds (WAV, Ogg Vorbis)"));
  gtk_file_filter_add_suffix (filter, "wav");
  gtk_file_filter_add_suffix (filter, "oga");
  gtk_file_filter_add_suffix (filter, "ogg");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
name_it (GtkWidget *widget, const char *what, const char *event)
{
  g_autofree char *name = g_strdup_printf ("%s: %s", event, what);

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_tooltip_text (widget, what);
}

static GtkWidget *
new_toggle (CfaAlertEventRow *self, const char *what, gboolean active, void (*show) (GtkToggleButton *), GCallback callback)
{
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  name_it (button, what, _(words[self->kind].title));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), active);
  show (GTK_TOGGLE_BUTTON (button));
  g_signal_connect_object (button, "notify::active", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
new_button (CfaAlertEventRow *self, const char *icon, const char *what, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  name_it (button, what, _(words[self->kind].title));
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
new_volume_row (CfaAlertEventRow *self)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());

  self->volume = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 100, 5);
  gtk_widget_set_size_request (self->volume, 140, -1);
  gtk_widget_set_valign (self->volume, GTK_ALIGN_CENTER);
  gtk_range_set_value (GTK_RANGE (self->volume), choice_of (self)->volume);
  name_it (self->volume, _("Volume"), _(words[self->kind].title));
  g_signal_connect_object (self->volume, "value-changed", G_CALLBACK (on_volume), self, G_CONNECT_SWAPPED);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Volume"));
  adw_action_row_add_suffix (row, self->volume);
  adw_action_row_add_suffix (row, new_button (self, "media-playback-start-symbolic", _("Play the sound"), G_CALLBACK (on_test)));
  return GTK_WIDGET (row);
}

static GtkWidget *
new_file_row (CfaAlertEventRow *self)
{
  self->file_row = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row), _("Sound"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->file_row), FALSE);
  self->reset = new_button (self, "edit-undo-symbolic", _("Back to ChatFlow’s own sound"), G_CALLBACK (on_reset));
  adw_action_row_add_suffix (self->file_row, self->reset);
  adw_action_row_add_suffix (self->file_row, new_button (self, "document-open-symbolic", _("Choose a file"), G_CALLBACK (on_choose)));
  show_file (self);
  return GTK_WIDGET (self->file_row);
}

static void
on_minutes (CfaAlertEventRow *self, GParamSpec *pspec, GtkSpinButton *spin)
{
  cfa_alert_settings_get (self->settings)->urgent_minutes = (guint) gtk_spin_button_get_value_as_int (spin);
  cfa_alert_settings_changed (self->settings);
}

static GtkWidget *
new_minutes_row (CfaAlertEventRow *self)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  GtkWidget *spin = gtk_spin_button_new_with_range (1, CFA_URGENT_MINUTES_MAX, 1);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), cfa_alert_settings_get (self->settings)->urgent_minutes);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Minutes of waiting"), -1);
  g_signal_connect_object (spin, "notify::value", G_CALLBACK (on_minutes), self, G_CONNECT_SWAPPED);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Minutes of waiting"));
  adw_action_row_add_suffix (row, spin);
  return GTK_WIDGET (row);
}

static void
cfa_alert_event_row_dispose (GObject *object)
{
  CfaAlertEventRow *self = CFA_ALERT_EVENT_ROW (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->settings);
  g_clear_object (&self->sounds);
  G_OBJECT_CLASS (cfa_alert_event_row_parent_class)->dispose (object);
}

static void
cfa_alert_event_row_class_init (CfaAlertEventRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_alert_event_row_dispose;
}

static void
cfa_alert_event_row_init (CfaAlertEventRow *self)
{
}

/**
 * cfa_alert_event_row_new:
 * Returns: (transfer floating): a row that shows what that kind of event does, and changes it.
 */
GtkWidget *
cfa_alert_event_row_new (CfaAlertSettings *settings, CfaSounds *sounds, CfaAlertKind kind)
{
  CfaAlertEventRow *self = g_object_new (CFA_TYPE_ALERT_EVENT_ROW, NULL);
  AdwExpanderRow *row = ADW_EXPANDER_ROW (self);

  self->settings = g_object_ref (settings);
  self->sounds = g_object_ref (sounds);
  self->kind = kind;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _(words[kind].title));
  adw_expander_row_set_subtitle (row, _(words[kind].subtitle));
  adw_expander_row_add_action (row, new_toggle (self, _("Sound"), choice_of (self)->sound, show_sound, G_CALLBACK (on_sound)));
  adw_expander_row_add_action (row, new_toggle (self, _("Notification"), choice_of (self)->notify, show_notify,
                                                G_CALLBACK (on_notify)));
  if (kind == CFA_ALERT_URGENT)
    adw_expander_row_add_row (row, new_minutes_row (self));
  adw_expander_row_add_row (row, new_volume_row (self));
  adw_expander_row_add_row (row, new_file_row (self));
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _(words[kind].title));
  return GTK_WIDGET (self);
}

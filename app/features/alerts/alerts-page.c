/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "alerts-page.h"

#include "alert-event-row.h"
#include "alert-settings.h"
#include "quiet-day-row.h"

#include "app/accessible-name.h"
#include "app/desktop/autostart.h"
#include "app/desktop/sounds.h"
#include "protocol/methods/results.h"
#include "protocol/methods/signal.h"
#include "protocol/records/site.h"

#include <glib/gi18n.h>
#include <stddef.h>

struct _CfaAlertsPage
{
  AdwPreferencesPage parent_instance;

  CfaAlertSettings *settings;
  CfaSounds *sounds;
  GPtrArray *groups; /* of AdwPreferencesGroup, not owned */
  CfaSession *session;
  CfaDirectory *directory;
  AdwActionRow *sounds_row;
  AdwActionRow *test_row;
  AdwActionRow *autostart_row; /* (nullable): gone with the window, while the desktop still asks the person */
  gboolean waits; /* for what was kept to be read */
};

/* What was asked of the desktop, which may ask the person for as long as they like: the page may be gone by then, what is kept is not. */
typedef struct
{
  CfaAlertsPage *page;
  CfaAlertSettings *settings;
  gboolean wanted;
} AutostartWish;

G_DEFINE_FINAL_TYPE (CfaAlertsPage, cfa_alerts_page, ADW_TYPE_PREFERENCES_PAGE)

/* Most things to see first. */
static const CfaAlertKind order[] = {
  CFA_ALERT_NEW_CONVERSATION, CFA_ALERT_MESSAGE, CFA_ALERT_ASSIGNED, CFA_ALERT_MENTION, CFA_ALERT_RETURNED, CFA_ALERT_URGENT,
};

static void
on_switch (CfaAlertsPage *self, GParamSpec *pspec, GtkSwitch *toggle)
{
  gsize offset = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (toggle), "offset"));

  G_STRUCT_MEMBER (gboolean, cfa_alert_settings_get (self->settings), offset) = gtk_switch_get_active (toggle);
  cfa_alert_settings_changed (self->settings);
}

/* A row with a switch for the boolean that lies at @offset in CfaAlertPreferences. */
static AdwActionRow *
new_switch_row (CfaAlertsPage *self, const char *title, const char *subtitle, gsize offset)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, subtitle);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_switch_set_active (GTK_SWITCH (toggle), G_STRUCT_MEMBER (gboolean, cfa_alert_settings_get (self->settings), offset));
  g_object_set_data (G_OBJECT (toggle), "offset", GSIZE_TO_POINTER (offset));
  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (on_switch), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (row, toggle);
  adw_action_row_set_activatable_widget (row, toggle); /* names it too */
  return row;
}

static AdwPreferencesGroup *
add_group (CfaAlertsPage *self, const char *title, const char *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  adw_preferences_group_set_description (group, description);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), group);
  g_ptr_array_add (self->groups, group);
  return group;
}

static void
on_called (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaAlertsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfNotificationTestResult) answer = cfa_session_call_finish (CFA_SESSION (source), result, &error);
  g_autofree char *words = NULL;

  if (self->session == NULL)
    return;
  if (answer == NULL)
    words = g_strdup_printf (_("That did not work: %s"), error->message);
  else
    words = g_strdup_printf (ngettext ("The server has called %d device of yours", "The server has called %d devices of yours", answer->devices), (int) answer->devices);
  adw_action_row_set_subtitle (self->test_row, words);
}

static void
on_call (CfaAlertsPage *self)
{
  g_autoptr (CfNoParams) params = cf_struct_new (&cf_no_params_shape);

  cfa_session_call_async (self->session, "notification.test", params, &cf_notification_test_result_shape, NULL, on_called, g_object_ref (self));
}

static GtkWidget *
new_test_row (CfaAlertsPage *self)
{
  GtkWidget *button = gtk_button_new_with_label (_("Call me"));

  self->test_row = g_object_new (ADW_TYPE_ACTION_ROW, "title", _("Try it"), "subtitle", _("The server sends a notification to all devices on which you are signed in"),
                                 "use-markup", FALSE, NULL);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_call), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (self->test_row, button);
  return GTK_WIDGET (self->test_row);
}

static void
add_events (CfaAlertsPage *self)
{
  AdwPreferencesGroup *group = add_group (self, _("Events"), _("What calls you, by a notification and by a sound. Nothing does while you look at it."));

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    adw_preferences_group_add (group, cfa_alert_event_row_new (self->settings, self->sounds, order[i]));
  self->sounds_row = new_switch_row (self, _("Sounds"), NULL, offsetof (CfaAlertPreferences, sounds));
  adw_preferences_group_add (group, GTK_WIDGET (self->sounds_row));
  adw_preferences_group_add (group, GTK_WIDGET (new_switch_row (self, _("Show what was written"), _("In notifications, where others may read it"),
                                                                offsetof (CfaAlertPreferences, previews))));
  adw_preferences_group_add (group, new_test_row (self));
}

static void
on_quiet (CfaAlertsPage *self, GParamSpec *pspec, AdwExpanderRow *row)
{
  cfa_alert_settings_get (self->settings)->quiet = adw_expander_row_get_enable_expansion (row);
  cfa_alert_settings_changed (self->settings);
}

static void
add_quiet_hours (CfaAlertsPage *self)
{
  AdwPreferencesGroup *group = add_group (self, _("Do not disturb"), _("The bell above your inboxes mutes for an hour or until tomorrow."));
  GtkWidget *quiet = adw_expander_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (quiet), _("Quiet hours"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (quiet), _("From when to when each day, past midnight too: 19:00-08:00"));
  adw_expander_row_set_show_enable_switch (ADW_EXPANDER_ROW (quiet), TRUE);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (quiet), cfa_alert_settings_get (self->settings)->quiet);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (quiet), FALSE);
  g_signal_connect_object (quiet, "notify::enable-expansion", G_CALLBACK (on_quiet), self, G_CONNECT_SWAPPED);
  for (guint day = 0; day < CFA_WEEK_DAYS; day++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (quiet), cfa_quiet_day_row_new (self->settings, day));
  cfa_accessible_name_inside (quiet, GTK_TYPE_LIST_BOX, _("Quiet hours"));
  cfa_accessible_name_inside (quiet, GTK_TYPE_SWITCH, _("Quiet hours"));
  adw_preferences_group_add (group, quiet);
  adw_preferences_group_add (group, GTK_WIDGET (new_switch_row (self, _("Urgent breaks through"),
                                                                _("Somebody who waits for too long calls you all the same"),
                                                                offsetof (CfaAlertPreferences, urgent_breaks))));
}

static void
on_site (CfaAlertsPage *self, GParamSpec *pspec, AdwComboRow *row)
{
  cfa_alert_preferences_set_site (cfa_alert_settings_get (self->settings), g_object_get_data (G_OBJECT (row), "site"),
                                  (CfaSiteAlerts) adw_combo_row_get_selected (row));
  cfa_alert_settings_changed (self->settings);
}

static void
add_sites (CfaAlertsPage *self)
{
  const char *const choices[] = { _("Everything"), _("No sounds"), _("Nothing"), NULL };
  g_autoptr (GPtrArray) sites = cfa_directory_list (self->directory, &cf_site_shape);
  AdwPreferencesGroup *group = sites->len > 0 ? add_group (self, _("Sites"), _("Where less shall call you.")) : NULL;

  for (guint i = 0; i < sites->len; i++)
    {
      const CfSite *site = sites->pdata[i];
      g_autoptr (GtkStringList) model = gtk_string_list_new (choices);
      GtkWidget *row = adw_combo_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), site->name);
      adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), cfa_alert_preferences_site (cfa_alert_settings_get (self->settings), site->parent.id));
      cfa_accessible_name_inside (row, GTK_TYPE_LIST_VIEW, site->name);
      g_object_set_data_full (G_OBJECT (row), "site", g_strdup (site->parent.id), g_free);
      g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_site), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (group, row);
    }
}

static void
on_idle_minutes (CfaAlertsPage *self, GParamSpec *pspec, GtkSpinButton *spin)
{
  cfa_alert_settings_get (self->settings)->idle_minutes = (guint) gtk_spin_button_get_value_as_int (spin);
  cfa_alert_settings_changed (self->settings);
}

static void
autostart_wish_free (AutostartWish *wish)
{
  g_object_unref (wish->page);
  g_object_unref (wish->settings);
  g_free (wish);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AutostartWish, autostart_wish_free)

static void on_autostart (CfaAlertsPage *self, GParamSpec *pspec, GtkSwitch *toggle);

static void
on_autostart_set (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AutostartWish) wish = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  gboolean done = cfa_autostart_set_finish (result, &error);
  CfaAlertsPage *self = wish->page;
  GtkSwitch *toggle;

  cfa_alert_settings_tell_autostart (wish->settings, wish->wanted, done);
  if (self->autostart_row == NULL)
    return;
  toggle = GTK_SWITCH (adw_action_row_get_activatable_widget (self->autostart_row));
  g_signal_handlers_block_by_func (toggle, on_autostart, self);
  gtk_switch_set_active (toggle, cfa_alert_settings_get (wish->settings)->autostart);
  g_signal_handlers_unblock_by_func (toggle, on_autostart, self);
  if (!done)
    words = g_strdup_printf (_("This computer refused: %s"), error->message);
  adw_action_row_set_subtitle (self->autostart_row, words != NULL ? words : _("In the background, without a window"));
}

static void
on_autostart (CfaAlertsPage *self, GParamSpec *pspec, GtkSwitch *toggle)
{
  AutostartWish *wish = g_new (AutostartWish, 1);

  *wish = (AutostartWish) { g_object_ref (self), g_object_ref (self->settings), gtk_switch_get_active (toggle) };
  cfa_autostart_set_async (wish->wanted, on_autostart_set, wish);
}

static void
add_presence (CfaAlertsPage *self)
{
  AdwPreferencesGroup *group = add_group (self, _("When you are not there"), NULL);
  AdwActionRow *away = new_switch_row (self, _("Away by itself"), _("After so many minutes without keyboard and mouse, where the desktop tells"),
                                       offsetof (CfaAlertPreferences, idle_away));
  GtkWidget *spin = gtk_spin_button_new_with_range (1, CFA_IDLE_MINUTES_MAX, 1);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), cfa_alert_settings_get (self->settings)->idle_minutes);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Minutes until away"), -1);
  g_signal_connect_object (spin, "notify::value", G_CALLBACK (on_idle_minutes), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (away, spin);
  adw_preferences_group_add (group, GTK_WIDGET (away));
  adw_preferences_group_add (group, GTK_WIDGET (new_switch_row (self, _("Run in the background"), _("Closing the window does not quit; Ctrl+Q does"),
                                                                offsetof (CfaAlertPreferences, background))));
  g_set_weak_pointer (&self->autostart_row, new_switch_row (self, _("Start with the computer"), _("In the background, without a window"),
                                                           offsetof (CfaAlertPreferences, autostart)));
  g_signal_connect_object (adw_action_row_get_activatable_widget (self->autostart_row), "notify::active", G_CALLBACK (on_autostart), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, GTK_WIDGET (self->autostart_row));
}

static void
fill (CfaAlertsPage *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    adw_preferences_page_remove (ADW_PREFERENCES_PAGE (self), self->groups->pdata[i]);
  g_ptr_array_set_size (self->groups, 0);
  add_events (self);
  add_quiet_hours (self);
  add_sites (self);
  add_presence (self);
}

/* Once: what the page itself changes it shows already. */
static void
on_settings (CfaAlertsPage *self)
{
  if (!self->waits || !cfa_alert_settings_get_loaded (self->settings))
    return;
  self->waits = FALSE;
  fill (self);
}

static void
on_no_sounds (CfaAlertsPage *self, const char *why)
{
  adw_action_row_set_subtitle (self->sounds_row, _("Can’t be played on this computer: there is no sound server"));
}

static void
on_unplayable (CfaAlertsPage *self, const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *words = g_strdup_printf (_("“%s” is no sound that can be played. WAV and Ogg Vorbis can."), name);
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  adw_action_row_set_subtitle (self->sounds_row, escaped);
}

static void
cfa_alerts_page_dispose (GObject *object)
{
  CfaAlertsPage *self = CFA_ALERTS_PAGE (object);

  g_clear_weak_pointer (&self->autostart_row);
  g_clear_object (&self->settings);
  g_clear_object (&self->sounds);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_object (&self->session);
  g_clear_object (&self->directory);
  G_OBJECT_CLASS (cfa_alerts_page_parent_class)->dispose (object);
}

static void
cfa_alerts_page_class_init (CfaAlertsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_alerts_page_dispose;
}

static void
cfa_alerts_page_init (CfaAlertsPage *self)
{
  self->groups = g_ptr_array_new ();
  self->settings = g_object_ref (cfa_alert_settings_get_default ());
  self->sounds = cfa_sounds_new ("ChatFlow", "org.chatflow.ChatFlow");
  self->waits = !cfa_alert_settings_get_loaded (self->settings);
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (on_settings), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sounds, "unavailable", G_CALLBACK (on_no_sounds), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sounds, "unplayable", G_CALLBACK (on_unplayable), self, G_CONNECT_SWAPPED);
  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (self), _("Alerts"));
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (self), "preferences-system-notifications-symbolic");
  adw_preferences_page_set_name (ADW_PREFERENCES_PAGE (self), "alerts");
}

/**
 * cfa_alerts_page_new:
 * @session: whose sites it shows
 *
 * Returns: (transfer floating): the preferences page of everything that calls a person.
 */
GtkWidget *
cfa_alerts_page_new (CfaSession *session)
{
  CfaAlertsPage *self = g_object_new (CFA_TYPE_ALERTS_PAGE, NULL);

  self->session = g_object_ref (session);
  self->directory = g_object_ref (cfa_session_get_directory (session));
  fill (self);
  return GTK_WIDGET (self);
}

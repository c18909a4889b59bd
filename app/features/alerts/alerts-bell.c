/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "alerts-bell.h"

#include "alert-rules.h"
#include "alert-settings.h"

#include <glib/gi18n.h>

/* Quiet hours begin and end by themselves. */
#define REFRESH_SECONDS 20

/* A bell that shows whether the person may be called, with a menu that mutes for a while. To be put anywhere; it needs nothing. */
struct _CfaAlertsBell
{
  AdwBin parent_instance;

  CfaAlertSettings *settings;
  GtkMenuButton *button;
  guint refresh_source;
};

G_DEFINE_FINAL_TYPE (CfaAlertsBell, cfa_alerts_bell, ADW_TYPE_BIN)

static char *
until_words (gint64 until, GDateTime *now)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (until / 1000);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, g_date_time_get_timezone (now)) : NULL;

  if (local == NULL) /* all of the week is quiet */
    return g_strdup (_("Alerts are muted"));
  if (g_date_time_get_day_of_year (local) == g_date_time_get_day_of_year (now))
    {
      g_autofree char *time = g_date_time_format (local, "%H:%M");

      return g_strdup_printf (_("Alerts are muted until %s"), time);
    }
  else
    {
      g_autofree char *time = g_date_time_format (local, "%A %H:%M");

      return g_strdup_printf (_("Alerts are muted until %s"), time);
    }
}

static void
refresh (CfaAlertsBell *self)
{
  const CfaAlertPreferences *preferences = cfa_alert_settings_get (self->settings);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gint64 until = cfa_alert_rules_quiet_until (preferences, now);
  g_autofree char *words = until != 0 ? until_words (until, now) : g_strdup (_("Alerts are on"));

  gtk_menu_button_set_icon_name (self->button, until != 0 ? "notifications-disabled-symbolic" : "preferences-system-notifications-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bell.unmute", preferences->muted_until > g_date_time_to_unix (now) * 1000);
}

static gboolean
on_refresh (gpointer data)
{
  refresh (data);
  return G_SOURCE_CONTINUE;
}

static void
on_mute (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CfaAlertsBell *self = CFA_ALERTS_BELL (widget);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  int span = CLAMP (g_variant_get_int32 (parameter), CFA_MUTE_30_MINUTES, CFA_MUTE_UNTIL_TOMORROW);

  cfa_alert_settings_get (self->settings)->muted_until = cfa_alert_rules_mute_until ((CfaMuteSpan) span, now);
  cfa_alert_settings_changed (self->settings);
}

static void
on_unmute (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CfaAlertsBell *self = CFA_ALERTS_BELL (widget);

  cfa_alert_settings_get (self->settings)->muted_until = 0;
  cfa_alert_settings_changed (self->settings);
}

static GMenuModel *
new_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) mute = g_menu_new (), unmute = g_menu_new ();
  static const char *const words[] = { N_("Mute for 30 _minutes"), N_("Mute for _1 hour"), N_("Mute for _2 hours"), N_("Mute until _tomorrow") };
  g_autoptr (GMenuItem) off = g_menu_item_new (_("_Unmute"), "bell.unmute");

  for (int span = 0; span < (int) G_N_ELEMENTS (words); span++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_(words[span]), NULL);

      g_menu_item_set_action_and_target (item, "bell.mute", "i", span);
      g_menu_append_item (mute, item);
    }
  g_menu_item_set_attribute (off, "hidden-when", "s", "action-disabled");
  g_menu_append_item (unmute, off);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (unmute));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (mute));
  return G_MENU_MODEL (menu);
}

static void
cfa_alerts_bell_dispose (GObject *object)
{
  CfaAlertsBell *self = CFA_ALERTS_BELL (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (cfa_alerts_bell_parent_class)->dispose (object);
}

static void
cfa_alerts_bell_class_init (CfaAlertsBellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfa_alerts_bell_dispose;
  gtk_widget_class_install_action (widget_class, "bell.mute", "i", on_mute);
  gtk_widget_class_install_action (widget_class, "bell.unmute", NULL, on_unmute);
}

static void
cfa_alerts_bell_init (CfaAlertsBell *self)
{
  g_autoptr (GMenuModel) menu = new_menu ();

  self->settings = g_object_ref (cfa_alert_settings_get_default ());
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_menu_model (self->button, menu);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  self->refresh_source = g_timeout_add_seconds (REFRESH_SECONDS, on_refresh, self);
  refresh (self);
}

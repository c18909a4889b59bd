/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-offline-group.h"

#include "app/accessible-name.h"
#include "culprit.h"
#include "field.h"
#include "protocol/methods/results.h"
#include "setting-rows.h"
#include "site-rules.h"

#include <glib/gi18n.h>

/* What becomes of a visitor when nobody is there, and what the team sees of them while somebody is. */
struct _CfaSiteOfflineGroup
{
  AdwPreferencesGroup parent_instance;

  CfaSiteDraft *draft;
  gboolean updating;
  CfaField *text;
  GtkWidget *messages, *reply, *peek;
  GtkWidget *reply_row;
};

G_DEFINE_FINAL_TYPE (CfaSiteOfflineGroup, cfa_site_offline_group, ADW_TYPE_PREFERENCES_GROUP)

static void
on_text (CfaSiteOfflineGroup *self, const char *text)
{
  CfSiteOffline *offline = cfa_site_draft_dup_offline (self->draft);

  g_free (offline->text);
  offline->text = *text != '\0' ? g_strdup (text) : NULL;
  cfa_site_draft_set_offline (self->draft, GTK_WIDGET (self), offline, g_strdup (_("Visitors read other words outside the hours now")));
}

static void
on_sketch (CfaSiteOfflineGroup *self, CfSite *site)
{
  cfa_field_sketch (self->text, &site->offline->text);
}

static void
on_messages (CfaSiteOfflineGroup *self)
{
  CfSiteOffline *offline;

  if (self->updating)
    return;
  offline = cfa_site_draft_dup_offline (self->draft);
  offline->messages_off = !gtk_switch_get_active (GTK_SWITCH (self->messages));
  cfa_site_draft_set_offline (self->draft, GTK_WIDGET (self), offline,
                              g_strdup (offline->messages_off ? _("Nobody can leave a message outside the hours now")
                                                              : _("Visitors can leave a message outside the hours now")));
}

static void
on_reply (CfaSiteOfflineGroup *self)
{
  CfSiteConfigureParams *params;

  if (self->updating)
    return;
  params = cf_struct_new (&cf_site_configure_params_shape);
  params->reply_time_off = !gtk_switch_get_active (GTK_SWITCH (self->reply));
  cf_struct_give (params, "reply_time_off");
  cfa_site_draft_change (self->draft, GTK_WIDGET (self), params,
                         g_strdup (params->reply_time_off ? _("Visitors don’t read how soon you reply now") : _("Visitors read how soon you usually reply now")));
}

/* As visitors read it; 0 = nothing is known. */
static char *
reply_time (gint64 minutes)
{
  const gint64 hour = 60, day = 24 * hour;

  if (minutes == 0)
    return g_strdup (_("Not known yet: it takes some conversations of the last four weeks"));
  if (minutes >= day)
    return g_strdup_printf (ngettext ("In the last four weeks: within %d day", "In the last four weeks: within %d days", minutes / day), (int) (minutes / day));
  if (minutes >= hour)
    return g_strdup_printf (ngettext ("In the last four weeks: within %d hour", "In the last four weeks: within %d hours", minutes / hour), (int) (minutes / hour));
  return g_strdup_printf (ngettext ("In the last four weeks: within %d minute", "In the last four weeks: within %d minutes", minutes), (int) minutes);
}

static void
on_settings (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaSiteOfflineGroup) self = data;
  g_autoptr (CfSiteSettings) settings = cfa_session_call_finish (CFA_SESSION (source), result, NULL);
  g_autofree char *words = settings != NULL && settings->now != NULL ? reply_time (settings->now->reply_minutes) : NULL;

  /* offline it stays as it is: the figure is the server's */
  if (words != NULL && self->draft != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->reply_row), words);
}

static void
ask_reply_time (CfaSiteOfflineGroup *self)
{
  g_autoptr (CfIdParams) params = cf_struct_new (&cf_id_params_shape);

  params->id = g_strdup (cfa_site_draft_get (self->draft)->parent.id);
  cfa_session_call_async (cfa_site_draft_get_session (self->draft), "site.settings", params, &cf_site_settings_shape, NULL, on_settings, g_object_ref (self));
}

static void
on_peek (CfaSiteOfflineGroup *self)
{
  CfSiteConfigureParams *params;

  if (self->updating)
    return;
  params = cf_struct_new (&cf_site_configure_params_shape);
  params->peek_off = !gtk_switch_get_active (GTK_SWITCH (self->peek));
  cf_struct_give (params, "peek_off");
  cfa_site_draft_change (self->draft, GTK_WIDGET (self), params,
                         g_strdup (params->peek_off ? _("What visitors type is seen when they send it")
                                                    : _("What visitors type is seen while they type")));
}

static void
update (CfaSiteOfflineGroup *self)
{
  const CfSite *site = cfa_site_draft_get (self->draft);

  self->updating = TRUE;
  cfa_field_set_value (self->text, site->offline != NULL ? site->offline->text : NULL);
  cfa_culprit_ask (cfa_site_draft_get_session (self->draft), site->parent.id, self->text);
  gtk_switch_set_active (GTK_SWITCH (self->messages), site->offline == NULL || !site->offline->messages_off);
  gtk_switch_set_active (GTK_SWITCH (self->reply), !site->reply_time_off);
  gtk_switch_set_active (GTK_SWITCH (self->peek), !site->peek_off);
  gtk_widget_set_sensitive (GTK_WIDGET (self), cfa_site_draft_may (self->draft));
  self->updating = FALSE;
}

static void
cfa_site_offline_group_dispose (GObject *object)
{
  CfaSiteOfflineGroup *self = CFA_SITE_OFFLINE_GROUP (object);

  g_clear_object (&self->text);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (cfa_site_offline_group_parent_class)->dispose (object);
}

static void
cfa_site_offline_group_class_init (CfaSiteOfflineGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_site_offline_group_dispose;
}

static void
cfa_site_offline_group_init (CfaSiteOfflineGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  adw_preferences_group_set_title (group, _("What visitors read and write"));
  self->text = cfa_field_new (g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Read outside the hours (empty: the greeting)"), NULL),
                              cfa_rule_offline, TRUE);
  adw_preferences_group_add (group, cfa_field_get_row (self->text));
  adw_preferences_group_add (group, cfa_field_get_note (self->text));
  adw_preferences_group_add (group, cfa_setting_switch (_("Visitors can leave a message"), _("It waits in the inbox until you are back"), &self->messages));
  self->reply_row = cfa_setting_switch (_("Tell how soon you usually reply"), NULL, &self->reply);
  adw_preferences_group_add (group, self->reply_row);
  adw_preferences_group_add (group, cfa_setting_switch (_("See what visitors type"), _("Before they send it"), &self->peek));
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("What visitors read and write"));
  g_signal_connect_object (self->text, "apply", G_CALLBACK (on_text), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->messages, "notify::active", G_CALLBACK (on_messages), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reply, "notify::active", G_CALLBACK (on_reply), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->peek, "notify::active", G_CALLBACK (on_peek), self, G_CONNECT_SWAPPED);
}

/**
 * cfa_site_offline_group_new:
 * Returns: (transfer floating): the group.
 */
GtkWidget *
cfa_site_offline_group_new (CfaSiteDraft *draft)
{
  CfaSiteOfflineGroup *self = g_object_new (CFA_TYPE_SITE_OFFLINE_GROUP, NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (self->text, "changed", G_CALLBACK (cfa_site_draft_sketched), draft, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "sketch", G_CALLBACK (on_sketch), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  ask_reply_time (self);
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-talk-group.h"

#include "app/accessible-name.h"
#include "setting-rows.h"

#include <glib/gi18n.h>

/* A value that changes step by step is saved when it rests. */
#define REST_MS 700

/* How visitors are called while a conversation goes on, and what they are asked when it is over. */
struct _CfaSiteTalkGroup
{
  AdwPreferencesGroup parent_instance;

  CfaSiteDraft *draft;
  gboolean updating;
  guint rest; /* source */
  GtkWidget *ask, *kind;
  GtkWidget *sound, *which, *volume;
};

G_DEFINE_FINAL_TYPE (CfaSiteTalkGroup, cfa_site_talk_group, ADW_TYPE_PREFERENCES_GROUP)

static CfSiteSurvey *
dup_survey (CfaSiteTalkGroup *self)
{
  const CfSite *site = cfa_site_draft_get (self->draft);

  return site->survey != NULL ? cf_struct_copy (site->survey) : cf_struct_new (&cf_site_survey_shape);
}

static CfSiteAlerts *
dup_alerts (CfaSiteTalkGroup *self)
{
  const CfSite *site = cfa_site_draft_get (self->draft);

  return site->alerts != NULL ? cf_struct_copy (site->alerts) : cf_struct_new (&cf_site_alerts_shape);
}

/* Takes @survey and @done. */
static void
save_survey (CfaSiteTalkGroup *self, CfSiteSurvey *survey, char *done)
{
  CfSiteConfigureParams *params = cf_struct_new (&cf_site_configure_params_shape);

  params->survey = survey;
  cf_struct_give (params, "survey");
  cfa_site_draft_change (self->draft, GTK_WIDGET (self), params, done);
}

/* Takes @alerts and @done. */
static void
save_alerts (CfaSiteTalkGroup *self, CfSiteAlerts *alerts, char *done)
{
  CfSiteConfigureParams *params = cf_struct_new (&cf_site_configure_params_shape);

  params->alerts = alerts;
  cf_struct_give (params, "alerts");
  cfa_site_draft_change (self->draft, GTK_WIDGET (self), params, done);
}

static void
on_ask (CfaSiteTalkGroup *self)
{
  CfSiteSurvey *survey;

  if (self->updating)
    return;
  survey = dup_survey (self);
  survey->off = !gtk_switch_get_active (GTK_SWITCH (self->ask));
  save_survey (self, survey, g_strdup (survey->off ? _("Visitors are not asked for a rating now") : _("Visitors are asked for a rating now")));
}

static void
on_kind (CfaSiteTalkGroup *self)
{
  CfSiteSurvey *survey;

  if (self->updating)
    return;
  survey = dup_survey (self);
  survey->kind = adw_combo_row_get_selected (ADW_COMBO_ROW (self->kind));
  save_survey (self, survey, g_strdup (_("Visitors rate in another way now")));
}

static void
on_sound (CfaSiteTalkGroup *self)
{
  CfSiteAlerts *alerts;

  if (self->updating)
    return;
  alerts = dup_alerts (self);
  alerts->sound_off = !gtk_switch_get_active (GTK_SWITCH (self->sound));
  save_alerts (self, alerts, g_strdup (alerts->sound_off ? _("Visitors hear nothing unless they choose to") : _("Visitors hear a sound unless they choose otherwise")));
}

static void
on_which (CfaSiteTalkGroup *self)
{
  CfSiteAlerts *alerts;

  if (self->updating)
    return;
  alerts = dup_alerts (self);
  alerts->sound = adw_combo_row_get_selected (ADW_COMBO_ROW (self->which));
  save_alerts (self, alerts, g_strdup (_("Visitors hear another sound now")));
}

static gboolean
on_rest (gpointer data)
{
  CfaSiteTalkGroup *self = data;
  CfSiteAlerts *alerts = dup_alerts (self);

  self->rest = 0;
  alerts->volume = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->volume));
  save_alerts (self, alerts, g_strdup (_("The sound has another volume now")));
  return G_SOURCE_REMOVE;
}

static void
on_volume (CfaSiteTalkGroup *self)
{
  if (self->updating)
    return;
  g_clear_handle_id (&self->rest, g_source_remove);
  self->rest = g_timeout_add (REST_MS, on_rest, self);
}

static void
update (CfaSiteTalkGroup *self)
{
  g_autoptr (CfSiteSurvey) survey = dup_survey (self);
  g_autoptr (CfSiteAlerts) alerts = dup_alerts (self);

  self->updating = TRUE;
  gtk_switch_set_active (GTK_SWITCH (self->ask), !survey->off);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->kind), survey->kind);
  gtk_widget_set_sensitive (self->kind, !survey->off);
  gtk_switch_set_active (GTK_SWITCH (self->sound), !alerts->sound_off);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->which), alerts->sound);
  if (self->rest == 0)
    gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->volume), alerts->volume);
  gtk_widget_set_sensitive (GTK_WIDGET (self), cfa_site_draft_may (self->draft));
  self->updating = FALSE;
}

static void
cfa_site_talk_group_dispose (GObject *object)
{
  CfaSiteTalkGroup *self = CFA_SITE_TALK_GROUP (object);

  /* What was changed last is not lost with the window. */
  if (self->rest != 0)
    {
      g_clear_handle_id (&self->rest, g_source_remove);
      on_rest (self);
    }
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (cfa_site_talk_group_parent_class)->dispose (object);
}

static void
cfa_site_talk_group_class_init (CfaSiteTalkGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_site_talk_group_dispose;
}

static void
cfa_site_talk_group_init (CfaSiteTalkGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);
  const char *const kinds[] = { _("1 to 5 stars"), _("Thumbs"), _("0 to 10"), NULL };
  const char *const sounds[] = { _("Chime"), _("Bell"), _("Drop"), NULL };

  adw_preferences_group_set_title (group, _("Ratings and sounds"));
  adw_preferences_group_add (group, cfa_setting_switch (_("Ask for a rating"), _("When a conversation is closed"), &self->ask));
  self->kind = cfa_setting_choice (_("Rated by"), kinds);
  adw_preferences_group_add (group, self->kind);
  adw_preferences_group_add (group, cfa_setting_switch (_("Sound for new messages"), _("Visitors can choose otherwise"), &self->sound));
  self->which = cfa_setting_choice (_("Which sound"), sounds);
  adw_preferences_group_add (group, self->which);
  adw_preferences_group_add (group, cfa_setting_spin (_("Volume of the sound"), _("0: what the widget chooses"), CF_SITE_VOLUME_MAX, 10, &self->volume));
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("Ratings and sounds"));
  g_signal_connect_object (self->ask, "notify::active", G_CALLBACK (on_ask), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (on_kind), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sound, "notify::active", G_CALLBACK (on_sound), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->which, "notify::selected", G_CALLBACK (on_which), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->volume, "value-changed", G_CALLBACK (on_volume), self, G_CONNECT_SWAPPED);
}

/**
 * cfa_site_talk_group_new:
 * Returns: (transfer floating): the group.
 */
GtkWidget *
cfa_site_talk_group_new (CfaSiteDraft *draft)
{
  CfaSiteTalkGroup *self = g_object_new (CFA_TYPE_SITE_TALK_GROUP, NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

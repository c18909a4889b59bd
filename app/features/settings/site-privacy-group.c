/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-privacy-group.h"

#include "app/accessible-name.h"
#include "setting-rows.h"

#include <glib/gi18n.h>

/* A number that is stepped through is saved when the person has come to rest. */
#define REST_MS 800

/* What a site keeps of its visitors, and for how long. */
struct _CfaSitePrivacyGroup
{
  AdwPreferencesGroup parent_instance;

  CfaSiteDraft *draft;
  gboolean updating;
  guint rest;
  GtkWidget *ask, *cards, *addresses, *address_row, *address_days, *visit_days;
};

G_DEFINE_FINAL_TYPE (CfaSitePrivacyGroup, cfa_site_privacy_group, ADW_TYPE_PREFERENCES_GROUP)

static CfSitePrivacy *
dup_privacy (CfaSitePrivacyGroup *self)
{
  const CfSite *site = cfa_site_draft_get (self->draft);

  return site->privacy != NULL ? cf_struct_copy (site->privacy) : cf_struct_new (&cf_site_privacy_shape);
}

/* Takes @privacy and @done. */
static void
save (CfaSitePrivacyGroup *self, CfSitePrivacy *privacy, char *done)
{
  CfSiteConfigureParams *params = cf_struct_new (&cf_site_configure_params_shape);

  params->privacy = privacy;
  cf_struct_give (params, "privacy");
  cfa_site_draft_change (self->draft, GTK_WIDGET (self), params, done);
}

static void
on_ask (CfaSitePrivacyGroup *self)
{
  CfSitePrivacy *privacy;

  if (self->updating)
    return;
  privacy = dup_privacy (self);
  privacy->ask_first = gtk_switch_get_active (GTK_SWITCH (self->ask));
  save (self, privacy, g_strdup (privacy->ask_first ? _("Visitors are asked before they are followed") : _("Visitors are followed without being asked")));
}

static void
on_cards (CfaSitePrivacyGroup *self)
{
  CfSitePrivacy *privacy;

  if (self->updating)
    return;
  privacy = dup_privacy (self);
  privacy->cards_kept = !gtk_switch_get_active (GTK_SWITCH (self->cards));
  save (self, privacy, g_strdup (privacy->cards_kept ? _("Card numbers are stored now") : _("Card numbers are hidden now")));
}

static void
on_addresses (CfaSitePrivacyGroup *self)
{
  CfSitePrivacy *privacy;

  if (self->updating)
    return;
  privacy = dup_privacy (self);
  privacy->addresses = adw_combo_row_get_selected (ADW_COMBO_ROW (self->addresses));
  save (self, privacy, g_strdup (_("Other IP addresses are kept now")));
}

static gboolean
on_rest (gpointer data)
{
  CfaSitePrivacyGroup *self = data;
  CfSitePrivacy *privacy = dup_privacy (self);
  gint64 addresses = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->address_days));
  gint64 visits = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->visit_days));

  self->rest = 0;
  if (addresses == privacy->address_days && visits == privacy->visit_days)
    cf_struct_unref (privacy);
  else
    {
      privacy->address_days = addresses;
      privacy->visit_days = visits;
      save (self, privacy, g_strdup (_("Kept for another time now")));
    }
  return G_SOURCE_REMOVE;
}

static void
on_days (CfaSitePrivacyGroup *self)
{
  if (self->updating)
    return;
  g_clear_handle_id (&self->rest, g_source_remove);
  self->rest = g_timeout_add (REST_MS, on_rest, self);
}

static void
update (CfaSitePrivacyGroup *self)
{
  g_autoptr (CfSitePrivacy) privacy = dup_privacy (self);

  self->updating = TRUE;
  gtk_switch_set_active (GTK_SWITCH (self->ask), privacy->ask_first);
  gtk_switch_set_active (GTK_SWITCH (self->cards), !privacy->cards_kept);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->addresses), privacy->addresses);
  gtk_widget_set_visible (self->address_row, privacy->addresses != CF_ADDRESSES_NONE);
  if (self->rest == 0)
    {
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->address_days), privacy->address_days);
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->visit_days), privacy->visit_days);
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self), cfa_site_draft_may (self->draft));
  self->updating = FALSE;
}

static void
cfa_site_privacy_group_dispose (GObject *object)
{
  CfaSitePrivacyGroup *self = CFA_SITE_PRIVACY_GROUP (object);

  /* What was changed last is not lost with the window. */
  if (self->rest != 0)
    {
      g_clear_handle_id (&self->rest, g_source_remove);
      on_rest (self);
    }
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (cfa_site_privacy_group_parent_class)->dispose (object);
}

static void
cfa_site_privacy_group_class_init (CfaSitePrivacyGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_site_privacy_group_dispose;
}

static void
cfa_site_privacy_group_init (CfaSitePrivacyGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);
  const char *const words[] = { _("Whole"), _("Shortened"), _("Not at all"), NULL };

  adw_preferences_group_set_title (group, _("Privacy"));
  adw_preferences_group_add (group, cfa_setting_switch (_("Ask before following visitors"), _("Your page says when they have agreed"), &self->ask));
  adw_preferences_group_add (group, cfa_setting_switch (_("Hide card numbers"), _("Only the last four digits are stored"), &self->cards));
  self->addresses = cfa_setting_choice (_("IP addresses are kept"), words);
  adw_preferences_group_add (group, self->addresses);
  self->address_row = cfa_setting_spin (_("Days for which addresses are kept"), _("0: as long as the visitor"), CF_KEPT_DAYS_MAX, 1, &self->address_days);
  adw_preferences_group_add (group, self->address_row);
  adw_preferences_group_add (group, cfa_setting_spin (_("Days for which visits are kept"), _("0: as long as the server does"), CF_KEPT_DAYS_MAX, 1, &self->visit_days));
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("Privacy"));
  g_signal_connect_object (self->ask, "notify::active", G_CALLBACK (on_ask), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cards, "notify::active", G_CALLBACK (on_cards), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->addresses, "notify::selected", G_CALLBACK (on_addresses), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->address_days, "value-changed", G_CALLBACK (on_days), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->visit_days, "value-changed", G_CALLBACK (on_days), self, G_CONNECT_SWAPPED);
}

/**
 * cfa_site_privacy_group_new:
 * Returns: (transfer floating): the group.
 */
GtkWidget *
cfa_site_privacy_group_new (CfaSiteDraft *draft)
{
  CfaSitePrivacyGroup *self = g_object_new (CFA_TYPE_SITE_PRIVACY_GROUP, NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

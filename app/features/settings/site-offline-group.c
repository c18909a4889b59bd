/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-offline-group.h"

#include "app/accessible-name.h"
#include "culprit.h"
#include "field.h"
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
  GtkWidget *messages, *peek;
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
  adw_preferences_group_add (group, cfa_setting_switch (_("See what visitors type"), _("Before they send it"), &self->peek));
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("What visitors read and write"));
  g_signal_connect_object (self->text, "apply", G_CALLBACK (on_text), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->messages, "notify::active", G_CALLBACK (on_messages), self, G_CONNECT_SWAPPED);
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
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-identity-group.h"

#include "app/accessible-name.h"
#include "change.h"
#include "form-dialog.h"
#include "protocol/id.h"
#include "protocol/methods/site-secret-params.h"
#include "setting-rows.h"

#include <glib/gi18n.h>

/* What the site's server signs with who its visitors are, and whether others may write too. */
struct _CfaSiteIdentityGroup
{
  AdwPreferencesGroup parent_instance;

  CfaSiteDraft *draft;
  gboolean updating;
  GtkWidget *only, *add;
  GPtrArray *rows; /* of the secrets; borrowed */
};

G_DEFINE_FINAL_TYPE (CfaSiteIdentityGroup, cfa_site_identity_group, ADW_TYPE_PREFERENCES_GROUP)

static void
on_only (CfaSiteIdentityGroup *self)
{
  CfSiteConfigureParams *params;

  if (self->updating)
    return;
  params = cf_struct_new (&cf_site_configure_params_shape);
  params->verified_only = gtk_switch_get_active (GTK_SWITCH (self->only));
  cf_struct_give (params, "verified_only");
  cfa_site_draft_change (self->draft, GTK_WIDGET (self), params,
                         g_strdup (params->verified_only ? _("Only visitors whose identity is proven can write now") : _("All visitors can write now")));
}

static void
on_revoke (GtkWidget *button, CfaSiteIdentityGroup *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);

  cfa_change_remove (row, cfa_site_draft_get_session (self->draft), "site.revoke_secret", g_object_get_data (G_OBJECT (button), "id"),
                     _("Revoked the secret"));
}

static char *
date_of (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at / 1000);

  return time != NULL ? g_date_time_format (time, "%x") : g_strdup ("");
}

static GtkWidget *
new_secret_row (CfaSiteIdentityGroup *self, const CfSiteSecretInfo *secret)
{
  g_autofree char *made = date_of (secret->created_at), *used = date_of (secret->used_at);
  /* Translators: a secret; a date, and the name of who made it */
  g_autofree char *words = g_strdup_printf (_("Made on %1$s by %2$s"), made, secret->created_by != NULL ? secret->created_by : "");
  g_autofree char *title = g_markup_escape_text (words, -1);
  g_autofree char *subtitle = secret->used_at > 0 ? g_strdup_printf (_("Last used on %s"), used) : g_strdup (_("Not used yet"));
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "subtitle", subtitle, NULL);
  GtkWidget *button = gtk_button_new_with_label (_("Revoke"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (secret->id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_revoke), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
show_secrets (CfaSiteIdentityGroup *self, const GPtrArray *secrets)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; secrets != NULL && i < secrets->len; i++)
    {
      GtkWidget *row = new_secret_row (self, secrets->pdata[i]);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      g_ptr_array_add (self->rows, row);
    }
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaSiteIdentityGroup) self = data;
  g_autoptr (CfSiteSecretsResult) answer = cfa_session_call_finish (CFA_SESSION (source), result, NULL);

  /* offline nothing is known of them, as of other things that only admins may see */
  if (answer != NULL && self->draft != NULL)
    show_secrets (self, answer->secrets);
}

static void
list_secrets (CfaSiteIdentityGroup *self)
{
  g_autoptr (CfIdParams) params = cf_struct_new (&cf_id_params_shape);

  if (!cfa_site_draft_may (self->draft))
    return;
  params->id = g_strdup (cfa_site_draft_get (self->draft)->parent.id);
  cfa_session_call_async (cfa_site_draft_get_session (self->draft), "site.secrets", params, &cf_site_secrets_result_shape, NULL, on_listed, g_object_ref (self));
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaFormDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfSiteSecretResult) answer = cfa_session_call_finish (CFA_SESSION (source), result, &error);

  if (answer == NULL)
    {
      cfa_form_dialog_end (dialog, error);
      return;
    }
  cfa_form_dialog_show_secret (dialog, _("New secret"), answer->secret, _("Give it to your server and to nobody else. It is shown only now."));
  list_secrets (g_object_get_data (G_OBJECT (dialog), "group"));
}

static void
on_submitted (CfaFormDialog *dialog, CfaSiteIdentityGroup *self)
{
  cfa_session_call_async (cfa_site_draft_get_session (self->draft), "site.add_secret", g_object_get_data (G_OBJECT (dialog), "params"),
                          &cf_site_secret_result_shape, NULL, on_made, g_object_ref (dialog));
}

static void
on_add (CfaSiteIdentityGroup *self)
{
  CfaFormDialog *dialog = cfa_form_dialog_new (GTK_WIDGET (self), _("New secret"), _("Make a secret"),
                                               _("Your server signs with it who your visitors are. There may be two, so that you can change over."));
  CfSiteSecretAddParams *params = cf_struct_new (&cf_site_secret_add_params_shape);

  /* its own id, so that the call can be made again when the answer was lost */
  params->id = cf_id_new ();
  params->site_id = g_strdup (cfa_site_draft_get (self->draft)->parent.id);
  g_object_set_data_full (G_OBJECT (dialog), "params", params, cf_struct_unref);
  g_object_set_data_full (G_OBJECT (dialog), "group", g_object_ref (self), g_object_unref);
  g_signal_connect_object (dialog, "submitted", G_CALLBACK (on_submitted), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
update (CfaSiteIdentityGroup *self)
{
  self->updating = TRUE;
  gtk_switch_set_active (GTK_SWITCH (self->only), cfa_site_draft_get (self->draft)->verified_only);
  gtk_widget_set_sensitive (GTK_WIDGET (self), cfa_site_draft_may (self->draft));
  self->updating = FALSE;
}

static void
cfa_site_identity_group_dispose (GObject *object)
{
  CfaSiteIdentityGroup *self = CFA_SITE_IDENTITY_GROUP (object);

  g_clear_object (&self->draft);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (cfa_site_identity_group_parent_class)->dispose (object);
}

static void
cfa_site_identity_group_class_init (CfaSiteIdentityGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_site_identity_group_dispose;
}

static void
cfa_site_identity_group_init (CfaSiteIdentityGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  self->rows = g_ptr_array_new ();
  self->add = gtk_button_new_with_label (_("New secret…"));
  gtk_widget_add_css_class (self->add, "flat");
  gtk_widget_set_valign (self->add, GTK_ALIGN_CENTER);
  adw_preferences_group_set_title (group, _("Proven identity"));
  adw_preferences_group_set_description (group, _("Your server signs who is signed in on your site, and the team sees who is verified."));
  adw_preferences_group_set_header_suffix (group, self->add);
  adw_preferences_group_add (group, cfa_setting_switch (_("Only visitors whose identity is proven"), _("Others are asked to sign in on your site before they write"), &self->only));
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("Proven identity"));
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (on_add), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->only, "notify::active", G_CALLBACK (on_only), self, G_CONNECT_SWAPPED);
}

/**
 * cfa_site_identity_group_new:
 * Returns: (transfer floating): the group.
 */
GtkWidget *
cfa_site_identity_group_new (CfaSiteDraft *draft)
{
  CfaSiteIdentityGroup *self = g_object_new (CFA_TYPE_SITE_IDENTITY_GROUP, NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  list_secrets (self);
  return GTK_WIDGET (self);
}

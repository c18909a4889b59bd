/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-keys-group.h"

#include "app/accessible-name.h"
#include "change.h"
#include "protocol/methods/api-key-params.h"
#include "site-key-dialog.h"

#include <glib/gi18n.h>

/* By what the site's servers call. */
struct _CfaSiteKeysGroup
{
  AdwPreferencesGroup parent_instance;

  CfaSiteDraft *draft;
  GtkWidget *add;
  GPtrArray *rows; /* of the keys; borrowed */
};

G_DEFINE_FINAL_TYPE (CfaSiteKeysGroup, cfa_site_keys_group, ADW_TYPE_PREFERENCES_GROUP)

static void show_keys (CfaSiteKeysGroup *self, const GPtrArray *keys);

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaSiteKeysGroup) self = data;
  g_autoptr (CfApiKeysResult) answer = cfa_session_call_finish (CFA_SESSION (source), result, NULL);

  /* offline nothing is known of them, as of other things that only admins may see */
  if (answer != NULL && self->draft != NULL)
    show_keys (self, answer->keys);
}

static void
list_keys (CfaSiteKeysGroup *self)
{
  g_autoptr (CfIdParams) params = cf_struct_new (&cf_id_params_shape);

  if (!cfa_site_draft_may (self->draft))
    return;
  params->id = g_strdup (cfa_site_draft_get (self->draft)->parent.id);
  cfa_session_call_async (cfa_site_draft_get_session (self->draft), "site.keys", params, &cf_api_keys_result_shape, NULL, on_listed, g_object_ref (self));
}

static void
on_revoked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaSiteKeysGroup) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfApiKeysResult) answer = cfa_session_call_finish (CFA_SESSION (source), result, &error);
  g_autofree char *problem = answer == NULL ? cfa_change_problem (error) : NULL;

  if (self->draft == NULL)
    return;
  if (answer != NULL)
    show_keys (self, answer->keys);
  cfa_change_tell (GTK_WIDGET (self), problem != NULL ? problem : _("The key opens nothing any more"));
}

static void
on_confirmed (AdwMessageDialog *dialog, const char *response, CfaSiteKeysGroup *self)
{
  g_autoptr (CfIdParams) params = NULL;

  if (!g_str_equal (response, "revoke"))
    return;
  params = cf_struct_new (&cf_id_params_shape);
  params->id = g_strdup (g_object_get_data (G_OBJECT (dialog), "id"));
  cfa_session_call_async (cfa_site_draft_get_session (self->draft), "site.revoke_key", params, &cf_api_keys_result_shape, NULL, on_revoked,
                          g_object_ref (self));
}

/* At once and for good: a key that has got into wrong hands must not be good until an offer to undo has passed. */
static void
on_revoke (GtkWidget *button, CfaSiteKeysGroup *self)
{
  const char *name = g_object_get_data (G_OBJECT (button), "name");
  /* Translators: the name of an API key */
  g_autofree char *heading = g_strdup_printf (_("Revoke “%s”?"), name);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading,
                                                                         _("Servers that call with it are refused from now on. It can't be taken back.")));

  adw_message_dialog_add_responses (dialog, "cancel", _("Cancel"), "revoke", _("Revoke"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "revoke", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "id", g_strdup (g_object_get_data (G_OBJECT (button), "id")), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_confirmed), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static char *
date_of (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at / 1000);

  return time != NULL ? g_date_time_format (time, "%x") : g_strdup ("");
}

static char *
scopes_of (const CfApiKeyInfo *key)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  guint bits = 0;

  cf_api_scopes_read ((const char *const *) key->scopes, &bits, NULL); /* those that this version knows */
  for (guint i = 0; i < CF_N_API_SCOPES; i++)
    if ((bits & CF_API_SCOPE_BIT (i)) != 0)
      g_strv_builder_add (names, cfa_site_key_scope (i));
  all = g_strv_builder_end (names);
  return g_strjoinv (" · ", all);
}

/* What it may, when it was used and until when it is good. */
static char *
facts_of (const CfApiKeyInfo *key)
{
  g_autofree char *scopes = scopes_of (key), *used = date_of (key->used_at), *expires = date_of (key->expires_at);
  g_autofree char *use = key->used_at > 0 ? g_strdup_printf (_("Last used on %s"), used) : g_strdup (_("Not used yet"));
  g_autofree char *end = key->expires_at > 0 ? g_strdup_printf (_("Expires on %s"), expires) : NULL;

  return end != NULL ? g_strdup_printf ("%s\n%s · %s", scopes, use, end) : g_strdup_printf ("%s\n%s", scopes, use);
}

static GtkWidget *
new_row (CfaSiteKeysGroup *self, const CfApiKeyInfo *key)
{
  g_autofree char *words = g_strdup_printf ("%s (%s…)", key->name, key->prefix), *facts = facts_of (key);
  g_autofree char *title = g_markup_escape_text (words, -1), *subtitle = g_markup_escape_text (facts, -1);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "subtitle", subtitle, "subtitle-lines", 4, NULL);
  GtkWidget *button = gtk_button_new_with_label (_("Revoke"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (key->id), g_free);
  g_object_set_data_full (G_OBJECT (button), "name", g_strdup (key->name), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_revoke), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
show_keys (CfaSiteKeysGroup *self, const GPtrArray *keys)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      GtkWidget *row = new_row (self, keys->pdata[i]);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      g_ptr_array_add (self->rows, row);
    }
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("API keys"));
}

static void
on_add (CfaSiteKeysGroup *self)
{
  cfa_site_key_dialog_open (GTK_WIDGET (self), self->draft);
}

static void
reload (GtkWidget *widget, const char *action, GVariant *parameter)
{
  list_keys (CFA_SITE_KEYS_GROUP (widget));
}

static void
update (CfaSiteKeysGroup *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self), cfa_site_draft_may (self->draft));
}

static void
cfa_site_keys_group_dispose (GObject *object)
{
  CfaSiteKeysGroup *self = CFA_SITE_KEYS_GROUP (object);

  g_clear_object (&self->draft);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (cfa_site_keys_group_parent_class)->dispose (object);
}

static void
cfa_site_keys_group_class_init (CfaSiteKeysGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_site_keys_group_dispose;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "keys.reload", NULL, reload);
}

static void
cfa_site_keys_group_init (CfaSiteKeysGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  self->rows = g_ptr_array_new ();
  self->add = gtk_button_new_with_label (_("New API key…"));
  gtk_widget_add_css_class (self->add, "flat");
  gtk_widget_set_valign (self->add, GTK_ALIGN_CENTER);
  adw_preferences_group_set_title (group, _("API keys"));
  adw_preferences_group_set_description (group, _("Your servers call with them: each may do what you have chosen, with this site alone."));
  adw_preferences_group_set_header_suffix (group, self->add);
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (on_add), self, G_CONNECT_SWAPPED);
}

/**
 * cfa_site_keys_group_new:
 * Returns: (transfer floating): the group.
 */
GtkWidget *
cfa_site_keys_group_new (CfaSiteDraft *draft)
{
  CfaSiteKeysGroup *self = g_object_new (CFA_TYPE_SITE_KEYS_GROUP, NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  list_keys (self);
  return GTK_WIDGET (self);
}

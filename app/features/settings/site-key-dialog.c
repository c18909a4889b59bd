/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-key-dialog.h"

#include "form-dialog.h"
#include "protocol/id.h"
#include "protocol/methods/api-key-params.h"
#include "protocol/record.h"
#include "setting-rows.h"

#include <glib/gi18n.h>

#define DAY_MS (G_GINT64_CONSTANT (86400) * 1000)

/* What is asked of a new key, for as long as its dialog is there. */
typedef struct
{
  CfaSiteDraft *draft;
  GtkWidget *from;       /* has an action "keys.reload" */
  CfaField *name;
  GtkWidget *scopes[CF_N_API_SCOPES];
  GtkWidget *expiry;
  char *id; /* its own, so that the call can be made again when the answer was lost */
} Asked;

/* For how long, as the person chooses it. */
static const int days[] = { 0, 30, 90, 365 };

static void
asked_free (Asked *asked)
{
  g_object_unref (asked->draft);
  g_object_unref (asked->from);
  g_free (asked->id);
  g_free (asked);
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaFormDialog) dialog = data;
  Asked *asked = g_object_get_data (G_OBJECT (dialog), "asked");
  g_autoptr (GError) error = NULL;
  g_autoptr (CfApiKeyResult) answer = cfa_session_call_finish (CFA_SESSION (source), result, &error);

  if (answer == NULL)
    {
      cfa_form_dialog_end (dialog, error);
      return;
    }
  cfa_form_dialog_show_secret (dialog, _("New API key"), answer->key, _("Give it to your server and to nobody else. It is shown only now."));
  gtk_widget_activate_action (asked->from, "keys.reload", NULL);
}

static CfApiKeyAddParams *
params_of (Asked *asked)
{
  CfApiKeyAddParams *params = cf_struct_new (&cf_api_key_add_params_shape);
  int chosen = days[adw_combo_row_get_selected (ADW_COMBO_ROW (asked->expiry))];
  guint bits = 0;

  for (guint i = 0; i < CF_N_API_SCOPES; i++)
    if (gtk_switch_get_active (GTK_SWITCH (asked->scopes[i])))
      bits |= CF_API_SCOPE_BIT (i);
  params->id = g_strdup (asked->id);
  params->site_id = g_strdup (cfa_site_draft_get (asked->draft)->parent.id);
  params->name = cfa_field_dup_text (asked->name);
  params->scopes = cf_api_scopes_dup_words (bits);
  params->expires_at = chosen > 0 ? cf_now () + chosen * DAY_MS : 0;
  return params;
}

static void
on_submitted (CfaFormDialog *dialog, Asked *asked)
{
  g_autoptr (CfApiKeyAddParams) params = params_of (asked);
  g_autoptr (GError) error = NULL;

  if (params->scopes[0] != NULL)
    {
      cfa_session_call_async (cfa_site_draft_get_session (asked->draft), "site.add_key", params, &cf_api_key_result_shape, NULL, on_made, g_object_ref (dialog));
      return;
    }
  error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("Choose what the key may be used for."));
  cfa_form_dialog_end (dialog, error);
}

/**
 * cfa_site_key_scope:
 * @scope: a CfApiScope
 *
 * Returns: what an API key with it may do, in the person's language.
 */
const char *
cfa_site_key_scope (guint scope)
{
  switch (scope)
    {
    case CF_API_SCOPE_VISITORS_READ:
      return _("Read visitors");
    case CF_API_SCOPE_VISITORS_WRITE:
      return _("Change visitors");
    case CF_API_SCOPE_CONVERSATIONS_READ:
      return _("Read conversations");
    case CF_API_SCOPE_CONVERSATIONS_WRITE:
      return _("Write in conversations");
    case CF_API_SCOPE_SETTINGS_READ:
      return _("Read settings");
    case CF_API_SCOPE_SETTINGS_WRITE:
      return _("Change settings");
    case CF_API_SCOPE_PRIVACY:
      return _("Export and erase persons");
    case CF_API_SCOPE_NUMBERS_READ:
      return _("Read numbers");
    default:
      return "";
    }
}

/**
 * cfa_site_key_dialog_open:
 * @from: whose action "keys.reload" is called when there is another key
 *
 * Asks for a name and what it may be used for, makes a key and shows it this once.
 */
void
cfa_site_key_dialog_open (GtkWidget *from, CfaSiteDraft *draft)
{
  CfaFormDialog *dialog = cfa_form_dialog_new (from, _("New API key"), _("Make a key"), _("A server of yours calls with it. It opens this site and no other."));
  const char *const words[] = { _("Never"), _("After 30 days"), _("After 90 days"), _("After a year"), NULL };
  Asked *asked = g_new0 (Asked, 1);

  asked->draft = g_object_ref (draft);
  asked->from = g_object_ref (from);
  asked->id = cf_id_new ();
  asked->name = cfa_form_dialog_add_field (dialog, _("Name, so that you recognise it"), cfa_rule_key_name, FALSE);
  for (guint i = 0; i < CF_N_API_SCOPES; i++)
    cfa_form_dialog_add (dialog, cfa_setting_switch (cfa_site_key_scope (i), NULL, &asked->scopes[i]));
  asked->expiry = cfa_setting_choice (_("Expires"), words);
  cfa_form_dialog_add (dialog, asked->expiry);
  g_object_set_data_full (G_OBJECT (dialog), "asked", asked, (GDestroyNotify) asked_free);
  g_signal_connect (dialog, "submitted", G_CALLBACK (on_submitted), asked);
  gtk_window_present (GTK_WINDOW (dialog));
}

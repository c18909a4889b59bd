/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account-page.h"

#include "appearance.h"
#include "app/accessible-name.h"
#include "app/language.h"
#include "change.h"
#include "culprit.h"
#include "field.h"
#include "form-dialog.h"
#include "labels.h"
#include "photo-row.h"
#include "rating-group.h"
#include "record-group.h"
#include "strength-row.h"
#include "undo-send.h"
#include "undo-time.h"

#include "protocol/methods/agent-params.h"
#include "protocol/methods/results.h"
#include "protocol/records/login-session.h"

#include <glib/gi18n.h>

struct _CfaAccountPage
{
  AdwPreferencesPage parent_instance;

  CfaSession *session;
  CfaField *name;
  gboolean updating;

  AdwPreferencesGroup *person;
  AdwActionRow *email_row;
  AdwActionRow *role_row;
  CfaRatingGroup *ratings;
  GtkWidget *password_button;
  CfaRecordGroup *devices;
  GtkWidget *others_button;
  AdwComboRow *appearance_row;
  AdwComboRow *undo_row;
  AdwComboRow *undo_time_row;
  AdwComboRow *language_row;
};

G_DEFINE_FINAL_TYPE (CfaAccountPage, cfa_account_page, ADW_TYPE_PREFERENCES_PAGE)

static void
on_name (CfaAccountPage *self, const char *text)
{
  CfAccountUpdateParams *params = cf_struct_new (&cf_account_update_params_shape), *undo = cf_struct_new (&cf_account_update_params_shape);
  CfaChange change = {
    .method = "account.update", .params = params, .undo_method = "account.update", .undo_params = undo,
    .done = g_strdup_printf (_("Visitors see you as “%s” now"), text),
  };

  params->name = g_strdup (text);
  undo->name = g_strdup (cfa_session_get_agent_name (self->session));
  cfa_change_run (GTK_WIDGET (self), self->session, &change);
}

static void
on_password_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaFormDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) answer = cfa_session_call_finish (CFA_SESSION (source), result, &error);
  GtkWidget *page = g_object_get_data (G_OBJECT (dialog), "page");

  if (answer != NULL)
    cfa_change_tell (page, _("The password is changed. All your other devices were signed out."));
  cfa_form_dialog_end (dialog, error);
}

static void
on_password_submitted (CfaFormDialog *dialog, CfaAccountPage *self)
{
  g_autoptr (CfAgentPasswordParams) params = cf_struct_new (&cf_agent_password_params_shape);

  params->old_password = cfa_field_dup_text (g_object_get_data (G_OBJECT (dialog), "old"));
  params->password = cfa_field_dup_text (g_object_get_data (G_OBJECT (dialog), "new"));
  cfa_session_call_async (self->session, "agent.password", params, &cf_records_result_shape, NULL, on_password_answered, g_object_ref (dialog));
}

static char *
check_old (const char *text)
{
  return *text != '\0' ? NULL : g_strdup (_("The password that you have now is needed."));
}

static void
on_password (CfaAccountPage *self)
{
  CfaFormDialog *dialog = cfa_form_dialog_new (GTK_WIDGET (self), _("Change password"), _("Change"), NULL);
  CfaField *old = cfa_form_dialog_add_field (dialog, _("Password now"), check_old, TRUE);
  CfaField *new = cfa_form_dialog_add_field (dialog, _("New password"), cfa_rule_password, TRUE);
  GtkWidget *strength = cfa_strength_row_new (new);

  cfa_strength_row_set_email (CFA_STRENGTH_ROW (strength), cfa_session_get_agent_email (self->session));
  cfa_form_dialog_add (dialog, strength);
  g_object_set_data (G_OBJECT (dialog), "old", old);
  g_object_set_data (G_OBJECT (dialog), "new", new);
  g_object_set_data_full (G_OBJECT (dialog), "page", g_object_ref (self), g_object_unref);
  g_signal_connect_object (dialog, "submitted", G_CALLBACK (on_password_submitted), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
is_here (CfaAccountPage *self, const CfRecord *device)
{
  return g_strcmp0 (device->id, cfa_session_get_login_session_id (self->session)) == 0;
}

static void
end_session (CfaAccountPage *self, const char *id, char *done)
{
  CfIdParams *params = cf_struct_new (&cf_id_params_shape);
  CfaChange change = { .method = "session.revoke", .params = params, .done = done };

  params->id = g_strdup (id);
  cfa_change_run (GTK_WIDGET (self), self->session, &change);
}

static void
on_revoke (CfaAccountPage *self, GtkWidget *button)
{
  const char *device = g_object_get_data (G_OBJECT (button), "device");

  end_session (self, g_object_get_data (G_OBJECT (button), "id"), g_strdup_printf (_("Signed out: %s"), device));
}

static void
on_others (CfaAccountPage *self)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  GListModel *devices = G_LIST_MODEL (cfa_session_get_records (self->session, &cf_login_session_shape));

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (devices, i);

      if (!is_here (self, cfa_record_item_get (item)))
        g_ptr_array_add (ids, g_strdup (cfa_record_item_get_id (item)));
    }
  for (guint i = 0; i < ids->len; i++)
    end_session (self, ids->pdata[i], i == 0 ? g_strdup (_("Signed out all other devices")) : NULL);
}

static GtkWidget *
make_device_row (CfaRecordItem *item, gpointer data)
{
  CfaAccountPage *self = data;
  const CfLoginSession *device = cfa_record_item_get (item);
  g_autoptr (GDateTime) begun = g_date_time_new_from_unix_local (device->created_at / 1000);
  g_autofree char *since = begun != NULL ? g_date_time_format (begun, "%x") : g_strdup ("");
  g_autofree char *title = g_markup_escape_text (device->device != NULL && *device->device != '\0' ? device->device : _("Unknown device"), -1);
  g_autofree char *detail = g_strdup_printf (_("Signed in on %s from %s"), since, device->address != NULL ? device->address : "?");
  g_autofree char *words = g_markup_escape_text (detail, -1);
  g_autofree char *name = g_strdup_printf (_("Sign out %s"), device->device != NULL ? device->device : "");
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "subtitle", words, NULL);
  GtkWidget *suffix = is_here (self, &device->parent) ? gtk_label_new (_("This device")) : gtk_button_new_with_label (_("Sign out"));

  gtk_widget_set_valign (suffix, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("computer-symbolic"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), suffix);
  if (GTK_IS_LABEL (suffix))
    {
      gtk_widget_add_css_class (suffix, "dim-label");
      return row;
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (suffix), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_sensitive (suffix, cfa_change_allowed (self->session, CF_ROLE_AGENT));
  g_object_set_data_full (G_OBJECT (suffix), "id", g_strdup (device->parent.id), g_free);
  g_object_set_data_full (G_OBJECT (suffix), "device", g_strdup (device->device != NULL ? device->device : _("Unknown device")), g_free);
  g_signal_connect_object (suffix, "clicked", G_CALLBACK (on_revoke), self, G_CONNECT_SWAPPED);
  return row;
}

static void
on_appearance (CfaAccountPage *self)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT, ADW_COLOR_SCHEME_FORCE_DARK };

  if (!self->updating)
    cfa_appearance_save (schemes[MIN (adw_combo_row_get_selected (self->appearance_row), G_N_ELEMENTS (schemes) - 1)]);
}

/* What is on the screen stays as it is: half of it would be in the one language and half in the other. */
static void
on_language (CfaAccountPage *self)
{
  guint n, chosen = adw_combo_row_get_selected (self->language_row);
  const CfaLanguage *languages = cfa_languages (&n);

  if (self->updating || chosen >= n)
    return;
  cfa_language_save (&languages[chosen]);
  cfa_change_tell (GTK_WIDGET (self), _("ChatFlow speaks it from its next start on"));
}

static void
fill_languages (CfaAccountPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const CfaLanguage *saved = cfa_language_load ();
  guint n;
  const CfaLanguage *languages = cfa_languages (&n);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (names, languages[i].name != NULL ? languages[i].name : _("As the desktop"));
  self->updating = TRUE;
  adw_combo_row_set_model (self->language_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->language_row, saved - languages);
  self->updating = FALSE;
}

static void
on_undo_send (CfaAccountPage *self)
{
  guint selected = adw_combo_row_get_selected (self->undo_row);

  if (self->updating || self->session == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;
  cfa_undo_send_set (cfa_undo_send_choices[selected]);
  cfa_session_set_undo_send (self->session, cfa_undo_send_get ());
}

static void
on_undo_time (CfaAccountPage *self)
{
  guint selected = adw_combo_row_get_selected (self->undo_time_row);

  if (!self->updating && self->session != NULL && selected != GTK_INVALID_LIST_POSITION)
    cfa_undo_time_set (cfa_undo_time_choices[selected]);
}

/* @choices: seconds, ended by G_MAXUINT */
static void
fill_seconds (CfaAccountPage *self, AdwComboRow *row, const guint *choices, guint chosen)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  for (guint i = 0; choices[i] != G_MAXUINT; i++)
    {
      guint seconds = choices[i];
      g_autofree char *word = seconds == 0 ? g_strdup (C_("undo send", "Off"))
                                           : g_strdup_printf (ngettext ("%u second", "%u seconds", seconds), seconds);

      gtk_string_list_append (words, word);
    }
  self->updating = TRUE;
  adw_combo_row_set_model (row, G_LIST_MODEL (words));
  for (guint i = 0; choices[i] != G_MAXUINT; i++)
    if (choices[i] == chosen)
      adw_combo_row_set_selected (row, i);
  self->updating = FALSE;
}

static void
update (CfaAccountPage *self)
{
  GListModel *devices = G_LIST_MODEL (cfa_session_get_records (self->session, &cf_login_session_shape));
  gboolean live = cfa_change_allowed (self->session, CF_ROLE_AGENT);

  self->updating = TRUE;
  cfa_field_set_value (self->name, cfa_session_get_agent_name (self->session));
  cfa_culprit_ask (self->session, cfa_session_get_agent_id (self->session), self->name);
  gtk_widget_set_sensitive (cfa_field_get_row (self->name), live);
  adw_action_row_set_subtitle (self->email_row, cfa_session_get_agent_email (self->session));
  adw_action_row_set_subtitle (self->role_row, cfa_label_role_detail (cfa_session_get_role (self->session)));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->role_row), cfa_label_role (cfa_session_get_role (self->session)));
  gtk_widget_set_sensitive (self->password_button, live);
  gtk_widget_set_sensitive (self->others_button, live && g_list_model_get_n_items (devices) > 1
                                                 && cfa_session_get_login_session_id (self->session) != NULL);
  switch (cfa_appearance_load ())
    {
    case ADW_COLOR_SCHEME_FORCE_LIGHT:
      adw_combo_row_set_selected (self->appearance_row, 1);
      break;
    case ADW_COLOR_SCHEME_FORCE_DARK:
      adw_combo_row_set_selected (self->appearance_row, 2);
      break;
    default:
      adw_combo_row_set_selected (self->appearance_row, 0);
    }
  self->updating = FALSE;
}

static void
cfa_account_page_dispose (GObject *object)
{
  CfaAccountPage *self = CFA_ACCOUNT_PAGE (object);

  g_clear_object (&self->name);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cfa_account_page_parent_class)->dispose (object);
}

static void
cfa_account_page_class_init (CfaAccountPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CFA_TYPE_RATING_GROUP);
  g_type_ensure (CFA_TYPE_RECORD_GROUP);
  G_OBJECT_CLASS (klass)->dispose = cfa_account_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/settings/account-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaAccountPage, person);
  gtk_widget_class_bind_template_child (widget_class, CfaAccountPage, email_row);
  gtk_widget_class_bind_template_child (widget_class, CfaAccountPage, role_row);
  gtk_widget_class_bind_template_child (widget_class, CfaAccountPage, ratings);
  gtk_widget_class_bind_template_child (widget_class, CfaAccountPage, password_button);
  gtk_widget_class_bind_template_child (widget_class, CfaAccountPage, devices);
  gtk_widget_class_bind_template_child (widget_class, CfaAccountPage, others_button);
  gtk_widget_class_bind_template_child (widget_class, CfaAccountPage, appearance_row);
  gtk_widget_class_bind_template_child (widget_class, CfaAccountPage, undo_row);
  gtk_widget_class_bind_template_callback (widget_class, on_undo_send);
  gtk_widget_class_bind_template_child (widget_class, CfaAccountPage, undo_time_row);
  gtk_widget_class_bind_template_callback (widget_class, on_undo_time);
  gtk_widget_class_bind_template_child (widget_class, CfaAccountPage, language_row);
  gtk_widget_class_bind_template_callback (widget_class, on_password);
  gtk_widget_class_bind_template_callback (widget_class, on_others);
  gtk_widget_class_bind_template_callback (widget_class, on_appearance);
  gtk_widget_class_bind_template_callback (widget_class, on_language);
}

static void
cfa_account_page_init (CfaAccountPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->name = cfa_field_new (g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Name that visitors see"), NULL), cfa_rule_name, TRUE);
  adw_preferences_group_add (self->person, cfa_field_get_row (self->name));
  adw_preferences_group_add (self->person, cfa_field_get_note (self->name));
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("My account"));
  cfa_accessible_name_inside (GTK_WIDGET (self->appearance_row), GTK_TYPE_LIST_VIEW, _("Appearance"));
  cfa_accessible_name_inside (GTK_WIDGET (self->undo_row), GTK_TYPE_LIST_VIEW, _("Undo send"));
  cfa_accessible_name_inside (GTK_WIDGET (self->undo_time_row), GTK_TYPE_LIST_VIEW, _("Time to undo"));
  fill_seconds (self, self->undo_row, cfa_undo_send_choices, cfa_undo_send_get ());
  fill_seconds (self, self->undo_time_row, cfa_undo_time_choices, cfa_undo_time_get ());
  cfa_accessible_name_inside (GTK_WIDGET (self->language_row), GTK_TYPE_LIST_VIEW, _("Language"));
  fill_languages (self);
  g_signal_connect_object (self->name, "apply", G_CALLBACK (on_name), self, G_CONNECT_SWAPPED);
}

/**
 * cfa_account_page_new:
 * Returns: (transfer floating): what belongs to the person who is signed in.
 */
GtkWidget *
cfa_account_page_new (CfaSession *session)
{
  CfaAccountPage *self = g_object_new (CFA_TYPE_ACCOUNT_PAGE, NULL);
  GListModel *devices = G_LIST_MODEL (cfa_session_get_records (session, &cf_login_session_shape));

  self->session = g_object_ref (session);
  adw_preferences_group_add (self->person, cfa_photo_row_new (session, cfa_session_get_agent_id (session)));
  cfa_rating_group_fill (self->ratings, session);
  cfa_record_group_fill (self->devices, devices, make_device_row, self);
  cfa_record_group_set_empty (self->devices, _("No devices known"), _("They appear here when ChatFlow has reached the server."));
  g_signal_connect_object (session, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (devices, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent-row.h"

#include "agent-list-row.h"
#include "app/accessible-name.h"
#include "app/features/session/face.h"
#include "change.h"
#include "culprit.h"
#include "field.h"
#include "form-dialog.h"
#include "labels.h"
#include "photo-row.h"
#include "rating-row.h"

#include "protocol/id.h"
#include "protocol/methods/agent-params.h"
#include "protocol/methods/invite-params.h"
#include "protocol/methods/session.h"

#include <glib/gi18n.h>

struct _CfaAgentRow
{
  AdwExpanderRow parent_instance;

  CfaSession *session;
  CfaRecordItem *item;
  gboolean updating;

  GtkWidget *avatar;
  GtkWidget *dot;
  GtkWidget *presence;
  CfaField *name;
  GtkWidget *role;
  GtkWidget *enabled;
  GtkWidget *enabled_row;
  GtkWidget *password_row;
  GtkWidget *devices_row;
};

G_DEFINE_FINAL_TYPE (CfaAgentRow, cfa_agent_row, ADW_TYPE_EXPANDER_ROW)

static const CfAgent *
record (CfaAgentRow *self)
{
  return cfa_record_item_get (self->item);
}

static gboolean
is_me (CfaAgentRow *self)
{
  return g_strcmp0 (record (self)->parent.id, cfa_session_get_agent_id (self->session)) == 0;
}

/* Who is the only admin that can sign in stays one: the server insists, too. */
static gboolean
is_last_admin (CfaAgentRow *self)
{
  GListModel *agents = G_LIST_MODEL (cfa_session_get_records (self->session, &cf_agent_shape));
  guint admins = 0;

  for (guint i = 0; i < g_list_model_get_n_items (agents); i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (agents, i);
      const CfAgent *agent = cfa_record_item_get (item);

      admins += agent->role == CF_ROLE_ADMIN && !agent->disabled;
    }
  return admins == 1 && record (self)->role == CF_ROLE_ADMIN && !record (self)->disabled;
}

static void
run (CfaAgentRow *self, CfAgentUpdateParams *params, const char *field, char *done)
{
  CfAgentUpdateParams *undo = cf_struct_new (&cf_agent_update_params_shape);
  CfaChange change = {
    .method = "agent.update", .params = params, .undo_method = "agent.update", .undo_params = undo, .done = done, .item = self->item,
  };

  params->id = g_strdup (record (self)->parent.id);
  undo->id = g_strdup (params->id);
  undo->name = g_strdup (record (self)->name);
  undo->role = record (self)->role;
  undo->disabled = record (self)->disabled;
  cf_struct_give (params, field);
  cf_struct_give (undo, field);
  cfa_change_run (GTK_WIDGET (self), self->session, &change);
}

static void
on_name (CfaAgentRow *self, const char *text)
{
  CfAgentUpdateParams *params = cf_struct_new (&cf_agent_update_params_shape);

  params->name = g_strdup (text);
  run (self, params, "name", g_strdup_printf (_("The name is “%s” now"), text));
}

static void
on_role (CfaAgentRow *self)
{
  CfAgentUpdateParams *params;
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (self->role));

  if (self->updating || chosen == (guint) record (self)->role)
    return;
  params = cf_struct_new (&cf_agent_update_params_shape);
  params->role = chosen;
  run (self, params, "role", g_strdup_printf (_("%s is now: %s"), record (self)->name, cfa_label_role (chosen)));
}

static void
on_enabled (CfaAgentRow *self)
{
  CfAgentUpdateParams *params;
  gboolean disabled = !gtk_switch_get_active (GTK_SWITCH (self->enabled));

  if (self->updating || disabled == record (self)->disabled)
    return;
  params = cf_struct_new (&cf_agent_update_params_shape);
  params->disabled = disabled;
  run (self, params, "disabled", g_strdup_printf (disabled ? _("%s was signed out and cannot sign in any more") : _("%s can sign in again"),
                                                  record (self)->name));
}

static void
on_reset_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaFormDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfInviteResult) answer = cfa_session_call_finish (CFA_SESSION (source), result, &error);

  if (answer != NULL)
    cfa_form_dialog_show_link (dialog, cfa_session_get_server (CFA_SESSION (source)), answer,
                               _("It lets them choose a new password, once, within 7 days. It is shown only now."));
  else
    cfa_form_dialog_end (dialog, error);
}

static void
on_reset_submitted (CfaFormDialog *dialog, CfaAgentRow *self)
{
  cfa_session_call_async (self->session, "agent.reset", g_object_get_data (G_OBJECT (dialog), "params"), &cf_invite_result_shape, NULL,
                          on_reset_answered, g_object_ref (dialog));
}

static void
on_reset (CfaAgentRow *self)
{
  CfAgentResetParams *params = cf_struct_new (&cf_agent_reset_params_shape);
  g_autofree char *name = g_markup_escape_text (record (self)->name, -1);
  g_autofree char *text = g_strdup_printf (_("%s gets a link with which to choose a new password. "
                                             "The old one works until then; afterwards all their devices are signed out."), name);
  CfaFormDialog *dialog = cfa_form_dialog_new (GTK_WIDGET (self), _("Reset password"), _("Make a link"), text);

  params->id = cf_id_new ();
  params->agent_id = g_strdup (record (self)->parent.id);
  params->server = g_strdup (cfa_session_get_server (self->session));
  params->language = g_strdup (g_get_language_names ()[0]);
  g_object_set_data_full (G_OBJECT (dialog), "params", params, cf_struct_unref);
  g_signal_connect_object (dialog, "submitted", G_CALLBACK (on_reset_submitted), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_sign_out_answer (CfaAgentRow *self, const char *response)
{
  CfaChange change = { .method = "session.revoke_all", .item = self->item };
  CfRevokeAllParams *params;

  if (!g_str_equal (response, "sign-out"))
    return;
  params = cf_struct_new (&cf_revoke_all_params_shape);
  params->agent_id = g_strdup (record (self)->parent.id);
  change.params = params;
  change.done = g_strdup_printf (_("%s was signed out everywhere"), record (self)->name);
  cfa_change_run (GTK_WIDGET (self), self->session, &change);
}

/* Nothing brings their sign-ins back, so it is asked first. */
static void
on_sign_out (CfaAgentRow *self)
{
  g_autofree char *heading = g_strdup_printf (_("Sign %s out everywhere?"), record (self)->name);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading,
                                                 _("All their devices have to sign in again. What they have not sent yet stays on them.")));

  adw_message_dialog_add_responses (dialog, "cancel", _("Cancel"), "sign-out", _("Sign out"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "sign-out", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_sign_out_answer), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static CfPresenceState
presence_of (CfaAgentRow *self)
{
  if (cfa_session_get_link (self->session) != CFA_LINK_LIVE)
    return CF_PRESENCE_OFFLINE;
  return is_me (self) ? cfa_session_get_presence (self->session)
                      : cfa_session_get_agent_presence (self->session, record (self)->parent.id);
}

static void
update_titles (CfaAgentRow *self)
{
  CfPresenceState state = presence_of (self);
  g_autofree char *name = is_me (self) ? g_strdup_printf (_("%s (you)"), record (self)->name) : g_strdup (record (self)->name);
  g_autofree char *title = g_markup_escape_text (name, -1), *email = g_markup_escape_text (record (self)->email, -1);
  g_autofree char *words = g_strdup_printf ("%s · %s", cfa_label_role (record (self)->role), email);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), words);
  adw_avatar_set_text (ADW_AVATAR (self->avatar), record (self)->name);
  gtk_label_set_label (GTK_LABEL (self->presence), record (self)->disabled ? _("Disabled") : state == CF_PRESENCE_ONLINE ? _("Online")
                                                   : state == CF_PRESENCE_AWAY ? _("Away") : "");
  gtk_widget_set_visible (self->dot, !record (self)->disabled && state != CF_PRESENCE_OFFLINE);
  gtk_widget_set_css_classes (self->dot, (const char *[]) { "presence-dot", state == CF_PRESENCE_AWAY ? "away" : NULL, NULL });
  gtk_widget_set_opacity (self->avatar, record (self)->disabled ? 0.5 : 1);
}

static void
update (CfaAgentRow *self)
{
  gboolean may = cfa_change_allowed (self->session, CF_ROLE_ADMIN);
  gboolean last = !cfa_record_item_is_gone (self->item) && is_last_admin (self);

  if (cfa_record_item_is_gone (self->item))
    return;
  self->updating = TRUE;
  update_titles (self);
  cfa_field_set_value (self->name, record (self)->name);
  cfa_culprit_ask (self->session, record (self)->parent.id, self->name);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->role), record (self)->role);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->role), last ? _("The only admin who can sign in must stay one")
                                                            : cfa_label_role_detail (record (self)->role));
  gtk_switch_set_active (GTK_SWITCH (self->enabled), !record (self)->disabled);
  gtk_widget_set_sensitive (cfa_field_get_row (self->name), may);
  gtk_widget_set_sensitive (self->role, may && !last);
  gtk_widget_set_sensitive (self->enabled_row, may && !last && !is_me (self));
  gtk_widget_set_sensitive (self->password_row, may && !record (self)->disabled);
  gtk_widget_set_sensitive (self->devices_row, may && !record (self)->disabled);
  gtk_widget_set_visible (self->password_row, !is_me (self));
  gtk_widget_set_visible (self->devices_row, !is_me (self));
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, record (self)->name);
  self->updating = FALSE;
}

static void
cfa_agent_row_dispose (GObject *object)
{
  CfaAgentRow *self = CFA_AGENT_ROW (object);

  g_clear_object (&self->name);
  g_clear_object (&self->session);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (cfa_agent_row_parent_class)->dispose (object);
}

static void
cfa_agent_row_class_init (CfaAgentRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_agent_row_dispose;
}

static GtkWidget *
new_action (CfaAgentRow *self, const char *title, const char *subtitle, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "subtitle", subtitle, NULL);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return row;
}

static void
make_head (CfaAgentRow *self)
{
  self->avatar = adw_avatar_new (32, NULL, TRUE);
  self->dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_valign (self->dot, GTK_ALIGN_CENTER);
  self->presence = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->presence, "caption");
  gtk_widget_add_css_class (self->presence, "dim-label");
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), self->avatar);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), self->presence);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), self->dot);
}

static void
cfa_agent_row_init (CfaAgentRow *self)
{
  g_autoptr (GtkStringList) roles = gtk_string_list_new (NULL);
  GtkWidget *rows[6];

  make_head (self);
  for (int i = CF_ROLE_AGENT; i <= CF_ROLE_ADMIN; i++)
    gtk_string_list_append (roles, cfa_label_role (i));
  self->name = cfa_field_new (g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Name"), NULL), cfa_rule_name, TRUE);
  self->role = g_object_new (ADW_TYPE_COMBO_ROW, "title", _("Role"), "model", roles, NULL);
  cfa_accessible_name_inside (self->role, GTK_TYPE_LIST_VIEW, _("Role"));
  self->enabled = gtk_switch_new ();
  gtk_widget_set_valign (self->enabled, GTK_ALIGN_CENTER);
  self->enabled_row = g_object_new (ADW_TYPE_ACTION_ROW, "title", _("Can sign in"), "subtitle",
                                    _("Who cannot is signed out everywhere; what they wrote stays"), "activatable-widget", self->enabled, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->enabled_row), self->enabled);
  self->password_row = new_action (self, _("Password"), _("When they have forgotten it"), _("Reset…"), G_CALLBACK (on_reset));
  self->devices_row = new_action (self, _("Devices"), _("When one was lost"), _("Sign out everywhere…"), G_CALLBACK (on_sign_out));
  rows[0] = cfa_field_get_row (self->name);
  rows[1] = cfa_field_get_note (self->name);
  rows[2] = self->role;
  rows[3] = self->enabled_row;
  rows[4] = self->password_row;
  rows[5] = self->devices_row;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (self), rows[i]);
  g_signal_connect_object (self->name, "apply", G_CALLBACK (on_name), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->role, "notify::selected", G_CALLBACK (on_role), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->enabled, "notify::active", G_CALLBACK (on_enabled), self, G_CONNECT_SWAPPED);
}

/**
 * cfa_agent_row_new:
 * Returns: (transfer floating): the row of a CfAgent.
 */
GtkWidget *
cfa_agent_row_new (CfaSession *session, CfaRecordItem *item)
{
  CfaAgentRow *self = g_object_new (CFA_TYPE_AGENT_ROW, NULL);

  self->session = g_object_ref (session);
  self->item = g_object_ref (item);
  cfa_face_follow (ADW_AVATAR (self->avatar), session, cfa_record_item_get_id (item));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), cfa_photo_row_new (session, cfa_record_item_get_id (item)));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), cfa_agent_list_row_new_sites (session, item));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), cfa_agent_list_row_new_skills (session, item));
  g_signal_connect_object (session, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), cfa_rating_row_new (session, cfa_record_item_get_id (item)));
  update (self);
  return GTK_WIDGET (self);
}

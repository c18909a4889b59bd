/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "team-page.h"

#include "agent-row.h"
#include "app/accessible-name.h"
#include "change.h"
#include "form-dialog.h"
#include "labels.h"
#include "record-group.h"

#include "protocol/id.h"
#include "protocol/methods/invite-params.h"
#include "protocol/methods/results.h"
#include "protocol/records/department.h"

#include <glib/gi18n.h>

/* Departments that fit into the invitation without being asked for. */
#define SHOWN_AT_ONCE_MAX 4

struct _CfaTeamPage
{
  AdwPreferencesPage parent_instance;

  CfaSession *session;
  CfaRecordGroup *team;
  CfaRecordGroup *invites;
  GtkFilter *open; /* those that can still be used */
};

G_DEFINE_FINAL_TYPE (CfaTeamPage, cfa_team_page, ADW_TYPE_PREFERENCES_PAGE)

static void
on_invited (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaFormDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfInviteResult) answer = cfa_session_call_finish (CFA_SESSION (source), result, &error);

  if (answer != NULL)
    cfa_form_dialog_show_link (dialog, cfa_session_get_server (CFA_SESSION (source)), answer,
                               _("Whoever has it can join the team, once, within 7 days. It is shown only now."));
  else
    cfa_form_dialog_end (dialog, error);
}

/* @boxes: check buttons, each with its "id". Returns: (transfer full): ids of those that are checked */
static char **
checked (GPtrArray *boxes)
{
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; i < boxes->len; i++)
    if (gtk_check_button_get_active (boxes->pdata[i]))
      g_ptr_array_add (ids, g_strdup (g_object_get_data (boxes->pdata[i], "id")));
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (ids, FALSE);
}

static void
say_checked (GtkCheckButton *box, CfaFormDialog *dialog)
{
  GPtrArray *boxes = g_object_get_data (G_OBJECT (dialog), "departments");
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < boxes->len; i++)
    if (gtk_check_button_get_active (boxes->pdata[i]))
      g_string_append_printf (names, names->len > 0 ? ", %s" : "%s", (const char *) g_object_get_data (boxes->pdata[i], "name"));
  adw_expander_row_set_subtitle (g_object_get_data (G_OBJECT (dialog), "departments-row"), names->len > 0 ? names->str : _("None yet; they can be added later"));
}

/* Those of which whoever comes becomes a member. */
static void
add_departments (CfaTeamPage *self, CfaFormDialog *dialog)
{
  GListModel *departments = G_LIST_MODEL (cfa_session_get_records (self->session, &cf_department_shape));
  GPtrArray *boxes = g_ptr_array_new ();
  GtkWidget *expander = g_object_new (ADW_TYPE_EXPANDER_ROW, "title", _("Departments"), "use-markup", FALSE, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (departments); i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (departments, i);
      const char *name = ((const CfDepartment *) cfa_record_item_get (item))->name;
      GtkWidget *box = gtk_check_button_new ();
      GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", name, "activatable-widget", box, NULL);

      g_object_set_data_full (G_OBJECT (box), "id", g_strdup (cfa_record_item_get_id (item)), g_free);
      g_object_set_data_full (G_OBJECT (box), "name", g_strdup (name), g_free);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), box);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), row);
      g_signal_connect_object (box, "toggled", G_CALLBACK (say_checked), dialog, 0);
      g_ptr_array_add (boxes, box);
    }
  g_object_set_data_full (G_OBJECT (dialog), "departments", boxes, (GDestroyNotify) g_ptr_array_unref);
  g_object_set_data (G_OBJECT (dialog), "departments-row", expander);
  cfa_accessible_name_inside (expander, GTK_TYPE_LIST_BOX, _("Departments"));
  gtk_widget_set_visible (expander, boxes->len > 0);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), boxes->len <= SHOWN_AT_ONCE_MAX);
  say_checked (NULL, dialog);
  cfa_form_dialog_add (dialog, expander);
}

static void
on_submitted (CfaFormDialog *dialog, CfaTeamPage *self)
{
  CfInviteCreateParams *params = g_object_get_data (G_OBJECT (dialog), "params");

  g_free (params->email);
  params->email = cfa_field_dup_text (g_object_get_data (G_OBJECT (dialog), "email"));
  if (*params->email == '\0')
    g_clear_pointer (&params->email, g_free);
  params->role = adw_combo_row_get_selected (g_object_get_data (G_OBJECT (dialog), "role"));
  g_strfreev (params->departments);
  g_free (params->server);
  params->server = g_strdup (cfa_session_get_server (self->session));
  g_free (params->language);
  params->language = g_strdup (g_get_language_names ()[0]);
  params->departments = checked (g_object_get_data (G_OBJECT (dialog), "departments"));
  cfa_session_call_async (self->session, "invite.create", params, &cf_invite_result_shape, NULL, on_invited, g_object_ref (dialog));
}

static void
on_role (AdwComboRow *row)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), cfa_label_role_detail (adw_combo_row_get_selected (row)));
}

static void
on_invite (CfaTeamPage *self)
{
  CfaFormDialog *dialog = cfa_form_dialog_new (GTK_WIDGET (self), _("Invite"), _("Make an invitation"),
                                               _("You get a link to pass on; with an address it also goes there by email. With it they choose their own name and password."));
  g_autoptr (GtkStringList) roles = gtk_string_list_new (NULL);
  CfInviteCreateParams *params = cf_struct_new (&cf_invite_create_params_shape);
  GtkWidget *role;

  for (int i = CF_ROLE_AGENT; i <= CF_ROLE_ADMIN; i++)
    gtk_string_list_append (roles, cfa_label_role (i));
  role = g_object_new (ADW_TYPE_COMBO_ROW, "title", _("Role"), "model", roles, NULL);
  cfa_accessible_name_inside (role, GTK_TYPE_LIST_VIEW, _("Role"));
  g_signal_connect (role, "notify::selected", G_CALLBACK (on_role), NULL);
  on_role (ADW_COMBO_ROW (role));
  params->id = cf_id_new ();
  g_object_set_data_full (G_OBJECT (dialog), "params", params, cf_struct_unref);
  g_object_set_data (G_OBJECT (dialog), "email", cfa_form_dialog_add_field (dialog, _("Their email (optional)"), cfa_rule_address, FALSE));
  g_object_set_data (G_OBJECT (dialog), "role", role);
  cfa_form_dialog_add (dialog, role);
  add_departments (self, dialog);
  g_signal_connect_object (dialog, "submitted", G_CALLBACK (on_submitted), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_revoke (GtkWidget *button, CfaTeamPage *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);

  cfa_change_remove (row, self->session, "invite.revoke", g_object_get_data (G_OBJECT (button), "id"), _("Withdrew the invitation"));
}

/* One was used: it is not open any more. */
static void
on_invite_changed (CfaTeamPage *self)
{
  gtk_filter_changed (self->open, GTK_FILTER_CHANGE_DIFFERENT);
}

/* Returns: (transfer full) (nullable): what became of the mail with its link */
static char *
mail_words (const CfInvite *invite)
{
  switch (invite->mail)
    {
    case CF_INVITE_MAIL_WAITING:
      return g_strdup (_("email on its way"));
    case CF_INVITE_MAIL_SENT:
      return g_strdup (_("email sent"));
    case CF_INVITE_MAIL_FAILED:
      return g_strdup_printf (_("email not sent: %s"), invite->mail_error != NULL ? invite->mail_error : "");
    case CF_INVITE_MAIL_NONE:
      break;
    }
  return NULL;
}

/* Also when its mail has gone out, or has not. */
static void
describe_invite (CfaRecordItem *item, GtkWidget *row)
{
  const CfInvite *invite = cfa_record_item_get (item);
  g_autoptr (GDateTime) end = g_date_time_new_from_unix_local (invite->expires_at / 1000);
  g_autofree char *until = end != NULL ? g_date_time_format (end, "%x") : g_strdup ("");
  g_autofree char *words = g_strdup_printf (invite->agent_id != NULL ? _("A new password · until %s") : _("%2$s · until %1$s"),
                                            until, cfa_label_role (invite->role));
  g_autofree char *mail = mail_words (invite);
  g_autofree char *subtitle = mail != NULL ? g_strdup_printf ("%s · %s", words, mail) : g_strdup (words);
  g_autofree char *markup = g_markup_escape_text (subtitle, -1);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
}

static GtkWidget *
make_invite_row (CfaRecordItem *item, gpointer data)
{
  CfaTeamPage *self = data;
  const CfInvite *invite = cfa_record_item_get (item);
  g_autofree char *title = g_markup_escape_text (invite->email != NULL && *invite->email != '\0' ? invite->email : _("Whoever has the link"), -1);
  GtkWidget *button = gtk_button_new_with_label (_("Withdraw"));
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, NULL);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (button, cfa_change_allowed (self->session, CF_ROLE_ADMIN));
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (invite->parent.id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_revoke), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_signal_handlers_disconnect_by_func (item, on_invite_changed, self);
  g_signal_connect_object (item, "changed", G_CALLBACK (on_invite_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "changed", G_CALLBACK (describe_invite), row, 0);
  describe_invite (item, row);
  return row;
}

static GtkWidget *
make_agent_row (CfaRecordItem *item, gpointer data)
{
  return cfa_agent_row_new (CFA_TEAM_PAGE (data)->session, item);
}

static gboolean
matches (CfaRecordItem *item, const char *words)
{
  const CfAgent *agent = cfa_record_item_get (item);
  g_autofree char *both = g_strdup_printf ("%s %s %s", agent->name, agent->email, cfa_label_role (agent->role));
  g_autofree char *folded = g_utf8_casefold (both, -1);

  return strstr (folded, words) != NULL;
}

static gboolean
is_open (gpointer item, gpointer data)
{
  return ((const CfInvite *) cfa_record_item_get (item))->used_at == 0;
}

static void
update (CfaTeamPage *self)
{
  gboolean admin = cfa_session_get_role (self->session) == CF_ROLE_ADMIN;

  cfa_record_group_set_add (self->team, _("Invite…"), cfa_change_allowed (self->session, CF_ROLE_ADMIN));
  gtk_widget_set_visible (GTK_WIDGET (self->invites), admin);
}

static void
cfa_team_page_dispose (GObject *object)
{
  g_clear_object (&CFA_TEAM_PAGE (object)->session);
  g_clear_object (&CFA_TEAM_PAGE (object)->open);
  G_OBJECT_CLASS (cfa_team_page_parent_class)->dispose (object);
}

static void
cfa_team_page_class_init (CfaTeamPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CFA_TYPE_RECORD_GROUP);
  G_OBJECT_CLASS (klass)->dispose = cfa_team_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/settings/team-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaTeamPage, team);
  gtk_widget_class_bind_template_child (widget_class, CfaTeamPage, invites);
  gtk_widget_class_bind_template_callback (widget_class, on_invite);
}

static void
cfa_team_page_init (CfaTeamPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * cfa_team_page_new:
 * Returns: (transfer floating): who is in the team, and who is invited.
 */
GtkWidget *
cfa_team_page_new (CfaSession *session)
{
  CfaTeamPage *self = g_object_new (CFA_TYPE_TEAM_PAGE, NULL);
  GListModel *invites = G_LIST_MODEL (cfa_session_get_records (session, &cf_invite_shape));
  g_autoptr (GtkFilterListModel) open = NULL;

  self->session = g_object_ref (session);
  self->open = GTK_FILTER (gtk_custom_filter_new (is_open, NULL, NULL));
  open = gtk_filter_list_model_new (g_object_ref (invites), g_object_ref (self->open));
  cfa_record_group_fill (self->team, G_LIST_MODEL (cfa_session_get_records (session, &cf_agent_shape)), make_agent_row, self);
  cfa_record_group_search (self->team, matches);
  cfa_record_group_set_empty (self->invites, _("Nobody is invited"), _("Invite the people who answer with you. They choose their own password."));
  cfa_record_group_fill (self->invites, G_LIST_MODEL (open), make_invite_row, self);
  g_signal_connect_object (session, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

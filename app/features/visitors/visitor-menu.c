/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-menu.h"

#include "app/accessible-name.h"
#include "erasing-window.h"
#include "person-file.h"
#include "visitor-words.h"

#include <glib/gi18n.h>

struct _CfaVisitorMenu
{
  AdwBin parent_instance;

  CfaSession *session; /* (nullable) */
  CfaVisitor *visitor; /* (nullable) */
  GtkWidget *button;
  GSimpleActionGroup *actions;
};

G_DEFINE_FINAL_TYPE (CfaVisitorMenu, cfa_visitor_menu, ADW_TYPE_BIN)

static void
update (CfaVisitorMenu *self)
{
  gboolean known = self->visitor != NULL && cfa_visitor_get (self->visitor) != NULL;
  CfRole role = self->session != NULL ? cfa_session_get_role (self->session) : CF_ROLE_AGENT;
  g_autoptr (GMenu) menu = g_menu_new ();

  if (role >= CF_ROLE_SUPERVISOR)
    g_menu_append (menu, _("Export what is known…"), "person.export");
  if (role >= CF_ROLE_ADMIN)
    g_menu_append (menu, _("Erase this person…"), "person.erase");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->button), G_MENU_MODEL (menu));
  gtk_widget_set_visible (GTK_WIDGET (self), known && role >= CF_ROLE_SUPERVISOR);
}

static void
on_file_chosen (GtkNativeDialog *dialog, int response, CfaVisitorMenu *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
  if (file != NULL && self->visitor != NULL)
    cfa_person_file_write (GTK_WIDGET (self), self->session, cfa_visitor_get_id (self->visitor), file);
}

static void
on_export (CfaVisitorMenu *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Export What Is Known"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                                              GTK_FILE_CHOOSER_ACTION_SAVE, _("Export"), NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), "person.json");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_file_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_typed (GtkEditable *entry, AdwMessageDialog *dialog)
{
  const char *wanted = g_object_get_data (G_OBJECT (dialog), "title");
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_message_dialog_set_response_enabled (dialog, "erase", g_strcmp0 (typed, wanted) == 0);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, CfaVisitorMenu *self)
{
  if (g_str_equal (response, "erase"))
    cfa_erasing_window_open (GTK_WIDGET (self), self->session, g_object_get_data (G_OBJECT (dialog), "id"),
                             g_object_get_data (G_OBJECT (dialog), "title"));
}

static void
on_erase (CfaVisitorMenu *self)
{
  g_autofree char *title = cfa_visitor_known_as (cfa_visitor_get (self->visitor));
  g_autofree char *heading = g_strdup_printf (_("Erase %s?"), title);
  g_autofree char *body = g_strdup_printf (_("Their profile, conversations, files, notes, ratings and visits go, for everybody, with those of all who were merged with "
                                             "them. The widget forgets them too. This can’t be undone.\n\nType “%s” to go on."), title);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading, body));
  GtkWidget *entry = gtk_entry_new ();

  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name of the person"), -1);
  cfa_accessible_name_inside (entry, GTK_TYPE_TEXT, _("Name of the person"));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  adw_message_dialog_set_extra_child (dialog, entry);
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "erase", _("_Erase"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "erase", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_enabled (dialog, "erase", FALSE);
  adw_message_dialog_set_default_response (dialog, "erase");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "title", g_strdup (title), g_free);
  g_object_set_data_full (G_OBJECT (dialog), "id", g_strdup (cfa_visitor_get_id (self->visitor)), g_free);
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_typed), dialog, 0);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
activate_export (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  on_export (self);
}

static void
activate_erase (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  on_erase (self);
}

static void
cfa_visitor_menu_dispose (GObject *object)
{
  CfaVisitorMenu *self = CFA_VISITOR_MENU (object);

  cfa_visitor_menu_set (self, NULL, NULL);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (cfa_visitor_menu_parent_class)->dispose (object);
}

static void
cfa_visitor_menu_class_init (CfaVisitorMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_visitor_menu_dispose;
}

static void
cfa_visitor_menu_init (CfaVisitorMenu *self)
{
  static const GActionEntry entries[] = { { "export", activate_export }, { "erase", activate_erase } };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "person", G_ACTION_GROUP (self->actions));
  self->button = g_object_new (GTK_TYPE_MENU_BUTTON, "icon-name", "view-more-symbolic", "tooltip-text", _("More about this person"), NULL);
  cfa_accessible_name_inside (self->button, GTK_TYPE_MENU_BUTTON, _("More about this person"));
  adw_bin_set_child (ADW_BIN (self), self->button);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * cfa_visitor_menu_set:
 * @session: (nullable):
 * @visitor: (nullable): whom it is about from now on
 */
void
cfa_visitor_menu_set (CfaVisitorMenu *self, CfaSession *session, CfaVisitor *visitor)
{
  if (self->visitor != NULL)
    g_signal_handlers_disconnect_by_data (self->visitor, self);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  g_set_object (&self->visitor, visitor);
  if (visitor != NULL)
    g_signal_connect_swapped (visitor, "changed", G_CALLBACK (update), self);
  if (session != NULL)
    g_signal_connect_swapped (session, "notify::role", G_CALLBACK (update), self);
  if (self->button != NULL && adw_bin_get_child (ADW_BIN (self)) != NULL)
    update (self);
}

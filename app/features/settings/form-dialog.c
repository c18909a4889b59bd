/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form-dialog.h"

#include "app/accessible-name.h"
#include "change.h"

#include "protocol/invite-link.h"

#include <glib/gi18n.h>

struct _CfaFormDialog
{
  AdwWindow parent_instance;

  GPtrArray *fields; /* of CfaField */
  gboolean busy;

  GtkButton *cancel_button;
  GtkWidget *action_button;
  GtkWidget *spinner;
  GtkStack *stack;
  AdwPreferencesGroup *group;
  GtkLabel *error_label;
  GtkLabel *secret_title;
  GtkLabel *secret_text;
  GtkLabel *secret_label;
  GtkButton *copy_button;
};

static guint submitted_signal;

G_DEFINE_FINAL_TYPE (CfaFormDialog, cfa_form_dialog, ADW_TYPE_WINDOW)

static void
update (CfaFormDialog *self)
{
  gboolean fine = !self->busy;

  for (guint i = 0; fine && i < self->fields->len; i++)
    fine = cfa_field_is_fine (self->fields->pdata[i]);
  gtk_widget_set_sensitive (self->action_button, fine);
  gtk_widget_set_visible (self->spinner, self->busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), self->busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->group), !self->busy);
}

static void
set_error (CfaFormDialog *self, const char *words)
{
  gtk_label_set_label (self->error_label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), words != NULL);
}

static void
on_changed (CfaFormDialog *self)
{
  set_error (self, NULL);
  update (self);
}

static void
on_submit (CfaFormDialog *self)
{
  if (!gtk_widget_get_sensitive (self->action_button))
    return;
  set_error (self, NULL);
  self->busy = TRUE;
  gtk_widget_grab_focus (GTK_WIDGET (self->cancel_button));
  update (self);
  g_signal_emit (self, submitted_signal, 0);
}

static void
on_copy (CfaFormDialog *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), gtk_label_get_label (self->secret_label));
  gtk_button_set_label (self->copy_button, _("Copied"));
}

static void
cfa_form_dialog_finalize (GObject *object)
{
  g_ptr_array_unref (CFA_FORM_DIALOG (object)->fields);
  G_OBJECT_CLASS (cfa_form_dialog_parent_class)->finalize (object);
}

static void
cfa_form_dialog_class_init (CfaFormDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cfa_form_dialog_finalize;
  submitted_signal = g_signal_new ("submitted", CFA_TYPE_FORM_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/settings/form-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaFormDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, CfaFormDialog, action_button);
  gtk_widget_class_bind_template_child (widget_class, CfaFormDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, CfaFormDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, CfaFormDialog, group);
  gtk_widget_class_bind_template_child (widget_class, CfaFormDialog, error_label);
  gtk_widget_class_bind_template_child (widget_class, CfaFormDialog, secret_title);
  gtk_widget_class_bind_template_child (widget_class, CfaFormDialog, secret_text);
  gtk_widget_class_bind_template_child (widget_class, CfaFormDialog, secret_label);
  gtk_widget_class_bind_template_child (widget_class, CfaFormDialog, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, on_submit);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
}

static void
cfa_form_dialog_init (CfaFormDialog *self)
{
  self->fields = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * cfa_form_dialog_new:
 * @parent: a widget of the window above which it opens
 * @action: what the button does, "Invite"
 * @description: (nullable): what will come of it
 *
 * Returns: (transfer none): the dialog, which belongs to the toolkit; gtk_window_present() shows it
 */
CfaFormDialog *
cfa_form_dialog_new (GtkWidget *parent, const char *title, const char *action, const char *description)
{
  CfaFormDialog *self = g_object_new (CFA_TYPE_FORM_DIALOG, "title", title, "transient-for", gtk_widget_get_root (parent), NULL);

  gtk_button_set_label (GTK_BUTTON (self->action_button), action);
  adw_preferences_group_set_description (self->group, description);
  cfa_accessible_name_inside (GTK_WIDGET (self->group), GTK_TYPE_LIST_BOX, title);
  update (self);
  return self;
}

void
cfa_form_dialog_add (CfaFormDialog *self, GtkWidget *row)
{
  adw_preferences_group_add (self->group, row);
}

/**
 * cfa_form_dialog_add_field:
 * Returns: (transfer none): the field, which must be fine before the dialog can be submitted.
 */
CfaField *
cfa_form_dialog_add_field (CfaFormDialog *self, const char *title, CfaRule rule, gboolean password)
{
  GtkWidget *row = g_object_new (password ? ADW_TYPE_PASSWORD_ENTRY_ROW : ADW_TYPE_ENTRY_ROW, "title", title, NULL);
  CfaField *field = cfa_field_new (row, rule, FALSE);

  g_ptr_array_add (self->fields, field);
  cfa_form_dialog_add (self, row);
  cfa_form_dialog_add (self, cfa_field_get_note (field));
  cfa_accessible_name_inside (row, GTK_TYPE_BUTTON, _("Show password"));
  g_signal_connect_swapped (field, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (on_submit), self);
  update (self);
  return field;
}

/**
 * cfa_form_dialog_end:
 * @error: (nullable): why it came to nothing; the dialog then stays, with what was typed
 */
void
cfa_form_dialog_end (CfaFormDialog *self, const GError *error)
{
  g_autofree char *words = NULL;

  self->busy = FALSE;
  if (error == NULL)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  words = cfa_change_problem (error);
  update (self);
  set_error (self, words);
  if (self->fields->len > 0)
    gtk_widget_grab_focus (cfa_field_get_row (self->fields->pdata[0]));
}

/**
 * cfa_form_dialog_show_secret:
 * @title: what it is, or what is to be done with it
 * @secret: what is shown this once
 * @explanation: what it is good for
 *
 * It is done, and the secret is to be passed on.
 */
void
cfa_form_dialog_show_secret (CfaFormDialog *self, const char *title, const char *secret, const char *explanation)
{
  self->busy = FALSE;
  update (self);
  gtk_label_set_label (self->secret_title, title);
  gtk_label_set_label (self->secret_text, explanation);
  gtk_label_set_label (self->secret_label, secret);
  gtk_stack_set_visible_child_name (self->stack, "secret");
  gtk_widget_set_visible (self->action_button, FALSE);
  gtk_button_set_label (self->cancel_button, _("Done"));
  gtk_widget_grab_focus (GTK_WIDGET (self->copy_button));
}

/**
 * cfa_form_dialog_show_link:
 * @server: base address
 * @answer: an invite with its token, which is shown this once
 * @explanation: what it is good for
 *
 * It is done, and the link is to be passed on, unless that is done by mail.
 */
void
cfa_form_dialog_show_link (CfaFormDialog *self, const char *server, const CfInviteResult *answer, const char *explanation)
{
  g_autofree char *link = cf_invite_link_new (server, answer->token), *words = NULL;
  const CfInvite *invite = answer->invite;
  gboolean addressed = invite->email != NULL && *invite->email != '\0';

  if (invite->mail == CF_INVITE_MAIL_WAITING)
    words = g_strdup_printf (_("An email with it is on its way to %s. %s"), invite->email, explanation);
  else if (addressed)
    words = g_strdup_printf (_("This server is not set up to send email: copy the link and pass it on yourself. %s"), explanation);
  cfa_form_dialog_show_secret (self, invite->mail == CF_INVITE_MAIL_WAITING ? _("The link was sent") : _("Pass this link on"), link,
                               words != NULL ? words : explanation);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "message-actions.h"

struct _CfaMessageActions
{
  GtkBox parent_instance;

  GtkWidget *undo_button;
  GtkWidget *retry_button;
  GtkWidget *anyway_button;
  GtkWidget *discard_button;
};

G_DEFINE_FINAL_TYPE (CfaMessageActions, cfa_message_actions, GTK_TYPE_BOX)

static void
cfa_message_actions_class_init (CfaMessageActionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/conversations/message-actions.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaMessageActions, undo_button);
  gtk_widget_class_bind_template_child (widget_class, CfaMessageActions, retry_button);
  gtk_widget_class_bind_template_child (widget_class, CfaMessageActions, anyway_button);
  gtk_widget_class_bind_template_child (widget_class, CfaMessageActions, discard_button);
}

static void
cfa_message_actions_init (CfaMessageActions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * cfa_message_actions_new:
 * @id: of an own message
 *
 * What can be done with a message that has not arrived: "conversation.undo-send", "conversation.retry-message", "conversation.send-anyway" and
 * "conversation.discard-message", each with its id.
 *
 * Returns: (transfer floating): the buttons, none of which is shown yet
 */
GtkWidget *
cfa_message_actions_new (const char *id)
{
  CfaMessageActions *self = g_object_new (CFA_TYPE_MESSAGE_ACTIONS, NULL);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->undo_button), "s", id);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->retry_button), "s", id);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->anyway_button), "s", id);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->discard_button), "s", id);
  return GTK_WIDGET (self);
}

/**
 * cfa_message_actions_set:
 * @held: it can still be called back
 * @failed: it was not sent
 * @overtaken: because a colleague was faster
 */
void
cfa_message_actions_set (CfaMessageActions *self, gboolean held, gboolean failed, gboolean overtaken)
{
  gtk_widget_set_visible (self->undo_button, held);
  gtk_widget_set_visible (self->retry_button, failed && !overtaken);
  gtk_widget_set_visible (self->anyway_button, overtaken);
  gtk_widget_set_visible (self->discard_button, failed);
}

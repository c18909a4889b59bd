/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "start-dialog.h"

#include "protocol/id.h"
#include "protocol/methods/conversation-params.h"
#include "visitor-text.h"

#include <glib/gi18n.h>

struct _CfaStartDialog
{
  AdwWindow parent_instance;

  CfaSession *session;
  CfConversationStartParams *params; /* the same ids for every try, so that the visitor reads it once */
  gboolean busy;

  AdwWindowTitle *title;
  GtkWidget *cancel_button;
  GtkWidget *send_button;
  GtkWidget *view;
  GtkLabel *error_label;
};

static guint started_signal;

G_DEFINE_FINAL_TYPE (CfaStartDialog, cfa_start_dialog, ADW_TYPE_WINDOW)

/* Returns: (transfer full): what was written, without blanks around it */
static char *
dup_text (CfaStartDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  GtkTextIter start, end;
  char *text;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  return g_strstrip (text);
}

static void
update (CfaStartDialog *self)
{
  g_autofree char *text = dup_text (self);

  gtk_widget_set_sensitive (self->send_button, !self->busy && *text != '\0' && g_utf8_strlen (text, -1) <= CF_MESSAGE_TEXT_MAX);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->view), !self->busy);
}

/* The conversation may be one that was open already, with another id than ours. */
static const char *
conversation_in (const CfRecordsResult *answer)
{
  for (guint i = 0; answer->records != NULL && i < answer->records->len; i++)
    if (CF_RECORD (answer->records->pdata[i])->parent.shape == &cf_conversation_shape)
      return CF_RECORD (answer->records->pdata[i])->id;
  return NULL;
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaStartDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfRecordsResult) answer = cfa_session_call_finish (CFA_SESSION (source), result, &error);

  self->busy = FALSE;
  if (answer == NULL)
    {
      gtk_label_set_label (self->error_label, error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->error_label), TRUE);
      update (self);
      return;
    }
  g_signal_emit (self, started_signal, 0, conversation_in (answer));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
send (CfaStartDialog *self)
{
  g_autofree char *text = dup_text (self);

  if (!gtk_widget_get_sensitive (self->send_button))
    return;
  /* Other words are another message. */
  if (g_strcmp0 (self->params->text, text) != 0)
    {
      g_free (self->params->message_id);
      g_free (self->params->text);
      self->params->message_id = cf_id_new ();
      self->params->text = g_strdup (text);
    }
  self->busy = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), FALSE);
  update (self);
  cfa_session_call_async (self->session, "conversation.start", self->params, &cf_records_result_shape, NULL, on_started, g_object_ref (self));
}

/* As in the composer: Enter sends, with Shift it is a line of its own. */
static gboolean
on_key (CfaStartDialog *self, guint key, guint code, GdkModifierType modifiers)
{
  if ((key != GDK_KEY_Return && key != GDK_KEY_KP_Enter) || (modifiers & GDK_SHIFT_MASK) != 0)
    return FALSE;
  send (self);
  return TRUE;
}

static void
cfa_start_dialog_finalize (GObject *object)
{
  CfaStartDialog *self = CFA_START_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->params, cf_struct_unref);
  G_OBJECT_CLASS (cfa_start_dialog_parent_class)->finalize (object);
}

static void
cfa_start_dialog_class_init (CfaStartDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cfa_start_dialog_finalize;
  started_signal = g_signal_new ("started", CFA_TYPE_START_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/monitor/start-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaStartDialog, title);
  gtk_widget_class_bind_template_child (widget_class, CfaStartDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, CfaStartDialog, send_button);
  gtk_widget_class_bind_template_child (widget_class, CfaStartDialog, view);
  gtk_widget_class_bind_template_child (widget_class, CfaStartDialog, error_label);
  gtk_widget_class_bind_template_callback (widget_class, send);
}

static void
cfa_start_dialog_init (CfaStartDialog *self)
{
  GtkEventController *keys;

  gtk_widget_init_template (GTK_WIDGET (self));
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (self->view, keys);
  g_signal_connect_swapped (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), "changed", G_CALLBACK (update), self);
}

/**
 * cfa_start_dialog_new:
 * @parent: the window above which it opens
 * @visitor: to whom one speaks
 *
 * Returns: (transfer none): the dialog, which belongs to the toolkit; gtk_window_present() shows it
 */
GtkWidget *
cfa_start_dialog_new (GtkWindow *parent, CfaSession *session, const CfMonitorVisitor *visitor)
{
  g_autofree char *who = cfa_visitor_title (visitor);
  g_autofree char *path = cfa_visitor_path (visitor->url);
  CfaStartDialog *self = g_object_new (CFA_TYPE_START_DIALOG, "title", who, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  self->params = cf_struct_new (&cf_conversation_start_params_shape);
  self->params->id = cf_id_new ();
  self->params->visitor_id = g_strdup (visitor->id);
  adw_window_title_set_title (self->title, who);
  adw_window_title_set_subtitle (self->title, visitor->title != NULL ? visitor->title : path);
  gtk_widget_grab_focus (self->view);
  return GTK_WIDGET (self);
}

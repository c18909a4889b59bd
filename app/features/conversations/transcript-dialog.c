/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transcript-dialog.h"

#include "app/features/settings/change.h"
#include "app/features/settings/form-dialog.h"

#include "protocol/id.h"
#include "protocol/methods/conversation-params.h"
#include "protocol/methods/results.h"

#include <glib/gi18n.h>

/* What is asked for. */
typedef struct
{
  CfaSession *session;
  GtkWidget *page; /* above whose window it stands */
  CfaFormDialog *dialog;
  CfaVisitor *visitor; /* nullable */
  CfaField *address;
  CfConversationTranscriptParams *params; /* with an id that is the same for each try */
} Form;

static void
form_free (Form *form)
{
  g_object_unref (form->session);
  g_clear_object (&form->visitor);
  cf_struct_unref (form->params);
  g_free (form);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaFormDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfRecordsResult) answer = cfa_session_call_finish (CFA_SESSION (source), result, &error);

  if (answer != NULL)
    cfa_change_tell (((Form *) g_object_get_data (G_OBJECT (dialog), "form"))->page, _("The transcript is on its way"));
  cfa_form_dialog_end (dialog, error);
}

static void
on_submitted (CfaFormDialog *dialog, Form *form)
{
  g_free (form->params->address);
  form->params->address = cfa_field_dup_text (form->address);
  cfa_session_call_async (form->session, "conversation.transcript", form->params, &cf_records_result_shape, NULL, on_answered, g_object_ref (dialog));
}

/* The visitor's own address, once it is known, unless another one is being written. */
static void
fill (CfaFormDialog *dialog)
{
  Form *form = g_object_get_data (G_OBJECT (dialog), "form");
  const CfVisitor *visitor = form->visitor != NULL ? cfa_visitor_get (form->visitor) : NULL;
  g_autofree char *text = cfa_field_dup_text (form->address);

  if (*text == '\0' && visitor != NULL && visitor->email != NULL)
    gtk_editable_set_text (GTK_EDITABLE (cfa_field_get_row (form->address)), visitor->email);
}

/**
 * cfa_transcript_dialog_open:
 * @parent: a widget of the window above which it opens
 *
 * Asks where the transcript of @conversation is to go, and has the server send it.
 */
void
cfa_transcript_dialog_open (GtkWidget *parent, CfaSession *session, CfaConversation *conversation)
{
  Form *form = g_new0 (Form, 1);

  form->page = parent;
  form->session = g_object_ref (session);
  form->visitor = cfa_session_open_visitor (session, conversation);
  form->params = cf_struct_new (&cf_conversation_transcript_params_shape);
  form->params->id = g_strdup (cfa_conversation_get_id (conversation));
  form->params->event_id = cf_id_new ();
  form->dialog = cfa_form_dialog_new (parent, _("Email the transcript"), _("Send"),
                                      _("What the visitor and the team said to each other, without notes. A line in the conversation, which the visitor sees too, "
                                        "says where it was sent."));
  form->address = cfa_form_dialog_add_field (form->dialog, _("Email address"), cfa_rule_email, FALSE);
  g_object_set_data_full (G_OBJECT (form->dialog), "form", form, (GDestroyNotify) form_free);
  if (form->visitor != NULL)
    g_signal_connect_object (form->visitor, "changed", G_CALLBACK (fill), form->dialog, G_CONNECT_SWAPPED);
  fill (form->dialog);
  g_signal_connect (form->dialog, "submitted", G_CALLBACK (on_submitted), form);
  gtk_window_present (GTK_WINDOW (form->dialog));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign-out-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct
{
  CfaSession *session;
  GAsyncReadyCallback callback;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->session);
  g_free (question);
}

static void
on_answer (GtkWindow *dialog, const char *answer, gpointer data)
{
  Question *question = data;
  GtkWindow *parent = gtk_window_get_transient_for (dialog);

  if (!g_str_equal (answer, "cancel") && parent != NULL)
    cfa_session_sign_out_force_async (question->session, g_str_equal (answer, "everywhere"), NULL, question->callback, g_object_ref (parent));
}

/**
 * cfa_sign_out_dialog_ask:
 * @everywhere: on the agent's other devices too
 * @callback: gets a reference to @parent; not called when the person does not want to any more
 *
 * Asks before anything is lost: unsent messages, or the sessions on other devices.
 */
void
cfa_sign_out_dialog_ask (GtkWindow *parent, CfaSession *session, gboolean everywhere, GAsyncReadyCallback callback)
{
  guint pending = cfa_session_get_pending (session);
  g_autofree char *unsent = g_strdup_printf (ngettext ("%u message has not been sent yet. Signing out discards it.",
                                                       "%u messages have not been sent yet. Signing out discards them.",
                                                       pending), pending);
  g_autofree char *body = g_strjoin ("\n\n", everywhere ? _("You will have to sign in again on all your devices.") : unsent,
                                     everywhere && pending > 0 ? unsent : NULL, NULL);
  AdwMessageDialog *dialog;
  Question *question;

  if (!everywhere && pending == 0)
    {
      cfa_session_sign_out_async (session, FALSE, NULL, callback, g_object_ref (parent));
      return;
    }
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, everywhere ? _("Sign out everywhere?") : _("Sign out and lose messages?"), body));
  adw_message_dialog_add_response (dialog, "cancel", _("Cancel"));
  adw_message_dialog_add_response (dialog, everywhere ? "everywhere" : "here", _("Sign out"));
  adw_message_dialog_set_response_appearance (dialog, everywhere ? "everywhere" : "here", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (dialog, "cancel");
  question = g_new0 (Question, 1);
  question->session = g_object_ref (session);
  question->callback = callback;
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_answer), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

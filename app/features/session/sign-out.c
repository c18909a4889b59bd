/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-private.h"

#include "app/connection/login.h"
#include "app/connection/problem.h"
#include "app/desktop/credentials.h"
#include "app/features/files/file-cache.h"

#include "protocol/error.h"

#include <glib/gi18n-lib.h>

static void
on_cleared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  /* Without a keyring there was nothing to clear. */
  if (!cfa_credentials_clear_finish (result, &error))
    g_message ("the token could not be cleared: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

static void
forget_here (GTask *task)
{
  CfaSession *self = g_task_get_source_object (task);
  g_autoptr (CfaCache) cache = g_object_ref (cfa_session_get_cache (self));
  g_autofree char *files = cfa_file_cache_folder (cfa_session_get_agent_id (self));
  g_autofree char *drafts = cfa_draft_files_folder (cfa_session_get_agent_id (self));

  cfa_session_stop (self);
  cfa_cache_erase (cache);
  cfa_file_cache_erase (files);
  cfa_draft_files_erase (drafts);
  cfa_account_erase ();
  cfa_credentials_clear_async (cfa_session_get_server (self), cfa_session_get_agent_id (self), NULL, on_cleared, g_object_ref (task));
}

static void
on_logged_out (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CfaSession *self = g_task_get_source_object (task);
  gboolean everywhere = GPOINTER_TO_INT (g_task_get_task_data (task));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  cfa_logout_finish (result, &error);
  /* Leaving this computer needs no server; ending the other sessions does. A server that knows the token no more has nothing to end. */
  if (error == NULL || !everywhere || cf_error_code (error) == CF_ERROR_UNAUTHENTICATED
      || cf_error_code (error) == CF_ERROR_EXPIRED || cf_error_code (error) == CF_ERROR_REVOKED)
    {
      forget_here (task);
      return;
    }
  text = cfa_problem_describe (error, cfa_session_get_server (self));
  g_task_return_new_error (task, CFA_SESSION_ERROR, CFA_SESSION_ERROR_UNREACHABLE,
                           _("The other devices were not signed out, so nothing was changed here. %s"), text);
}

static void
sign_out (CfaSession *self, gboolean everywhere, gboolean force, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  guint unsent = cfa_session_get_unsent (self);

  g_task_set_task_data (task, GINT_TO_POINTER (everywhere), NULL);
  if (cfa_session_get_cache (self) == NULL)
    g_task_return_boolean (task, TRUE);
  else if (unsent > 0 && !force)
    g_task_return_new_error (task, CFA_SESSION_ERROR, CFA_SESSION_ERROR_UNSENT,
                             g_dngettext (GETTEXT_PACKAGE, "%u message has not been sent. Signing out would lose it.",
                                          "%u messages have not been sent. Signing out would lose them.", unsent), unsent);
  else if (cfa_session_get_token (self) == NULL)
    forget_here (task);
  else
    cfa_logout_async (cfa_session_get_server (self), cfa_session_get_token (self), everywhere, cancellable,
                      on_logged_out, g_object_ref (task));
}

/**
 * cfa_session_sign_out_async:
 * @everywhere: end the agent's sessions on all devices; this needs the server
 *
 * Ends the session at the server, if it can be reached, and forgets token, account and cache on this computer. Messages that
 * were not sent are not lost: then it ends with CFA_SESSION_ERROR_UNSENT and has changed nothing.
 */
void
cfa_session_sign_out_async (CfaSession *self, gboolean everywhere, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  sign_out (self, everywhere, FALSE, cancellable, callback, user_data);
}

/**
 * cfa_session_sign_out_force_async:
 * Like cfa_session_sign_out_async(), for a person who was told that unsent messages will be lost and wants it so.
 */
void
cfa_session_sign_out_force_async (CfaSession *self, gboolean everywhere,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  sign_out (self, everywhere, TRUE, cancellable, callback, user_data);
}

gboolean
cfa_session_sign_out_finish (CfaSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "login.h"

#include "answer.h"
#include "front-door.h"

#include "protocol/error.h"

#define SIGN_IN_PATH "/api/v1/sessions"
#define SHOW_PATH    "/api/v1/invites/show"
#define ACCEPT_PATH  "/api/v1/invites/accept"

static char *
device_name (void)
{
  return g_strdup_printf ("ChatFlow on %s", g_get_host_name ());
}

/* Of what a person may leave empty. */
static char *
dup_typed (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text != NULL ? text : ""));

  return *stripped != '\0' ? g_steal_pointer (&stripped) : NULL;
}

/**
 * cfa_login_async:
 * @address: as a person typed it
 *
 * Finds the server, asks whether it is one, and signs in.
 */
void
cfa_login_async (const char *address, const char *email, const char *password,
                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  CfLoginParams *params = cf_struct_new (&cf_login_params_shape);

  params->email = g_strstrip (g_strdup (email));
  params->password = g_strdup (password);
  params->device = device_name ();
  cfa_front_door_async (address, SIGN_IN_PATH, params, &cf_login_result_shape, cancellable, callback, user_data);
}

/**
 * cfa_login_join_async:
 * @token: of an invite
 * @name: (nullable): of who joins; NULL for another password
 * @email: (nullable): where the invite has none
 *
 * Signs in with an invite; ends with cfa_login_finish().
 */
void
cfa_login_join_async (const char *address, const char *token, const char *name, const char *email, const char *password,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  CfInviteAcceptParams *params = cf_struct_new (&cf_invite_accept_params_shape);

  params->token = g_strdup (token);
  params->name = dup_typed (name);
  params->email = dup_typed (email);
  params->password = g_strdup (password);
  params->device = device_name ();
  cfa_front_door_async (address, ACCEPT_PATH, params, &cf_login_result_shape, cancellable, callback, user_data);
}

/**
 * cfa_login_finish:
 * @server: (out): the base address at which the server was found, or the last one tried
 *
 * Returns: (transfer full): token, login session and agent, or NULL: CFA_ADDRESS_ERROR, CF_ERROR when the server refused,
 *   else why it could not be reached.
 */
CfLoginResult *
cfa_login_finish (GAsyncResult *result, char **server, GError **error)
{
  g_autoptr (CfLoginResult) answer = cfa_front_door_finish (result, server, error);

  if (answer == NULL || (answer->token != NULL && answer->agent != NULL && answer->agent->parent.id != NULL))
    return g_steal_pointer (&answer);
  g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "got an answer without token or agent");
  return NULL;
}

/**
 * cfa_login_show_invite_async:
 * Who invites, and whom.
 */
void
cfa_login_show_invite_async (const char *address, const char *token,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  CfInviteShowParams *params = cf_struct_new (&cf_invite_show_params_shape);

  params->token = g_strdup (token);
  cfa_front_door_async (address, SHOW_PATH, params, &cf_invite_show_result_shape, cancellable, callback, user_data);
}

/**
 * cfa_login_show_invite_finish:
 * @server: (out): as of cfa_login_finish()
 *
 * Returns: (transfer full): what the server says of it; errors as of cfa_login_finish().
 */
CfInviteShowResult *
cfa_login_show_invite_finish (GAsyncResult *result, char **server, GError **error)
{
  return cfa_front_door_finish (result, server, error);
}

static void
on_logged_out (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SoupMessage *message = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);

  if (body != NULL && !SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (message)))
    cfa_answer_refusal (body, soup_message_get_status (message), &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * cfa_logout_async:
 * @everywhere: end all of the agent's sessions, not this one alone
 */
void
cfa_logout_async (const char *server, const char *token, gboolean everywhere,
                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (SoupSession) http = cfa_front_door_new_http ();
  g_autofree char *address = g_strconcat (server, everywhere ? "/api/v1/sessions/revoke-all" : "/api/v1/sessions/current", NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
  SoupMessage *message = soup_message_new (everywhere ? SOUP_METHOD_POST : SOUP_METHOD_DELETE, address);
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);

  g_task_set_task_data (task, message, g_object_unref);
  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", bearer);
  if (everywhere)
    soup_message_set_request_body_from_bytes (message, "application/json", body);
  soup_session_send_and_read_async (http, message, G_PRIORITY_DEFAULT, cancellable, on_logged_out, g_object_ref (task));
}

/**
 * cfa_logout_finish:
 * Returns: whether the server ended the session; CF_ERROR when it refused.
 */
gboolean
cfa_logout_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

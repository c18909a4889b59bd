/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "login.h"

#include "address.h"
#include "answer.h"
#include "problem.h"

#include "protocol/error.h"
#include "protocol/json.h"

#include <libsoup/soup.h>
#include <string.h>

#define TIMEOUT_S  15
/* A server that speaks plain HTTP waits for the rest of a TLS greeting; who typed "localhost:8080" must not wait with it. */
#define PROBE_S    2
#define INFO_PATH  "/api/v1/server"

typedef struct
{
  SoupSession *http;
  SoupMessage *message; /* on its way */
  char **candidates;
  guint tried;
  CfLoginParams *params;
} Login;

static void try_candidate (GTask *task);

static void
login_free (Login *login)
{
  g_clear_object (&login->http);
  g_clear_object (&login->message);
  g_strfreev (login->candidates);
  cf_struct_unref (login->params);
  g_free (login);
}

static SoupSession *
new_http (void)
{
  return soup_session_new_with_options ("user-agent", "ChatFlow/" CHATFLOW_VERSION, "timeout", TIMEOUT_S, NULL);
}

static void
on_logged_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Login *login = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  g_autoptr (CfLoginResult) answer = NULL;

  if (body != NULL)
    answer = cfa_answer_read (login->message, body, &cf_login_result_shape, &error);
  if (answer != NULL && (answer->token == NULL || answer->agent == NULL || answer->agent->parent.id == NULL))
    error = g_error_new_literal (CF_ERROR, CF_ERROR_INVALID, "got an answer without token or agent");
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&answer), cf_struct_unref);
}

static void
log_in (GTask *task)
{
  Login *login = g_task_get_task_data (task);
  g_autofree char *address = g_strconcat (login->candidates[login->tried], "/api/v1/sessions", NULL);
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GBytes) body = NULL;

  cf_json_encode (json, login->params, CF_AUDIENCE_STAFF);
  body = g_bytes_new (json->str, json->len);
  g_clear_object (&login->message);
  login->message = soup_message_new (SOUP_METHOD_POST, address);
  soup_message_add_flags (login->message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_set_request_body_from_bytes (login->message, "application/json", body);
  soup_session_send_and_read_async (login->http, login->message, G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                                    on_logged_in, g_object_ref (task));
}

/* Where a redirect has led, as from http to https, the password goes too, and not to the address that was left. */
static void
follow_redirect (Login *login)
{
  g_autofree char *uri = g_uri_to_string (soup_message_get_uri (login->message));

  if (!g_str_has_suffix (uri, INFO_PATH))
    return;
  uri[strlen (uri) - strlen (INFO_PATH)] = '\0';
  g_free (login->candidates[login->tried]);
  login->candidates[login->tried] = g_steal_pointer (&uri);
}

static void
on_info (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Login *login = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  g_autoptr (CfServerInfo) info = NULL;

  if (body == NULL)
    {
      /* A certificate that is not to be trusted is no reason to go on in the clear. */
      if (login->candidates[login->tried + 1] != NULL && !cfa_problem_is_tls (error)
          && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          login->tried++;
          try_candidate (task);
          return;
        }
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  info = cfa_answer_read (login->message, body, &cf_server_info_shape, NULL);
  if (info == NULL || g_strcmp0 (info->name, "ChatFlow") != 0)
    g_task_return_new_error (task, CFA_ADDRESS_ERROR, CFA_ADDRESS_ERROR_NO_SERVER,
                             "got HTTP %u from %s, expected a ChatFlow server", soup_message_get_status (login->message),
                             login->candidates[login->tried]);
  else
    {
      follow_redirect (login);
      log_in (task);
    }
}

static void
try_candidate (GTask *task)
{
  Login *login = g_task_get_task_data (task);
  g_autofree char *address = g_strconcat (login->candidates[login->tried], INFO_PATH, NULL);

  g_object_set (login->http, "timeout", login->candidates[login->tried + 1] != NULL ? PROBE_S : TIMEOUT_S, NULL);
  g_clear_object (&login->message);
  login->message = soup_message_new (SOUP_METHOD_GET, address);
  if (login->message == NULL)
    {
      g_task_return_new_error (task, CFA_ADDRESS_ERROR, CFA_ADDRESS_ERROR_INVALID, "got an address that cannot be called");
      return;
    }
  soup_session_send_and_read_async (login->http, login->message, G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                                    on_info, g_object_ref (task));
}

/**
 * cfa_login_async:
 * @address: as a person typed it
 *
 * Finds the server, asks whether it is one, and signs in by POST /api/v1/sessions.
 */
void
cfa_login_async (const char *address, const char *email, const char *password,
                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Login *login = g_new0 (Login, 1);
  GError *error = NULL;

  g_task_set_task_data (task, login, (GDestroyNotify) login_free);
  login->candidates = cfa_address_candidates (address, &error);
  if (login->candidates == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  login->http = new_http ();
  login->params = cf_struct_new (&cf_login_params_shape);
  login->params->email = g_strstrip (g_strdup (email));
  login->params->password = g_strdup (password);
  login->params->device = g_strdup_printf ("ChatFlow on %s", g_get_host_name ());
  try_candidate (task);
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
  Login *login = g_task_get_task_data (G_TASK (result));

  *server = g_strdup (login->candidates != NULL ? login->candidates[login->tried] : NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
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
  g_autoptr (SoupSession) http = new_http ();
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

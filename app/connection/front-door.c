/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "front-door.h"

#include "address.h"
#include "answer.h"
#include "problem.h"

#include "protocol/error.h"
#include "protocol/json.h"
#include "protocol/methods/session.h"

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
  char *path;
  CfStruct *params;
  const CfShape *result;
} Visit;

static void try_candidate (GTask *task);

static void
visit_free (Visit *visit)
{
  g_clear_object (&visit->http);
  g_clear_object (&visit->message);
  g_strfreev (visit->candidates);
  g_free (visit->path);
  cf_struct_unref (visit->params);
  g_free (visit);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Visit *visit = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  gpointer answer = body != NULL ? cfa_answer_read (visit->message, body, visit->result, &error) : NULL;

  if (answer == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, answer, cf_struct_unref);
}

static void
ask (GTask *task)
{
  Visit *visit = g_task_get_task_data (task);
  g_autofree char *address = g_strconcat (visit->candidates[visit->tried], visit->path, NULL);
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GBytes) body = NULL;

  cf_json_encode (json, visit->params, CF_AUDIENCE_STAFF);
  body = g_bytes_new (json->str, json->len);
  g_clear_object (&visit->message);
  visit->message = soup_message_new (SOUP_METHOD_POST, address);
  soup_message_add_flags (visit->message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_set_request_body_from_bytes (visit->message, "application/json", body);
  soup_session_send_and_read_async (visit->http, visit->message, G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                                    on_answered, g_object_ref (task));
}

/* Where a redirect has led, as from http to https, what is said goes too, and not to the address that was left. */
static void
follow_redirect (Visit *visit)
{
  g_autofree char *uri = g_uri_to_string (soup_message_get_uri (visit->message));

  if (!g_str_has_suffix (uri, INFO_PATH))
    return;
  uri[strlen (uri) - strlen (INFO_PATH)] = '\0';
  g_free (visit->candidates[visit->tried]);
  visit->candidates[visit->tried] = g_steal_pointer (&uri);
}

static void
on_info (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Visit *visit = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  g_autoptr (CfServerInfo) info = NULL;

  if (body == NULL)
    {
      /* A certificate that is not to be trusted is no reason to go on in the clear. */
      if (visit->candidates[visit->tried + 1] != NULL && !cfa_problem_is_tls (error)
          && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          visit->tried++;
          try_candidate (task);
          return;
        }
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  info = cfa_answer_read (visit->message, body, &cf_server_info_shape, NULL);
  if (info == NULL || g_strcmp0 (info->name, "ChatFlow") != 0)
    g_task_return_new_error (task, CFA_ADDRESS_ERROR, CFA_ADDRESS_ERROR_NO_SERVER,
                             "got HTTP %u from %s, expected a ChatFlow server", soup_message_get_status (visit->message),
                             visit->candidates[visit->tried]);
  else
    {
      follow_redirect (visit);
      ask (task);
    }
}

static void
try_candidate (GTask *task)
{
  Visit *visit = g_task_get_task_data (task);
  g_autofree char *address = g_strconcat (visit->candidates[visit->tried], INFO_PATH, NULL);

  g_object_set (visit->http, "timeout", visit->candidates[visit->tried + 1] != NULL ? PROBE_S : TIMEOUT_S, NULL);
  g_clear_object (&visit->message);
  visit->message = soup_message_new (SOUP_METHOD_GET, address);
  if (visit->message == NULL)
    {
      g_task_return_new_error (task, CFA_ADDRESS_ERROR, CFA_ADDRESS_ERROR_INVALID, "got an address that cannot be called");
      return;
    }
  soup_session_send_and_read_async (visit->http, visit->message, G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                                    on_info, g_object_ref (task));
}

/**
 * cfa_front_door_new_http:
 * Returns: (transfer full): what speaks HTTP as this program.
 */
SoupSession *
cfa_front_door_new_http (void)
{
  return soup_session_new_with_options ("user-agent", "ChatFlow/" CHATFLOW_VERSION, "timeout", TIMEOUT_S, NULL);
}

/**
 * cfa_front_door_async:
 * @address: as a person typed it, or a base address
 * @path: of the method that is called, /api/v1/sessions
 * @params: (transfer full): a CfStruct
 * @result: what the answer is
 *
 * What can be done before anybody is signed in: finds the server, asks whether it is one, and calls a method there by POST.
 */
void
cfa_front_door_async (const char *address, const char *path, gpointer params, const CfShape *result,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Visit *visit = g_new0 (Visit, 1);
  GError *error = NULL;

  visit->path = g_strdup (path);
  visit->params = params;
  visit->result = result;
  g_task_set_task_data (task, visit, (GDestroyNotify) visit_free);
  visit->candidates = cfa_address_candidates (address, &error);
  if (visit->candidates == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  visit->http = cfa_front_door_new_http ();
  try_candidate (task);
}

/**
 * cfa_front_door_finish:
 * @server: (out): the base address at which the server was found, or the last one tried; NULL without any
 *
 * Returns: (transfer full): the answer, or NULL: CFA_ADDRESS_ERROR, CF_ERROR when the server refused, else why it could not be reached.
 */
gpointer
cfa_front_door_finish (GAsyncResult *result, char **server, GError **error)
{
  Visit *visit = g_task_get_task_data (G_TASK (result));

  *server = g_strdup (visit->candidates != NULL ? visit->candidates[visit->tried] : NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

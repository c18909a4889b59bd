/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web-client.h"

#include "bench.h"

#define MAX_MESSAGE (8 * 1024 * 1024)

/**
 * web_session_new:
 * @ca_file: (nullable): PEM file with the only certificate that is trusted
 */
SoupSession *
web_session_new (const char *ca_file)
{
  SoupSession *session = soup_session_new ();

  soup_session_remove_feature_by_type (session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
  soup_session_set_proxy_resolver (session, NULL);
  if (ca_file != NULL)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GTlsDatabase) trusted = g_tls_file_database_new (ca_file, &error);

      g_assert_no_error (error);
      soup_session_set_tls_database (session, trusted);
    }
  return session;
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/**
 * web_get:
 * @body: (nullable): to be posted
 *
 * Returns: (transfer full): status and body of the answer, or "error" and its text
 */
char *
web_get (SoupSession *session, const char *uri, const char *body)
{
  g_autoptr (SoupMessage) message = soup_message_new (body != NULL ? "POST" : "GET", uri);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = NULL;

  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "text/plain", bytes);
    }
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, keep_result, &result);
  WAIT_UNTIL (result != NULL);
  answer = soup_session_send_and_read_finish (session, result, &error);
  if (answer == NULL)
    return g_strconcat ("error ", error->message, NULL);
  return g_strdup_printf ("%u %.*s", soup_message_get_status (message), (int) g_bytes_get_size (answer),
                          (const char *) g_bytes_get_data (answer, NULL));
}

static void
on_message (SoupWebsocketConnection *socket, int type, GBytes *bytes, WebClient *self)
{
  g_assert_cmpint (type, ==, SOUP_WEBSOCKET_DATA_TEXT);
  g_ptr_array_add (self->texts, g_bytes_ref (bytes));
}

static void
on_closed (SoupWebsocketConnection *socket, WebClient *self)
{
  self->closed = TRUE;
  self->close_code = soup_websocket_connection_get_close_code (socket);
}

WebClient *
web_client_open (SoupSession *session, const char *uri)
{
  WebClient *self = g_new0 (WebClient, 1);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  self->texts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  soup_session_websocket_connect_async (session, message, "https://page.example", NULL, G_PRIORITY_DEFAULT, NULL, keep_result, &result);
  WAIT_UNTIL (result != NULL);
  self->socket = soup_session_websocket_connect_finish (session, result, &error);
  g_assert_no_error (error);
  soup_websocket_connection_set_max_incoming_payload_size (self->socket, MAX_MESSAGE);
  g_signal_connect (self->socket, "message", G_CALLBACK (on_message), self);
  g_signal_connect (self->socket, "closed", G_CALLBACK (on_closed), self);
  return self;
}

void
web_client_free (WebClient *self)
{
  g_signal_handlers_disconnect_by_data (self->socket, self);
  g_object_unref (self->socket);
  g_ptr_array_unref (self->texts);
  g_free (self);
}

/**
 * web_client_echo:
 *
 * Sends a text and waits until the same one comes back.
 */
void
web_client_echo (WebClient *self, const char *text)
{
  GBytes *back;

  g_ptr_array_set_size (self->texts, 0);
  soup_websocket_connection_send_text (self->socket, text);
  WAIT_UNTIL (self->texts->len == 1);
  back = self->texts->pdata[0];
  g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), text, strlen (text));
}

void
web_client_close (WebClient *self)
{
  soup_websocket_connection_close (self->socket, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  WAIT_UNTIL (self->closed);
  g_assert_cmpuint (self->close_code, ==, SOUP_WEBSOCKET_CLOSE_NORMAL);
}

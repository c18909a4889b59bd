/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"
#include "web-client.h"

#include <glib/gstdio.h>

/* A folder with a certificate for 127.0.0.1, its key, another key, and a file that is neither. */
typedef struct
{
  char *folder, *cert, *key, *other_key, *nonsense;
} Files;

static void
run (const char *const *arguments)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
}

static void
files_make (Files *self)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("transport-XXXXXX", &error);
  g_assert_no_error (error);
  self->cert = g_build_filename (self->folder, "cert.pem", NULL);
  self->key = g_build_filename (self->folder, "key.pem", NULL);
  self->other_key = g_build_filename (self->folder, "other.pem", NULL);
  self->nonsense = g_build_filename (self->folder, "nonsense.pem", NULL);
  run ((const char *const[]) { "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                               "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", self->key, "-out", self->cert, NULL });
  run ((const char *const[]) { "openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", self->other_key, NULL });
  g_assert_true (g_file_set_contents (self->nonsense, "nonsense", -1, NULL));
}

static void
files_remove (Files *self)
{
  g_unlink (self->cert);
  g_unlink (self->key);
  g_unlink (self->other_key);
  g_unlink (self->nonsense);
  g_rmdir (self->folder);
  g_free (self->cert);
  g_free (self->key);
  g_free (self->other_key);
  g_free (self->nonsense);
  g_free (self->folder);
}

static Files files;

static Bench *
start_bench (void)
{
  Bench *bench = bench_new ();

  bench->options.tls_cert = files.cert;
  bench->options.tls_key = files.key;
  bench_start (bench);
  return bench;
}

static void
test_files (void)
{
  static const CfdTransportHandlers handlers = { 0 };
  const struct { const char *cert, *key, *word; } table[] = {
    { files.cert, NULL, "tls_key" },
    { NULL, files.key, "tls_cert" },
    { "/nowhere.pem", files.key, "tls_cert: " },
    { files.cert, "/nowhere.pem", "tls_key: " },
    { files.cert, files.other_key, "cannot be used together" },
    { files.nonsense, files.key, "cannot be used together" },
    { files.cert, files.nonsense, "cannot be used together" },
  };
  g_autoptr (Bench) bench = bench_new ();

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;

      bench->options.tls_cert = table[i].cert;
      bench->options.tls_key = table[i].key;
      g_assert_null (cfd_transport_new (&bench->options, &handlers, NULL, &error));
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, table[i].word));
    }
}

static void
test_http (void)
{
  g_autoptr (Bench) bench = start_bench ();
  g_autoptr (SoupSession) session = web_session_new (files.cert);
  g_autofree char *base = g_strdup_printf ("https://127.0.0.1:%u", bench->port), *who = g_strconcat (base, "/who", NULL);
  g_autofree char *echo = g_strconcat (base, "/echo", NULL), *large = g_strconcat (base, "/large", NULL);
  g_autofree char *fill = g_strnfill (60000, 'f');

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *answer = web_get (session, who, NULL), *back = web_get (session, echo, fill);

      g_assert_cmpstr (answer, ==, "200 127.0.0.1 secure");
      g_assert_cmpstr (back + 4, ==, fill);
    }
  {
    g_autofree char *answer = web_get (session, large, NULL);

    g_assert_cmpuint (strlen (answer), ==, 4 + 4 * 1024 * 1024);
  }
}

static void
test_socket (void)
{
  g_autoptr (Bench) bench = start_bench ();
  g_autoptr (SoupSession) session = web_session_new (files.cert);
  g_autofree char *uri = g_strdup_printf ("wss://127.0.0.1:%u/socket", bench->port), *fill = g_strnfill (65536, 'f');
  g_autofree char *large = g_strnfill (3 * 1024 * 1024, 'l');
  g_autoptr (WebClient) client = web_client_open (session, uri), other = web_client_open (session, uri);
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < 100; i++)
    web_client_echo (client, "hello");
  g_test_message ("one message there and back: %.2f ms", (g_get_monotonic_time () - start) / 1000.0 / 100);
  g_assert_cmpuint (bench_stats (bench).http_connections, ==, 0);
  g_assert_cmpuint (bench_stats (bench).sockets, ==, 2);
  for (guint i = 0; i < 20; i++)
    web_client_echo (other, fill);
  g_ptr_array_set_size (client->texts, 0);
  cfd_peer_send (bench->peers->pdata[0], NULL, 0, large, strlen (large));
  WAIT_UNTIL (client->texts->len == 1);
  g_assert_cmpuint (g_bytes_get_size (client->texts->pdata[0]), ==, strlen (large));
  web_client_close (client);
  WAIT_UNTIL (bench->closed == 1 && bench_stats (bench).sockets == 1);
  cfd_peer_send (bench->peers->pdata[0], NULL, 0, "last", 4);
  cfd_peer_close (bench->peers->pdata[0], CFD_CLOSE_SESSION, "revoked");
  WAIT_UNTIL (other->closed);
  g_assert_cmpuint (other->close_code, ==, 4001);
  WAIT_UNTIL (bench_stats (bench).sockets == 0);
}

static void
test_broken_frame (void)
{
  g_autoptr (Bench) bench = start_bench ();
  g_autoptr (SoupSession) session = web_session_new (files.cert);
  g_autofree char *uri = g_strdup_printf ("wss://127.0.0.1:%u/socket", bench->port);
  g_autoptr (WebClient) client = web_client_open (session, uri);

  soup_websocket_connection_send_binary (client->socket, "\1\2\3", 3);
  WAIT_UNTIL (client->closed);
  g_assert_cmpuint (client->close_code, ==, 1003);
  WAIT_UNTIL (bench_stats (bench).sockets == 0);
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* The server ends while one request waits, one socket is open. */
static void
test_server_leaves (void)
{
  g_autoptr (Bench) bench = start_bench ();
  g_autoptr (SoupSession) session = web_session_new (files.cert);
  g_autofree char *base = g_strdup_printf ("https://127.0.0.1:%u/hold", bench->port), *uri = g_strdup_printf ("wss://127.0.0.1:%u/socket", bench->port);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", base);
  g_autoptr (WebClient) client = web_client_open (session, uri);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GInputStream) stream = NULL;

  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, NULL, keep_result, &result);
  WAIT_UNTIL (bench->held->len == 1 && bench->opened == 1);
  bench_stop (bench);
  WAIT_UNTIL (client->closed && result != NULL);
  g_assert_cmpuint (client->close_code, ==, 1012);
  stream = soup_session_send_finish (session, result, NULL);
  g_assert_cmpuint (soup_message_get_status (message), ==, 503);
}

/* Whether openssl's client can speak this version of TLS to us. */
static gboolean
can_speak (guint port, const char *version)
{
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", port);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) client
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "openssl",
                          "s_client", "-connect", address, version, "-cipher", "ALL:@SECLEVEL=0", NULL);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_no_error (error);
  g_output_stream_close (g_subprocess_get_stdin_pipe (client), NULL, NULL);
  g_subprocess_wait_async (client, NULL, keep_result, &result);
  WAIT_UNTIL (result != NULL);
  return g_subprocess_get_exit_status (client) == 0;
}

static void
test_versions (void)
{
  g_autoptr (Bench) bench = start_bench ();

  g_assert_true (can_speak (bench->port, "-tls1_3"));
  g_assert_true (can_speak (bench->port, "-tls1_2"));
  g_assert_false (can_speak (bench->port, "-tls1_1"));
  g_assert_false (can_speak (bench->port, "-tls1"));
  WAIT_UNTIL (bench_stats (bench).http_connections == 0);
}

/* A client that opens a connection and does not even speak TLS. */
static void
test_mute (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  bench->options.tls_cert = files.cert;
  bench->options.tls_key = files.key;
  bench->options.handshake_seconds = 1;
  bench_start (bench);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", bench->port, NULL, &error);
  g_assert_no_error (error);
  WAIT_UNTIL (bench_stats (bench).http_connections == 1);
  WAIT_UNTIL (bench_stats (bench).http_connections == 0);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  files_make (&files);
  g_test_add_func ("/tls/files", test_files);
  g_test_add_func ("/tls/http", test_http);
  g_test_add_func ("/tls/socket", test_socket);
  g_test_add_func ("/tls/broken-frame", test_broken_frame);
  g_test_add_func ("/tls/server-leaves", test_server_leaves);
  g_test_add_func ("/tls/versions", test_versions);
  g_test_add_func ("/tls/mute", test_mute);
  result = g_test_run ();
  files_remove (&files);
  return result;
}

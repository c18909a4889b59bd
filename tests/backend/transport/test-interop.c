/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"
#include "client.h"
#include "web-client.h"

#include <glib/gstdio.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#define PYTHON "/usr/bin/python3" /* Debian's, which has python3-websockets */

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
run_python_client (const char *uri)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "echo-client.py", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) client = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, PYTHON, script, uri, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_no_error (error);
  g_subprocess_wait_async (client, NULL, keep_result, &result);
  WAIT_UNTIL (result != NULL);
  g_assert_cmpint (g_subprocess_get_exit_status (client), ==, 0);
}

static void
test_python (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autofree char *uri = NULL;

  bench_start (bench);
  uri = g_strdup_printf ("ws://127.0.0.1:%u/socket", bench->port);
  run_python_client (uri);
  WAIT_UNTIL (bench_stats (bench).sockets == 0);
}

static void
test_soup (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (SoupSession) session = web_session_new (NULL);
  g_autoptr (WebClient) client = NULL;
  g_autofree char *uri = NULL, *fill = g_strnfill (65536, 's');

  bench_start (bench);
  uri = g_strdup_printf ("ws://127.0.0.1:%u/socket", bench->port);
  client = web_client_open (session, uri);
  web_client_echo (client, "hello");
  web_client_echo (client, fill);
  web_client_close (client);
  WAIT_UNTIL (bench_stats (bench).sockets == 0);
}

typedef struct
{
  char *folder;
  guint port;
  GSubprocess *process;
} Nginx;

static guint
free_port (void)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM, 0);

  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (getsockname (fd, (struct sockaddr *) &address, &length), ==, 0);
  close (fd);
  return ntohs (address.sin_port);
}

static gboolean
is_listening (guint port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK), .sin_port = htons (port) };
  int fd = socket (AF_INET, SOCK_STREAM, 0);
  gboolean connected = connect (fd, (struct sockaddr *) &address, sizeof address) == 0;

  close (fd);
  return connected;
}

static void
nginx_start (Nginx *self, guint backend)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *config = NULL, *text = NULL, *log = NULL;

  self->folder = g_dir_make_tmp ("transport-XXXXXX", &error);
  g_assert_no_error (error);
  self->port = free_port ();
  config = g_build_filename (self->folder, "nginx.conf", NULL);
  log = g_build_filename (self->folder, "error.log", NULL);
  text = g_strdup_printf (
      "daemon off;\nmaster_process off;\npid %1$s/pid;\nerror_log %1$s/error.log;\nevents {}\n"
      "http {\n access_log off;\n client_body_temp_path %1$s/body;\n proxy_temp_path %1$s/proxy;\n fastcgi_temp_path %1$s/fcgi;\n"
      " uwsgi_temp_path %1$s/uwsgi;\n scgi_temp_path %1$s/scgi;\n"
      " map $http_upgrade $connection_upgrade { default upgrade; '' ''; }\n"
      " server {\n  listen 127.0.0.1:%2$u;\n  location / {\n   proxy_pass http://127.0.0.1:%3$u;\n   proxy_http_version 1.1;\n"
      "   proxy_set_header Host $host;\n   proxy_set_header Upgrade $http_upgrade;\n   proxy_set_header Connection $connection_upgrade;\n"
      "   proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\n   proxy_set_header X-Forwarded-Proto https;\n  }\n }\n}\n",
      self->folder, self->port, backend);
  g_assert_true (g_file_set_contents (config, text, -1, NULL));
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "/usr/sbin/nginx", "-e", log, "-p", self->folder, "-c", config, NULL);
  g_assert_no_error (error);
  WAIT_UNTIL (is_listening (self->port));
}

static void
nginx_stop (Nginx *self)
{
  static const char *const names[] = { "body", "proxy", "fcgi", "uwsgi", "scgi", "pid", "error.log", "nginx.conf" };

  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, names[i], NULL);

      g_remove (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
}

static void
test_nginx (void)
{
  static const char *const proxies[] = { "127.0.0.1", NULL };
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (SoupSession) session = web_session_new (NULL);
  g_autoptr (Client) raw = NULL;
  g_autoptr (WebClient) client = NULL;
  g_autofree char *uri = NULL, *head = NULL, *body = NULL, *fill = g_strnfill (65536, 'n'), *large = NULL, *large_uri = NULL;
  Nginx nginx;

  bench->options.proxies = proxies;
  bench_start (bench);
  nginx_start (&nginx, bench->port);
  raw = client_connect (nginx.port, "127.0.0.2");
  client_say (raw, "GET /who HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 9.9.9.9\r\n\r\n");
  head = client_read_head (raw);
  body = client_read_body (raw, head);
  g_assert_cmpstr (body, ==, "127.0.0.2 secure"); /* not what the client says of itself */
  large_uri = g_strdup_printf ("http://127.0.0.1:%u/large", nginx.port);
  large = web_get (session, large_uri, NULL);
  g_assert_cmpuint (strlen (large), ==, 4 + 4 * 1024 * 1024);
  uri = g_strdup_printf ("ws://127.0.0.1:%u/socket", nginx.port);
  client = web_client_open (session, uri);
  web_client_echo (client, "hello");
  web_client_echo (client, fill);
  web_client_close (client);
  WAIT_UNTIL (bench_stats (bench).sockets == 0);
  run_python_client (uri);
  WAIT_UNTIL (bench_stats (bench).sockets == 0);
  nginx_stop (&nginx);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/interop/python", test_python);
  g_test_add_func ("/interop/soup", test_soup);
  g_test_add_func ("/interop/nginx", test_nginx);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"
#include "client.h"

#include <string.h>
#include <unistd.h>

#define GET(path) "GET " path " HTTP/1.1\r\nHost: test\r\n"

static void
assert_answer (guint port, const char *request, guint status, const char *contains)
{
  g_autofree char *answer = client_ask (port, request), *line = g_strdup_printf ("HTTP/1.1 %u ", status);

  if (!g_str_has_prefix (answer, line) || (contains != NULL && strstr (answer, contains) == NULL))
    g_error ("to %s: got %s, expected %u with %s", request, answer, status, contains);
}

static void
test_requests (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autofree char *answer = NULL;

  bench_start (bench);
  assert_answer (bench->port, GET ("/who") "\r\n", 200, "127.0.0.1 plain");
  assert_answer (bench->port, GET ("/who") "\r\n", 200, "X-Test: yes\r\n");
  assert_answer (bench->port, GET ("/nothing") "\r\n", 204, NULL);
  assert_answer (bench->port, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello", 200, "\r\n\r\nhello");
  assert_answer (bench->port, "PATCH /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", 200,
                 "\r\n\r\nabcde");
  assert_answer (bench->port, GET ("/caf%C3%A9/x?a=1&b=%26+%2B&c&a=2") "\r\n", 404, "GET /caf\xc3\xa9/x a=1;b=& +;c=;a=2;");
  answer = client_ask (bench->port, "HEAD /who HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  g_assert_true (g_str_has_suffix (answer, "\r\n\r\n"));
  g_assert_nonnull (strstr (answer, "\r\nServer: ChatFlow\r\n"));
  g_assert_null (strstr (answer, "icrohttpd"));
}

static void
test_bad_requests (void)
{
  g_autoptr (Bench) bench = bench_new ();
  static const char *const bad[] = {
    GET ("/a%00b") "\r\n", GET ("/%ff") "\r\n", GET ("/a%2Fb") "\r\n", GET ("/../etc/passwd") "\r\n", GET ("/a/%2e%2e/b") "\r\n",
    GET ("/a/./b") "\r\n", GET ("/a%5cb") "\r\n", GET ("/a%0ab") "\r\n", GET ("/?a=%00") "\r\n", GET ("/?%zz=1") "\r\n",
    GET ("http://other/x") "\r\n", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
  };

  bench_start (bench);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_answer (bench->port, bad[i], 400, "application/problem+json");
  assert_answer (bench->port, bad[0], 400, "\"reason\":\"invalid\"");
  assert_answer (bench->port, "GET /who HTTP/1.1\r\n\r\n", 400, NULL); /* no Host */
  g_assert_cmpuint (bench->requests, ==, 0);
}

static void
test_handshake_refusals (void)
{
#define SHAKE(upgrade, connection, version, key) GET ("/socket") upgrade connection version key "\r\n"
#define UPGRADE "Upgrade: websocket\r\n"
#define CONNECTION "Connection: Upgrade\r\n"
#define VERSION "Sec-WebSocket-Version: 13\r\n"
#define KEY "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) client = NULL;

  bench_start (bench);
  assert_answer (bench->port, SHAKE ("", CONNECTION, VERSION, KEY), 426, "Upgrade: websocket\r\n");
  assert_answer (bench->port, SHAKE ("Upgrade: h2c\r\n", CONNECTION, VERSION, KEY), 426, NULL);
  assert_answer (bench->port, SHAKE (UPGRADE, "", VERSION, KEY), 400, "Connection");
  assert_answer (bench->port, SHAKE (UPGRADE, "Connection: keep-alive\r\n", VERSION, KEY), 400, "Connection");
  assert_answer (bench->port, SHAKE (UPGRADE, CONNECTION, "", KEY), 426, "Sec-WebSocket-Version: 13\r\n");
  assert_answer (bench->port, SHAKE (UPGRADE, CONNECTION, "Sec-WebSocket-Version: 8\r\n", KEY), 426, "Sec-WebSocket-Version: 13\r\n");
  assert_answer (bench->port, SHAKE (UPGRADE, CONNECTION, VERSION, ""), 400, "Sec-WebSocket-Key");
  assert_answer (bench->port, SHAKE (UPGRADE, CONNECTION, VERSION, "Sec-WebSocket-Key: c2hvcnQ=\r\n"), 400, "Sec-WebSocket-Key");
  assert_answer (bench->port, SHAKE (UPGRADE, CONNECTION, VERSION, "Sec-WebSocket-Key: dGhl!HNhbXBsZSBub25jZQ==\r\n"), 400, "Sec-WebSocket-Key");
  assert_answer (bench->port, "POST /socket HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n" UPGRADE CONNECTION VERSION KEY "\r\n", 405, "Allow: GET");
  assert_answer (bench->port, "GET /socket HTTP/1.0\r\nHost: x\r\n" UPGRADE CONNECTION VERSION KEY "\r\n", 400, NULL);
  bench->refuse = TRUE;
  assert_answer (bench->port, SHAKE (UPGRADE, CONNECTION, VERSION, KEY), 403, "bad_origin");
  bench->refuse = FALSE;
  client = client_open (bench->port, NULL);
  WAIT_UNTIL (bench->opened == 1);
  g_assert_cmpuint (bench->requests, ==, 0);
}

static void
test_body_limit (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autofree char *fits = g_strnfill (1000, 'b'), *over = g_strnfill (1001, 'b'), *huge = g_strnfill (3 * 1024 * 1024, 'b');
  g_autofree char *fit = g_strdup_printf ("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n%s", fits);
  g_autofree char *too_long = g_strdup_printf ("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n%s", over);
  g_autofree char *chunked = g_strdup_printf ("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n%s\r\n0\r\n\r\n", over);
  g_autofree char *endless = g_strdup_printf ("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n300000\r\n%s\r\n0\r\n\r\n", huge);
  g_autofree char *answer = NULL;

  bench->options.body_max = 1000;
  bench_start (bench);
  assert_answer (bench->port, fit, 200, fits);
  assert_answer (bench->port, too_long, 413, "\"reason\":\"too_large\"");
  assert_answer (bench->port, chunked, 413, "\"reason\":\"too_large\"");
  assert_answer (bench->port, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n", 413, "\"reason\":\"too_large\"");
  answer = client_ask (bench->port, endless);
  g_assert_cmpstr (answer, ==, "");
  g_assert_cmpuint (bench->requests, ==, 1);
}

static void
test_later (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) client = NULL;
  g_autoptr (GBytes) body = g_bytes_new_static ("later", 5);

  bench_start (bench);
  client = client_connect (bench->port, NULL);
  for (guint i = 0; i < 3; i++) /* on one connection */
    {
      g_autofree char *head = NULL, *text = NULL;

      client_say (client, GET ("/hold") "\r\n");
      WAIT_UNTIL (bench->held->len == 1);
      cfd_request_respond (bench->held->pdata[0], 200, "text/plain", body);
      g_ptr_array_set_size (bench->held, 0);
      head = client_read_head (client);
      text = client_read_body (client, head);
      g_assert_cmpstr (text, ==, "later");
    }
}

static void
test_client_leaves (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GBytes) body = g_bytes_new_static ("nobody there", 12);
  Client *client;

  bench_start (bench);
  client = client_connect (bench->port, NULL);
  client_say (client, GET ("/hold?x=1") "\r\n");
  WAIT_UNTIL (bench->held->len == 1);
  client_free (client);
  for (guint i = 0; i < 10; i++)
    bench_iterate ();
  g_assert_cmpstr (cfd_request_get_query (bench->held->pdata[0], "x"), ==, "1");
  cfd_request_respond (bench->held->pdata[0], 200, "text/plain", body);
  g_ptr_array_set_size (bench->held, 0);
  WAIT_UNTIL (bench_stats (bench).http_connections == 0);
  assert_answer (bench->port, GET ("/who") "\r\n", 200, NULL);
}

/* The server ends while a request waits: the client hears 503, the request stays valid for whoever holds it. */
static void
test_server_leaves (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) client = NULL;
  g_autofree char *head = NULL;

  bench_start (bench);
  client = client_connect (bench->port, NULL);
  client_say (client, GET ("/hold?x=1") "\r\n");
  WAIT_UNTIL (bench->held->len == 1);
  bench_stop (bench);
  head = client_read_head (client);
  g_assert_true (g_str_has_prefix (head, "HTTP/1.1 503 "));
  g_assert_cmpstr (cfd_request_get_query (bench->held->pdata[0], "x"), ==, "1");
}

/* What was being answered when the server was told to go down still arrives whole. */
static void
test_drain (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) client = NULL;
  g_autoptr (GBytes) body = g_bytes_new_static ("in flight", 9);
  g_autofree char *head = NULL, *text = NULL;

  bench_start (bench);
  client = client_connect (bench->port, NULL);
  client_say (client, GET ("/hold") "\r\n");
  WAIT_UNTIL (bench->held->len == 1);
  cfd_transport_quiesce (bench->transport);
  cfd_request_respond (bench->held->pdata[0], 200, "text/plain", body);
  g_ptr_array_set_size (bench->held, 0);
  bench_stop (bench);
  head = client_read_head (client);
  text = client_read_body (client, head);
  g_assert_nonnull (strstr (head, "Connection: close"));
  g_assert_cmpstr (text, ==, "in flight");
}

/* Who says nothing, who sends headers drop by drop, who never ends a body: all are cut off. */
static void
test_deadlines (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) mute = NULL, slow = NULL, half = NULL, deaf = NULL, idle = NULL;
  g_autofree char *head = NULL;

  bench->options.handshake_seconds = 1;
  bench->options.body_max = 1000;
  bench_start (bench);
  mute = client_connect (bench->port, NULL);
  slow = client_connect (bench->port, NULL);
  half = client_connect (bench->port, NULL);
  idle = client_connect (bench->port, NULL);
  client_say (slow, GET ("/who"));
  client_say (half, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345");
  client_say (idle, GET ("/nothing") "\r\n");
  head = client_read_head (idle);
  g_assert_true (g_str_has_prefix (head, "HTTP/1.1 204 "));
  WAIT_UNTIL (bench_stats (bench).http_connections == 4);
  for (guint i = 0; bench_stats (bench).http_connections > 0; i++)
    {
      if (i % 50 == 0)
        client_say (slow, "X");
      bench_iterate ();
    }
  client_wait_end (mute);
  client_wait_end (slow);
  client_wait_end (half);
  client_wait_end (idle);
  g_assert_cmpuint (bench->requests, ==, 1);
}

static void
test_large_answer (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) client = NULL;
  g_autofree char *head = NULL, *body = NULL;

  bench_start (bench);
  client = client_connect (bench->port, NULL);
  client_say (client, GET ("/large") "\r\n");
  head = client_read_head (client);
  body = client_read_body (client, head);
  g_assert_cmpuint (strlen (body), ==, 4 * 1024 * 1024);
}

static void
test_connection_limit (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) socket = NULL, http = NULL, third = NULL;

  bench->options.max_connections = 2;
  bench_start (bench);
  socket = client_open (bench->port, NULL);
  http = client_connect (bench->port, NULL);
  WAIT_UNTIL (bench_stats (bench).http_connections == 1 && bench_stats (bench).sockets == 1);
  third = client_connect (bench->port, NULL);
  client_wait_end (third);
  g_assert_cmpuint (bench_stats (bench).refused_limit, ==, 1);
  g_clear_pointer (&http, client_free);
  WAIT_UNTIL (bench_stats (bench).http_connections == 0);
  assert_answer (bench->port, GET ("/who") "\r\n", 200, NULL);
}

static void
test_address_limit (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) one = NULL, two = NULL, three = NULL, other = NULL;
  g_autofree char *head = NULL;

  bench->options.max_per_address = 2;
  bench_start (bench);
  one = client_open (bench->port, NULL);
  two = client_connect (bench->port, NULL);
  WAIT_UNTIL (bench_stats (bench).http_connections == 1 && bench_stats (bench).sockets == 1);
  three = client_connect (bench->port, NULL);
  client_wait_end (three);
  other = client_connect (bench->port, "127.0.0.2");
  client_say (other, GET ("/who") "\r\n");
  head = client_read_head (other);
  g_assert_true (g_str_has_prefix (head, "HTTP/1.1 200 "));
  g_clear_pointer (&one, client_free);
  WAIT_UNTIL (bench_stats (bench).sockets == 0);
  assert_answer (bench->port, GET ("/who") "\r\n", 200, NULL);
}

static void
test_rate (void)
{
  g_autoptr (Bench) bench = bench_new ();

  bench->options.address_rate = 1;
  bench->options.address_burst = 3;
  bench_start (bench);
  for (guint i = 0; i < 3; i++)
    assert_answer (bench->port, GET ("/who") "\r\n", 200, NULL);
  assert_answer (bench->port, GET ("/who") "\r\n", 429, "\r\nRetry-After: 1\r\n");
  assert_answer (bench->port, SHAKE (UPGRADE, CONNECTION, VERSION, KEY), 429, "\"reason\":\"rate_limited\",\"retry_after_ms\":");
  g_assert_cmpuint (bench_stats (bench).refused_rate, ==, 2);
  g_assert_cmpuint (bench->requests, ==, 3);
}

static void
test_forwarded (void)
{
  static const char *const proxies[] = { "127.0.0.1", NULL };
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) stranger = NULL;
  g_autofree char *head = NULL, *body = NULL;

  bench->options.proxies = proxies;
  bench_start (bench);
  assert_answer (bench->port, GET ("/who") "X-Forwarded-For: 1.1.1.1, 8.8.8.8\r\nX-Forwarded-Proto: https\r\n\r\n", 200, "8.8.8.8 secure");
  assert_answer (bench->port, GET ("/who") "X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 8.8.8.8\r\n\r\n", 200, "8.8.8.8 plain");
  assert_answer (bench->port, GET ("/who") "X-Forwarded-For: nonsense\r\n\r\n", 200, "127.0.0.1 plain");
  stranger = client_connect (bench->port, "127.0.0.2");
  client_say (stranger, GET ("/who") "X-Forwarded-For: 8.8.8.8\r\nX-Forwarded-Proto: https\r\n\r\n");
  head = client_read_head (stranger);
  body = client_read_body (stranger, head);
  g_assert_cmpstr (body, ==, "127.0.0.2 plain");
}

static void
test_start_errors (void)
{
  static const CfdTransportHandlers handlers = { 0 };
  static const struct { const char *listen, *word; } table[] = {
    { "nonsense", "nonsense" }, { "127.0.0.1", "127.0.0.1" }, { "127.0.0.1:99999", "99999" }, { "::1:80", "::1:80" }, { "127.0.0.1:", "expected" },
    { "192.0.2.1:0", "cannot listen on 192.0.2.1:0" },
  };
  g_autoptr (Bench) bench = bench_new ();
  g_autofree char *taken = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      bench->options.listen = table[i].listen;
      g_assert_null (cfd_transport_new (&bench->options, &handlers, NULL, &error));
      g_assert_nonnull (strstr (error->message, table[i].word));
      g_clear_error (&error);
    }
  bench->options.listen = "[::1]:0";
  bench_start (bench);
  g_assert_cmpuint (bench->port, >, 0);
  bench->options.listen = taken = g_strdup_printf ("[::1]:%u", bench->port);
  g_assert_null (cfd_transport_new (&bench->options, &handlers, NULL, &error));
  g_assert_nonnull (strstr (error->message, "in use"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/requests", test_requests);
  g_test_add_func ("/http/bad-requests", test_bad_requests);
  g_test_add_func ("/http/handshake-refusals", test_handshake_refusals);
  g_test_add_func ("/http/body-limit", test_body_limit);
  g_test_add_func ("/http/later", test_later);
  g_test_add_func ("/http/client-leaves", test_client_leaves);
  g_test_add_func ("/http/server-leaves", test_server_leaves);
  g_test_add_func ("/http/drain", test_drain);
  g_test_add_func ("/http/deadlines", test_deadlines);
  g_test_add_func ("/http/large-answer", test_large_answer);
  g_test_add_func ("/http/connection-limit", test_connection_limit);
  g_test_add_func ("/http/address-limit", test_address_limit);
  g_test_add_func ("/http/rate", test_rate);
  g_test_add_func ("/http/forwarded", test_forwarded);
  g_test_add_func ("/http/start-errors", test_start_errors);
  return g_test_run ();
}

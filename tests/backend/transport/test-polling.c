/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"
#include "client.h"

#include <string.h>

#define SHOP "https://shop.example"
#define ID_LENGTH 43

static Bench *
bench_with_polling (void)
{
  Bench *bench = bench_new ();

  bench->options.poll_path = "/poll";
  return bench;
}

static char *
ask (Bench *bench, const char *verb, const char *address, const char *origin, const char *body)
{
  g_autofree char *header = origin != NULL ? g_strdup_printf ("Origin: %s\r\n", origin) : g_strdup ("");
  g_autofree char *request = g_strdup_printf ("%s %s HTTP/1.1\r\nHost: test\r\n%sContent-Length: %zu\r\n\r\n%s", verb, address, header,
                                              body != NULL ? strlen (body) : 0, body != NULL ? body : "");

  return client_ask (bench->port, request);
}

static void
expect (Bench *bench, const char *verb, const char *address, const char *body, guint status, const char *end)
{
  g_autofree char *answer = ask (bench, verb, address, SHOP, body), *line = g_strdup_printf ("HTTP/1.1 %u ", status);

  if (!g_str_has_prefix (answer, line) || (end != NULL && !g_str_has_suffix (answer, end)))
    g_error ("to %s %s: got %s, expected %u … %s", verb, address, answer, status, end);
}

/* Returns: (transfer full): the address of a new link */
static char *
open_link_for (Bench *bench, const char *headers)
{
  g_autofree char *request = g_strdup_printf ("POST /poll HTTP/1.1\r\nHost: test\r\nOrigin: " SHOP "\r\n%sContent-Length: 0\r\n\r\n", headers);
  g_autofree char *answer = client_ask (bench->port, request);
  const char *id = answer + strlen (answer) - ID_LENGTH;

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 201 "));
  g_assert_nonnull (strstr (answer, "\r\nAccess-Control-Allow-Origin: " SHOP "\r\n"));
  g_assert_nonnull (strstr (answer, "\r\nCache-Control: no-store\r\n"));
  g_assert_cmpuint (strspn (id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), ==, ID_LENGTH);
  return g_strconcat ("/poll/", id, NULL);
}

static char *
open_link (Bench *bench)
{
  return open_link_for (bench, "");
}

static char *
with (const char *address, const char *query)
{
  return g_strconcat (address, query, NULL);
}

#define EXPECT(bench, verb, address, query, body, status, end) G_STMT_START { \
    g_autofree char *whole_ = with (address, query); \
    expect (bench, verb, whole_, body, status, end); } G_STMT_END

/* The echoes may come in one answer or in several. */
static void
wait_for_texts (Bench *bench, guint texts)
{
  WAIT_UNTIL (bench->texts == texts);
}

static void
test_echo (void)
{
  g_autoptr (Bench) bench = bench_with_polling ();
  g_autofree char *link = NULL;

  bench_start (bench);
  link = open_link (bench);
  g_assert_cmpuint (bench->opened, ==, 1);
  g_assert_cmpstr (cfd_peer_get_origin (bench->peers->pdata[0]), ==, SHOP);
  g_assert_cmpstr (cfd_peer_get_address (bench->peers->pdata[0]), ==, "127.0.0.1");
  EXPECT (bench, "POST", link, "?first=1", "hello\nyou", 204, NULL);
  wait_for_texts (bench, 2);
  EXPECT (bench, "POST", link, "?first=3", "there", 204, NULL);
  wait_for_texts (bench, 3);
  bench_iterate ();
  EXPECT (bench, "GET", link, "?after=0", NULL, 200, "\r\n\r\n3\nhello\nyou\nthere");
  EXPECT (bench, "GET", link, "?after=2", NULL, 200, "\r\n\r\n3\nthere");
  EXPECT (bench, "POST", link, "?end=1", NULL, 204, NULL);
  WAIT_UNTIL (bench->closed == 1);
  EXPECT (bench, "GET", link, "?after=3", NULL, 404, NULL);
  g_assert_cmpuint (bench_stats (bench).sockets, ==, 0);
}

static void
test_said_twice (void)
{
  g_autoptr (Bench) bench = bench_with_polling ();
  g_autofree char *link = NULL;

  bench_start (bench);
  link = open_link (bench);
  EXPECT (bench, "POST", link, "?first=1", "a\nb", 204, NULL);
  EXPECT (bench, "POST", link, "?first=1", "a\nb\nc", 204, NULL);
  EXPECT (bench, "POST", link, "?first=2", "b\nc", 204, NULL);
  EXPECT (bench, "POST", link, "?first=5", "e", 409, NULL);
  wait_for_texts (bench, 3);
  bench_iterate ();
  EXPECT (bench, "GET", link, "?after=0", NULL, 200, "\r\n\r\n3\na\nb\nc");
  g_assert_cmpuint (bench->texts, ==, 3);
}

static void
test_held (void)
{
  g_autoptr (Bench) bench = bench_with_polling ();
  g_autoptr (Client) waiting = NULL, newer = NULL;
  g_autofree char *link = NULL, *question = NULL, *head = NULL, *body = NULL, *newer_head = NULL, *newer_body = NULL;

  bench_start (bench);
  link = open_link (bench);
  question = g_strdup_printf ("GET %s?after=0 HTTP/1.1\r\nHost: x\r\nOrigin: " SHOP "\r\n\r\n", link);
  waiting = client_connect (bench->port, NULL);
  client_say (waiting, question);
  WAIT_UNTIL (bench_stats (bench).requests == 2);
  newer = client_connect (bench->port, NULL); /* the first was cut off, thinks the client */
  client_say (newer, question);
  head = client_read_head (waiting);
  body = client_read_body (waiting, head);
  g_assert_cmpstr (body, ==, "0");
  cfd_peer_send (bench->peers->pdata[0], "{\"a\":", 5, "1}", 2);
  newer_head = client_read_head (newer);
  newer_body = client_read_body (newer, newer_head);
  g_assert_cmpstr (newer_body, ==, "1\n{\"a\":1}");
}

static void
test_closed_by_server (void)
{
  g_autoptr (Bench) bench = bench_with_polling ();
  g_autofree char *link = NULL;

  bench_start (bench);
  link = open_link (bench);
  cfd_peer_send (bench->peers->pdata[0], "last", 4, NULL, 0);
  cfd_peer_close (bench->peers->pdata[0], 4001, "revoked");
  WAIT_UNTIL (bench->closed == 1);
  EXPECT (bench, "GET", link, "?after=0", NULL, 200, "\r\n\r\n1\nlast");
  EXPECT (bench, "GET", link, "?after=1", NULL, 410, "\r\n\r\n4001 revoked");
}

static void
test_absent (void)
{
  g_autoptr (Bench) bench = bench_with_polling ();
  g_autofree char *link = NULL;

  bench->options.ping_seconds = bench->options.pong_seconds = 1;
  bench_start (bench);
  link = open_link (bench);
  EXPECT (bench, "GET", link, "?after=0", NULL, 200, "\r\n\r\n0"); /* there is nothing to say */
  WAIT_UNTIL (bench->closed == 1);
  EXPECT (bench, "GET", link, "?after=0", NULL, 404, NULL);
}

/* A client that does not fetch what is said to it does not let it pile up without end. */
static void
test_back_pressure (void)
{
  g_autoptr (Bench) bench = bench_with_polling ();
  g_autofree char *link = NULL, *text = g_strnfill (60000, 'x');

  bench->options.send_queue_max = 1024 * 1024;
  bench_start (bench);
  link = open_link (bench);
  while (bench->closed == 0)
    {
      cfd_peer_send (bench->peers->pdata[0], text, 60000, NULL, 0);
      bench_iterate ();
    }
  g_assert_cmpuint (bench_stats (bench).closed_too_slow, ==, 1);
}

static void
test_refusals (void)
{
  g_autoptr (Bench) bench = bench_with_polling ();
  g_autofree char *link = NULL, *other = NULL, *none = NULL, *query = NULL, *long_text = g_strnfill (65536, 'x'), *two_texts = NULL;

  bench->options.frame_max = 1000;
  bench_start (bench);
  link = open_link (bench);
  query = with (link, "?after=0");
  other = ask (bench, "GET", query, "https://other.example", NULL);
  g_assert_true (g_str_has_prefix (other, "HTTP/1.1 404 "));
  none = ask (bench, "GET", query, NULL, NULL);
  g_assert_true (g_str_has_prefix (none, "HTTP/1.1 404 "));
  EXPECT (bench, "GET", "/poll", "", NULL, 405, NULL);
  EXPECT (bench, "PUT", link, "?first=1", "a", 405, NULL);
  EXPECT (bench, "GET", link, "", NULL, 409, NULL);
  EXPECT (bench, "GET", link, "?after=1", NULL, 409, NULL);
  EXPECT (bench, "GET", link, "?after=-1", NULL, 409, NULL);
  EXPECT (bench, "GET", link, "?after=18446744073709551616", NULL, 409, NULL);
  EXPECT (bench, "POST", link, "?first=0", "a", 409, NULL);
  EXPECT (bench, "POST", link, "", "a", 409, NULL);
  EXPECT (bench, "GET", "/poll/", "?after=0", NULL, 404, NULL);
  EXPECT (bench, "GET", "/poll/nobody", "?after=0", NULL, 404, NULL);
  EXPECT (bench, "POST", link, "?first=1", long_text, 413, NULL);
  two_texts = g_strconcat ("ok\n", long_text + 65536 - 1001, NULL);
  EXPECT (bench, "POST", link, "?first=1", two_texts, 413, NULL);
  EXPECT (bench, "POST", link, "?first=1", "\xff", 204, NULL); /* passed over: the first of the two has come */
  bench->refuse = TRUE;
  EXPECT (bench, "POST", "/poll", "", NULL, 403, NULL);
  g_assert_cmpuint (bench->opened, ==, 1);
}

static void
test_bad_text (void)
{
  g_autoptr (Bench) bench = bench_with_polling ();
  g_autofree char *link = NULL;

  bench_start (bench);
  link = open_link (bench);
  EXPECT (bench, "POST", link, "?first=1", "\xff", 204, NULL);
  WAIT_UNTIL (bench->closed == 1);
  EXPECT (bench, "GET", link, "?after=0", NULL, 410, NULL);
  g_assert_cmpuint (bench->texts, ==, 0);
}

static void
test_last_words (void)
{
  g_autoptr (Bench) bench = bench_with_polling ();
  g_autofree char *link = NULL, *other = NULL, *hole = NULL, *query = NULL, *answer = NULL;

  bench_start (bench);
  link = open_link (bench);
  EXPECT (bench, "POST", link, "?first=1", "a\nb", 204, NULL);
  query = with (link, "?first=3&end=1");
  answer = ask (bench, "POST", query, "https://other.example", "evil");
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 404 "));
  EXPECT (bench, "POST", link, "?first=2&end=1", "b\nc\nd", 204, NULL);
  WAIT_UNTIL (bench->closed == 1);
  g_assert_cmpuint (bench->texts, ==, 4);
  EXPECT (bench, "POST", link, "?first=5", "e", 404, NULL);
  other = open_link (bench);
  EXPECT (bench, "POST", other, "?first=1&end=1", "", 204, NULL);
  WAIT_UNTIL (bench->closed == 2);
  hole = open_link (bench);
  EXPECT (bench, "POST", hole, "?first=9&end=1", "what came before is missing", 204, NULL);
  WAIT_UNTIL (bench->closed == 3);
  g_assert_cmpuint (bench->texts, ==, 4);
}

/* Links of one client are counted as its sockets are; those of another are not. */
static void
test_crowd (void)
{
  static const char *const proxies[] = { "127.0.0.0/8", NULL };
  g_autoptr (Bench) bench = bench_new ();
  g_autofree char *one = NULL, *two = NULL, *three = NULL, *other = NULL;

  bench->options.poll_path = "/poll";
  bench->options.proxies = proxies;
  bench->options.max_per_address = 2;
  bench_start (bench);
  one = open_link_for (bench, "X-Forwarded-For: 8.8.8.8\r\n");
  two = open_link_for (bench, "X-Forwarded-For: 8.8.8.8\r\n");
  three = open_link_for (bench, "X-Forwarded-For: 8.8.8.8\r\n");
  EXPECT (bench, "GET", three, "?after=0", NULL, 410, "1008 too many connections from this address");
  g_assert_cmpuint (bench->opened, ==, 2);
  other = open_link_for (bench, "X-Forwarded-For: 9.9.9.9\r\n");
  EXPECT (bench, "POST", other, "?first=1", "a", 204, NULL);
  g_assert_cmpuint (bench->opened, ==, 3);
  g_assert_cmpuint (bench_stats (bench).refused_limit, ==, 1);
}

/* So are its requests, whatever they are for. */
static void
test_rate (void)
{
  g_autoptr (Bench) bench = bench_with_polling ();
  g_autofree char *link = NULL;

  bench->options.address_rate = 1;
  bench->options.address_burst = 2;
  bench_start (bench);
  link = open_link (bench);
  EXPECT (bench, "POST", link, "?first=1", "a", 204, NULL);
  EXPECT (bench, "POST", link, "?first=2", "b", 429, NULL);
  EXPECT (bench, "GET", link, "?after=0", NULL, 429, NULL);
  EXPECT (bench, "POST", "/poll", "", NULL, 429, NULL);
  g_assert_cmpuint (bench->opened, ==, 1);
  g_assert_cmpuint (bench->texts, <=, 1);
}

static void
test_server_leaves (void)
{
  g_autoptr (Bench) bench = bench_with_polling ();
  g_autoptr (Client) waiting = NULL;
  g_autofree char *link = NULL, *question = NULL, *head = NULL, *body = NULL;

  bench_start (bench);
  link = open_link (bench);
  question = g_strdup_printf ("GET %s?after=0 HTTP/1.1\r\nHost: x\r\nOrigin: " SHOP "\r\n\r\n", link);
  waiting = client_connect (bench->port, NULL);
  client_say (waiting, question);
  WAIT_UNTIL (bench_stats (bench).requests == 2);
  cfd_transport_close_all (bench->transport, CFD_CLOSE_RESTART, NULL);
  head = client_read_head (waiting);
  body = client_read_body (waiting, head);
  g_assert_true (g_str_has_prefix (head, "HTTP/1.1 410 "));
  g_assert_cmpstr (body, ==, "1012 ");
  bench_stop (bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/polling/echo", test_echo);
  g_test_add_func ("/polling/said-twice", test_said_twice);
  g_test_add_func ("/polling/held", test_held);
  g_test_add_func ("/polling/closed-by-server", test_closed_by_server);
  g_test_add_func ("/polling/absent", test_absent);
  g_test_add_func ("/polling/back-pressure", test_back_pressure);
  g_test_add_func ("/polling/refusals", test_refusals);
  g_test_add_func ("/polling/bad-text", test_bad_text);
  g_test_add_func ("/polling/last-words", test_last_words);
  g_test_add_func ("/polling/crowd", test_crowd);
  g_test_add_func ("/polling/rate", test_rate);
  g_test_add_func ("/polling/server-leaves", test_server_leaves);
  return g_test_run ();
}

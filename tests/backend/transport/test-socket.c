/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"
#include "client.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>

static guint warnings; /* that accepting had to pause; others end the test */

static GLogWriterOutput
count_warnings (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (strcmp (fields[i].key, "MESSAGE") == 0 && g_str_has_prefix (fields[i].value, "cannot accept connections"))
      {
        warnings++;
        return G_LOG_WRITER_HANDLED;
      }
  return g_log_writer_default (level, fields, n_fields, data);
}

static void
close_properly (Client *client, guint code)
{
  char payload[2] = { code >> 8, code };

  client_send_frame (client, 0x88, payload, 2);
  g_assert_cmpuint (client_read_close (client), ==, code);
  client_wait_end (client);
}

static void
test_echo (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) client = NULL;

  bench_start (bench);
  client = client_open (bench->port, "Origin: https://shop.example\r\nSec-WebSocket-Extensions: permessage-deflate\r\n");
  WAIT_UNTIL (bench->opened == 1);
  g_assert_cmpstr (cfd_peer_get_address (bench->peers->pdata[0]), ==, "127.0.0.1");
  g_assert_cmpstr (cfd_peer_get_origin (bench->peers->pdata[0]), ==, "https://shop.example");
  client_send_frame (client, 0x81, "hello", 5);
  client_expect (client, "hello");
  client_send_frame (client, 0x81, "", 0);
  client_expect (client, "");
  client_send_frame (client, 0x01, "a", 1);
  client_send_frame (client, 0x00, "b", 1);
  client_send_frame (client, 0x80, "c", 1);
  client_expect (client, "abc");
  cfd_peer_send (bench->peers->pdata[0], "{\"prev\":1,", 10, "\"rev\":2}", 8);
  client_expect (client, "{\"prev\":1,\"rev\":2}");
  close_properly (client, 1000);
  WAIT_UNTIL (bench->closed == 1);
  g_assert_cmpuint (bench_stats (bench).sockets, ==, 0);
  g_assert_cmpuint (bench_stats (bench).http_connections, ==, 0);
  g_assert_cmpuint (bench_stats (bench).queued_bytes, ==, 0);
}

static void
test_early_bytes (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) client = NULL;
  g_autofree char *head = NULL;
  static const char wire[] = "GET /socket HTTP/1.1\r\nHost: x\r\nUpgrade: WebSocket\r\nConnection: upgrade\r\nSec-WebSocket-Version: 13\r\n"
                             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n\x81\x82\0\0\0\0hi\x81\x82\0\0";

  bench_start (bench);
  client = client_connect (bench->port, NULL);
  client_write (client, wire, sizeof wire - 1);
  head = client_read_head (client);
  client_expect (client, "hi");
  client_write (client, "\0\0yo", 4);
  client_expect (client, "yo");
}

static void
test_ping (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) client = NULL;
  g_autofree char *payload = NULL;
  gsize length;

  bench_start (bench);
  client = client_open (bench->port, NULL);
  client_send_frame (client, 0x01, "a", 1);
  client_send_frame (client, 0x89, "are you there", 13);
  g_assert_cmphex (client_read_frame (client, &payload, &length), ==, 0x8a);
  g_assert_cmpstr (payload, ==, "are you there");
  client_send_frame (client, 0x80, "b", 1);
  client_expect (client, "ab");
}

/* What a client may do wrong, and the code that it hears. Others on the same server do not notice. */
static void
test_broken (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) other = NULL;
  g_autofree char *large = g_strnfill (70000, 'x');
  static const struct { guint code; guint8 first; const char *payload; gsize length; } table[] = {
    { 1002, 0xc1, "a", 1 }, { 1002, 0x83, "a", 1 }, { 1002, 0x80, "a", 1 }, { 1002, 0x09, "a", 1 }, { 1002, 0x88, "\x03\xed", 2 },
    { 1003, 0x82, "a", 1 }, { 1007, 0x81, "\xff", 1 }, { 1007, 0x88, "\x03\xe8\xff", 3 }, { 1009, 0x81, NULL, 70000 },
  };

  bench_start (bench);
  other = client_open (bench->port, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (Client) client = client_open (bench->port, NULL);

      client_send_frame (client, table[i].first, table[i].payload != NULL ? table[i].payload : large, table[i].length);
      client_send_frame (client, 0x81, "ignored", 7);
      g_assert_cmpuint (client_read_close (client), ==, table[i].code);
      client_wait_end (client); /* the server ends its stream at once, then waits for ours */
      g_clear_pointer (&client, client_free);
      WAIT_UNTIL (bench_stats (bench).sockets == 1);
    }
  g_assert_cmpuint (bench_stats (bench).closed_protocol, ==, G_N_ELEMENTS (table));
  g_assert_cmpuint (bench->texts, ==, 0);
  client_send_frame (other, 0x81, "still here", 10);
  client_expect (other, "still here");
}

static void
test_unmasked (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) client = NULL;

  bench_start (bench);
  client = client_open (bench->port, NULL);
  client_write (client, "\x81\x01" "a", 3);
  g_assert_cmpuint (client_read_close (client), ==, 1002);
}

static void
test_burst (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) client = NULL;

  bench_start (bench);
  client = client_open (bench->port, NULL);
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *text = g_strdup_printf ("message %u", i);

      client_send_frame (client, 0x81, text, strlen (text));
    }
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *text = g_strdup_printf ("message %u", i);

      client_expect (client, text);
    }
  g_assert_cmpuint (bench_stats (bench).messages_in, ==, 10000);
  g_assert_cmpuint (bench_stats (bench).messages_out, ==, 10000);
}

/* Who does not answer pings is dropped, who does stays. */
static void
test_silence (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) mute = NULL, lively = NULL;

  bench->options.ping_seconds = 1;
  bench->options.pong_seconds = 1;
  bench_start (bench);
  mute = client_open (bench->port, NULL);
  lively = client_open (bench->port, NULL);
  while (bench->closed == 0)
    {
      g_autofree char *payload = NULL;
      gsize length;

      g_assert_cmphex (client_read_frame (lively, &payload, &length), ==, 0x89);
      client_send_frame (lively, 0x8a, "", 0);
    }
  g_assert_cmpuint (bench_stats (bench).closed_silent, ==, 1);
  g_assert_cmpuint (client_read_close (mute), ==, 0);
  client_send_frame (lively, 0x81, "here", 4);
  WAIT_UNTIL (bench->texts == 1);
}

static void
test_settle (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) stranger = NULL, guest = NULL;

  bench->options.settle_seconds = 1;
  bench_start (bench);
  stranger = client_open (bench->port, NULL);
  guest = client_open (bench->port, NULL);
  client_send_frame (guest, 0x81, "settle", 6);
  client_send_frame (stranger, 0x81, "hm", 2);
  g_assert_cmpuint (client_read_close (stranger), ==, 1008);
  WAIT_UNTIL (bench->closed == 1);
  g_assert_cmpuint (bench_stats (bench).closed_unopened, ==, 1);
  client_send_frame (guest, 0x81, "still", 5);
  client_expect (guest, "still");
  client_send_frame (guest, 0x81, "doubt", 5);
  g_assert_cmpuint (client_read_close (guest), ==, 1008);
}

/* One that does not read is closed with 1013, with whole frames on the wire; others go on. */
static void
test_slow_reader (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) slow = NULL, quick = NULL;
  g_autofree char *large = g_strnfill (100000, 'x');
  CfdPeer *peer;

  bench->options.send_queue_max = 1024 * 1024;
  bench_start (bench);
  slow = client_open (bench->port, NULL);
  WAIT_UNTIL (bench->opened == 1);
  peer = bench->peers->pdata[0];
  quick = client_open (bench->port, NULL);
  WAIT_UNTIL (bench->opened == 2);
  while (bench->closed == 0)
    {
      if (cfd_peer_is_open (peer))
        cfd_peer_send (peer, "head", 4, large, 100000);
      g_assert_cmpuint (bench_stats (bench).queued_bytes, <=, 1024 * 1024);
      bench_iterate ();
    }
  g_assert_cmpuint (bench_stats (bench).closed_too_slow, ==, 1);
  client_send_frame (quick, 0x81, "quick", 5);
  client_expect (quick, "quick");
  g_assert_cmpuint (client_read_close (slow), ==, 1013);
  client_send_frame (slow, 0x88, "\x03\xf5", 2);
  client_wait_end (slow);
  WAIT_UNTIL (bench_stats (bench).sockets == 1);
  g_assert_cmpuint (bench_stats (bench).queued_bytes, ==, 0);
}

/* One that never reads again is dropped all the same. */
static void
test_dead_reader (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) dead = NULL;
  g_autofree char *large = g_strnfill (100000, 'x');

  bench->options.send_queue_max = 1024 * 1024;
  bench_start (bench);
  dead = client_open (bench->port, NULL);
  WAIT_UNTIL (bench->opened == 1);
  while (bench->closed == 0)
    {
      cfd_peer_send (bench->peers->pdata[0], NULL, 0, large, 100000);
      bench_iterate ();
    }
  WAIT_UNTIL (bench_stats (bench).sockets == 0);
  g_assert_cmpuint (bench_stats (bench).queued_bytes, ==, 0);
}

/* A single message may be longer than the queue's limit, when nothing is before it. */
static void
test_large_message (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) client = NULL;
  g_autofree char *large = g_strnfill (3000000, 'y'), *payload = NULL;
  gsize length;

  bench->options.send_queue_max = 65536;
  bench_start (bench);
  client = client_open (bench->port, NULL);
  WAIT_UNTIL (bench->opened == 1);
  cfd_peer_send (bench->peers->pdata[0], NULL, 0, large, 3000000);
  g_assert_cmphex (client_read_frame (client, &payload, &length), ==, 0x81);
  g_assert_cmpmem (payload, length, large, 3000000);
}

static void
test_reset (void)
{
  g_autoptr (Bench) bench = bench_new ();
  Client *client;
  struct linger hard = { 1, 0 };

  bench_start (bench);
  client = client_open (bench->port, NULL);
  WAIT_UNTIL (bench->opened == 1);
  setsockopt (client->fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  client_free (client);
  for (guint i = 0; i < 100 && bench->peers->len > 0; i++)
    cfd_peer_send (bench->peers->pdata[0], NULL, 0, "x", 1);
  WAIT_UNTIL (bench->closed == 1);
  client = client_open (bench->port, NULL); /* and one that ends its half without a close frame */
  shutdown (client->fd, SHUT_WR);
  WAIT_UNTIL (bench->closed == 2);
  client_free (client);
}

static void
test_rate (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) client = NULL;
  gint64 wait;

  bench->options.peer_rate = 1;
  bench->options.peer_burst = 3;
  bench_start (bench);
  client = client_open (bench->port, NULL);
  WAIT_UNTIL (bench->opened == 1);
  g_assert_true (cfd_peer_spend (bench->peers->pdata[0], 2, &wait));
  g_assert_true (cfd_peer_spend (bench->peers->pdata[0], 1, &wait));
  g_assert_false (cfd_peer_spend (bench->peers->pdata[0], 1, &wait));
  g_assert_cmpint (wait, >, 0);
  g_assert_cmpuint (bench_stats (bench).refused_rate, ==, 1);
}

static void
test_close_reason (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) client = NULL;
  g_autofree char *payload = NULL, *reason = g_strnfill (122, 'r');
  g_autofree char *cut = g_strconcat (reason, "\xe2\x82\xac", NULL);
  gsize length;

  bench_start (bench);
  client = client_open (bench->port, NULL);
  WAIT_UNTIL (bench->opened == 1);
  cfd_peer_send (bench->peers->pdata[0], NULL, 0, "last", 4);
  cfd_peer_close (bench->peers->pdata[0], CFD_CLOSE_SESSION, cut);
  g_assert_false (cfd_peer_is_open (bench->peers->pdata[0]));
  cfd_peer_send (bench->peers->pdata[0], NULL, 0, "never", 5);
  WAIT_UNTIL (bench->closed == 1);
  client_expect (client, "last");
  g_assert_cmphex (client_read_frame (client, &payload, &length), ==, 0x88);
  g_assert_cmpmem (payload, length, "\x0f\xa1" "rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr"
                   "rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr", 124);
  client_send_frame (client, 0x88, payload, 2);
  client_wait_end (client);
  WAIT_UNTIL (bench_stats (bench).sockets == 0);
}

/* Going down: the port is closed, nothing more is read, but what is said to peers still arrives. */
static void
test_quiesce (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) client = NULL, late = NULL;
  g_autofree char *answer = NULL;

  bench_start (bench);
  client = client_open (bench->port, NULL);
  late = client_connect (bench->port, NULL);
  WAIT_UNTIL (bench->opened == 1 && bench_stats (bench).http_connections == 1);
  cfd_transport_quiesce (bench->transport);
  client_send_frame (client, 0x81, "unheard", 7);
  client_say (late, "GET /who HTTP/1.1\r\nHost: x\r\n\r\n");
  answer = client_read_head (late);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 503 "));
  g_assert_cmpuint (bench->texts, ==, 0);
  cfd_peer_send (bench->peers->pdata[0], NULL, 0, "the end", 7);
  cfd_transport_close_all (bench->transport, CFD_CLOSE_RESTART, "restart");
  client_expect (client, "the end");
  g_assert_cmpuint (client_read_close (client), ==, 1012);
  client_send_frame (client, 0x88, "\x03\xf4", 2);
  client_wait_end (client);
  g_assert_cmpuint (bench->texts, ==, 0);
  g_assert_cmpuint (bench->closed, ==, 1);
}

static void
test_free_while_open (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) one = NULL, two = NULL;

  bench_start (bench);
  one = client_open (bench->port, NULL);
  two = client_open (bench->port, NULL);
  client_send_frame (two, 0x01, "never finished", 14);
  WAIT_UNTIL (bench->opened == 2);
  cfd_peer_send (bench->peers->pdata[0], NULL, 0, "bye", 3);
  bench_stop (bench);
  client_expect (one, "bye");
  g_assert_cmpuint (client_read_close (one), ==, 1012);
  g_assert_cmpuint (client_read_close (two), ==, 1012);
}

/* Sockets of one client, as the proxy names it, are counted; too many are told 1008. */
static void
test_crowd_behind_proxy (void)
{
  static const char *const proxies[] = { "127.0.0.0/8", NULL };
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) one = NULL, two = NULL, three = NULL, other = NULL;

  bench->options.proxies = proxies;
  bench->options.max_per_address = 2;
  bench_start (bench);
  one = client_open (bench->port, "X-Forwarded-For: 8.8.8.8\r\n");
  two = client_open (bench->port, "X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 8.8.8.8\r\n");
  WAIT_UNTIL (bench->opened == 2);
  g_assert_cmpstr (cfd_peer_get_address (bench->peers->pdata[1]), ==, "8.8.8.8");
  three = client_open (bench->port, "X-Forwarded-For: 8.8.8.8\r\n");
  g_assert_cmpuint (client_read_close (three), ==, 1008);
  other = client_open (bench->port, "X-Forwarded-For: 9.9.9.9\r\n");
  WAIT_UNTIL (bench->opened == 3);
  g_assert_cmpuint (bench_stats (bench).refused_limit, ==, 1);
  close_properly (one, 1001);
  g_clear_pointer (&three, client_free);
  WAIT_UNTIL (bench_stats (bench).sockets == 2);
  three = client_open (bench->port, "X-Forwarded-For: 8.8.8.8\r\n");
  WAIT_UNTIL (bench->opened == 4);
}

/* Without a descriptor left nobody new gets in, the loop does not spin, those inside go on; later it goes on by itself. */
static void
test_no_descriptors (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (Client) inside = NULL, outside = NULL;
  struct rlimit before, tight;

  bench_start (bench);
  inside = client_open (bench->port, NULL);
  outside = client_connect (bench->port, NULL);
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &before), ==, 0);
  tight = before;
  tight.rlim_cur = outside->fd + 1;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &tight), ==, 0);
  client_send_frame (inside, 0x81, "go on", 5);
  client_expect (inside, "go on");
  WAIT_UNTIL (warnings == 2); /* it tried again, a second later, and no more often */
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &before), ==, 0);
  client_say (outside, "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n");
  WAIT_UNTIL (bench->requests == 1);
}

int
main (int argc, char **argv)
{
  g_log_set_writer_func (count_warnings, NULL, NULL);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/socket/echo", test_echo);
  g_test_add_func ("/socket/early-bytes", test_early_bytes);
  g_test_add_func ("/socket/ping", test_ping);
  g_test_add_func ("/socket/broken", test_broken);
  g_test_add_func ("/socket/unmasked", test_unmasked);
  g_test_add_func ("/socket/burst", test_burst);
  g_test_add_func ("/socket/silence", test_silence);
  g_test_add_func ("/socket/settle", test_settle);
  g_test_add_func ("/socket/slow-reader", test_slow_reader);
  g_test_add_func ("/socket/dead-reader", test_dead_reader);
  g_test_add_func ("/socket/large-message", test_large_message);
  g_test_add_func ("/socket/reset", test_reset);
  g_test_add_func ("/socket/rate", test_rate);
  g_test_add_func ("/socket/close-reason", test_close_reason);
  g_test_add_func ("/socket/quiesce", test_quiesce);
  g_test_add_func ("/socket/free-while-open", test_free_while_open);
  g_test_add_func ("/socket/crowd-behind-proxy", test_crowd_behind_proxy);
  g_test_add_func ("/socket/no-descriptors", test_no_descriptors);
  return g_test_run ();
}

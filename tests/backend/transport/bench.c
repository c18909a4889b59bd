/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include <string.h>

#define WATCHDOG_SECONDS 20
#define POLL_MS 2

static void
respond_text (CfdRequest *request, guint status, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  cfd_request_respond (request, status, "text/plain", body);
}

static void
append_query (const char *name, const char *value, gpointer data)
{
  g_string_append_printf (data, "%s=%s;", name, value);
}

static void
on_request (CfdRequest *request, gpointer data)
{
  Bench *self = data;
  const char *path = cfd_request_get_path (request);

  self->requests++;
  if (strcmp (path, "/hold") == 0)
    g_ptr_array_add (self->held, request);
  else if (strcmp (path, "/echo") == 0)
    cfd_request_respond (request, 200, "application/octet-stream", cfd_request_get_body (request));
  else if (strcmp (path, "/nothing") == 0)
    cfd_request_respond (request, 204, NULL, NULL);
  else if (strcmp (path, "/large") == 0)
    {
      g_autofree char *fill = g_strnfill (4 * 1024 * 1024, 'L');

      respond_text (request, 200, fill);
    }
  else if (strcmp (path, "/who") == 0)
    {
      g_autofree char *text = g_strdup_printf ("%s %s", cfd_request_get_address (request), cfd_request_is_secure (request) ? "secure" : "plain");

      cfd_request_add_header (request, "X-Test", "yes");
      respond_text (request, 200, text);
    }
  else
    {
      g_autoptr (GString) text = g_string_new (NULL);

      g_string_append_printf (text, "%s %s ", cfd_request_get_verb (request), path);
      cfd_request_each_query (request, append_query, text);
      respond_text (request, 404, text->str);
    }
}

static gboolean
on_accept (CfdRequest *request, gpointer data)
{
  return !((Bench *) data)->refuse;
}

static void
on_opened (CfdPeer *peer, gpointer data)
{
  Bench *self = data;

  self->opened++;
  g_ptr_array_add (self->peers, cfd_peer_ref (peer));
  cfd_peer_set_data (peer, self);
}

static void
on_text (CfdPeer *peer, const char *text, gsize length, gpointer data)
{
  Bench *self = data;

  g_assert_true (cfd_peer_get_data (peer) == self);
  g_assert_true (cfd_peer_is_open (peer));
  self->texts++;
  if (length == 6 && memcmp (text, "settle", 6) == 0)
    cfd_peer_settle (peer);
  else if (length == 5 && memcmp (text, "doubt", 5) == 0)
    cfd_peer_unsettle (peer);
  else if (!self->mute)
    cfd_peer_send (peer, NULL, 0, text, length);
}

static void
on_closed (CfdPeer *peer, gpointer data)
{
  Bench *self = data;

  self->closed++;
  g_assert_false (cfd_peer_is_open (peer));
  g_assert_true (g_ptr_array_remove (self->peers, peer));
}

static gboolean
on_poll (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
on_watchdog (gpointer data)
{
  g_error ("waited %d s in vain", WATCHDOG_SECONDS);
  return G_SOURCE_REMOVE;
}

/**
 * bench_iterate:
 *
 * Lets the main loop work for a moment. Clients of tests look after their sockets between two calls.
 */
void
bench_iterate (void)
{
  guint poll = g_timeout_add (POLL_MS, on_poll, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (poll);
}

/**
 * bench_new:
 *
 * Returns: (transfer full): a bench with options under which nothing is limited
 */
Bench *
bench_new (void)
{
  Bench *self = g_new0 (Bench, 1);

  self->options = (CfdTransportOptions) {
    .listen = "127.0.0.1:0", .socket_path = "/socket", .max_connections = 1000, .max_per_address = 1000, .frame_max = 65536,
    .body_max = 65536, .send_queue_max = 4 * 1024 * 1024, .handshake_seconds = 30, .settle_seconds = 30, .ping_seconds = 30,
    .pong_seconds = 30,
  };
  self->peers = g_ptr_array_new_with_free_func ((GDestroyNotify) cfd_peer_unref);
  self->held = g_ptr_array_new ();
  return self;
}

void
bench_start (Bench *self)
{
  static const CfdTransportHandlers handlers = { on_request, on_accept, on_opened, on_text, on_closed };
  static guint watchdog;
  g_autoptr (GError) error = NULL;

  if (watchdog != 0)
    g_source_remove (watchdog);
  watchdog = g_timeout_add_seconds (WATCHDOG_SECONDS, on_watchdog, NULL);
  self->transport = cfd_transport_new (&self->options, &handlers, self, &error);
  g_assert_no_error (error);
  self->port = cfd_transport_get_port (self->transport);
}

/**
 * bench_stop:
 *
 * Frees the transport; everything that was opened must have been closed then.
 */
void
bench_stop (Bench *self)
{
  g_clear_pointer (&self->transport, cfd_transport_free);
  g_assert_cmpuint (self->opened, ==, self->closed);
  g_assert_cmpuint (self->peers->len, ==, 0);
}

void
bench_free (Bench *self)
{
  if (self->transport != NULL)
    bench_stop (self);
  for (guint i = 0; i < self->held->len; i++)
    respond_text (g_ptr_array_index (self->held, i), 200, "too late");
  g_ptr_array_unref (self->held);
  g_ptr_array_unref (self->peers);
  g_free (self);
}

CfdTransportStats
bench_stats (Bench *self)
{
  CfdTransportStats stats;

  cfd_transport_get_stats (self->transport, &stats);
  return stats;
}

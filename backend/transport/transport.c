/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transport-private.h"

#include "address.h"
#include "handshake.h"
#include "http.h"
#include "peer-private.h"
#include "polling.h"
#include "request-private.h"
#include "tls.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define REMEMBERED_ADDRESSES 65536
#define FLUSH_SECONDS 1

static void
finish_turn (gpointer data)
{
  CfdTransport *self = data;

  if (self->http != NULL)
    cfd_http_finish_turn (self->http);
  for (guint i = 0; i < self->dirty->len; i++) /* the closed callback may queue more, for others */
    {
      CfdPeer *peer = g_ptr_array_index (self->dirty, i);

      peer->dirty = FALSE;
      cfd_peer_finish_turn (peer);
    }
  g_ptr_array_set_size (self->dirty, 0);
  if (self->handlers.flushed != NULL)
    self->handlers.flushed (self->data);
}

/* The limits are checked before libmicrohttpd hears of a connection, so a crowd at the door costs little. */
static void
on_accepted (int fd, const struct sockaddr *native, guint native_length, gpointer data)
{
  CfdTransport *self = data;
  g_autoptr (GInetAddress) address = cfd_address_from_native (native);
  g_autofree char *key = cfd_address_limit_key (address);

  if (self->stats.http_connections + self->peers->len >= self->options.max_connections
      || (!cfd_proxies_trusts (self->proxies, address) && cfd_address_limits_is_full (self->limits, key)))
    {
      self->stats.refused_limit++;
      close (fd);
      return;
    }
  if (self->tls != NULL)
    fd = cfd_tls_wrap (self->tls, fd);
  if (fd >= 0)
    cfd_http_add (self->http, fd, native, native_length);
}

/* Refuses what no one above needs to see. Returns: whether it did. */
static gboolean
refuse_early (CfdTransport *self, CfdRequest *request)
{
  gint64 retry_after_ms = 0;
  gboolean spent = self->quiet || cfd_address_limits_spend (self->limits, request->limit_key, g_get_monotonic_time (), &retry_after_ms);

  if (spent && !self->quiet && request->refuse_status == 0)
    return FALSE;
  cfd_request_forget_taker (request);
  if (self->quiet)
    cfd_request_refuse (request, 503, CF_ERROR_UNAVAILABLE, "the server is going down", 1000);
  else if (!spent)
    {
      self->stats.refused_rate++;
      cfd_request_refuse (request, 429, CF_ERROR_RATE_LIMITED, "too many requests from this address", retry_after_ms);
    }
  else
    cfd_request_refuse (request, request->refuse_status, request->refuse_status == 413 ? CF_ERROR_TOO_LARGE : CF_ERROR_INVALID,
                        request->refuse_why, 0);
  return TRUE;
}

static void
shake_hands (CfdTransport *self, CfdRequest *request)
{
  const char *why = NULL;
  guint status = cfd_handshake_check (request, &why);

  if (status == 0 && request->http_1_0)
    {
      status = 400;
      why = "a WebSocket needs HTTP/1.1";
    }
  if (status == 426)
    {
      cfd_request_add_header (request, "Upgrade", "websocket");
      cfd_request_add_header (request, "Sec-WebSocket-Version", "13");
    }
  if (status == 405)
    cfd_request_add_header (request, "Allow", "GET");
  if (status != 0)
    cfd_request_refuse (request, status, CF_ERROR_INVALID, why, 0);
  else if (!self->handlers.accept (request, self->data))
    cfd_request_refuse (request, 403, CF_ERROR_BAD_ORIGIN, "this page may not open a socket", 0);
  else
    cfd_http_upgrade (self->http, request);
}

/**
 * cfd_transport_dispatch:
 *
 * A whole request has come.
 */
void
cfd_transport_dispatch (CfdTransport *self, CfdRequest *request)
{
  self->stats.requests++;
  if (refuse_early (self, request))
    return;
  if (strcmp (cfd_request_get_path (request), self->options.socket_path) == 0)
    shake_hands (self, request);
  else if (self->polling != NULL && cfd_polling_owns (self->polling, request))
    cfd_polling_request (self->polling, request);
  else
    self->handlers.request (request, self->data);
}

/**
 * cfd_transport_open_peer:
 * @fd: the upgraded socket; taken over
 * @early: bytes that came right behind the handshake
 *
 * A handshake is done. A client that has too many sockets, which for those behind a proxy was not known before, is told so
 * in a close frame.
 */
void
cfd_transport_open_peer (CfdTransport *self, CfdRequest *request, int fd, const void *early, gsize early_length)
{
  g_autoptr (CfdPeer) peer
      = cfd_peer_new (self, fd, request->address, request->limit_key, cfd_request_get_header (request, "Origin"));
  gboolean crowded = cfd_address_limits_is_full (self->limits, request->limit_key);

  self->stats.handshakes++;
  cfd_address_limits_enter (self->limits, request->limit_key);
  peer->index = self->peers->len;
  g_ptr_array_add (self->peers, cfd_peer_ref (peer));
  if (!cfd_peer_start (peer))
    {
      cfd_peer_drop (peer);
      return;
    }
  if (crowded || self->quiet)
    {
      self->stats.refused_limit += crowded;
      cfd_peer_close (peer, crowded ? CFD_CLOSE_POLICY : CFD_CLOSE_RESTART, crowded ? "too many connections from this address" : NULL);
      return;
    }
  peer->announced = TRUE;
  self->handlers.opened (peer, self->data);
  cfd_peer_receive (peer, early, early_length);
}

/**
 * cfd_transport_mark:
 *
 * The peer has something to do at the end of the turn.
 */
void
cfd_transport_mark (CfdTransport *self, CfdPeer *peer)
{
  if (peer->dirty)
    return;
  peer->dirty = TRUE;
  g_ptr_array_add (self->dirty, cfd_peer_ref (peer));
  cfd_socket_loop_wake (self->loop);
}

static gboolean
check_options (const CfdTransportOptions *options, GError **error)
{
  if ((options->tls_cert != NULL) != (options->tls_key != NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "got only %s, expected both tls_cert and tls_key or none",
                   options->tls_cert != NULL ? "tls_cert" : "tls_key");
      return FALSE;
    }
  return TRUE;
}

static gboolean
start (CfdTransport *self, const CfdTransportOptions *options, GError **error)
{
  if (!check_options (options, error))
    return FALSE;
  self->proxies = cfd_proxies_new (options->proxies, error);
  if (self->proxies == NULL)
    return FALSE;
  self->loop = cfd_socket_loop_new (g_main_context_get_thread_default (), finish_turn, self, error);
  if (self->loop == NULL)
    return FALSE;
  if (options->tls_cert != NULL)
    {
      self->tls = cfd_tls_new (self->loop, options->tls_cert, options->tls_key, error);
      if (self->tls == NULL)
        return FALSE;
    }
  self->http = cfd_http_new (self, error);
  if (self->http == NULL)
    return FALSE;
  self->listener = cfd_listener_new (self->loop, options->listen, on_accepted, self, error);
  if (self->listener == NULL)
    return FALSE;
  self->port = cfd_listener_get_port (self->listener);
  return TRUE;
}

/**
 * cfd_transport_new:
 * @options: copied as far as it is needed later
 * @handlers: copied
 * @data: for the handlers
 *
 * Listens from now on; callbacks come when the thread-default main context runs.
 *
 * Returns: (transfer full): NULL with an error that says what is wrong with which option
 */
CfdTransport *
cfd_transport_new (const CfdTransportOptions *options, const CfdTransportHandlers *handlers, gpointer data, GError **error)
{
  g_autoptr (CfdTransport) self = g_new0 (CfdTransport, 1);

  self->options = *options;
  self->options.listen = self->options.tls_cert = self->options.tls_key = NULL;
  self->options.proxies = NULL;
  self->options.poll_path = NULL;
  self->options.socket_path = g_strdup (options->socket_path);
  self->handlers = *handlers;
  self->data = data;
  self->peers = g_ptr_array_new_with_free_func ((GDestroyNotify) cfd_peer_unref);
  self->dirty = g_ptr_array_new_with_free_func ((GDestroyNotify) cfd_peer_unref);
  self->limits = cfd_address_limits_new (options->max_per_address, options->address_rate, options->address_burst,
                                         MAX (REMEMBERED_ADDRESSES, 2 * options->max_connections));
  self->polling = options->poll_path != NULL ? cfd_polling_new (self, options->poll_path) : NULL;
  return start (self, options, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * cfd_transport_get_port:
 *
 * Returns: the TCP port that it listens on
 */
guint
cfd_transport_get_port (CfdTransport *self)
{
  return self->port;
}

/**
 * cfd_transport_get_stats:
 *
 * Counters since the start, gauges of now.
 */
void
cfd_transport_get_stats (CfdTransport *self, CfdTransportStats *out)
{
  *out = self->stats;
  out->sockets = self->peers->len;
}

/**
 * cfd_transport_flush:
 *
 * Gives all that is queued for peers to their sockets; from the main loop, outside a turn. Without it the next turn does.
 */
void
cfd_transport_flush (CfdTransport *self)
{
  cfd_socket_loop_flush (self->loop);
}

/**
 * cfd_transport_quiesce:
 *
 * The first step of going down: the port is closed, open sockets are not read any more, new requests on open connections get 503.
 * Answers that are owed can still be given, and peers can still be sent to.
 */
void
cfd_transport_quiesce (CfdTransport *self)
{
  if (self->quiet)
    return;
  self->quiet = TRUE;
  g_clear_pointer (&self->listener, cfd_listener_free);
  for (guint i = 0; i < self->peers->len; i++)
    cfd_peer_update_watch (g_ptr_array_index (self->peers, i));
}

/**
 * cfd_transport_close_all:
 * @code: see docs/protocol.md
 * @reason: (nullable): goes with it
 *
 * Closes every peer, each after what is queued for it.
 */
void
cfd_transport_close_all (CfdTransport *self, guint code, const char *reason)
{
  for (guint i = 0; i < self->peers->len; i++)
    cfd_peer_close (g_ptr_array_index (self->peers, i), code, reason);
}

/* Runs a turn. Returns: FALSE when it is later than @end. */
static gboolean
turn_until (CfdTransport *self, gint64 end)
{
  gint64 left = end - g_get_monotonic_time ();

  if (left <= 0)
    return FALSE;
  cfd_socket_loop_turn (self->loop, left / 1000 + 1);
  return TRUE;
}

/**
 * cfd_transport_free:
 *
 * Closes all that is open, gives clients at most a second to take what is on its way, and ends. Every peer that was opened gets its
 * closed callback; requests that still wait stay valid until they are answered.
 */
void
cfd_transport_free (CfdTransport *self)
{
  gint64 end = g_get_monotonic_time () + FLUSH_SECONDS * G_USEC_PER_SEC;

  if (self->http != NULL)
    {
      cfd_transport_quiesce (self);
      cfd_transport_close_all (self, CFD_CLOSE_RESTART, NULL);
      cfd_http_abandon (self->http);
      while ((self->peers->len > 0 || cfd_http_is_busy (self->http)) && turn_until (self, end))
        ;
      while (self->peers->len > 0)
        cfd_peer_drop (g_ptr_array_index (self->peers, self->peers->len - 1));
      g_ptr_array_set_size (self->dirty, 0);
      g_clear_pointer (&self->polling, cfd_polling_free);
      g_clear_pointer (&self->http, cfd_http_free);
      while (self->tls != NULL && cfd_tls_is_busy (self->tls) && turn_until (self, end))
        ;
    }
  g_clear_pointer (&self->polling, cfd_polling_free);
  g_clear_pointer (&self->tls, cfd_tls_free);
  g_clear_pointer (&self->listener, cfd_listener_free);
  g_clear_pointer (&self->loop, cfd_socket_loop_free);
  g_clear_pointer (&self->proxies, cfd_proxies_free);
  cfd_address_limits_free (self->limits);
  g_ptr_array_unref (self->peers);
  g_ptr_array_unref (self->dirty);
  g_free ((char *) self->options.socket_path);
  g_free (self);
}

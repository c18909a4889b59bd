/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http.h"

#include "address.h"
#include "handshake.h"
#include "request-private.h"
#include "transport-private.h"

#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define HEADER_MEMORY (16 * 1024)     /* of one connection: request line, headers, and what is written of the answer */
#define DISCARD_MAX (1024 * 1024)     /* of a body that is too large we read so much, then hang up */
#define SLOWEST_BYTES_PER_SECOND 4096 /* who takes or sends a body more slowly is cut off */
#define RUNS_PER_TURN 8

typedef struct _CfdHttpConnection CfdHttpConnection;

/* One TCP connection, from accept to its end or upgrade. */
struct _CfdHttpConnection
{
  CfdTimer timer;
  CfdHttp *http;
  GInetAddress *address;
  char *limit_key;
  int fd;
  gboolean limited;   /* it counts for its address */
  gboolean counted;   /* it is counted at all: not upgraded */
};

struct _CfdHttp
{
  CfdWatch watch; /* libmicrohttpd's epoll set */
  CfdTransport *transport;
  struct MHD_Daemon *daemon;
  GHashTable *held;    /* requests whose connection is suspended because the taker of the body wants it so */
  GHashTable *waiting; /* requests whose connection is suspended and that were given to the transport */
  guint active;        /* requests that are not completed */
  gboolean again;      /* libmicrohttpd has work that its epoll set does not show */
};

static void
set_deadline (CfdHttpConnection *link, gsize bytes)
{
  CfdTransport *transport = link->http->transport;

  if (link->counted)
    cfd_timer_set (&link->timer, cfd_socket_loop_get_wheel (transport->loop),
                   cfd_timer_now () + transport->options.handshake_seconds + bytes / SLOWEST_BYTES_PER_SECOND + 1);
}

/* libmicrohttpd then hears that the connection is over. */
static void
on_deadline (CfdTimer *timer)
{
  CfdHttpConnection *link = (CfdHttpConnection *) timer;

  shutdown (link->fd, SHUT_RDWR);
}

static void
on_http_ready (CfdWatch *watch, guint32 events)
{
  CfdHttp *self = (CfdHttp *) watch;
  MHD_UNSIGNED_LONG_LONG wait;

  self->again = TRUE;
  for (guint i = 0; i < RUNS_PER_TURN && self->again; i++)
    {
      self->again = FALSE;
      MHD_run (self->daemon);
      if (MHD_get_timeout (self->daemon, &wait) == MHD_YES && wait == 0)
        self->again = TRUE;
    }
  if (self->again)
    cfd_socket_loop_wake (self->transport->loop);
}

/* libmicrohttpd changed the state of a connection that it looks at only when it runs. */
static void
run_again (CfdHttp *self)
{
  self->again = TRUE;
  cfd_socket_loop_wake (self->transport->loop);
}

/* The connection of @request goes on, with the answer. */
static void
resume (CfdHttp *self, CfdRequest *request)
{
  if (!request->suspended)
    return;
  MHD_resume_connection (request->connection);
  run_again (self);
}

static void
stop_counting (CfdHttpConnection *link)
{
  CfdTransport *transport = link->http->transport;

  cfd_timer_clear (&link->timer);
  if (!link->counted)
    return;
  link->counted = FALSE;
  transport->stats.http_connections--;
  if (link->limited)
    cfd_address_limits_leave (transport->limits, link->limit_key);
}

static void
start_counting (CfdHttpConnection *link)
{
  CfdTransport *transport = link->http->transport;

  link->counted = TRUE;
  transport->stats.http_connections++;
  link->limited = !cfd_proxies_trusts (transport->proxies, link->address);
  if (link->limited)
    cfd_address_limits_enter (transport->limits, link->limit_key);
  set_deadline (link, 0);
}

/* Gives a whole request to the transport, which answers now or later. */
static void
dispatch (CfdRequest *request)
{
  CfdHttp *self = request->http;
  CfdTransport *transport = self->transport;
  g_autoptr (GInetAddress) client = NULL;

  self->active++;
  request->taken = TRUE;
  request->complete = TRUE;
  cfd_timer_clear (&request->link->timer);
  client = cfd_proxies_client (transport->proxies, request->link->address, cfd_request_get_header (request, "X-Forwarded-For"));
  cfd_request_set_peer (request, client,
                        transport->tls != NULL
                            || cfd_proxies_is_secure (transport->proxies, request->link->address,
                                                      cfd_request_get_header (request, "X-Forwarded-Proto")));
  g_hash_table_add (self->waiting, request);
  cfd_transport_dispatch (transport, request);
}

static void
on_connection (void *data, struct MHD_Connection *connection, void **socket_context, enum MHD_ConnectionNotificationCode what)
{
  CfdHttpConnection *link = *socket_context;

  if (what == MHD_CONNECTION_NOTIFY_STARTED)
    {
      link = *socket_context = g_new0 (CfdHttpConnection, 1);
      link->http = data;
      link->timer.fire = on_deadline;
      link->fd = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
      link->address = cfd_address_from_native (MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
      link->limit_key = cfd_address_limit_key (link->address);
      start_counting (link);
      return;
    }
  stop_counting (link);
  g_object_unref (link->address);
  g_free (link->limit_key);
  g_free (link);
}

static void
on_completed (void *data, struct MHD_Connection *connection, void **request_context, enum MHD_RequestTerminationCode how)
{
  CfdRequest *request = *request_context;

  if (request == NULL)
    return;
  *request_context = NULL;
  if (request->complete)
    request->http->active--;
  set_deadline (request->link, 0);
  request->attached = FALSE;
  request->connection = NULL;
  request->link = NULL;
  if (!request->complete)
    cfd_request_forget_taker (request);
  if (!request->taken)
    cfd_request_free (request);
}

static size_t
keep_escapes (void *data, struct MHD_Connection *connection, char *text)
{
  return strlen (text); /* the request decodes, more strictly */
}

static void
on_log (void *data, const char *format, va_list arguments)
{
  g_autofree char *text = g_strdup_vprintf (format, arguments);

  g_debug ("http: %s", g_strchomp (text));
}

/* Hands a duplicate of the socket to the transport, so that libmicrohttpd can forget the connection. */
static void
on_upgrade (void *data, struct MHD_Connection *connection, void *request_context, const char *extra, size_t extra_length, MHD_socket fd,
            struct MHD_UpgradeResponseHandle *handle)
{
  CfdHttp *self = data;
  CfdRequest *request = request_context;
  int on = 1, own = fcntl (fd, F_DUPFD_CLOEXEC, 0);

  stop_counting (request->link);
  if (own >= 0)
    {
      setsockopt (own, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on); /* libmicrohttpd has just taken it away */
      cfd_transport_open_peer (self->transport, request, own, extra, extra_length);
    }
  else
    g_warning ("cannot keep a WebSocket: %s", g_strerror (errno));
  MHD_upgrade_action (handle, MHD_UPGRADE_ACTION_CLOSE);
  run_again (self);
}

static CfdRequest *
begin_request (CfdHttp *self, struct MHD_Connection *connection, const char *url, const char *verb, const char *version)
{
  CfdRequest *request = cfd_request_new (connection, verb, url, version);
  const char *length = cfd_request_get_header (request, MHD_HTTP_HEADER_CONTENT_LENGTH);
  guint64 limit = self->transport->options.body_max, claimed = length != NULL ? g_ascii_strtoull (length, NULL, 10) : 0;
  gboolean has_body = claimed > 0 || cfd_request_get_header (request, MHD_HTTP_HEADER_TRANSFER_ENCODING) != NULL;

  request->http = self;
  request->link = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
  if (has_body && request->refuse_status == 0 && !self->transport->quiet && self->transport->handlers.begin != NULL)
    self->transport->handlers.begin (request, self->transport->data);
  if (request->taker != NULL)
    limit = request->stream_limit;
  if (claimed > limit + DISCARD_MAX || (request->taker != NULL && claimed > limit))
    {
      request->refuse_status = 413;
      request->refuse_why = "the body is too large";
      request->hopeless = TRUE;
      cfd_request_forget_taker (request);
    }
  else if (has_body)
    set_deadline (request->link, request->taker != NULL ? 0 : limit);
  return request;
}

static enum MHD_Result
queue_answer (CfdRequest *request, struct MHD_Connection *connection)
{
  enum MHD_Result result = MHD_queue_response (connection, request->answer_status, request->answer);

  g_clear_pointer (&request->answer, MHD_destroy_response);
  return result;
}

/* The request is whole. When nobody answers it at once, the connection waits; libmicrohttpd calls us again with the answer. */
static enum MHD_Result
hand_over (struct MHD_Connection *connection, CfdRequest *request)
{
  dispatch (request);
  if (request->answer != NULL)
    return queue_answer (request, connection);
  request->suspended = TRUE;
  MHD_suspend_connection (connection);
  return MHD_YES;
}

/* The connection rests for as long as the taker of its body wants; its deadline too. */
static void
rest_if_held (struct MHD_Connection *connection, CfdRequest *request)
{
  if (!request->held || request->suspended)
    return;
  cfd_timer_clear (&request->link->timer);
  g_hash_table_add (request->http->held, request);
  request->suspended = TRUE;
  MHD_suspend_connection (connection);
}

/* Who sends nothing for a while is cut off, however long the body may be: it is gone on with later. */
static gboolean
pass_piece (struct MHD_Connection *connection, CfdRequest *request, const char *bytes, gsize length)
{
  request->streamed += length;
  if (request->streamed > request->stream_limit
      || !request->taker->piece (request, bytes, length, request->taker_data))
    return FALSE;
  set_deadline (request->link, 0);
  rest_if_held (connection, request);
  return TRUE;
}

static enum MHD_Result
on_access (void *data, struct MHD_Connection *connection, const char *url, const char *verb, const char *version, const char *upload,
           size_t *upload_length, void **request_context)
{
  CfdHttp *self = data;
  CfdRequest *request = *request_context;

  if (request == NULL)
    {
      request = *request_context = begin_request (self, connection, url, verb, version);
      if (request->hopeless)
        return hand_over (connection, request);
      rest_if_held (connection, request);
      request->begins_again = request->suspended;
      return MHD_YES;
    }
  if (request->answer != NULL)
    return queue_answer (request, connection);
  if (request->abandoned)
    return MHD_NO;
  if (request->begins_again)
    {
      request->begins_again = FALSE;
      return MHD_YES;
    }
  if (*upload_length == 0)
    return hand_over (connection, request);
  if (request->taker != NULL)
    {
      gsize length = *upload_length;

      *upload_length = 0;
      return pass_piece (connection, request, upload, length) ? MHD_YES : MHD_NO;
    }
  cfd_request_receive (request, upload, *upload_length, self->transport->options.body_max);
  *upload_length = 0;
  return request->discarded <= self->transport->options.body_max + DISCARD_MAX ? MHD_YES : MHD_NO;
}

/**
 * cfd_http_new:
 *
 * Starts libmicrohttpd without a socket of its own.
 *
 * Returns: (transfer full): NULL with an error
 */
CfdHttp *
cfd_http_new (CfdTransport *transport, GError **error)
{
  g_autoptr (CfdHttp) self = g_new0 (CfdHttp, 1);

  self->transport = transport;
  self->held = g_hash_table_new (NULL, NULL);
  self->waiting = g_hash_table_new (NULL, NULL);
  /* The limit of connections is ours, in cfd_http_add()'s caller; libmicrohttpd 0.9.75 keeps its lock when it finds itself at its own. */
  self->daemon = MHD_start_daemon (
      MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME | MHD_ALLOW_UPGRADE | MHD_USE_ERROR_LOG, 0, NULL, NULL, on_access,
      self, MHD_OPTION_EXTERNAL_LOGGER, on_log, self, MHD_OPTION_NOTIFY_COMPLETED, on_completed, self, MHD_OPTION_NOTIFY_CONNECTION,
      on_connection, self, MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL, MHD_OPTION_CONNECTION_LIMIT, (guint) G_MAXINT,
      MHD_OPTION_CONNECTION_TIMEOUT, 0u, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t) HEADER_MEMORY, MHD_OPTION_STRICT_FOR_CLIENT, 1,
      MHD_OPTION_END);
  if (self->daemon == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "cannot start the HTTP server");
      return NULL;
    }
  self->watch = (CfdWatch) { on_http_ready, MHD_get_daemon_info (self->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd };
  if (!cfd_socket_loop_add (transport->loop, &self->watch, EPOLLIN))
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "cannot wait on the HTTP server: %s", g_strerror (errno));
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * cfd_http_free:
 *
 * Ends all connections. cfd_http_abandon() must have been called.
 */
void
cfd_http_free (CfdHttp *self)
{
  if (self->daemon != NULL)
    {
      cfd_socket_loop_remove (self->transport->loop, &self->watch);
      MHD_stop_daemon (self->daemon);
    }
  g_hash_table_unref (self->held);
  g_hash_table_unref (self->waiting);
  g_free (self);
}

/**
 * cfd_http_add:
 * @fd: a new connection; taken over, whatever happens
 *
 * Serves it.
 */
void
cfd_http_add (CfdHttp *self, int fd, const struct sockaddr *native, guint native_length)
{
  MHD_add_connection (self->daemon, fd, native, native_length);
}

/**
 * cfd_http_answer:
 * @length: of the body
 *
 * The request's answer is ready.
 */
void
cfd_http_answer (CfdHttp *self, CfdRequest *request, gsize length)
{
  request->taken = FALSE;
  g_hash_table_remove (self->waiting, request);
  if (self->transport->quiet)
    MHD_add_response_header (request->answer, MHD_HTTP_HEADER_CONNECTION, "close");
  set_deadline (request->link, length);
  resume (self, request);
}

/**
 * cfd_http_go_on:
 *
 * The body of @request may come on.
 */
void
cfd_http_go_on (CfdHttp *self, CfdRequest *request)
{
  if (!g_hash_table_remove (self->held, request))
    return;
  set_deadline (request->link, 0);
  resume (self, request);
  request->suspended = FALSE;
}

/**
 * cfd_http_upgrade:
 *
 * Answers a right handshake; cfd_transport_open_peer() follows.
 */
void
cfd_http_upgrade (CfdHttp *self, CfdRequest *request)
{
  g_autofree char *accept = cfd_handshake_accept (cfd_request_get_header (request, "Sec-WebSocket-Key"));

  request->answer = MHD_create_response_for_upgrade (on_upgrade, self);
  request->answer_status = MHD_HTTP_SWITCHING_PROTOCOLS;
  MHD_add_response_header (request->answer, MHD_HTTP_HEADER_SERVER, "ChatFlow");
  MHD_add_response_header (request->answer, MHD_HTTP_HEADER_UPGRADE, "websocket");
  MHD_add_response_header (request->answer, "Sec-WebSocket-Accept", accept);
  request->taken = FALSE;
  g_hash_table_remove (self->waiting, request);
  set_deadline (request->link, 0);
  resume (self, request);
}

/**
 * cfd_http_finish_turn:
 *
 * Goes on with work that no descriptor announces.
 */
void
cfd_http_finish_turn (CfdHttp *self)
{
  if (self->again)
    on_http_ready (&self->watch, 0);
}

/**
 * cfd_http_abandon:
 *
 * Before the end: clients that still wait for an answer are told to come again. Whoever owes one of these answers may still
 * give it; it goes nowhere.
 */
void
cfd_http_abandon (CfdHttp *self)
{
  GHashTableIter iter;
  CfdRequest *request;

  g_hash_table_iter_init (&iter, self->held);
  while (g_hash_table_iter_next (&iter, (gpointer *) &request, NULL))
    {
      request->abandoned = TRUE;
      request->held = FALSE;
      g_hash_table_iter_remove (&iter);
      resume (self, request);
      request->suspended = FALSE;
    }
  g_hash_table_iter_init (&iter, self->waiting);
  while (g_hash_table_iter_next (&iter, (gpointer *) &request, NULL))
    {
      request->answer = MHD_create_response_from_buffer (0, (void *) "", MHD_RESPMEM_PERSISTENT);
      request->answer_status = MHD_HTTP_SERVICE_UNAVAILABLE;
      request->abandoned = TRUE;
      MHD_add_response_header (request->answer, MHD_HTTP_HEADER_SERVER, "ChatFlow");
      MHD_add_response_header (request->answer, MHD_HTTP_HEADER_CONNECTION, "close");
      set_deadline (request->link, 0);
      resume (self, request);
      g_hash_table_iter_remove (&iter);
    }
}

/**
 * cfd_http_is_busy:
 *
 * Returns: whether an answer is owed or on its way
 */
gboolean
cfd_http_is_busy (CfdHttp *self)
{
  return self->active > 0;
}

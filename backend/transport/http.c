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
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#define HEADER_MEMORY (16 * 1024)     /* of one connection: request line, headers, and what is written of the answer */
#define DISCARD_MAX (1024 * 1024)     /* of a body that is too large we read so much, then hang up */
#define SLOWEST_BYTES_PER_SECOND 4096 /* who takes or sends a body more slowly is cut off */
#define RUNS_PER_TURN 8
#define TLS_PRIORITIES "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"

typedef struct _CfdHttpConnection CfdHttpConnection;

/* One TCP connection, from accept to its end or upgrade. */
struct _CfdHttpConnection
{
  CfdTimer timer;
  CfdHttp *http;
  GInetAddress *address;
  char *limit_key;
  int fd;             /* guarded by the lock; -1 when libmicrohttpd is about to close it */
  gboolean limited;   /* it counts for its address */
  gboolean counted;   /* it is counted at all: not upgraded */
};

/* Something for the main loop; see post(). */
typedef struct
{
  void (*run) (gpointer subject);
  gpointer subject;
} Post;

typedef struct
{
  CfdRequest *request;
  int fd;
  struct MHD_UpgradeResponseHandle *tls;
  GBytes *early;
} Upgrade;

struct _CfdHttp
{
  CfdWatch watch; /* plain: libmicrohttpd's epoll set; TLS: the eventfd of @posts */
  CfdTransport *transport;
  struct MHD_Daemon *daemon;
  GHashTable *waiting; /* requests whose connection is suspended and that were given to the transport */
  guint active;        /* requests that are not completed */
  gboolean again;      /* libmicrohttpd has work that its epoll set does not show */
  gboolean threaded;
  GMutex lock;
  gboolean stopping;   /* guarded by the lock */
  GQueue posts;        /* of Post, guarded by the lock */
};

static void
set_deadline (CfdHttpConnection *link, gsize bytes)
{
  CfdTransport *transport = link->http->transport;

  if (link->counted)
    cfd_timer_set (&link->timer, cfd_socket_loop_get_wheel (transport->loop),
                   cfd_timer_now () + transport->options.handshake_seconds + bytes / SLOWEST_BYTES_PER_SECOND + 1);
}

/* Its reading end then tells libmicrohttpd, on whichever thread, that the connection is over. */
static void
on_deadline (CfdTimer *timer)
{
  CfdHttpConnection *link = (CfdHttpConnection *) timer;

  g_mutex_lock (&link->http->lock);
  if (link->fd >= 0)
    shutdown (link->fd, SHUT_RDWR);
  g_mutex_unlock (&link->http->lock);
}

static void
push_post (CfdHttp *self, void (*run) (gpointer subject), gpointer subject)
{
  Post *post = g_new (Post, 1);

  *post = (Post) { run, subject };
  g_queue_push_tail (&self->posts, post);
  eventfd_write (self->watch.fd, 1);
}

/* Runs @run on the main loop: at once when we are there, which we are unless TLS runs on its own thread. Posts keep their order. */
static void
post (CfdHttp *self, void (*run) (gpointer subject), gpointer subject)
{
  if (!self->threaded)
    {
      run (subject);
      return;
    }
  g_mutex_lock (&self->lock);
  push_post (self, run, subject);
  g_mutex_unlock (&self->lock);
}

static void
run_posts (CfdHttp *self)
{
  for (;;)
    {
      g_autofree Post *next = NULL;

      g_mutex_lock (&self->lock);
      next = g_queue_pop_head (&self->posts);
      g_mutex_unlock (&self->lock);
      if (next == NULL)
        return;
      next->run (next->subject);
    }
}

static void
on_posts_ready (CfdWatch *watch, guint32 events)
{
  eventfd_t count;

  eventfd_read (watch->fd, &count);
  run_posts ((CfdHttp *) watch);
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
  if (self->threaded)
    return;
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
run_began (gpointer subject)
{
  CfdHttpConnection *link = subject;
  CfdTransport *transport = link->http->transport;

  link->counted = TRUE;
  transport->stats.http_connections++;
  link->limited = !cfd_proxies_trusts (transport->proxies, link->address);
  if (link->limited)
    cfd_address_limits_enter (transport->limits, link->limit_key);
  set_deadline (link, 0);
}

static void
run_ended (gpointer subject)
{
  CfdHttpConnection *link = subject;

  stop_counting (link);
  g_object_unref (link->address);
  g_free (link->limit_key);
  g_free (link);
}

static void
run_body_follows (gpointer subject)
{
  CfdHttpConnection *link = subject;

  set_deadline (link, link->http->transport->options.body_max);
}

static void
run_completed (gpointer subject)
{
  CfdRequest *request = subject;

  if (request->complete)
    request->http->active--;
  if (request->link != NULL)
    set_deadline (request->link, 0);
  request->attached = FALSE;
  request->connection = NULL;
  request->link = NULL;
  if (!request->taken)
    cfd_request_free (request);
}

/* Gives a whole request to the transport, which answers now or later. */
static void
run_dispatch (gpointer subject)
{
  CfdRequest *request = subject;
  CfdHttp *self = request->http;
  CfdTransport *transport = self->transport;
  g_autoptr (GInetAddress) client = NULL;

  self->active++;
  request->taken = TRUE;
  request->complete = TRUE;
  cfd_timer_clear (&request->link->timer);
  client = cfd_proxies_client (transport->proxies, request->link->address, cfd_request_get_header (request, "X-Forwarded-For"));
  cfd_request_set_peer (request, client,
                        self->threaded
                            || cfd_proxies_is_secure (transport->proxies, request->link->address,
                                                      cfd_request_get_header (request, "X-Forwarded-Proto")));
  g_hash_table_add (self->waiting, request);
  cfd_transport_dispatch (transport, request);
}

static void
run_upgraded (gpointer subject)
{
  g_autofree Upgrade *upgrade = subject;
  CfdHttp *self = upgrade->request->http;
  gsize length;
  const void *early = g_bytes_get_data (upgrade->early, &length);

  stop_counting (upgrade->request->link);
  cfd_transport_open_peer (self->transport, upgrade->request, upgrade->fd, upgrade->tls, early, length);
  g_bytes_unref (upgrade->early);
}

/* The following are called by libmicrohttpd, with TLS on its thread. */

static void
on_connection (void *data, struct MHD_Connection *connection, void **socket_context, enum MHD_ConnectionNotificationCode what)
{
  CfdHttp *self = data;
  CfdHttpConnection *link = *socket_context;

  if (what == MHD_CONNECTION_NOTIFY_STARTED)
    {
      link = *socket_context = g_new0 (CfdHttpConnection, 1);
      link->http = self;
      link->timer.fire = on_deadline;
      link->fd = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
      link->address = cfd_address_from_native (MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
      link->limit_key = cfd_address_limit_key (link->address);
      post (self, run_began, link);
      return;
    }
  g_mutex_lock (&self->lock);
  link->fd = -1;
  g_mutex_unlock (&self->lock);
  post (self, run_ended, link);
}

static void
on_completed (void *data, struct MHD_Connection *connection, void **request_context, enum MHD_RequestTerminationCode how)
{
  CfdHttp *self = data;

  if (*request_context != NULL)
    post (self, run_completed, *request_context);
  *request_context = NULL;
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

/* Hands @fd to the transport. Plain: a duplicate, so that libmicrohttpd can forget the connection. TLS: our end of a socket pair whose
 * other end it forwards. */
static void
on_upgrade (void *data, struct MHD_Connection *connection, void *request_context, const char *extra, size_t extra_length, MHD_socket fd,
            struct MHD_UpgradeResponseHandle *handle)
{
  CfdHttp *self = data;
  Upgrade upgrade = { request_context, fd, handle, NULL };
  int on = 1;

  setsockopt (MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (!self->threaded)
    {
      upgrade.fd = fcntl (fd, F_DUPFD_CLOEXEC, 0);
      upgrade.tls = NULL;
      MHD_upgrade_action (handle, MHD_UPGRADE_ACTION_CLOSE);
      run_again (self);
      if (upgrade.fd < 0)
        {
          g_warning ("cannot keep a WebSocket: %s", g_strerror (errno));
          return;
        }
    }
  g_mutex_lock (&self->lock);
  if (self->stopping)
    MHD_upgrade_action (handle, MHD_UPGRADE_ACTION_CLOSE);
  else if (self->threaded)
    {
      upgrade.early = g_bytes_new (extra, extra_length);
      push_post (self, run_upgraded, g_memdup2 (&upgrade, sizeof upgrade));
    }
  g_mutex_unlock (&self->lock);
  if (!self->threaded)
    {
      upgrade.early = g_bytes_new (extra, extra_length);
      run_upgraded (g_memdup2 (&upgrade, sizeof upgrade));
    }
}

static CfdRequest *
begin_request (CfdHttp *self, struct MHD_Connection *connection, const char *url, const char *verb, const char *version)
{
  CfdRequest *request = cfd_request_new (connection, verb, url, version);
  const char *length = cfd_request_get_header (request, MHD_HTTP_HEADER_CONTENT_LENGTH);
  guint64 limit = self->transport->options.body_max;

  request->http = self;
  request->link = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
  if (length != NULL && g_ascii_strtoull (length, NULL, 10) > limit + DISCARD_MAX)
    {
      request->refuse_status = 413;
      request->refuse_why = "the body is too large";
      request->hopeless = TRUE;
    }
  else if (length != NULL || cfd_request_get_header (request, MHD_HTTP_HEADER_TRANSFER_ENCODING) != NULL)
    post (self, run_body_follows, request->link);
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
hand_over (CfdHttp *self, struct MHD_Connection *connection, CfdRequest *request)
{
  gboolean stopping;

  if (!self->threaded)
    {
      run_dispatch (request);
      if (request->answer != NULL)
        return queue_answer (request, connection);
      request->suspended = TRUE;
      MHD_suspend_connection (connection);
      return MHD_YES;
    }
  g_mutex_lock (&self->lock);
  stopping = self->stopping;
  if (!stopping)
    {
      request->suspended = TRUE;
      MHD_suspend_connection (connection);
      push_post (self, run_dispatch, request);
    }
  g_mutex_unlock (&self->lock);
  return stopping ? MHD_NO : MHD_YES;
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
      return request->hopeless ? hand_over (self, connection, request) : MHD_YES;
    }
  if (request->answer != NULL)
    return queue_answer (request, connection);
  if (*upload_length == 0)
    return hand_over (self, connection, request);
  cfd_request_receive (request, upload, *upload_length, self->transport->options.body_max);
  *upload_length = 0;
  return request->discarded <= self->transport->options.body_max + DISCARD_MAX ? MHD_YES : MHD_NO;
}

static gboolean
start_daemon (CfdHttp *self, const char *tls_cert, const char *tls_key)
{
  guint flags = MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME | MHD_ALLOW_UPGRADE | MHD_USE_ERROR_LOG;
  struct MHD_OptionItem tls[] = { { MHD_OPTION_HTTPS_MEM_CERT, 0, (void *) tls_cert },
                                  { MHD_OPTION_HTTPS_MEM_KEY, 0, (void *) tls_key },
                                  { MHD_OPTION_HTTPS_PRIORITIES, 0, (void *) TLS_PRIORITIES },
                                  { MHD_OPTION_END, 0, NULL } };

  flags |= self->threaded ? MHD_USE_TLS | MHD_USE_EPOLL_INTERNAL_THREAD : MHD_USE_EPOLL;
  /* The limit is ours, in cfd_http_add()'s caller; libmicrohttpd 0.9.75 keeps its lock when it finds itself at its own. */
  self->daemon = MHD_start_daemon (
      flags, 0, NULL, NULL, on_access, self, MHD_OPTION_EXTERNAL_LOGGER, on_log, self, MHD_OPTION_NOTIFY_COMPLETED, on_completed, self,
      MHD_OPTION_NOTIFY_CONNECTION, on_connection, self, MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL, MHD_OPTION_CONNECTION_LIMIT,
      (guint) G_MAXINT, MHD_OPTION_CONNECTION_TIMEOUT, 0u, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t) HEADER_MEMORY,
      MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_ARRAY, self->threaded ? tls : tls + G_N_ELEMENTS (tls) - 1, MHD_OPTION_END);
  return self->daemon != NULL;
}

/* Plain: the watch waits for libmicrohttpd. TLS: it must be there before the thread starts. */
static gboolean
open_posts (CfdHttp *self)
{
  self->watch.ready = on_posts_ready;
  self->watch.fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  return self->watch.fd >= 0;
}

static void
follow_daemon (CfdHttp *self)
{
  self->watch.ready = on_http_ready;
  self->watch.fd = MHD_get_daemon_info (self->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
}

/**
 * cfd_http_new:
 * @tls_cert: (nullable): PEM text, not a path; with @tls_key
 *
 * Starts libmicrohttpd without a socket of its own.
 *
 * Returns: (transfer full): NULL with an error
 */
CfdHttp *
cfd_http_new (CfdTransport *transport, const char *tls_cert, const char *tls_key, GError **error)
{
  g_autoptr (CfdHttp) self = g_new0 (CfdHttp, 1);

  self->transport = transport;
  self->threaded = tls_cert != NULL;
  self->watch.fd = -1;
  self->waiting = g_hash_table_new (NULL, NULL);
  g_mutex_init (&self->lock);
  g_queue_init (&self->posts);
  if ((self->threaded && !open_posts (self)) || !start_daemon (self, tls_cert, tls_key))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "cannot start the HTTP server%s", self->threaded ? " with TLS" : "");
      return NULL;
    }
  if (!self->threaded)
    follow_daemon (self);
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
 * Ends all connections. cfd_http_abandon() must have been called, peers must be gone.
 */
void
cfd_http_free (CfdHttp *self)
{
  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_mutex_unlock (&self->lock);
  run_posts (self);
  if (self->watch.fd >= 0)
    cfd_socket_loop_remove (self->transport->loop, &self->watch);
  g_clear_pointer (&self->daemon, MHD_stop_daemon);
  run_posts (self);
  if (self->threaded && self->watch.fd >= 0)
    close (self->watch.fd);
  g_hash_table_unref (self->waiting);
  g_mutex_clear (&self->lock);
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

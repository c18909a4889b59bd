/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fleet.h"

#include "client-frame.h"
#include "clock.h"

#include <errno.h>
#include <gio/gio.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

/* The largest frame of a server is 1 MiB; a first copy for a peer's agent may be larger. */
#define READ_BYTES (16 * 1024 * 1024)
#define EVENTS 512
/* Visitors come from many addresses: one for this many. */
#define PER_ADDRESS 1000
#define FIRST_ADDRESS 0x7f000002u /* 127.0.0.2 */
#define OPEN_TIMEOUT_NS (120 * NS_PER_SECOND)

struct _Fleet
{
  const Dialect *dialect;
  guint16 port;
  char *site;
  int epoll;
  GPtrArray *connections;
  FleetListener listener;
  FleetCounts counts;
  char *complaint;
  Histogram *times; /* (nullable) of those that open now */
  guint opening;
  guint64 now; /* when what is being taken was read */
  char *buffer;
  GString *text, *payload, *frame; /* scratch */
};

static void
complain (Fleet *self, const char *what, const char *text, gsize length)
{
  if (self->complaint == NULL)
    self->complaint = g_strdup_printf ("%s: %.*s", what, (int) MIN (length, 300), text);
}

static void
lose (Fleet *self, Connection *connection, const char *why)
{
  if (connection->state == CONNECTION_CLOSED)
    return;
  if (connection->state != CONNECTION_READY)
    self->opening--;
  self->counts.lost++;
  complain (self, "a connection was lost", why, strlen (why));
  connection_shut (connection);
}

static void
watch (Fleet *self, Connection *connection, int operation, guint32 events)
{
  struct epoll_event event = { .events = events, .data.ptr = connection };

  if (epoll_ctl (self->epoll, operation, connection->fd, &event) != 0)
    lose (self, connection, g_strerror (errno));
}

/* What the socket does not take at once waits for it. */
static void
put (Fleet *self, Connection *connection, const char *bytes, gsize length)
{
  gssize sent = 0;

  if (connection->state == CONNECTION_CLOSED)
    return;
  if (connection->out == NULL)
    {
      sent = send (connection->fd, bytes, length, MSG_NOSIGNAL);
      if (sent < 0 && errno != EAGAIN)
        {
          lose (self, connection, g_strerror (errno));
          return;
        }
      sent = MAX (sent, 0);
      if ((gsize) sent == length)
        return;
      connection->out = g_string_new (NULL);
      watch (self, connection, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
    }
  g_string_append_len (connection->out, bytes + sent, length - sent);
}

static void
put_frame (Fleet *self, Connection *connection, ClientFrameKind kind, const char *payload, gsize length)
{
  g_string_truncate (self->frame, 0);
  client_frame_write (self->frame, kind, payload, length);
  put (self, connection, self->frame->str, self->frame->len);
}

static void
flush (Fleet *self, Connection *connection)
{
  gssize sent = send (connection->fd, connection->out->str, connection->out->len, MSG_NOSIGNAL);

  if (sent < 0 && errno != EAGAIN)
    {
      lose (self, connection, g_strerror (errno));
      return;
    }
  g_string_erase (connection->out, 0, MAX (sent, 0));
  if (connection->out->len > 0)
    return;
  g_string_free (g_steal_pointer (&connection->out), TRUE);
  watch (self, connection, EPOLL_CTL_MOD, EPOLLIN);
}

/* --- what the dialect understands -------------------------------------------------------------- */

static void
on_reply (gpointer data, Connection *connection, const char *text, gsize length)
{
  put_frame (data, connection, CLIENT_FRAME_TEXT, text, length);
}

static void
on_opened (gpointer data, Connection *connection)
{
  Fleet *self = data;

  connection->state = CONNECTION_READY;
  connection->opened_at = clock_ns ();
  self->opening--;
  self->counts.opened++;
  if (self->times != NULL)
    histogram_add (self->times, connection->opened_at - connection->started_at);
}

static void
on_acked (gpointer data, Connection *connection, guint64 stamp)
{
  Fleet *self = data;

  if (self->listener.acked != NULL)
    self->listener.acked (self->listener.data, connection, stamp, self->now);
}

static void
on_delivered (gpointer data, Connection *connection, guint64 stamp)
{
  Fleet *self = data;

  if (self->listener.delivered != NULL)
    self->listener.delivered (self->listener.data, connection, stamp, self->now);
}

static void
on_refused (gpointer data, Connection *connection, const char *text, gsize length)
{
  Fleet *self = data;

  self->counts.refused++;
  complain (self, "a call was refused", text, length);
}

/* --- reading ----------------------------------------------------------------------------------- */

static void
take_frame (Fleet *self, Connection *connection, const ClientFrame *frame)
{
  const DialectSink sink = { on_reply, on_opened, on_acked, on_delivered, on_refused, self };

  switch (frame->kind)
    {
    case CLIENT_FRAME_TEXT:
      self->dialect->receive (connection, frame->payload, frame->length, &sink);
      break;
    case CLIENT_FRAME_PING:
      put_frame (self, connection, CLIENT_FRAME_PONG, frame->payload, frame->length);
      break;
    case CLIENT_FRAME_CLOSE:
      lose (self, connection, frame->length >= 2 ? frame->payload + 2 : "closed without a reason");
      break;
    case CLIENT_FRAME_PONG:
      break;
    }
}

/* Returns: the bytes of the answer to the handshake, 0 when it is not all there, -1 when it says no. */
static gssize
take_upgrade (Fleet *self, Connection *connection, const char *bytes, gsize length)
{
  static const char good[] = "HTTP/1.1 101";
  const char *end = memmem (bytes, length, "\r\n\r\n", 4);

  if (end == NULL)
    return 0;
  if (memcmp (bytes, good, sizeof good - 1) != 0)
    {
      complain (self, "the handshake was refused", bytes, length);
      lose (self, connection, "by the answer to its handshake");
      return -1;
    }
  connection->state = CONNECTION_OPENING;
  g_string_truncate (self->payload, 0);
  self->dialect->greet (connection, self->site, self->payload);
  if (self->payload->len > 0)
    put_frame (self, connection, CLIENT_FRAME_TEXT, self->payload->str, self->payload->len);
  return end + 4 - bytes;
}

/* Returns: how many of the bytes are done with. */
static gsize
take (Fleet *self, Connection *connection, const char *bytes, gsize length)
{
  gsize at = 0, used;
  ClientFrame frame;

  if (connection->state == CONNECTION_UPGRADING)
    {
      gssize head = take_upgrade (self, connection, bytes, length);

      if (head <= 0)
        return head < 0 ? length : 0;
      at = head;
    }
  while (connection->state != CONNECTION_CLOSED && (used = client_frame_read (&frame, bytes + at, length - at)) > 0)
    {
      if (connection->state == CONNECTION_OPENING)
        connection->open_bytes += used;
      take_frame (self, connection, &frame);
      at += used;
    }
  return at;
}

static void
read_socket (Fleet *self, Connection *connection)
{
  gsize have = connection->in != NULL ? connection->in->len : 0, length, used;
  gssize got = recv (connection->fd, self->buffer + have, READ_BYTES - have, 0);

  if (got <= 0)
    {
      if (got == 0 || errno != EAGAIN)
        lose (self, connection, got == 0 ? "the server closed it" : g_strerror (errno));
      return;
    }
  self->now = clock_ns ();
  if (have > 0)
    memcpy (self->buffer, connection->in->str, have);
  length = have + got;
  self->buffer[length] = '\0';
  used = take (self, connection, self->buffer, length);
  if (connection->state == CONNECTION_CLOSED)
    return;
  if (connection->in == NULL && used < length)
    connection->in = g_string_new (NULL);
  if (used == length && connection->in != NULL)
    g_string_free (g_steal_pointer (&connection->in), TRUE);
  else if (used < length)
    {
      g_string_truncate (connection->in, 0);
      g_string_append_len (connection->in, self->buffer + used, length - used);
    }
}

/* --- opening ----------------------------------------------------------------------------------- */

static void
upgrade (Fleet *self, Connection *connection)
{
  g_autofree char *request = NULL;
  int problem = 0;
  socklen_t size = sizeof problem;

  getsockopt (connection->fd, SOL_SOCKET, SO_ERROR, &problem, &size);
  if (problem != 0)
    {
      lose (self, connection, g_strerror (problem));
      return;
    }
  request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n"
                             "Upgrade: websocket\r\nConnection: Upgrade\r\nOrigin: http://127.0.0.1:%u\r\n"
                             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
                             self->dialect->path, self->port, self->port);
  connection->state = CONNECTION_UPGRADING;
  watch (self, connection, EPOLL_CTL_MOD, EPOLLIN);
  put (self, connection, request, strlen (request));
}

static void
connect_one (Fleet *self, guint index)
{
  Connection *connection = self->connections->pdata[index];
  const int one = 1;
  const struct linger at_once = { .l_onoff = 1 }; /* leaves no port in TIME_WAIT */
  struct sockaddr_in from = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (FIRST_ADDRESS + index / PER_ADDRESS) };
  const struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons (self->port), .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };

  connection->fd = socket (AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  connection->state = CONNECTION_CONNECTING;
  connection->started_at = clock_ns ();
  connection->open_bytes = 0;
  self->opening++;
  setsockopt (connection->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
  setsockopt (connection->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  setsockopt (connection->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  if (connection->fd < 0 || bind (connection->fd, (struct sockaddr *) &from, sizeof from) != 0
      || (connect (connection->fd, (const struct sockaddr *) &to, sizeof to) != 0 && errno != EINPROGRESS))
    lose (self, connection, g_strerror (errno));
  else
    watch (self, connection, EPOLL_CTL_ADD, EPOLLOUT);
}

Fleet *
fleet_new (const Dialect *dialect, guint16 port, const char *site)
{
  Fleet *self = g_new0 (Fleet, 1);

  self->dialect = dialect;
  self->port = port;
  self->site = g_strdup (site);
  self->epoll = epoll_create1 (EPOLL_CLOEXEC);
  self->connections = g_ptr_array_new_with_free_func ((GDestroyNotify) connection_free);
  self->buffer = g_malloc (READ_BYTES + 1);
  self->text = g_string_new (NULL);
  self->payload = g_string_new (NULL);
  self->frame = g_string_new (NULL);
  return self;
}

Connection *
fleet_add (Fleet *self, Connection *connection)
{
  g_ptr_array_add (self->connections, connection);
  return connection;
}

guint
fleet_size (const Fleet *self)
{
  return self->connections->len;
}

Connection *
fleet_get (const Fleet *self, guint index)
{
  return self->connections->pdata[index];
}

void
fleet_listen (Fleet *self, const FleetListener *listener)
{
  self->listener = listener != NULL ? *listener : (FleetListener) { 0 };
}

/**
 * fleet_open:
 * @at_once: how many may be on their way at the same time
 * @times: (nullable): gets the time from connecting to the answer of each, in ns
 *
 * Connects @n people, from the @first on, and waits until the server has answered who they are.
 */
gboolean
fleet_open (Fleet *self, guint first, guint n, guint at_once, Histogram *times, GError **error)
{
  guint64 end = clock_ns () + OPEN_TIMEOUT_NS;
  guint next = first, ready = self->counts.opened + n, lost = self->counts.lost, refused = self->counts.refused;

  self->times = times;
  g_clear_pointer (&self->complaint, g_free);
  while (self->counts.opened < ready && self->counts.lost == lost && self->counts.refused == refused && clock_ns () < end)
    {
      while (next < first + n && self->opening < at_once)
        connect_one (self, next++);
      fleet_turn (self, NS_PER_SECOND);
    }
  self->times = NULL;
  if (self->counts.opened == ready)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "opening %u connections: %u are missing; %s", n, ready - self->counts.opened,
               self->complaint != NULL ? self->complaint : "they got no answer in time");
  return FALSE;
}

/**
 * fleet_close:
 * That person leaves, without a word.
 */
void
fleet_close (Fleet *self, Connection *connection)
{
  g_assert (connection->state == CONNECTION_READY);
  connection_shut (connection);
}

gboolean
fleet_all_closed (const Fleet *self)
{
  for (guint i = 0; i < self->connections->len; i++)
    if (fleet_get (self, i)->state != CONNECTION_CLOSED)
      return FALSE;
  return TRUE;
}

/**
 * fleet_turn:
 * Waits for at most @timeout_ns for something to read, and takes what is there.
 */
void
fleet_turn (Fleet *self, guint64 timeout_ns)
{
  struct epoll_event events[EVENTS];
  const struct timespec timeout = { timeout_ns / NS_PER_SECOND, timeout_ns % NS_PER_SECOND };
  int n = epoll_pwait2 (self->epoll, events, EVENTS, &timeout, NULL);

  for (int i = 0; i < n; i++)
    {
      Connection *connection = events[i].data.ptr;

      if (connection->state == CONNECTION_CONNECTING)
        upgrade (self, connection);
      else
        {
          if (events[i].events & EPOLLOUT && connection->out != NULL)
            flush (self, connection);
          if (connection->state != CONNECTION_CLOSED && events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
            read_socket (self, connection);
        }
    }
}

void
fleet_run (Fleet *self, guint64 duration_ns)
{
  guint64 end = clock_ns () + duration_ns;

  for (guint64 now = clock_ns (); now < end; now = clock_ns ())
    fleet_turn (self, end - now);
}

static gboolean
say (Fleet *self, Connection *connection, gboolean start, guint64 stamp, gsize length)
{
  if (connection->state != CONNECTION_READY)
    return FALSE;
  g_string_truncate (self->text, 0);
  g_string_truncate (self->payload, 0);
  dialect_write_text (self->text, stamp, length);
  if (start)
    self->dialect->start (connection, stamp, self->text->str, self->payload);
  else
    self->dialect->send (connection, stamp, self->text->str, self->payload);
  put_frame (self, connection, CLIENT_FRAME_TEXT, self->payload->str, self->payload->len);
  return TRUE;
}

/**
 * fleet_start:
 * A visitor's first words. @stamp: when they were meant to be sent; @length of the text in bytes
 */
gboolean
fleet_start (Fleet *self, Connection *connection, guint64 stamp, gsize length)
{
  return say (self, connection, TRUE, stamp, length);
}

gboolean
fleet_send (Fleet *self, Connection *connection, guint64 stamp, gsize length)
{
  return say (self, connection, FALSE, stamp, length);
}

/* What the dialect has written goes off. */
static gboolean
put_payload (Fleet *self, Connection *connection)
{
  if (self->payload->len > 0)
    put_frame (self, connection, CLIENT_FRAME_TEXT, self->payload->str, self->payload->len);
  return TRUE;
}

/**
 * fleet_browse:
 * A visitor opens a page. @stamp: when that was meant to be
 */
gboolean
fleet_browse (Fleet *self, Connection *connection, guint64 stamp)
{
  if (connection->state != CONNECTION_READY)
    return FALSE;
  g_string_truncate (self->payload, 0);
  self->dialect->browse (connection, stamp, self->payload);
  return put_payload (self, connection);
}

/**
 * fleet_watch:
 * An agent wants to hear who is on which page.
 */
gboolean
fleet_watch (Fleet *self, Connection *connection)
{
  if (connection->state != CONNECTION_READY)
    return FALSE;
  g_string_truncate (self->payload, 0);
  if (self->dialect->watch != NULL)
    self->dialect->watch (connection, self->payload);
  return put_payload (self, connection);
}

const FleetCounts *
fleet_counts (const Fleet *self)
{
  return &self->counts;
}

const char *
fleet_complaint (const Fleet *self)
{
  return self->complaint;
}

void
fleet_free (Fleet *self)
{
  g_ptr_array_unref (self->connections);
  close (self->epoll);
  g_string_free (self->text, TRUE);
  g_string_free (self->payload, TRUE);
  g_string_free (self->frame, TRUE);
  g_free (self->buffer);
  g_free (self->complaint);
  g_free (self->site);
  g_free (self);
}

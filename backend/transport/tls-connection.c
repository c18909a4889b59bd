/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tls-connection.h"

#include <errno.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define RECORD_MAX 16384    /* bytes in one TLS record */
#define RECORDS_PER_TURN 64
#define LINGER_SECONDS 60   /* for a slow client to take the rest, after our side has ended */

struct _CfdTlsConnection
{
  CfdWatch net;   /* the client */
  CfdWatch plain; /* our end of the socket pair */
  CfdTimer linger;
  CfdSocketLoop *loop;
  CfdTlsEnded ended;
  gpointer data;
  gnutls_session_t session;
  GByteArray *pending; /* deciphered, not taken by the plain side yet; nullable */
  guint net_watched : 1;
  guint plain_watched : 1;
  guint greeted : 1;     /* the TLS handshake is done */
  guint sending : 1;     /* a record is half sent; GnuTLS keeps it */
  guint net_ended : 1;   /* the client's stream is over */
  guint plain_ended : 1; /* our side's stream is over */
  guint plain_gone : 1;  /* and nobody reads there any more */
  guint said_bye : 1;    /* the client knows that ours is over */
  guint dead : 1;
};

static void
watch_for (CfdTlsConnection *self, CfdWatch *watch, gboolean watched, gboolean wanted, guint32 events)
{
  if (wanted && !watched)
    self->dead |= !cfd_socket_loop_add (self->loop, watch, events);
  else if (wanted)
    cfd_socket_loop_change (self->loop, watch, events);
  else if (watched)
    cfd_socket_loop_remove (self->loop, watch);
}

/* A hang-up is always reported, so a socket from which we want nothing must leave the set, or the loop would spin. */
static void
update_watches (CfdTlsConnection *self)
{
  guint32 net = 0, plain = 0;
  gboolean plain_wanted;

  if (!self->greeted)
    net = gnutls_record_get_direction (self->session) == 0 ? EPOLLIN : EPOLLOUT;
  else
    {
      net = (!self->net_ended && self->pending == NULL ? EPOLLIN : 0) | (self->sending || (self->plain_ended && !self->said_bye) ? EPOLLOUT : 0);
      plain = (!self->plain_ended && !self->sending ? EPOLLIN : 0) | (self->pending != NULL ? EPOLLOUT : 0);
    }
  watch_for (self, &self->net, self->net_watched, net != 0, net);
  self->net_watched = net != 0;
  plain_wanted = plain != 0 || !self->plain_gone;
  watch_for (self, &self->plain, self->plain_watched, plain_wanted, plain);
  self->plain_watched = plain_wanted;
}

static void
greet (CfdTlsConnection *self)
{
  int status;

  do
    status = gnutls_handshake (self->session);
  while (status < 0 && status != GNUTLS_E_AGAIN && gnutls_error_is_fatal (status) == 0);
  if (status == GNUTLS_E_SUCCESS)
    self->greeted = TRUE;
  else if (status != GNUTLS_E_AGAIN)
    {
      gnutls_alert_send_appropriate (self->session, status);
      self->dead = TRUE;
    }
}

/* Gives bytes to the plain side. Returns: how many it took; all when nobody is there. */
static gsize
give (CfdTlsConnection *self, const guint8 *bytes, gsize length)
{
  gssize sent = self->plain_gone ? (gssize) length : send (self->plain.fd, bytes, length, MSG_NOSIGNAL);

  if (sent >= 0)
    return sent;
  if (errno == EAGAIN || errno == EINTR)
    return 0;
  self->plain_gone = TRUE;
  return length;
}

static void
give_pending (CfdTlsConnection *self)
{
  gsize taken;

  if (self->pending == NULL)
    return;
  taken = give (self, self->pending->data, self->pending->len);
  if (taken == self->pending->len)
    g_clear_pointer (&self->pending, g_byte_array_unref);
  else
    g_byte_array_remove_range (self->pending, 0, taken);
}

static void
take_record (CfdTlsConnection *self, const guint8 *bytes, gsize length)
{
  gsize taken = give (self, bytes, length);

  if (taken == length)
    return;
  self->pending = g_byte_array_sized_new (length - taken);
  g_byte_array_append (self->pending, bytes + taken, length - taken);
}

/* Client to plain side. */
static void
pump_in (CfdTlsConnection *self)
{
  guint8 buffer[RECORD_MAX];

  give_pending (self);
  for (guint i = 0; i < RECORDS_PER_TURN && self->pending == NULL && !self->net_ended; i++)
    {
      gssize length = gnutls_record_recv (self->session, buffer, sizeof buffer);

      if (length > 0)
        take_record (self, buffer, length);
      else if (length == GNUTLS_E_AGAIN)
        return;
      else if (length == 0 || length == GNUTLS_E_PREMATURE_TERMINATION)
        {
          self->net_ended = TRUE;
          shutdown (self->plain.fd, SHUT_WR);
        }
      else if (gnutls_error_is_fatal (length) != 0)
        {
          self->dead = TRUE;
          return;
        }
    }
}

/* Sends a record, or goes on with the one that is half sent. */
static void
send_record (CfdTlsConnection *self, const guint8 *bytes, gsize length)
{
  gssize sent = gnutls_record_send (self->session, bytes, length);

  self->sending = sent == GNUTLS_E_AGAIN || sent == GNUTLS_E_INTERRUPTED;
  self->dead |= sent < 0 && !self->sending;
}

static gboolean
is_hung_up (int fd)
{
  struct pollfd query = { .fd = fd };

  return poll (&query, 1, 0) > 0 && (query.revents & (POLLHUP | POLLERR)) != 0;
}

static void
say_bye (CfdTlsConnection *self)
{
  int status = gnutls_bye (self->session, GNUTLS_SHUT_WR);

  self->dead |= status < 0 && gnutls_error_is_fatal (status) != 0;
  if (status != GNUTLS_E_SUCCESS)
    return;
  self->said_bye = TRUE;
  shutdown (self->net.fd, SHUT_WR);
}

/* Plain side to client. */
static void
pump_out (CfdTlsConnection *self)
{
  guint8 buffer[RECORD_MAX];
  gsize most = MIN (gnutls_record_get_max_size (self->session), sizeof buffer); /* what fits into one record, as the client wants it */

  if (self->sending)
    send_record (self, NULL, 0);
  for (guint i = 0; i < RECORDS_PER_TURN && !self->sending && !self->plain_ended && !self->dead; i++)
    {
      gssize length = recv (self->plain.fd, buffer, most, 0);

      if (length > 0)
        send_record (self, buffer, length);
      else if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return;
      else
        {
          self->plain_ended = TRUE;
          cfd_timer_set (&self->linger, cfd_socket_loop_get_wheel (self->loop), cfd_timer_now () + LINGER_SECONDS);
        }
    }
  if (self->plain_ended && !self->sending && !self->said_bye && !self->dead)
    say_bye (self);
}

static void
work (CfdTlsConnection *self)
{
  if (!self->greeted && !self->plain_gone)
    greet (self);
  if (self->greeted && !self->dead)
    pump_in (self);
  if (self->greeted && !self->dead)
    pump_out (self);
  if (self->plain_ended && !self->plain_gone)
    self->plain_gone = is_hung_up (self->plain.fd);
  if (!self->dead)
    update_watches (self);
  if (self->dead || (self->plain_gone && !self->greeted) || (self->said_bye && (self->net_ended || self->plain_gone)))
    {
      self->ended (self, self->data);
      cfd_tls_connection_free (self);
    }
}

static void
on_net_ready (CfdWatch *watch, guint32 events)
{
  work ((CfdTlsConnection *) ((char *) watch - G_STRUCT_OFFSET (CfdTlsConnection, net)));
}

static void
on_plain_ready (CfdWatch *watch, guint32 events)
{
  CfdTlsConnection *self = (CfdTlsConnection *) ((char *) watch - G_STRUCT_OFFSET (CfdTlsConnection, plain));

  if ((events & (EPOLLHUP | EPOLLERR)) != 0)
    self->plain_gone = TRUE; /* what it said before can still be read */
  work (self);
}

static void
on_linger (CfdTimer *timer)
{
  CfdTlsConnection *self = (CfdTlsConnection *) ((char *) timer - G_STRUCT_OFFSET (CfdTlsConnection, linger));

  self->dead = TRUE;
  work (self);
}

/**
 * cfd_tls_connection_new:
 * @session: a server's session that is not shaken yet; taken over
 * @net: the client's socket; taken over
 * @plain: our end of the socket pair; taken over
 * @ended: called once, from the loop, unless cfd_tls_connection_free() comes first
 *
 * Returns: (transfer full): a connection that works by itself
 */
CfdTlsConnection *
cfd_tls_connection_new (CfdSocketLoop *loop, gnutls_session_t session, int net, int plain, CfdTlsEnded ended, gpointer data)
{
  CfdTlsConnection *self = g_new0 (CfdTlsConnection, 1);

  self->loop = loop;
  self->session = session;
  self->net = (CfdWatch) { on_net_ready, net };
  self->plain = (CfdWatch) { on_plain_ready, plain };
  self->linger.fire = on_linger;
  self->ended = ended;
  self->data = data;
  gnutls_transport_set_int (session, net);
  update_watches (self);
  return self;
}

/**
 * cfd_tls_connection_free:
 *
 * Closes both sockets.
 */
void
cfd_tls_connection_free (CfdTlsConnection *self)
{
  cfd_timer_clear (&self->linger);
  cfd_socket_loop_remove (self->loop, &self->net);
  cfd_socket_loop_remove (self->loop, &self->plain);
  gnutls_deinit (self->session);
  close (self->net.fd);
  close (self->plain.fd);
  g_clear_pointer (&self->pending, g_byte_array_unref);
  g_free (self);
}

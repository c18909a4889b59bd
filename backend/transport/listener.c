/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* accept4 */
#include "listener.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define ACCEPTS_PER_TURN 64
#define PAUSE_SECONDS 1
/* The kernel gives up after this what nobody acknowledges; its own patience is a quarter of an hour, also for sockets that are closed here. */
#define UNHEARD_MS 60000

struct _CfdListener
{
  CfdWatch watch;
  CfdTimer resume;
  CfdSocketLoop *loop;
  CfdAccepted accepted;
  gpointer data;
  guint port;
};

/* "1.2.3.4:80", "[::]:80". Returns: (nullable): NULL with an error. */
static GSocketAddress *
parse_listen (const char *listen, GError **error)
{
  const char *colon = strrchr (listen, ':');
  g_autofree char *host = colon != NULL ? g_strndup (listen, colon - listen) : NULL;
  gsize length = host != NULL ? strlen (host) : 0;
  GSocketAddress *address = NULL;
  guint64 port;

  if (colon != NULL && g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, &port, NULL))
    {
      if (length > 2 && host[0] == '[' && host[length - 1] == ']')
        {
          host[length - 1] = '\0';
          address = g_inet_socket_address_new_from_string (host + 1, port);
        }
      else if (strchr (host, ':') == NULL)
        address = g_inet_socket_address_new_from_string (host, port);
    }
  if (address == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 "listen: got \"%s\", expected an address and a port like 127.0.0.1:8080 or [::]:8080", listen);
  return address;
}

static gboolean
bind_and_listen (int fd, GSocketAddress *address, GError **error)
{
  struct sockaddr_storage native;
  int on = 1, off = 0;

  setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (g_socket_address_get_family (address) == G_SOCKET_FAMILY_IPV6)
    setsockopt (fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off); /* [::] hears IPv4 too, whatever the system's default */
  return g_socket_address_to_native (address, &native, sizeof native, error)
         && bind (fd, (struct sockaddr *) &native, g_socket_address_get_native_size (address)) == 0 && listen (fd, SOMAXCONN) == 0;
}

static guint
bound_port (int fd)
{
  struct sockaddr_storage native;
  socklen_t length = sizeof native;

  if (getsockname (fd, (struct sockaddr *) &native, &length) != 0)
    return 0;
  return g_ntohs (native.ss_family == AF_INET6 ? ((struct sockaddr_in6 *) &native)->sin6_port : ((struct sockaddr_in *) &native)->sin_port);
}

/* Connections wait in the kernel's queue meanwhile. */
static void
pause_accepting (CfdListener *self, int why)
{
  g_warning ("cannot accept connections, trying again every %d s: %s", PAUSE_SECONDS, g_strerror (why));
  cfd_socket_loop_change (self->loop, &self->watch, 0);
  cfd_timer_set (&self->resume, cfd_socket_loop_get_wheel (self->loop), cfd_timer_now () + PAUSE_SECONDS);
}

static void
on_resume (CfdTimer *timer)
{
  CfdListener *self = (CfdListener *) ((char *) timer - G_STRUCT_OFFSET (CfdListener, resume));

  cfd_socket_loop_change (self->loop, &self->watch, EPOLLIN);
}

static void
on_ready (CfdWatch *watch, guint32 events)
{
  CfdListener *self = (CfdListener *) ((char *) watch - G_STRUCT_OFFSET (CfdListener, watch));

  for (guint i = 0; i < ACCEPTS_PER_TURN; i++)
    {
      struct sockaddr_storage native;
      socklen_t length = sizeof native;
      int on = 1, patience = UNHEARD_MS, fd = accept4 (watch->fd, (struct sockaddr *) &native, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);

      if (fd >= 0)
        {
          setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
          setsockopt (fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &patience, sizeof patience);
          self->accepted (fd, (struct sockaddr *) &native, length, self->data);
        }
      else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
        {
          pause_accepting (self, errno);
          return;
        }
      else if (errno == EAGAIN)
        return;
      /* anything else concerns one connection that is gone already */
    }
}

/**
 * cfd_listener_new:
 * @listen: address and port; port 0 = any free one
 * @accepted: called for every new connection
 *
 * Returns: (transfer full): NULL with an error when the address is wrong or in use
 */
CfdListener *
cfd_listener_new (CfdSocketLoop *loop, const char *listen, CfdAccepted accepted, gpointer data, GError **error)
{
  g_autoptr (CfdListener) self = g_new0 (CfdListener, 1);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) why = NULL;

  self->watch.fd = -1;
  address = parse_listen (listen, error);
  if (address == NULL)
    return NULL;
  self->watch.fd = socket (g_socket_address_get_family (address), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (self->watch.fd < 0 || !bind_and_listen (self->watch.fd, address, &why))
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "cannot listen on %s: %s", listen,
                   why != NULL ? why->message : g_strerror (errno));
      return NULL;
    }
  self->watch.ready = on_ready;
  self->resume.fire = on_resume;
  self->accepted = accepted;
  self->data = data;
  self->port = bound_port (self->watch.fd);
  if (!cfd_socket_loop_add (loop, &self->watch, EPOLLIN))
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "cannot wait on %s: %s", listen, g_strerror (errno));
      return NULL;
    }
  self->loop = loop;
  return g_steal_pointer (&self);
}

/**
 * cfd_listener_free:
 *
 * Closes the socket: new connections are refused by the kernel from now on.
 */
void
cfd_listener_free (CfdListener *self)
{
  cfd_timer_clear (&self->resume);
  if (self->loop != NULL)
    cfd_socket_loop_remove (self->loop, &self->watch);
  if (self->watch.fd >= 0)
    close (self->watch.fd);
  g_free (self);
}

guint
cfd_listener_get_port (CfdListener *self)
{
  return self->port;
}

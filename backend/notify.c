/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "notify.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/**
 * cfd_notify:
 * @state: as "READY=1"; the protocol is in sd_notify(3): one datagram to the socket that NOTIFY_SOCKET names, "@" standing for an
 *   abstract one
 * @wait: for a manager that is busy; otherwise it may miss what it has no room for
 */
void
cfd_notify (const char *state, gboolean wait)
{
  const char *path = g_getenv ("NOTIFY_SOCKET");
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  gsize length = path != NULL ? strlen (path) : 0;
  int fd;

  if (length < 2 || length >= sizeof address.sun_path || (path[0] != '/' && path[0] != '@'))
    return;
  memcpy (address.sun_path, path, length);
  if (path[0] == '@')
    address.sun_path[0] = '\0';
  fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return;
  sendto (fd, state, strlen (state), MSG_NOSIGNAL | (wait ? 0 : MSG_DONTWAIT),
          (struct sockaddr *) &address, G_STRUCT_OFFSET (struct sockaddr_un, sun_path) + length);
  close (fd);
}

static gboolean
still_alive (gpointer data)
{
  cfd_notify ("WATCHDOG=1", FALSE);
  return G_SOURCE_CONTINUE;
}

/**
 * cfd_notify_watchdog:
 * Tells the manager from the main loop, as long as that runs, that it runs: twice in the time after which it would be killed.
 *
 * Returns: the source to remove at the end; 0 when nobody watches
 */
guint
cfd_notify_watchdog (void)
{
  const char *interval = g_getenv ("WATCHDOG_USEC"), *pid = g_getenv ("WATCHDOG_PID");
  guint64 microseconds = interval != NULL ? g_ascii_strtoull (interval, NULL, 10) : 0;

  if (microseconds < 2000 || (pid != NULL && g_ascii_strtoull (pid, NULL, 10) != (guint64) getpid ()))
    return 0;
  return g_timeout_add (MIN (microseconds / 2000, G_MAXUINT), still_alive, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A bad network between two network namespaces.
 *
 *   packet-link SEED NAMESPACE-A DEVICE-A NAMESPACE-B DEVICE-B
 *
 * makes a TUN device in each of the namespaces (files, as /proc/PID/ns/net) and carries IP packets between them, which on their way are
 * lost, delayed, doubled or overtaken. `tc qdisc … netem` would do this too, but sch_netem is a module that the kernels of many build
 * machines lack; TUN is everywhere. Its devices offer no offloads, so what comes here are packets as they would be on a wire, whole and
 * with their checksums; TCP above them loses, waits and sends again as it always does.
 *
 * Reads orders from standard input, one a line, and answers each with a line of JSON:
 *
 *   a-to-b|b-to-a|both [loss=P] [duplicate=P] [reorder=P] [delay=MS] [jitter=MS] [rate=BYTES] [dead=1]     what is not named is 0
 *   counts
 *
 * The end of standard input is the end of the link.
 */
#include "packet-queue.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define PACKET_MAX 65536
#define ORDER_MAX  1024

typedef struct
{
  int from, to;
  PacketQueue *queue;
} Direction;

typedef struct
{
  Direction directions[2]; /* a to b, b to a */
  char order[ORDER_MAX];
  gsize order_length;
} Link;

static const char *const direction_words[] = { "a-to-b", "b-to-a" };

G_GNUC_NORETURN G_GNUC_PRINTF (1, 2)
static void
die (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("packet-link: %s\n", text);
  exit (1);
}

/* Makes the device in the namespace, in which this process then stays. */
static int
open_tun (const char *namespace, const char *device)
{
  struct ifreq request = { .ifr_flags = IFF_TUN | IFF_NO_PI };
  int place = open (namespace, O_RDONLY | O_CLOEXEC), tun;

  if (place < 0 || setns (place, CLONE_NEWNET) != 0)
    die ("cannot enter %s: %s; this needs root", namespace, g_strerror (errno));
  close (place);
  tun = open ("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (tun < 0)
    die ("cannot open /dev/net/tun: %s; this needs root, or a device that all may open", g_strerror (errno));
  g_strlcpy (request.ifr_name, device, sizeof request.ifr_name);
  if (ioctl (tun, TUNSETIFF, &request) != 0)
    die ("cannot make %s: %s", device, g_strerror (errno));
  return tun;
}

static void
say_counts (Link *self)
{
  printf ("{");
  for (guint i = 0; i < G_N_ELEMENTS (self->directions); i++)
    {
      const PacketCounts *counts = packet_queue_counts (self->directions[i].queue);

      printf ("%s\"%s\":{\"came\":%" G_GUINT64_FORMAT ",\"lost\":%" G_GUINT64_FORMAT ",\"overflowed\":%" G_GUINT64_FORMAT
              ",\"duplicated\":%" G_GUINT64_FORMAT ",\"held\":%" G_GUINT64_FORMAT ",\"left\":%" G_GUINT64_FORMAT "}",
              i > 0 ? "," : "", direction_words[i], counts->came, counts->lost, counts->overflowed, counts->duplicated,
              counts->held, counts->left);
    }
  puts ("}");
}

static void
obey (Link *self, const char *order)
{
  g_auto (GStrv) parts = g_strsplit (order, " ", 2);
  const char *words = parts[0] != NULL && parts[1] != NULL ? parts[1] : "";
  gboolean both = g_strcmp0 (parts[0], "both") == 0;
  g_autoptr (GError) error = NULL;
  Impairment impairment;
  guint told = 0;

  if (g_strcmp0 (parts[0], "counts") == 0)
    {
      say_counts (self);
      return;
    }
  if (impairment_parse (words, &impairment, &error))
    for (guint i = 0; i < G_N_ELEMENTS (self->directions); i++)
      if (both || g_strcmp0 (parts[0], direction_words[i]) == 0)
        {
          packet_queue_impair (self->directions[i].queue, &impairment);
          told++;
        }
  if (told > 0)
    puts ("{}");
  else
    die ("cannot do \"%s\": %s", order, error != NULL ? error->message : "expected a-to-b, b-to-a, both or counts");
}

/* Returns: FALSE at the end of the orders. */
static gboolean
read_orders (Link *self)
{
  gssize length = read (STDIN_FILENO, self->order + self->order_length, ORDER_MAX - 1 - self->order_length);
  char *end;

  if (length <= 0)
    return FALSE;
  self->order_length += length;
  self->order[self->order_length] = '\0';
  while ((end = strchr (self->order, '\n')) != NULL)
    {
      *end = '\0';
      obey (self, self->order);
      self->order_length -= end + 1 - self->order;
      memmove (self->order, end + 1, self->order_length + 1);
    }
  fflush (stdout);
  return TRUE;
}

static void
take_in (Direction *direction)
{
  static guint8 packet[PACKET_MAX];
  gssize length;

  while ((length = read (direction->from, packet, sizeof packet)) > 0)
    packet_queue_put (direction->queue, packet, length, g_get_monotonic_time ());
}

static void
let_out (Direction *direction)
{
  GBytes *packet;

  while ((packet = packet_queue_take (direction->queue, g_get_monotonic_time ())) != NULL)
    {
      gsize length;
      const void *data = g_bytes_get_data (packet, &length);

      /* A device that is down takes nothing: the packet is lost, as it would be. */
      if (write (direction->to, data, length) < 0 && errno != EIO && errno != EAGAIN && errno != EINVAL)
        die ("cannot write a packet: %s", g_strerror (errno));
      g_bytes_unref (packet);
    }
}

static void
run (Link *self)
{
  struct pollfd fds[] = { { self->directions[0].from, POLLIN, 0 }, { self->directions[1].from, POLLIN, 0 }, { STDIN_FILENO, POLLIN, 0 } };

  for (;;)
    {
      gint64 due = MIN (packet_queue_due (self->directions[0].queue), packet_queue_due (self->directions[1].queue));
      gint64 now = g_get_monotonic_time (); /* asked once: MAX() takes what it is given twice */
      gint64 left = MAX (0, due - now);
      struct timespec wait = { left / G_USEC_PER_SEC, left % G_USEC_PER_SEC * 1000 };

      if (ppoll (fds, G_N_ELEMENTS (fds), due == G_MAXINT64 ? NULL : &wait, NULL) < 0 && errno != EINTR)
        die ("cannot wait: %s", g_strerror (errno));
      if (fds[2].revents != 0 && !read_orders (self))
        return;
      for (guint i = 0; i < G_N_ELEMENTS (self->directions); i++)
        {
          take_in (&self->directions[i]);
          let_out (&self->directions[i]);
        }
    }
}

int
main (int argc, char **argv)
{
  Link link = { 0 };
  guint32 seed;
  int a, b;

  if (argc != 6)
    {
      fputs ("usage: packet-link SEED NAMESPACE-A DEVICE-A NAMESPACE-B DEVICE-B\n", stderr);
      return 2;
    }
  seed = (guint32) g_ascii_strtoull (argv[1], NULL, 10);
  a = open_tun (argv[2], argv[3]);
  b = open_tun (argv[4], argv[5]);
  link.directions[0] = (Direction) { a, b, packet_queue_new (2 * seed) };
  link.directions[1] = (Direction) { b, a, packet_queue_new (2 * seed + 1) };
  puts ("{}");
  fflush (stdout);
  run (&link);
  for (guint i = 0; i < G_N_ELEMENTS (link.directions); i++)
    packet_queue_free (link.directions[i].queue);
  close (a);
  close (b);
  return 0;
}

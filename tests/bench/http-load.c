/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http-load.h"

#include "clock.h"
#include "process.h"

#include <errno.h>
#include <gio/gio.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define READ_BYTES (256 * 1024)
#define EVENTS 64
#define SILENCE_NS (30 * NS_PER_SECOND)

typedef struct
{
  int fd;
  GString *head;     /* what has come of it */
  gsize missing;     /* bytes of the body; only while head_done */
  gboolean head_done;
  guint64 asked_at;
} Line;

typedef struct
{
  const HttpPlan *plan;
  HttpResult *result;
  int epoll;
  Line *lines;
  char *request, *buffer;
  gboolean measuring;
  guint64 heard_at;
} HttpLoad;

static gboolean
fail (GError **error, const char *what, const char *why)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", what, why);
  return FALSE;
}

static gboolean
ask (HttpLoad *load, Line *line, GError **error)
{
  gsize length = strlen (load->request);

  g_string_truncate (line->head, 0);
  line->head_done = FALSE;
  line->asked_at = clock_ns ();
  if (send (line->fd, load->request, length, MSG_NOSIGNAL) == (gssize) length)
    return TRUE;
  return fail (error, load->plan->path, g_strerror (errno));
}

static gboolean
open_line (HttpLoad *load, Line *line, GError **error)
{
  const struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons (load->plan->port), .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = line };
  const int one = 1;

  line->head = g_string_new (NULL);
  line->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  setsockopt (line->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (line->fd < 0 || connect (line->fd, (const struct sockaddr *) &to, sizeof to) != 0 || epoll_ctl (load->epoll, EPOLL_CTL_ADD, line->fd, &event) != 0)
    return fail (error, "connecting", g_strerror (errno));
  return ask (load, line, error);
}

/* Takes what belongs to the head; @at moves behind it. */
static gboolean
take_head (HttpLoad *load, Line *line, const char *bytes, gsize length, gsize *at, GError **error)
{
  static const char size[] = "\r\ncontent-length:";
  gsize before = line->head->len;
  char *end, *found;

  g_string_append_len (line->head, bytes, length);
  end = strstr (line->head->str, "\r\n\r\n");
  if (end == NULL)
    {
      *at = length;
      return TRUE;
    }
  *at = end + 4 - line->head->str - before;
  *end = '\0';
  found = strcasestr (line->head->str, size);
  if (!g_str_has_prefix (line->head->str, "HTTP/1.1 200") || found == NULL)
    return fail (error, load->plan->path, line->head->str);
  line->missing = g_ascii_strtoull (found + sizeof size - 1, NULL, 10);
  line->head_done = TRUE;
  load->result->answer_bytes = line->missing;
  return TRUE;
}

static gboolean
read_line (HttpLoad *load, Line *line, GError **error)
{
  gssize got = recv (line->fd, load->buffer, READ_BYTES, 0);
  gsize at = 0;

  if (got <= 0)
    return fail (error, load->plan->path, got == 0 ? "the server closed the connection" : g_strerror (errno));
  load->heard_at = clock_ns ();
  if (!line->head_done && !take_head (load, line, load->buffer, got, &at, error))
    return FALSE;
  if (!line->head_done)
    return TRUE;
  line->missing -= MIN (line->missing, got - at);
  if (line->missing > 0)
    return TRUE;
  if (load->measuring)
    {
      load->result->answers++;
      histogram_add (load->result->times, load->heard_at - line->asked_at);
    }
  return ask (load, line, error);
}

static gboolean
turn (HttpLoad *load, GError **error)
{
  struct epoll_event events[EVENTS];
  int n = epoll_wait (load->epoll, events, EVENTS, 100);

  for (int i = 0; i < n; i++)
    if (!read_line (load, events[i].data.ptr, error))
      return FALSE;
  if (clock_ns () > load->heard_at + SILENCE_NS)
    return fail (error, load->plan->path, "no answer");
  return TRUE;
}

static gboolean
run (HttpLoad *load, GError **error)
{
  HttpResult *result = load->result;
  const HttpPlan *plan = load->plan;
  guint64 begin = clock_ns () + plan->warm_up * NS_PER_SECOND, end = begin + plan->seconds * NS_PER_SECOND, now;

  load->heard_at = begin;
  for (guint i = 0; i < plan->connections; i++)
    if (!open_line (load, &load->lines[i], error))
      return FALSE;
  while ((now = clock_ns ()) < end)
    {
      if (!load->measuring && now >= begin)
        {
          result->wall = now;
          result->server_cpu = process_cpu_ns (plan->server, NULL);
          result->own_cpu = process_cpu_ns (getpid (), NULL);
          load->measuring = TRUE;
        }
      if (!turn (load, error))
        return FALSE;
    }
  result->wall = now - result->wall;
  result->server_cpu = process_cpu_ns (plan->server, error) - result->server_cpu;
  result->own_cpu = process_cpu_ns (getpid (), NULL) - result->own_cpu;
  return TRUE;
}

/**
 * http_load_run:
 * Every answer must be 200 and say its length.
 */
gboolean
http_load_run (const HttpPlan *plan, HttpResult *out, GError **error)
{
  HttpLoad load = { .plan = plan, .result = out, .epoll = epoll_create1 (EPOLL_CLOEXEC) };
  g_autofree char *authorization = plan->bearer != NULL ? g_strdup_printf ("Authorization: Bearer %s\r\n", plan->bearer) : g_strdup ("");
  gboolean good;

  *out = (HttpResult) { .times = histogram_new () };
  load.lines = g_new0 (Line, plan->connections);
  load.buffer = g_malloc (READ_BYTES);
  load.request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n%s\r\n", plan->path, plan->port, authorization);
  good = run (&load, error);
  for (guint i = 0; i < plan->connections && load.lines[i].head != NULL; i++)
    {
      g_string_free (load.lines[i].head, TRUE);
      close (load.lines[i].fd);
    }
  close (load.epoll);
  g_free (load.lines);
  g_free (load.buffer);
  g_free (load.request);
  return good;
}

void
http_result_clear (HttpResult *self)
{
  g_clear_pointer (&self->times, histogram_free);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "poll-link.h"

#include "frame.h"
#include "peer.h"
#include "request-private.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define KEPT_MAX (256 * 1024) /* bytes that the client has not acknowledged; then we listen no more */
#define READ_SIZE 16384
#define HEADER_MAX (CFD_FRAME_HEADER_MAX + 4)

struct _CfdPollLink
{
  CfdWatch watch; /* our end of the pair; -1 when it is closed */
  CfdTimer timer;
  CfdSocketLoop *loop;
  CfdPollLinkEnded ended;
  gpointer data;
  char id[CFD_POLL_LINK_ID_LENGTH + 1]; /* whoever knows it is the client */
  char *origin; /* (nullable) */
  CfdPollLinkLimits limits;
  GByteArray *in;      /* from the peer, an incomplete frame */
  GByteArray *out;     /* for the peer, what the pair did not take yet */
  GQueue kept;         /* of char*: what the peer said and the client has not acknowledged */
  gsize kept_bytes;
  guint64 first_kept;  /* the number of the first in @kept; the first ever is 1 */
  guint64 heard;       /* of the client's frames */
  CfdRequest *waiting; /* (nullable): the client's question, held until there is something to say */
  char *goodbye;       /* (nullable): why the peer closed */
  guint code;          /* likewise; 0 = it has not */
  gboolean told;       /* the client knows that it is over */
};

/* Only the page that opened the link may read what comes by it. */
static void
add_headers (CfdPollLink *self, CfdRequest *request)
{
  if (self->origin != NULL)
    cfd_request_add_header (request, "Access-Control-Allow-Origin", self->origin);
  cfd_request_add_header (request, "Vary", "Origin");
  cfd_request_add_header (request, "Cache-Control", "no-store");
  cfd_request_add_header (request, "X-Content-Type-Options", "nosniff");
}

static void
respond (CfdPollLink *self, CfdRequest *request, guint status, const char *type, GString *text)
{
  g_autoptr (GBytes) body = g_string_free_to_bytes (text);

  add_headers (self, request);
  cfd_request_respond (request, status, type, body);
}

static void
set_timer (CfdPollLink *self, guint seconds)
{
  cfd_timer_set (&self->timer, cfd_socket_loop_get_wheel (self->loop), cfd_timer_now () + seconds);
}

/* Says that it is over, and why; the client asks no more then. */
static void
tell_end (CfdPollLink *self, CfdRequest *request)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "%u %s", self->code, self->goodbye != NULL ? self->goodbye : "");
  self->told = TRUE;
  set_timer (self, 1); /* not now: whoever called us still holds us */
  respond (self, request, 410, "text/plain; charset=utf-8", g_steal_pointer (&text));
}

/* The first line is the number of the last text; each text is a line. */
static void
answer (CfdPollLink *self)
{
  CfdRequest *request = g_steal_pointer (&self->waiting);
  GString *text;

  if (self->code != 0 && self->kept.length == 0)
    {
      tell_end (self, request);
      return;
    }
  text = g_string_sized_new (self->kept_bytes + self->kept.length + 24);
  g_string_append_printf (text, "%" G_GUINT64_FORMAT, self->first_kept + self->kept.length - 1);
  for (GList *l = self->kept.head; l != NULL; l = l->next)
    {
      g_string_append_c (text, '\n');
      g_string_append (text, l->data);
    }
  set_timer (self, self->limits.absent_seconds);
  respond (self, request, 200, "text/plain; charset=utf-8", text);
}

static void
update_watch (CfdPollLink *self)
{
  guint32 events = (self->kept_bytes < KEPT_MAX ? EPOLLIN : 0) | (self->out->len > 0 ? EPOLLOUT : 0);

  if (self->watch.fd >= 0)
    cfd_socket_loop_change (self->loop, &self->watch, events);
}

static void
close_pair (CfdPollLink *self, guint code, const char *reason, gsize length)
{
  if (self->watch.fd < 0)
    return;
  cfd_socket_loop_remove (self->loop, &self->watch);
  close (self->watch.fd);
  self->watch.fd = -1;
  self->code = code;
  self->goodbye = g_strndup (reason, length);
}

/* Gives the peer what it takes now. */
static void
flush (CfdPollLink *self)
{
  gssize sent = self->watch.fd >= 0 && self->out->len > 0 ? send (self->watch.fd, self->out->data, self->out->len, MSG_NOSIGNAL) : 0;

  if (sent > 0)
    g_byte_array_remove_range (self->out, 0, sent);
  else if (sent < 0 && errno != EAGAIN && errno != EINTR)
    close_pair (self, CFD_CLOSE_RESTART, "", 0);
  update_watch (self);
}

/* A client's frames are masked; zeros will do where no proxy can be confused by what it reads. */
static void
put_frame (CfdPollLink *self, CfdOpcode opcode, const void *payload, gsize length)
{
  guint8 header[HEADER_MAX] = { 0 };
  guint size = cfd_frame_write_header (header, opcode, length);

  header[1] |= 0x80;
  g_byte_array_append (self->out, header, size + 4);
  g_byte_array_append (self->out, payload, length);
}

static void
take_frame (CfdPollLink *self, const guint8 *frame, gsize size)
{
  guint header = frame[1] == 126 ? 4 : frame[1] == 127 ? 10 : 2;
  const char *payload = (const char *) frame + header;
  gsize length = size - header;

  switch ((CfdOpcode) (frame[0] & 0xf))
    {
    case CFD_OPCODE_TEXT:
      g_queue_push_tail (&self->kept, g_strndup (payload, length));
      self->kept_bytes += length;
      break;
    case CFD_OPCODE_PING:
      put_frame (self, CFD_OPCODE_PONG, payload, length);
      break;
    case CFD_OPCODE_CLOSE:
      close_pair (self, length >= 2 ? frame[header] << 8 | frame[header + 1] : CFD_CLOSE_NORMAL, length > 2 ? payload + 2 : "", length > 2 ? length - 2 : 0);
      break;
    case CFD_OPCODE_PONG:
      break;
    }
}

/* Whether all of the header is there that says how long a frame is. */
static gboolean
has_header (const guint8 *bytes, gsize length)
{
  return length >= 2 && length >= (bytes[1] == 126 ? 4u : bytes[1] == 127 ? 10u : 2u);
}

static void
take_frames (CfdPollLink *self)
{
  gsize at = 0;

  while (self->watch.fd >= 0 && has_header (self->in->data + at, self->in->len - at))
    {
      gsize size = cfd_frame_size (self->in->data + at);

      if (size > self->in->len - at)
        break;
      take_frame (self, self->in->data + at, size);
      at += size;
    }
  g_byte_array_remove_range (self->in, 0, at);
}

static void
on_ready (CfdWatch *watch, guint32 events)
{
  CfdPollLink *self = (CfdPollLink *) ((char *) watch - G_STRUCT_OFFSET (CfdPollLink, watch));
  guint8 buffer[READ_SIZE];
  gssize length = (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0 ? recv (watch->fd, buffer, sizeof buffer, 0) : -1;

  if (length > 0)
    {
      g_byte_array_append (self->in, buffer, length);
      take_frames (self);
    }
  else if (length == 0)
    close_pair (self, CFD_CLOSE_RESTART, "", 0);
  flush (self);
  if (self->waiting != NULL && (self->kept.length > 0 || self->code != 0))
    answer (self);
}

static void
on_time (CfdTimer *timer)
{
  CfdPollLink *self = (CfdPollLink *) ((char *) timer - G_STRUCT_OFFSET (CfdPollLink, timer));

  if (self->waiting != NULL)
    answer (self);
  else
    self->ended (self, self->data);
}

/* What the client has is forgotten. Returns: whether @after is a number that it can know. */
static gboolean
acknowledge (CfdPollLink *self, guint64 after)
{
  if (after + 1 < self->first_kept || after >= self->first_kept + self->kept.length)
    return FALSE;
  while (self->first_kept <= after)
    {
      g_autofree char *text = g_queue_pop_head (&self->kept);

      self->kept_bytes -= strlen (text);
      self->first_kept++;
    }
  return TRUE;
}

/**
 * cfd_poll_link_new:
 * @origin: (nullable): of the page that opens it
 * @near: (out): the end of the pair for the peer; the caller's
 * @ended: called once, from the loop, unless cfd_poll_link_free() comes first
 *
 * Returns: (transfer full) (nullable): NULL when there are no descriptors left
 */
CfdPollLink *
cfd_poll_link_new (CfdSocketLoop *loop, const char *origin, const CfdPollLinkLimits *limits, int *near, CfdPollLinkEnded ended, gpointer data)
{
  CfdPollLink *self;
  guint8 secret[32];
  int pair[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair) != 0)
    return NULL;
  self = g_new0 (CfdPollLink, 1);
  self->loop = loop;
  self->origin = g_strdup (origin);
  self->limits = *limits;
  self->ended = ended;
  self->data = data;
  self->in = g_byte_array_new ();
  self->out = g_byte_array_new ();
  self->first_kept = 1;
  self->timer.fire = on_time;
  randombytes_buf (secret, sizeof secret);
  sodium_bin2base64 (self->id, sizeof self->id, secret, sizeof secret, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  self->watch = (CfdWatch) { on_ready, pair[0] };
  if (!cfd_socket_loop_add (loop, &self->watch, EPOLLIN))
    {
      close (pair[1]);
      close (pair[0]);
      self->watch.fd = -1;
      cfd_poll_link_free (self);
      return NULL;
    }
  set_timer (self, self->limits.absent_seconds);
  *near = pair[1];
  return self;
}

/**
 * cfd_poll_link_free:
 *
 * Hangs up. A question that waits is answered with the end.
 */
void
cfd_poll_link_free (CfdPollLink *self)
{
  close_pair (self, CFD_CLOSE_RESTART, "", 0);
  if (self->waiting != NULL)
    tell_end (self, g_steal_pointer (&self->waiting));
  cfd_timer_clear (&self->timer);
  g_queue_clear_full (&self->kept, g_free);
  g_byte_array_unref (self->in);
  g_byte_array_unref (self->out);
  g_free (self->goodbye);
  g_free (self->origin);
  g_free (self);
}

/**
 * cfd_poll_link_get_id:
 * Returns: (transfer none): the secret by which the client names it
 */
const char *
cfd_poll_link_get_id (CfdPollLink *self)
{
  return self->id;
}

/**
 * cfd_poll_link_is_from:
 * @origin: (nullable): what a request says
 */
gboolean
cfd_poll_link_is_from (CfdPollLink *self, const char *origin)
{
  return g_strcmp0 (self->origin, origin) == 0;
}

/**
 * cfd_poll_link_listen:
 * @request: taken over; answered when there is something to say, or after a while
 * @after: the number of the last text that the client has; 0 at first
 *
 * The client has come for what the peer says. A question that still waits is its own from before a break: it is answered as it is.
 */
void
cfd_poll_link_listen (CfdPollLink *self, CfdRequest *request, guint64 after)
{
  if (self->told || !acknowledge (self, after))
    {
      add_headers (self, request);
      cfd_request_refuse (request, 409, CF_ERROR_INVALID, "after: is no number that you can have", 0);
      return;
    }
  if (self->waiting != NULL)
    answer (self);
  self->waiting = request;
  update_watch (self);
  if (self->kept.length > 0 || self->code != 0)
    answer (self);
  else
    set_timer (self, self->limits.hold_seconds);
}

/* Puts the lines that have not come before. Returns: FALSE when one is too long. */
static gboolean
put_lines (CfdPollLink *self, const char *text, gsize length, guint64 number)
{
  const char *end = text + length;

  for (; text < end; number++)
    {
      const char *stop = memchr (text, '\n', end - text);
      gsize line = (stop != NULL ? stop : end) - text;

      if (line > self->limits.frame_max)
        return FALSE;
      if (number > self->heard)
        {
          put_frame (self, CFD_OPCODE_TEXT, text, line);
          self->heard = number;
        }
      text += line + 1;
    }
  return TRUE;
}

/**
 * cfd_poll_link_say:
 * @request: taken over; its body is the client's texts, one a line
 * @first: the number of the first of them; the client's first ever is 1
 *
 * Passes on what the client says. What came before is not passed on again, so a client may repeat what got no answer.
 */
void
cfd_poll_link_say (CfdPollLink *self, CfdRequest *request, guint64 first)
{
  GBytes *body = cfd_request_get_body (request);
  const char *text = g_bytes_get_data (body, NULL);

  if (self->code != 0)
    {
      tell_end (self, request);
      return;
    }
  if (first == 0 || first > self->heard + 1)
    {
      add_headers (self, request);
      cfd_request_refuse (request, 409, CF_ERROR_INVALID, "first: what came before it is missing", 0);
      return;
    }
  if (self->out->len > KEPT_MAX)
    {
      add_headers (self, request);
      cfd_request_refuse (request, 429, CF_ERROR_RATE_LIMITED, "what you said before is not heard yet", 1000);
      return;
    }
  if (!put_lines (self, text, g_bytes_get_size (body), first))
    {
      add_headers (self, request);
      cfd_request_refuse (request, 413, CF_ERROR_TOO_LARGE, "a text is too long", 0);
      return;
    }
  flush (self);
  if (self->waiting == NULL)
    set_timer (self, self->limits.absent_seconds);
  respond (self, request, 204, "text/plain; charset=utf-8", g_string_new (NULL));
}

/**
 * cfd_poll_link_hang_up:
 * @body: what the client says last: texts, one a line
 * @first: the number of the first of them; what can't be passed on is passed over
 *
 * The client goes.
 */
void
cfd_poll_link_hang_up (CfdPollLink *self, GBytes *body, guint64 first)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);

  if (self->code == 0 && first > 0 && first <= self->heard + 1)
    put_lines (self, text, length, first);
  flush (self);
  self->ended (self, self->data);
}

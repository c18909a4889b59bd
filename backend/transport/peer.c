/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "peer-private.h"

#include "transport-private.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define CLOSE_SECONDS 5 /* for the client to answer our close frame */

static CfdTimerWheel *
wheel_of (CfdPeer *self)
{
  return cfd_socket_loop_get_wheel (self->transport->loop);
}

static guint32
queued (const CfdPeer *self)
{
  return self->out != NULL ? self->out->len - self->out_at : 0;
}

/* Sets the timer to what comes first: the end of patience with one who does not say who it is, or with silence. */
static void
set_timer (CfdPeer *self)
{
  const CfdTransportOptions *options = &self->transport->options;
  guint32 due = self->pinged != 0 ? self->pinged + options->pong_seconds + 1 : self->heard + options->ping_seconds + 1;

  if (self->settle_by != 0)
    due = MIN (due, self->settle_by);
  cfd_timer_set (&self->timer, wheel_of (self), due);
}

/* Drops the buffer, or what of it is sent. */
static void
trim (CfdPeer *self)
{
  if (self->out == NULL || self->out_at < self->out->len)
    return;
  g_clear_pointer (&self->out, g_byte_array_unref);
  self->out_at = 0;
}

/* One send of all that is queued. What stays is sent when the socket is writable again. */
static void
flush (CfdPeer *self)
{
  gssize sent;

  if (self->dead || queued (self) == 0)
    return;
  sent = send (self->watch.fd, self->out->data + self->out_at, queued (self), MSG_NOSIGNAL);
  if (sent < 0 && errno != EAGAIN && errno != EINTR)
    {
      self->dead = TRUE;
      return;
    }
  sent = MAX (sent, 0);
  self->out_at += sent;
  self->transport->stats.queued_bytes -= sent;
  self->transport->stats.bytes_out += sent;
  trim (self);
  if (self->blocked != (self->out != NULL))
    {
      self->blocked = self->out != NULL;
      cfd_peer_update_watch (self);
    }
}

static void
put (CfdPeer *self, const void *bytes, gsize length)
{
  g_byte_array_append (self->out, bytes, length);
  self->transport->stats.queued_bytes += length;
}

static void
put_frame (CfdPeer *self, CfdOpcode opcode, const void *head, gsize head_length, const void *body, gsize body_length)
{
  guint8 header[CFD_FRAME_HEADER_MAX];
  guint size = cfd_frame_write_header (header, opcode, head_length + body_length);

  if (self->out == NULL)
    self->out = g_byte_array_sized_new (size + head_length + body_length);
  put (self, header, size);
  put (self, head, head_length);
  put (self, body, body_length);
  cfd_transport_mark (self->transport, self);
}

/* Removes whole frames that are sent, so that the buffer of a peer that never quite drains does not grow; its first
 * byte stays the beginning of a frame. */
static void
compact (CfdPeer *self)
{
  gsize whole = 0;

  if (self->out == NULL || self->out_at <= self->out->len / 2)
    return;
  for (gsize size; (size = cfd_frame_size (self->out->data + whole)) + whole <= self->out_at;)
    whole += size;
  if (whole == 0)
    return;
  g_byte_array_remove_range (self->out, 0, whole);
  self->out_at -= whole;
}

/* Forgets what is queued, but for the rest of the frame that is half on the wire. */
static void
discard_queue (CfdPeer *self)
{
  gsize end = 0;

  if (self->out == NULL)
    return;
  while (end < self->out_at)
    end += cfd_frame_size (self->out->data + end);
  self->transport->stats.queued_bytes -= self->out->len - end;
  g_byte_array_set_size (self->out, end);
  trim (self);
}

static void
start_closing (CfdPeer *self, CfdPeerState state, guint code, const char *reason)
{
  guint8 payload[CFD_FRAME_CONTROL_MAX];
  const char *end;
  gsize length = reason != NULL ? MIN (strlen (reason), CFD_FRAME_CONTROL_MAX - 2) : 0;

  g_utf8_validate_len (reason != NULL ? reason : "", length, &end); /* never cut inside a character */
  length = reason != NULL ? end - reason : 0;
  payload[0] = code >> 8;
  payload[1] = code;
  if (length > 0)
    memcpy (payload + 2, reason, length);
  put_frame (self, CFD_OPCODE_CLOSE, payload, code != 0 ? length + 2 : 0, NULL, 0);
  self->state = state;
  cfd_timer_set (&self->timer, wheel_of (self), cfd_timer_now () + CLOSE_SECONDS + 1);
  cfd_peer_update_watch (self);
}

/* The client is further behind than it may be. */
static void
close_too_slow (CfdPeer *self)
{
  self->transport->stats.closed_too_slow++;
  discard_queue (self);
  start_closing (self, CFD_PEER_CLOSING, CFD_CLOSE_TOO_SLOW, "too slow");
}

/* Whether @length more bytes may be queued. The socket is asked before anyone is called slow. */
static gboolean
make_room (CfdPeer *self, gsize length)
{
  guint limit = self->transport->options.send_queue_max;

  if (queued (self) + length <= limit)
    return TRUE;
  if (!self->blocked)
    flush (self);
  if (self->dead)
    {
      cfd_transport_mark (self->transport, self);
      return FALSE;
    }
  if (queued (self) == 0 || queued (self) + length <= limit)
    return TRUE; /* a single message may be longer than the limit */
  close_too_slow (self);
  return FALSE;
}

static void
handle_frame (CfdPeer *self, const CfdFrame *frame)
{
  CfdTransport *transport = self->transport;

  switch (frame->kind)
    {
    case CFD_FRAME_TEXT:
      transport->stats.messages_in++;
      if (self->state == CFD_PEER_OPEN)
        transport->handlers.text (self, frame->data, frame->length, transport->data);
      break;
    case CFD_FRAME_PING:
      if (self->state == CFD_PEER_OPEN && make_room (self, CFD_FRAME_HEADER_MAX + frame->length))
        put_frame (self, CFD_OPCODE_PONG, frame->data, frame->length, NULL, 0);
      break;
    case CFD_FRAME_CLOSE:
      if (self->state == CFD_PEER_OPEN)
        start_closing (self, CFD_PEER_ENDED, frame->code, NULL);
      self->state = CFD_PEER_ENDED;
      cfd_transport_mark (transport, self);
      break;
    case CFD_FRAME_BROKEN:
      if (self->state != CFD_PEER_OPEN)
        break;
      transport->stats.closed_protocol++;
      start_closing (self, CFD_PEER_CLOSING, frame->code, NULL);
      break;
    default:
      break;
    }
}

/* Goes through bytes that came. When the last frame is handled the peer may be closing, but not gone: that waits for the turn's end. */
static void
take_bytes (CfdPeer *self, guint8 *bytes, gsize length)
{
  CfdFrame frame;

  self->transport->stats.bytes_in += length;
  self->heard = cfd_timer_now ();
  self->pinged = 0;
  while (self->state < CFD_PEER_ENDED
         && cfd_frame_reader_next (&self->reader, &bytes, &length, self->transport->options.frame_max, &frame) != CFD_FRAME_NONE)
    handle_frame (self, &frame);
}

static void
on_ready (CfdWatch *watch, guint32 events)
{
  CfdPeer *self = (CfdPeer *) ((char *) watch - G_STRUCT_OFFSET (CfdPeer, watch));
  gssize length;

  if ((events & EPOLLOUT) != 0)
    {
      flush (self);
      compact (self);
      cfd_transport_mark (self->transport, self);
    }
  if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) == 0 || self->dead)
    return;
  if (self->transport->quiet && self->state == CFD_PEER_OPEN)
    {
      self->dead = TRUE; /* a broken connection; what came before it broke is not read any more */
      cfd_transport_mark (self->transport, self);
      return;
    }
  length = recv (watch->fd, self->transport->read_buffer, CFD_READ_SIZE, 0);
  if (length > 0)
    take_bytes (self, self->transport->read_buffer, length);
  else if (length == 0 || (errno != EAGAIN && errno != EINTR))
    {
      self->dead = TRUE;
      cfd_transport_mark (self->transport, self);
    }
}

static void
on_timer (CfdTimer *timer)
{
  CfdPeer *self = (CfdPeer *) ((char *) timer - G_STRUCT_OFFSET (CfdPeer, timer));
  guint32 now = cfd_timer_now ();

  if (self->state != CFD_PEER_OPEN)
    {
      self->dead = TRUE;
      cfd_transport_mark (self->transport, self);
      return;
    }
  if (self->transport->quiet)
    self->heard = now; /* we do not listen, so silence says nothing */
  else if (self->settle_by != 0 && now >= self->settle_by)
    {
      self->transport->stats.closed_unopened++;
      start_closing (self, CFD_PEER_CLOSING, CFD_CLOSE_POLICY, "no session was opened in time");
      return;
    }
  else if (self->pinged != 0 && now > self->pinged + self->transport->options.pong_seconds)
    {
      self->transport->stats.closed_silent++;
      self->dead = TRUE;
      cfd_transport_mark (self->transport, self);
      return;
    }
  else if (self->pinged == 0 && now > self->heard + self->transport->options.ping_seconds)
    {
      self->pinged = now;
      if (make_room (self, CFD_FRAME_HEADER_MAX))
        put_frame (self, CFD_OPCODE_PING, NULL, 0, NULL, 0);
    }
  if (self->state == CFD_PEER_OPEN)
    set_timer (self);
}

/**
 * cfd_peer_new:
 * @fd: the upgraded socket; becomes the peer's
 * @origin: (nullable): the Origin header
 *
 * Returns: (transfer full): a peer that is not in the loop yet
 */
CfdPeer *
cfd_peer_new (CfdTransport *transport, int fd, const char *address, const char *limit_key, const char *origin)
{
  CfdPeer *self = g_new0 (CfdPeer, 1);

  self->references = 1;
  self->transport = transport;
  self->watch.fd = fd;
  self->watch.ready = on_ready;
  self->timer.fire = on_timer;
  self->address = g_ref_string_new_intern (address);
  self->limit_key = g_ref_string_new_intern (limit_key);
  self->origin = origin != NULL ? g_ref_string_new_intern (origin) : NULL;
  return self;
}

/**
 * cfd_peer_start:
 *
 * Puts the peer into the loop.
 *
 * Returns: FALSE when the kernel has no room for it
 */
gboolean
cfd_peer_start (CfdPeer *self)
{
  self->heard = cfd_timer_now ();
  self->settle_by = self->heard + self->transport->options.settle_seconds + 1;
  set_timer (self);
  return cfd_socket_loop_add (self->transport->loop, &self->watch, EPOLLIN);
}

/**
 * cfd_peer_receive:
 *
 * Takes what the client sent right behind its handshake.
 */
void
cfd_peer_receive (CfdPeer *self, const void *early, gsize length)
{
  g_autofree guint8 *copy = length > 0 ? g_memdup2 (early, length) : NULL; /* unmasking writes */

  if (length > 0)
    take_bytes (self, copy, length);
}

/**
 * cfd_peer_update_watch:
 *
 * Waits for what concerns the peer now: after cfd_transport_quiesce() only one that is closing is listened to.
 */
void
cfd_peer_update_watch (CfdPeer *self)
{
  gboolean reading = !self->transport->quiet || self->state != CFD_PEER_OPEN;

  if (self->state != CFD_PEER_GONE)
    cfd_socket_loop_change (self->transport->loop, &self->watch, (reading ? EPOLLIN : 0) | (self->blocked ? EPOLLOUT : 0));
}

/* Says once that the peer is no more. */
static void
announce_closed (CfdPeer *self)
{
  if (!self->announced)
    return;
  self->announced = FALSE;
  self->transport->handlers.closed (self, self->transport->data);
}

/**
 * cfd_peer_finish_turn:
 *
 * Sends what the turn has queued, and drops the peer when nothing is left to do.
 */
void
cfd_peer_finish_turn (CfdPeer *self)
{
  if (self->state == CFD_PEER_GONE)
    return;
  if (!self->blocked)
    flush (self);
  if (self->dead || (self->state == CFD_PEER_ENDED && queued (self) == 0))
    cfd_peer_drop (self);
  else if (self->state != CFD_PEER_OPEN)
    {
      /* After a broken frame we cannot find their close frame; the end of our stream makes them end theirs. Their bytes are
       * still read, for unread ones would turn our close into a reset that overtakes the close frame. */
      if (self->reader.finished && queued (self) == 0)
        shutdown (self->watch.fd, SHUT_WR);
      announce_closed (self);
    }
}

/**
 * cfd_peer_drop:
 *
 * Closes the socket now, whatever is queued.
 */
void
cfd_peer_drop (CfdPeer *self)
{
  CfdTransport *transport = self->transport;
  CfdPeer *last;

  g_assert (self->state != CFD_PEER_GONE);
  self->state = CFD_PEER_GONE;
  cfd_timer_clear (&self->timer);
  cfd_socket_loop_remove (transport->loop, &self->watch);
  close (self->watch.fd);
  transport->stats.queued_bytes -= queued (self);
  g_clear_pointer (&self->out, g_byte_array_unref);
  self->out_at = 0;
  cfd_frame_reader_clear (&self->reader);
  cfd_address_limits_leave (transport->limits, self->limit_key);
  announce_closed (self);
  last = g_ptr_array_index (transport->peers, transport->peers->len - 1);
  last->index = self->index;
  g_ptr_array_remove_index_fast (transport->peers, self->index);
}

/**
 * cfd_peer_ref:
 *
 * Returns: (transfer full): @self. Main loop only
 */
CfdPeer *
cfd_peer_ref (CfdPeer *self)
{
  self->references++;
  return self;
}

/**
 * cfd_peer_unref:
 *
 * The reference keeps the struct, not the connection. Main loop only.
 */
void
cfd_peer_unref (CfdPeer *self)
{
  if (--self->references > 0)
    return;
  g_ref_string_release (self->address);
  g_ref_string_release (self->limit_key);
  g_clear_pointer (&self->origin, g_ref_string_release);
  g_free (self);
}

/**
 * cfd_peer_get_address:
 *
 * Returns: (transfer none): the client's IP address, behind a trusted proxy the forwarded one
 */
const char *
cfd_peer_get_address (CfdPeer *self)
{
  return self->address;
}

/**
 * cfd_peer_get_origin:
 *
 * Returns: (transfer none) (nullable): the Origin header of the handshake
 */
const char *
cfd_peer_get_origin (CfdPeer *self)
{
  return self->origin;
}

/**
 * cfd_peer_is_open:
 *
 * Returns: FALSE once the peer is closing; what is sent to it then is ignored
 */
gboolean
cfd_peer_is_open (CfdPeer *self)
{
  return self->state == CFD_PEER_OPEN && !self->dead;
}

/**
 * cfd_peer_is_behind:
 *
 * Returns: whether the socket did not take all that was sent to it before; what may be dropped need not be sent
 */
gboolean
cfd_peer_is_behind (CfdPeer *self)
{
  return self->blocked;
}

/**
 * cfd_peer_send:
 * @head: (nullable): the beginning of the text
 * @body: (nullable): the rest of it
 *
 * Queues one text message; both parts are copied. It leaves at the end of the loop's turn. A peer that is behind by more than
 * the limit is closed with 1013 instead.
 */
void
cfd_peer_send (CfdPeer *self, const char *head, gsize head_length, const char *body, gsize body_length)
{
  if (!cfd_peer_is_open (self) || !make_room (self, CFD_FRAME_HEADER_MAX + head_length + body_length))
    return;
  self->transport->stats.messages_out++;
  put_frame (self, CFD_OPCODE_TEXT, head, head_length, body, body_length);
}

/**
 * cfd_peer_close:
 * @code: see docs/protocol.md
 * @reason: (nullable): for the close frame; at most 123 bytes of it are sent
 *
 * Sends what is queued, then a close frame. The closed callback comes at the end of the turn; the socket lives on until the
 * client has answered, or for a few seconds.
 */
void
cfd_peer_close (CfdPeer *self, guint code, const char *reason)
{
  if (cfd_peer_is_open (self))
    start_closing (self, CFD_PEER_CLOSING, code, reason);
}

/**
 * cfd_peer_spend:
 * @cost: how many calls this one counts as
 * @retry_after_ms: (out): how long to wait when it returns FALSE
 *
 * Returns: whether the peer may make this call now
 */
gboolean
cfd_peer_spend (CfdPeer *self, guint cost, gint64 *retry_after_ms)
{
  const CfdTransportOptions *options = &self->transport->options;
  gboolean enough = cfd_token_bucket_take (&self->bucket, options->peer_rate, options->peer_burst, cost, g_get_monotonic_time (),
                                           retry_after_ms);

  if (!enough)
    self->transport->stats.refused_rate++;
  return enough;
}

/**
 * cfd_peer_settle:
 *
 * The peer has said who it is: it may stay, and need not account for the time that an answer takes.
 */
void
cfd_peer_settle (CfdPeer *self)
{
  guint32 now = cfd_timer_now ();

  /* each try costs a second at least, so nobody stays by trying */
  self->settle_left = self->settle_by > now + 1 ? self->settle_by - now - 1 : 0;
  self->settle_by = 0;
}

/**
 * cfd_peer_unsettle:
 *
 * What it said was refused: it has what it left of its time to say it better.
 */
void
cfd_peer_unsettle (CfdPeer *self)
{
  self->settle_by = cfd_timer_now () + self->settle_left;
  if (self->state == CFD_PEER_OPEN)
    set_timer (self);
}

void
cfd_peer_set_data (CfdPeer *self, gpointer data)
{
  self->data = data;
}

gpointer
cfd_peer_get_data (CfdPeer *self)
{
  return self->data;
}

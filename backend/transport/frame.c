/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frame.h"

#include "peer.h"

#include <string.h>

#define FIN 0x80
#define RESERVED 0x70
#define MASKED 0x80
#define OPCODE_CONTINUATION 0x0
#define OPCODE_BINARY 0x2

static guint8
opcode_of (const CfdFrameReader *self)
{
  return self->header[0] & 0x0f;
}

static gboolean
is_control (const CfdFrameReader *self)
{
  return opcode_of (self) >= CFD_OPCODE_CLOSE;
}

static gboolean
is_final (const CfdFrameReader *self)
{
  return (self->header[0] & FIN) != 0;
}

/* How long the header is, as far as its bytes tell; the four bytes of the mask are in it. */
static guint
header_size (const CfdFrameReader *self)
{
  if (self->have < 2)
    return 2;
  switch (self->header[1] & 0x7f)
    {
    case 126:
      return 2 + 2 + 4;
    case 127:
      return 2 + 8 + 4;
    default:
      return 2 + 4;
    }
}

/* Judges the first two bytes, as soon as they are here. Returns: a close code, or 0. */
static guint
check_start (const CfdFrameReader *self)
{
  guint8 opcode = opcode_of (self);

  if ((self->header[0] & RESERVED) != 0 || (self->header[1] & MASKED) == 0)
    return CFD_CLOSE_PROTOCOL;
  switch (opcode)
    {
    case OPCODE_CONTINUATION:
      return self->in_message ? 0 : CFD_CLOSE_PROTOCOL;
    case CFD_OPCODE_TEXT:
      return self->in_message ? CFD_CLOSE_PROTOCOL : 0;
    case OPCODE_BINARY:
      return self->in_message ? CFD_CLOSE_PROTOCOL : CFD_CLOSE_UNSUPPORTED;
    case CFD_OPCODE_CLOSE:
    case CFD_OPCODE_PING:
    case CFD_OPCODE_PONG:
      return is_final (self) && (self->header[1] & 0x7f) <= CFD_FRAME_CONTROL_MAX ? 0 : CFD_CLOSE_PROTOCOL;
    default:
      return CFD_CLOSE_PROTOCOL;
    }
}

/* Reads the length from the complete header. The limit is for the message, over all its fragments. */
static guint
read_length (CfdFrameReader *self, guint limit)
{
  guint short_length = self->header[1] & 0x7f, bytes = short_length == 126 ? 2 : short_length == 127 ? 8 : 0;
  guint64 length = bytes == 0 ? short_length : 0;
  guint before = self->store != NULL ? self->store->len : 0;

  for (guint i = 0; i < bytes; i++)
    length = length << 8 | self->header[2 + i];
  if ((bytes == 2 && length < 126) || (bytes == 8 && (length <= G_MAXUINT16 || length > G_MAXINT64)))
    return CFD_CLOSE_PROTOCOL; /* RFC 6455, 5.2: the minimal number of bytes must be used, the highest bit must be 0 */
  if (!is_control (self) && (length > limit || before > limit - length))
    return CFD_CLOSE_TOO_LARGE;
  self->left = length;
  self->taken = 0;
  self->start = before;
  self->in_payload = TRUE;
  return 0;
}

/* Takes bytes of the header. Returns: FALSE when it is not complete yet; @code is set when it is refused. */
static gboolean
take_header (CfdFrameReader *self, guint8 **bytes, gsize *length, guint limit, guint *code)
{
  for (guint size; (size = header_size (self)) > self->have;)
    {
      guint n = MIN (size - self->have, *length);

      if (n == 0)
        return FALSE;
      memcpy (self->header + self->have, *bytes, n);
      self->have += n;
      *bytes += n;
      *length -= n;
      if (self->have == 2 && (*code = check_start (self)) != 0)
        return TRUE;
    }
  *code = read_length (self, limit);
  return TRUE;
}

/* @offset is where in the payload @bytes begin. */
static void
unmask (guint8 *bytes, gsize length, const guint8 key[4], guint offset)
{
  guint8 turned[8];
  guint64 wide;
  gsize i = 0;

  for (guint k = 0; k < 8; k++)
    turned[k] = key[(offset + k) & 3];
  memcpy (&wide, turned, 8);
  for (; i + 8 <= length; i += 8)
    {
      guint64 word;

      memcpy (&word, bytes + i, 8);
      word ^= wide;
      memcpy (bytes + i, &word, 8);
    }
  for (; i < length; i++)
    bytes[i] ^= turned[i & 7];
}

/* g_utf8_validate() takes a zero byte for the end, but U+0000 is a character like others. */
static gboolean
is_utf8 (const char *text, gsize length)
{
  while (length > 0)
    {
      const char *zero = memchr (text, 0, length);
      gsize n = zero != NULL ? (gsize) (zero - text) : length;

      if (!g_utf8_validate_len (text, n, NULL))
        return FALSE;
      if (zero != NULL)
        n++;
      text += n;
      length -= n;
    }
  return TRUE;
}

/* RFC 6455, 7.4, and the codes registered since. */
static gboolean
is_close_code (guint code)
{
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

static CfdFrameKind
broken (CfdFrameReader *self, CfdFrame *frame, guint code)
{
  cfd_frame_reader_clear (self);
  self->finished = TRUE;
  *frame = (CfdFrame) { .kind = CFD_FRAME_BROKEN, .code = code };
  return frame->kind;
}

static CfdFrameKind
finish_close (CfdFrameReader *self, CfdFrame *frame)
{
  const guint8 *data = (const guint8 *) frame->data;

  if (frame->length > 0)
    {
      frame->code = frame->length > 1 ? data[0] << 8 | data[1] : 0;
      if (!is_close_code (frame->code))
        return broken (self, frame, CFD_CLOSE_PROTOCOL);
      frame->data += 2;
      frame->length -= 2;
      if (!is_utf8 (frame->data, frame->length))
        return broken (self, frame, CFD_CLOSE_BAD_TEXT);
    }
  self->finished = TRUE;
  frame->kind = CFD_FRAME_CLOSE;
  return frame->kind;
}

/* A frame is complete; its payload, or the whole message, is in @data. Returns: NONE after a fragment. */
static CfdFrameKind
finish_frame (CfdFrameReader *self, const guint8 *data, gsize length, CfdFrame *frame)
{
  *frame = (CfdFrame) { .data = length > 0 ? (const char *) data : "", .length = length };
  self->have = 0;
  self->in_payload = FALSE;
  switch (opcode_of (self))
    {
    case CFD_OPCODE_CLOSE:
      return finish_close (self, frame);
    case CFD_OPCODE_PING:
    case CFD_OPCODE_PONG:
      frame->kind = opcode_of (self) == CFD_OPCODE_PING ? CFD_FRAME_PING : CFD_FRAME_PONG;
      return frame->kind;
    default:
      self->in_message = !is_final (self);
      if (self->in_message)
        return CFD_FRAME_NONE;
      if (!is_utf8 (frame->data, length))
        return broken (self, frame, CFD_CLOSE_BAD_TEXT);
      frame->kind = CFD_FRAME_TEXT;
      return frame->kind;
    }
}

/* Takes bytes of the payload; a frame that is here whole is not copied. */
static CfdFrameKind
take_payload (CfdFrameReader *self, guint8 **bytes, gsize *length, CfdFrame *frame)
{
  guint n = MIN (self->left, *length);
  guint8 *data = *bytes;
  gboolean whole = n == self->left && self->taken == 0 && (is_control (self) || (is_final (self) && !self->in_message));

  unmask (data, n, self->header + header_size (self) - 4, self->taken);
  *bytes += n;
  *length -= n;
  self->left -= n;
  self->taken += n;
  if (whole)
    return finish_frame (self, data, n, frame);
  if (self->store == NULL)
    self->store = g_byte_array_new ();
  g_byte_array_append (self->store, data, n);
  if (self->left > 0)
    return CFD_FRAME_NONE;
  if (!is_control (self))
    self->start = 0;
  self->spent = is_control (self) || is_final (self);
  n = self->store->len - self->start;
  return finish_frame (self, n > 0 ? self->store->data + self->start : NULL, n, frame);
}

/* Frees what the last frame lent out. */
static void
forget_spent (CfdFrameReader *self)
{
  if (!self->spent)
    return;
  self->spent = FALSE;
  if (self->start > 0)
    g_byte_array_set_size (self->store, self->start);
  else
    g_clear_pointer (&self->store, g_byte_array_unref);
}

/**
 * cfd_frame_reader_next:
 * @bytes: (inout): what has come from the client; moved on to what was not looked at yet. The bytes are changed (unmasked)
 * @length: (inout): how many there are
 * @limit: bytes of the longest message
 * @frame: (out): what was found
 *
 * Call it until it returns %CFD_FRAME_NONE. Errors are found as early as their first byte allows, except bad UTF-8,
 * which is found at the end of its message.
 *
 * Returns: @frame's kind
 */
CfdFrameKind
cfd_frame_reader_next (CfdFrameReader *self, guint8 **bytes, gsize *length, guint limit, CfdFrame *frame)
{
  CfdFrameKind kind = CFD_FRAME_NONE;
  guint code = 0;

  forget_spent (self);
  while (!self->finished && kind == CFD_FRAME_NONE)
    {
      if (!self->in_payload && !take_header (self, bytes, length, limit, &code))
        break;
      if (code != 0)
        return broken (self, frame, code);
      if (self->left > 0 && *length == 0)
        break;
      kind = take_payload (self, bytes, length, frame);
    }
  if (kind == CFD_FRAME_NONE)
    *frame = (CfdFrame) { .kind = CFD_FRAME_NONE };
  return kind;
}

/**
 * cfd_frame_reader_clear:
 *
 * Frees what the reader holds and makes it new.
 */
void
cfd_frame_reader_clear (CfdFrameReader *self)
{
  g_clear_pointer (&self->store, g_byte_array_unref);
  *self = (CfdFrameReader) { 0 };
}

/**
 * cfd_frame_write_header:
 *
 * Writes the header of a whole (final, unmasked) frame with @length bytes of payload.
 *
 * Returns: the header's length
 */
guint
cfd_frame_write_header (guint8 header[CFD_FRAME_HEADER_MAX], CfdOpcode opcode, gsize length)
{
  guint bytes = length < 126 ? 0 : length <= G_MAXUINT16 ? 2 : 8;

  header[0] = FIN | opcode;
  header[1] = bytes == 0 ? length : bytes == 2 ? 126 : 127;
  for (guint i = 0; i < bytes; i++)
    header[2 + i] = (guint64) length >> (8 * (bytes - 1 - i));
  return 2 + bytes;
}

/**
 * cfd_frame_size:
 * @frame: the beginning of a frame that we wrote
 *
 * Returns: its length with header and payload
 */
gsize
cfd_frame_size (const guint8 *frame)
{
  guint bytes = frame[1] == 126 ? 2 : frame[1] == 127 ? 8 : 0;
  gsize length = bytes == 0 ? frame[1] : 0;

  for (guint i = 0; i < bytes; i++)
    length = length << 8 | frame[2 + i];
  return 2 + bytes + length;
}

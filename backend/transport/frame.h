/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The largest header of a frame from a server: it is never masked. */
#define CFD_FRAME_HEADER_MAX 10
#define CFD_FRAME_CONTROL_MAX 125

typedef enum
{
  CFD_OPCODE_TEXT  = 0x1,
  CFD_OPCODE_CLOSE = 0x8,
  CFD_OPCODE_PING  = 0x9,
  CFD_OPCODE_PONG  = 0xa,
} CfdOpcode;

typedef enum
{
  CFD_FRAME_NONE,   /* every byte was taken, more are needed */
  CFD_FRAME_TEXT,   /* a whole message, all fragments joined, valid UTF-8 */
  CFD_FRAME_PING,
  CFD_FRAME_PONG,
  CFD_FRAME_CLOSE,  /* @code is theirs, 0 when they gave none; @data is the reason */
  CFD_FRAME_BROKEN, /* @code is what the connection must be closed with */
} CfdFrameKind;

typedef struct
{
  CfdFrameKind kind;
  const char *data; /* valid until the next call */
  gsize length;
  guint code;
} CfdFrame;

/**
 * CfdFrameReader:
 * The reading half of RFC 6455 on the server's side, without extensions: bytes in, cut anywhere, frames out. All zeros is
 * the state of a new connection. It owns memory only while a message is incomplete.
 */
typedef struct
{
  guint8 header[14];
  guint8 have;          /* bytes of the header that are here */
  guint in_payload : 1; /* the header is complete and was accepted */
  guint in_message : 1; /* a fragment came, the final one did not */
  guint finished : 1;   /* after CLOSE and BROKEN nothing is read any more */
  guint spent : 1;      /* the last frame's data lies in @store beyond @start */
  guint32 left;         /* bytes of the payload still to come */
  guint32 taken;        /* bytes of the payload that have come */
  guint32 start;        /* where the current control frame begins in @store */
  GByteArray *store;    /* the incomplete message, then an incomplete control frame; nullable */
} CfdFrameReader;

CfdFrameKind cfd_frame_reader_next  (CfdFrameReader *self, guint8 **bytes, gsize *length, guint limit, CfdFrame *frame);
void         cfd_frame_reader_clear (CfdFrameReader *self);
guint        cfd_frame_write_header (guint8 header[CFD_FRAME_HEADER_MAX], CfdOpcode opcode, gsize length);
gsize        cfd_frame_size         (const guint8 *frame);

G_END_DECLS

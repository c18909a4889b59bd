/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CLIENT_FRAME_TEXT = 1,
  CLIENT_FRAME_CLOSE = 8,
  CLIENT_FRAME_PING = 9,
  CLIENT_FRAME_PONG = 10,
} ClientFrameKind;

/**
 * ClientFrame:
 * One WebSocket frame (RFC 6455) as it arrives at a client: whole, unmasked. The payload points into the bytes that were read.
 */
typedef struct
{
  ClientFrameKind kind;
  const char *payload;
  gsize length;
} ClientFrame;

gsize client_frame_read  (ClientFrame *out, const char *bytes, gsize length); /* the bytes it takes; 0 = not all there yet */
void  client_frame_write (GString *out, ClientFrameKind kind, const char *payload, gsize length);

G_END_DECLS

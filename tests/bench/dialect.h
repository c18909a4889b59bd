/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "connection.h"

G_BEGIN_DECLS

/**
 * DialectSink:
 * Where a dialect says what it has understood.
 */
typedef struct
{
  void (*reply)     (gpointer data, Connection *connection, const char *text, gsize length); /* to be sent as a text frame */
  void (*opened)    (gpointer data, Connection *connection);
  void (*acked)     (gpointer data, Connection *connection, guint64 stamp);
  void (*delivered) (gpointer data, Connection *connection, guint64 stamp);
  void (*refused)   (gpointer data, Connection *connection, const char *text, gsize length);
  gpointer data;
} DialectSink;

/**
 * Dialect:
 * What one server's protocol calls the few things that the load generator does. A message's stamp (ns, see clock.h) stands
 * in its text, so that whoever receives it knows when it was meant to be sent, and is the id of its call.
 */
typedef struct
{
  const char *name;
  const char *path; /* of the WebSocket */
  void (*greet)   (const Connection *connection, const char *site, GString *out); /* first words after the handshake; none: the server begins */
  void (*start)   (Connection *connection, guint64 stamp, const char *text, GString *out); /* a conversation; sets its id */
  void (*send)    (const Connection *connection, guint64 stamp, const char *text, GString *out);
  void (*browse)  (Connection *connection, guint64 stamp, GString *out); /* a visitor opens a page; sets its visit */
  void (*watch)   (const Connection *connection, GString *out); /* an agent wants to hear of that; none: they hear of it anyway */
  void (*receive) (Connection *connection, const char *text, gsize length, const DialectSink *sink);
} Dialect;

extern const Dialect chatflow_dialect, socketio_dialect;

const Dialect *dialect_find       (const char *name, GError **error);
void           dialect_write_text (GString *out, guint64 stamp, gsize length);
gboolean       dialect_find_stamp (const char **at, const char *end, guint64 *stamp);

G_END_DECLS

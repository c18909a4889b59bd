/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialect.h"

#include <string.h>

/* engine.io 4 packets and, behind "4", socket.io 5 packets: https://socket.io/docs/v4/engine-io-protocol/ and
 * https://socket.io/docs/v4/socket-io-protocol/ */
#define ENGINE_OPEN '0'
#define ENGINE_PING '2'
#define ENGINE_PONG "3"
#define ENGINE_MESSAGE '4'
#define SOCKET_EVENT '2'
#define SOCKET_ACK '3'
#define SOCKET_REFUSED '4'

/* The server begins, see socketio_receive(). */
static void
socketio_greet (const Connection *connection, const char *site, GString *out)
{
}

static void
socketio_start (Connection *connection, guint64 stamp, const char *text, GString *out)
{
  char message[CONNECTION_ID_LENGTH + 1];

  connection_new_id (connection->conversation);
  connection_new_id (message);
  g_string_append_printf (out, "42%" G_GUINT64_FORMAT "[\"conversation.start\",{\"id\":\"%s\",\"message_id\":\"%s\",\"text\":\"%s\"}]", stamp,
                          connection->conversation, message, text);
}

static void
socketio_send (const Connection *connection, guint64 stamp, const char *text, GString *out)
{
  char message[CONNECTION_ID_LENGTH + 1];

  connection_new_id (message);
  g_string_append_printf (out, "42%" G_GUINT64_FORMAT "[\"message.send\",{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"%s\"}]", stamp, message,
                          connection->conversation, text);
}

static void
socketio_browse (Connection *connection, guint64 stamp, GString *out)
{
  char look[CONNECTION_ID_LENGTH + 1];

  if (connection->visit[0] == '\0')
    connection_new_id (connection->visit);
  connection_new_id (look);
  g_string_append_printf (out, "42%" G_GUINT64_FORMAT "[\"visit.page\",{\"visit_id\":\"%s\",\"id\":\"%s\",\"url\":\"https://shop.example/tea/%s\",\"title\":\"Tea and leaf\"}]", stamp,
                          connection->visit, look, look + 30);
}

static void
reply (Connection *connection, const DialectSink *sink, const char *text)
{
  sink->reply (sink->data, connection, text, strlen (text));
}

/* Who we are is sent in the packet that connects to the namespace. */
static void
introduce (Connection *connection, const DialectSink *sink)
{
  g_autofree char *hello = connection->is_agent ? g_strdup_printf ("40{\"token\":\"%s\"}", connection->token)
                                                : g_strdup_printf ("40{\"token\":\"%s.%s\"}", connection->id, connection->secret);

  reply (connection, sink, hello);
}

static void
take_event (Connection *connection, const char *text, gsize length, const DialectSink *sink)
{
  static const char opened[] = "42[\"opened\"";
  const char *end = text + length;
  guint64 stamp;

  if (length >= sizeof opened - 1 && memcmp (text, opened, sizeof opened - 1) == 0)
    sink->opened (sink->data, connection);
  else if (connection->is_agent)
    while (dialect_find_stamp (&text, end, &stamp))
      sink->delivered (sink->data, connection, stamp);
}

static void
take_ack (Connection *connection, const char *text, gsize length, const DialectSink *sink)
{
  char *end;
  guint64 stamp = g_ascii_strtoull (text + 2, &end, 10);

  if (g_str_has_prefix (end, "[{\"error\":"))
    sink->refused (sink->data, connection, text, length);
  else
    sink->acked (sink->data, connection, stamp);
}

static void
socketio_receive (Connection *connection, const char *text, gsize length, const DialectSink *sink)
{
  if (length == 0)
    return;
  if (text[0] == ENGINE_OPEN)
    introduce (connection, sink);
  else if (text[0] == ENGINE_PING)
    reply (connection, sink, ENGINE_PONG);
  else if (text[0] == ENGINE_MESSAGE && length > 1 && text[1] == SOCKET_EVENT)
    take_event (connection, text, length, sink);
  else if (text[0] == ENGINE_MESSAGE && length > 2 && text[1] == SOCKET_ACK)
    take_ack (connection, text, length, sink);
  else if (text[0] == ENGINE_MESSAGE && length > 1 && text[1] == SOCKET_REFUSED)
    sink->refused (sink->data, connection, text, length);
}

const Dialect socketio_dialect = {
  .name = "socket.io",
  .path = "/socket.io/?EIO=4&transport=websocket",
  .greet = socketio_greet,
  .start = socketio_start,
  .send = socketio_send,
  .browse = socketio_browse,
  .receive = socketio_receive,
};

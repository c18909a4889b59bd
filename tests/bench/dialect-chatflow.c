/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialect.h"

#include <string.h>

/* Ids of the calls that carry no stamp. */
#define ID_OPEN 1
#define ID_CHANGES 2
#define ID_WATCH 3

/* The head of an answer is no longer than this; what follows are records. */
#define HEAD_BYTES 512

static void
chatflow_greet (const Connection *connection, const char *site, GString *out)
{
  if (connection->is_agent)
    g_string_append_printf (out,
                            "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"session.open\",\"params\":{\"token\":\"%s\",\"since\":%" G_GUINT64_FORMAT
                            ",\"client\":\"bench\"}}",
                            ID_OPEN, connection->token, connection->since);
  else
    g_string_append_printf (out,
                            "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"session.open\",\"params\":{\"site\":\"%s\",\"token\":\"%s.%s\",\"since\":%"
                            G_GUINT64_FORMAT ",\"client\":\"bench\"}}",
                            ID_OPEN, site, connection->id, connection->secret, connection->since);
}

static void
chatflow_start (Connection *connection, guint64 stamp, const char *text, GString *out)
{
  char message[CONNECTION_ID_LENGTH + 1];

  connection_new_id (connection->conversation);
  connection_new_id (message);
  g_string_append_printf (out,
                          "{\"jsonrpc\":\"2.0\",\"id\":%" G_GUINT64_FORMAT ",\"method\":\"conversation.start\",\"params\":{\"id\":\"%s\""
                          ",\"message_id\":\"%s\",\"text\":\"%s\"}}",
                          stamp, connection->conversation, message, text);
}

static void
chatflow_send (const Connection *connection, guint64 stamp, const char *text, GString *out)
{
  char message[CONNECTION_ID_LENGTH + 1];

  connection_new_id (message);
  g_string_append_printf (out,
                          "{\"jsonrpc\":\"2.0\",\"id\":%" G_GUINT64_FORMAT ",\"method\":\"message.send\",\"params\":{\"id\":\"%s\""
                          ",\"conversation_id\":\"%s\",\"text\":\"%s\"}}",
                          stamp, message, connection->conversation, text);
}

/* The first page of a visit says what the browser is like, as the widget does. */
static void
chatflow_browse (Connection *connection, guint64 stamp, GString *out)
{
  gboolean first = connection->visit[0] == '\0';
  char look[CONNECTION_ID_LENGTH + 1];

  if (first)
    connection_new_id (connection->visit);
  connection_new_id (look);
  g_string_append_printf (out,
                          "{\"jsonrpc\":\"2.0\",\"id\":%" G_GUINT64_FORMAT ",\"method\":\"visit.page\",\"params\":{\"visit_id\":\"%s\",\"id\":\"%s\""
                          ",\"url\":\"https://shop.example/tea/%s\",\"title\":\"Tea and leaf\"%s}}",
                          stamp, connection->visit, look, look + 30,
                          first ? ",\"landing\":\"https://shop.example/\",\"referrer\":\"https://www.google.com/\",\"screen\":\"1920x1080\",\"languages\":\"en-GB\""
                                  ",\"time_zone\":\"+01:00\",\"agent\":\"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\""
                                : "");
}

static void
chatflow_watch (const Connection *connection, GString *out)
{
  g_string_append_printf (out, "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"monitor.watch\",\"params\":{\"scope\":\"visitors\"}}", ID_WATCH);
}

static const char *
find (const char *text, const char *end, const char *what)
{
  const char *found = memmem (text, end - text, what, strlen (what));

  return found != NULL ? found + strlen (what) : NULL;
}

/* The answers to session.open and sync.changes: while there is more, asks for it. */
static void
take_page (Connection *connection, const char *text, gsize length, const DialectSink *sink)
{
  const char *end = text + MIN (length, HEAD_BYTES), *records = find (text, end, "\"records\":"), *rev;

  if (records != NULL)
    end = records;
  rev = find (text, end, "\"rev\":");
  if (rev == NULL)
    {
      sink->refused (sink->data, connection, text, length);
      return;
    }
  connection->rev = g_ascii_strtoull (rev, NULL, 10);
  if (find (text, end, "\"more\":true") != NULL)
    {
      g_autofree char *next = g_strdup_printf ("{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"sync.changes\",\"params\":{\"since\":%" G_GUINT64_FORMAT
                                               "%s}}",
                                               ID_CHANGES, connection->rev, connection->since == 0 ? ",\"first\":true" : "");

      sink->reply (sink->data, connection, next, strlen (next));
    }
  else if (connection->state != CONNECTION_READY)
    sink->opened (sink->data, connection);
}

/* An answer, if it has an id, which then stands before everything else. */
static void
chatflow_receive (Connection *connection, const char *text, gsize length, const DialectSink *sink)
{
  static const char head[] = "{\"jsonrpc\":\"2.0\",\"id\":";
  const char *end = text + length;
  guint64 id, stamp;

  if (length > sizeof head && memcmp (text, head, sizeof head - 1) == 0)
    {
      const char *at = text + sizeof head - 1;

      id = g_ascii_strtoull (at, NULL, 10);
      if (find (at, MIN (end, at + 64), "\"error\":") != NULL)
        sink->refused (sink->data, connection, text, length);
      else if (id == ID_OPEN || id == ID_CHANGES)
        take_page (connection, text, length, sink);
      else if (id != ID_WATCH)
        sink->acked (sink->data, connection, id);
    }
  else if (connection->is_agent && find (text, MIN (end, text + 64), "\"method\":\"changes\"") != NULL)
    while (dialect_find_stamp (&text, end, &stamp))
      sink->delivered (sink->data, connection, stamp);
}

const Dialect chatflow_dialect = {
  .name = "chatflow",
  .path = "/api/v1/socket",
  .greet = chatflow_greet,
  .start = chatflow_start,
  .send = chatflow_send,
  .browse = chatflow_browse,
  .watch = chatflow_watch,
  .receive = chatflow_receive,
};

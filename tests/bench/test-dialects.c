/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialect.h"

#include <string.h>

/* What the dialect has made of what it was told, one word after the other. */
static void
heard_reply (gpointer heard, Connection *connection, const char *text, gsize length)
{
  g_string_append_printf (heard, "reply %.*s;", (int) length, text);
}

static void
heard_opened (gpointer heard, Connection *connection)
{
  connection->state = CONNECTION_READY;
  g_string_append (heard, "opened;");
}

static void
heard_acked (gpointer heard, Connection *connection, guint64 stamp)
{
  g_string_append_printf (heard, "acked %" G_GUINT64_FORMAT ";", stamp);
}

static void
heard_delivered (gpointer heard, Connection *connection, guint64 stamp)
{
  g_string_append_printf (heard, "delivered %" G_GUINT64_FORMAT ";", stamp);
}

static void
heard_refused (gpointer heard, Connection *connection, const char *text, gsize length)
{
  g_string_append (heard, "refused;");
}

static void
assert_heard (const Dialect *dialect, Connection *connection, const char *text, const char *expected)
{
  g_autoptr (GString) heard = g_string_new (NULL);
  const DialectSink sink = { heard_reply, heard_opened, heard_acked, heard_delivered, heard_refused, heard };

  dialect->receive (connection, text, strlen (text), &sink);
  g_assert_cmpstr (heard->str, ==, expected);
}

static void
test_stamp (void)
{
  g_autoptr (GString) text = g_string_new ("{\"preview\":\"@0000000000000001 no\",\"text\":\"");
  const char *at, *end;
  guint64 stamp;

  dialect_write_text (text, 123456789, 200);
  g_string_append (text, "\"},{\"text\":\"@");
  at = text->str;
  end = text->str + text->len;
  g_assert_true (dialect_find_stamp (&at, end, &stamp));
  g_assert_cmpuint (stamp, ==, 123456789);
  g_assert_false (dialect_find_stamp (&at, end, &stamp));
}

static void
test_text_length (void)
{
  for (gsize length = 17; length < 400; length += 13)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      dialect_write_text (text, 1, length);
      g_assert_cmpuint (text->len, ==, length);
      g_assert_true (g_utf8_validate (text->str, text->len, NULL));
    }
}

static void
test_chatflow_opens (void)
{
  Connection *visitor = connection_new_visitor ();
  g_autoptr (GString) hello = g_string_new (NULL);

  chatflow_dialect.greet (visitor, "the-key", hello);
  g_assert_nonnull (strstr (hello->str, "\"method\":\"session.open\""));
  g_assert_nonnull (strstr (hello->str, "\"site\":\"the-key\""));
  g_assert_nonnull (strstr (hello->str, visitor->secret));
  visitor->state = CONNECTION_OPENING;
  assert_heard (&chatflow_dialect, visitor, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"role\":\"visitor\",\"rev\":812,\"more\":true,\"records\":[]}}",
                "reply {\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"sync.changes\",\"params\":{\"since\":812,\"first\":true}};");
  assert_heard (&chatflow_dialect, visitor, "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"rev\":900,\"records\":[{\"rev\":1,\"more\":true}]}}", "opened;");
  g_assert_cmpuint (visitor->rev, ==, 900);
  assert_heard (&chatflow_dialect, visitor, "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-1}}", "refused;");
  connection_free (visitor);
}

static void
test_chatflow_messages (void)
{
  Connection *agent = connection_new_agent ("token"), *visitor = connection_new_visitor ();
  static const char changes[] = "{\"jsonrpc\":\"2.0\",\"method\":\"changes\",\"params\":{\"prev\":1,\"rev\":2,\"records\":["
                                "{\"type\":\"conversation\",\"preview\":\"@00000000000003e9 hi\"},{\"type\":\"message\",\"text\":\"@00000000000003e9 hi\"},"
                                "{\"type\":\"message\",\"text\":\"@00000000000003ea hi\"}]}}";
  g_autoptr (GString) out = g_string_new (NULL);

  agent->state = visitor->state = CONNECTION_READY;
  chatflow_dialect.start (visitor, 1001, "hi", out);
  g_assert_cmpuint (strlen (visitor->conversation), ==, CONNECTION_ID_LENGTH);
  g_assert_true (g_str_has_prefix (out->str, "{\"jsonrpc\":\"2.0\",\"id\":1001,\"method\":\"conversation.start\""));
  g_string_truncate (out, 0);
  chatflow_dialect.send (visitor, 1002, "hi", out);
  g_assert_nonnull (strstr (out->str, visitor->conversation));
  assert_heard (&chatflow_dialect, visitor, "{\"jsonrpc\":\"2.0\",\"id\":1001,\"result\":{\"rev\":2,\"records\":[]}}", "acked 1001;");
  assert_heard (&chatflow_dialect, visitor, "{\"jsonrpc\":\"2.0\",\"id\":1002,\"error\":{\"code\":-31006}}", "refused;");
  assert_heard (&chatflow_dialect, agent, changes, "delivered 1001;delivered 1002;");
  assert_heard (&chatflow_dialect, visitor, changes, "");
  assert_heard (&chatflow_dialect, agent, "{\"jsonrpc\":\"2.0\",\"method\":\"signal\",\"params\":{\"text\":\"@00000000000003e9\"}}", "");
  connection_free (agent);
  connection_free (visitor);
}

static void
test_socketio_opens (void)
{
  Connection *agent = connection_new_agent ("secret"), *visitor = connection_new_visitor ();
  g_autofree char *expected = g_strdup_printf ("reply 40{\"token\":\"%s.%s\"};", visitor->id, visitor->secret);
  g_autoptr (GString) hello = g_string_new (NULL);

  socketio_dialect.greet (agent, NULL, hello);
  g_assert_cmpstr (hello->str, ==, "");
  assert_heard (&socketio_dialect, agent, "0{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":25000}", "reply 40{\"token\":\"secret\"};");
  assert_heard (&socketio_dialect, visitor, "0{\"sid\":\"b\"}", expected);
  assert_heard (&socketio_dialect, agent, "40{\"sid\":\"c\"}", "");
  assert_heard (&socketio_dialect, agent, "42[\"opened\",{\"messages\":[{\"text\":\"@00000000000003e9 old\"}]}]", "opened;");
  assert_heard (&socketio_dialect, visitor, "44{\"message\":\"unauthenticated\"}", "refused;");
  assert_heard (&socketio_dialect, visitor, "2", "reply 3;");
  assert_heard (&socketio_dialect, visitor, "", "");
  connection_free (agent);
  connection_free (visitor);
}

static void
test_socketio_messages (void)
{
  Connection *agent = connection_new_agent ("secret"), *visitor = connection_new_visitor ();
  g_autoptr (GString) out = g_string_new (NULL);

  socketio_dialect.start (visitor, 1001, "hi", out);
  g_assert_true (g_str_has_prefix (out->str, "421001[\"conversation.start\",{\"id\":\""));
  g_assert_true (g_str_has_suffix (out->str, "\"text\":\"hi\"}]"));
  g_string_truncate (out, 0);
  socketio_dialect.send (visitor, 1002, "hi", out);
  g_assert_true (g_str_has_prefix (out->str, "421002[\"message.send\",{\"id\":\""));
  g_assert_nonnull (strstr (out->str, visitor->conversation));
  assert_heard (&socketio_dialect, visitor, "431002[{\"id\":\"x\",\"position\":7}]", "acked 1002;");
  assert_heard (&socketio_dialect, visitor, "431003[{\"error\":\"not_found\"}]", "refused;");
  assert_heard (&socketio_dialect, agent, "42[\"changes\",{\"message\":{\"text\":\"@00000000000003ea hi\"}}]", "delivered 1002;");
  connection_free (agent);
  connection_free (visitor);
}

static void
test_pages (void)
{
  const Dialect *dialects[] = { &chatflow_dialect, &socketio_dialect };

  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    {
      Connection *visitor = connection_new_visitor ();
      g_autoptr (GString) first = g_string_new (NULL), second = g_string_new (NULL);

      dialects[i]->browse (visitor, 1001, first);
      g_assert_nonnull (strstr (first->str, "1001"));
      g_assert_nonnull (strstr (first->str, visitor->visit));
      dialects[i]->browse (visitor, 1002, second);
      g_assert_nonnull (strstr (second->str, visitor->visit)); /* the same visit, another look */
      g_assert_cmpstr (strstr (first->str, "\"id\":\""), !=, strstr (second->str, "\"id\":\""));
      connection_free (visitor);
    }
  assert_heard (&chatflow_dialect, NULL, "{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{}}", "");
}

static void
test_unknown (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dialect_find ("socket.io", &error) == &socketio_dialect);
  g_assert_true (dialect_find ("chatflow", &error) == &chatflow_dialect);
  g_assert_no_error (error);
  g_assert_null (dialect_find ("telnet", &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bench/dialects/stamp", test_stamp);
  g_test_add_func ("/bench/dialects/text-length", test_text_length);
  g_test_add_func ("/bench/dialects/chatflow-opens", test_chatflow_opens);
  g_test_add_func ("/bench/dialects/chatflow-messages", test_chatflow_messages);
  g_test_add_func ("/bench/dialects/socketio-opens", test_socketio_opens);
  g_test_add_func ("/bench/dialects/socketio-messages", test_socketio_messages);
  g_test_add_func ("/bench/dialects/pages", test_pages);
  g_test_add_func ("/bench/dialects/unknown", test_unknown);
  return g_test_run ();
}

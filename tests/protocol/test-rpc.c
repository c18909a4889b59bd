/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/error.h"
#include "protocol/methods/results.h"
#include "protocol/rpc.h"

#include <string.h>

typedef struct
{
  const char *text, *id, *error;
} RefusedCase;

static void
test_refused (void)
{
  static const RefusedCase cases[] = {
    { "[]", NULL, "expected one JSON-RPC object (batches are not supported)" },
    { "{\"id\":1,\"method\":\"a\"}", "1", "jsonrpc: expected \"2.0\"" },
    { "{\"jsonrpc\":2.0,\"id\":1,\"method\":\"a\"}", "1", "jsonrpc: expected \"2.0\"" },
    { "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"a\"}", NULL, "id: expected a whole number or a string of at most 64 bytes" },
    { "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"a\",\"error\":{}}", NULL, "id: expected a whole number or a string of at most 64 bytes" },
    { "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"a\"}", NULL, "id: expected a whole number or a string of at most 64 bytes" },
    { "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}", "1", "method: expected a name of at most 64 ASCII characters" },
    { "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"é\"}", "1", "method: expected a name of at most 64 ASCII characters" },
    { "{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"a\",\"params\":[]}", "\"q\"", "params: expected an object" },
    { "{\"jsonrpc\":\"2.0\",\"id\":\"q\"}", "\"q\"", "expected a member \"method\", \"result\" or \"error\"" },
    { "{\"jsonrpc\":\"2.0\",\"result\":{}}", NULL, "expected a member \"method\", \"result\" or \"error\"" },
    { "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"a\"}", NULL, "got a field twice in one object, expected it once" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *id = NULL;
      g_autoptr (CfRpcMessage) message = cf_rpc_parse (cases[i].text, strlen (cases[i].text), &id, &error);

      g_assert_null (message);
      g_assert_error (error, CF_ERROR, CF_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, cases[i].error);
      g_assert_cmpstr (id, ==, cases[i].id);
    }
}

static CfRpcMessage *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  CfRpcMessage *message = cf_rpc_parse (text, strlen (text), NULL, &error);

  g_assert_no_error (error);
  return message;
}

static void
test_ids (void)
{
  static const char *const ids[] = { "7", "-3", "999999999999999999", "\"a\"", "\"\\\"é\\u003c\"" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"a\"}", ids[i]);
      g_autoptr (CfRpcMessage) message = parse (text), answer = NULL;
      g_autoptr (GString) out = g_string_new (NULL);

      g_assert_cmpint (message->kind, ==, CF_RPC_REQUEST);
      g_assert_cmpstr (message->id, ==, ids[i]);
      cf_rpc_write_result (out, message->id, NULL, CF_AUDIENCE_STAFF);
      answer = parse (out->str);
      g_assert_cmpint (answer->kind, ==, CF_RPC_RESULT);
      g_assert_cmpstr (answer->id, ==, ids[i]);
    }
}

static void
test_errors (void)
{
  for (CfError code = CF_ERROR_INTERNAL; code < CF_N_ERRORS; code++)
    {
      g_autoptr (GError) error = g_error_new (CF_ERROR, code, "got \"%d\"", code);
      g_autoptr (GString) out = g_string_new (NULL);
      g_autoptr (CfRpcMessage) message = NULL;

      cf_rpc_write_error (out, "1", error, code * 100);
      message = parse (out->str);
      g_assert_cmpint (message->kind, ==, CF_RPC_ERROR);
      g_assert_error (message->error, CF_ERROR, (int) code);
      g_assert_cmpstr (message->error->message, ==, error->message);
      g_assert_cmpint (message->retry_after_ms, ==, code * 100);
    }
}

static void
test_foreign_errors_keep_their_text (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_NOSPC, "/var/lib/secret: disk full");
  g_autoptr (GString) out = g_string_new (NULL);

  cf_rpc_write_error (out, NULL, error, 0);
  g_assert_cmpstr (out->str, ==,
                   "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32603,\"message\":\"internal error\","
                   "\"data\":{\"reason\":\"internal\"}}}");
}

static void
test_odd_errors (void)
{
  static const char *const bodies[] = { "5", "{}", "{\"data\":[]}", "{\"message\":3,\"data\":{\"reason\":{},\"retry_after_ms\":\"x\"}}",
                                        "{\"data\":{\"reason\":\"new\",\"retry_after_ms\":-4}}", "{\"data\":{\"retry_after_ms\":{}}}" };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":%s}", bodies[i]);
      g_autoptr (CfRpcMessage) message = parse (text);

      g_assert_error (message->error, CF_ERROR, CF_ERROR_INTERNAL);
      g_assert_cmpstr (message->error->message, ==, "the server gave no reason");
      g_assert_cmpint (message->retry_after_ms, ==, 0);
    }
}

/* A message that must wait outlives the bytes that it came in. */
static void
test_kept (void)
{
  static const char *const bodies[] = { "{\"id\":\"a\"}", "{}", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *text = bodies[i] == NULL ? g_strdup ("{\"jsonrpc\":\"2.0\",\"method\":\"a\"}")
                                                : g_strdup_printf ("{\"params\": %s ,\"jsonrpc\":\"2.0\",\"method\":\"a\"}", bodies[i]);
      g_autoptr (CfRpcMessage) message = parse (text);

      if (bodies[i] != NULL)
        g_assert_true (message->body.text > text && message->body.text < text + strlen (text));
      cf_rpc_message_keep (message);
      cf_rpc_message_keep (message);
      memset (text, 'x', strlen (text));
      g_assert_cmpmem (message->body.text, message->body.length, bodies[i], bodies[i] != NULL ? strlen (bodies[i]) : 0);
    }
}

static void
test_odd_names (void)
{
  g_autoptr (CfRpcMessage) message = parse (" {\"\\u006aso\\u006erpc\":\"\\u0032.0\",\"id\":-0,\"new\":[{\"id\":5}],\"m\\u0065thod\":\"\\u0061b\"} ");

  g_assert_cmpint (message->kind, ==, CF_RPC_REQUEST);
  g_assert_cmpstr (message->id, ==, "0");
  g_assert_cmpstr (message->method, ==, "ab");
  g_assert_null (message->body.text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/rpc/refused", test_refused);
  g_test_add_func ("/protocol/rpc/ids", test_ids);
  g_test_add_func ("/protocol/rpc/errors", test_errors);
  g_test_add_func ("/protocol/rpc/foreign-errors-keep-their-text", test_foreign_errors_keep_their_text);
  g_test_add_func ("/protocol/rpc/odd-errors", test_odd_errors);
  g_test_add_func ("/protocol/rpc/kept", test_kept);
  g_test_add_func ("/protocol/rpc/odd-names", test_odd_names);
  return g_test_run ();
}

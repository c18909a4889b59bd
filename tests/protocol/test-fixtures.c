/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include "protocol/error.h"
#include "protocol/record.h"
#include "protocol/rpc.h"

#include <string.h>

static gpointer
decode (const CfShape *shape, JsonNode *node, CfDecodeMode mode, GError **error)
{
  g_autofree char *text = json_to_string (node, FALSE);
  CfJson json;

  if (!cf_json_check (text, strlen (text), &json, error))
    return NULL;
  if (cf_record_shape (shape->name) == shape)
    return cf_json_decode_record (&json, mode, error);
  return cf_json_decode (shape, &json, mode, error);
}

static char *
encode (const CfShape *shape, gconstpointer value, CfAudience audience)
{
  GString *out = g_string_new (NULL);

  if (cf_record_shape (shape->name) == shape)
    cf_json_encode_record (out, value, audience);
  else
    cf_json_encode (out, value, audience);
  return g_string_free (out, FALSE);
}

static void
check_round_trip (const char *name, JsonObject *fixture)
{
  const CfShape *shape = fixture_shape (fixture);
  JsonNode *json = json_object_get_member (fixture, "json");

  for (CfDecodeMode mode = CF_DECODE_STRICT; mode <= CF_DECODE_LENIENT; mode++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CfStruct) value = decode (shape, json, mode, &error);
      g_autofree char *text = NULL;
      g_autoptr (JsonNode) again = NULL;

      g_assert_no_error (error);
      text = encode (shape, value, fixture_audience (fixture));
      again = json_from_string (text, &error);
      g_assert_no_error (error);
      if (!json_node_equal (json, again))
        g_error ("%s: came back as %s", name, text);
    }
}

static void
check_invalid (const char *name, JsonObject *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) value = decode (fixture_shape (fixture), json_object_get_member (fixture, "json"),
                                       CF_DECODE_STRICT, &error);

  g_assert_null (value);
  g_assert_cmpstr (error->message, ==, json_object_get_string_member (fixture, "error"));
  g_assert_cmpstr (cf_error_reason (cf_error_code (error)), ==, json_object_get_string_member (fixture, "reason"));
}

static void
check_not_json (const char *name, JsonObject *fixture)
{
  g_autoptr (GError) error = NULL;
  const char *text = json_object_get_string_member (fixture, "text");
  CfJson json;

  g_assert_false (cf_json_check (text, strlen (text), &json, &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, json_object_get_string_member (fixture, "error"));
}

/* A case with a "method" travels as one JSON-RPC message. */
static void
check_message (const char *name, JsonObject *fixture, gboolean request)
{
  const CfShape *shape = fixture_shape (fixture);
  const char *method = json_object_get_string_member (fixture, "method");
  g_autoptr (CfStruct) params = decode (shape, json_object_get_member (fixture, "json"), CF_DECODE_STRICT, NULL);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CfRpcMessage) message = NULL;
  g_autofree char *body = NULL;
  g_autoptr (JsonNode) again = NULL;

  if (request)
    cf_rpc_write_request (out, 7, method, params);
  else
    cf_rpc_write_notification (out, method, params, fixture_audience (fixture));
  message = cf_rpc_parse (out->str, out->len, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (message->kind, ==, request ? CF_RPC_REQUEST : CF_RPC_NOTIFICATION);
  g_assert_cmpstr (message->method, ==, method);
  body = g_strndup (message->body.text, message->body.length);
  again = json_from_string (body, &error);
  g_assert_no_error (error);
  g_assert_true (json_node_equal (again, json_object_get_member (fixture, "json")));
}

static void
check_call (const char *name, JsonObject *fixture)
{
  check_round_trip (name, fixture);
  check_message (name, fixture, TRUE);
}

static void
check_notification (const char *name, JsonObject *fixture)
{
  check_round_trip (name, fixture);
  check_message (name, fixture, FALSE);
}

static void
test_records (void)
{
  for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
    {
      g_autofree char *file = g_strconcat ((*shape)->name, ".json", NULL);

      g_strdelimit (file, "_", '-');
      fixture_foreach (file, check_round_trip);
    }
}

static void
test_calls (void)
{
  fixture_foreach ("calls.json", check_call);
}

static void
test_notifications (void)
{
  fixture_foreach ("notifications.json", check_notification);
}

static void
test_invalid (void)
{
  fixture_foreach ("invalid.json", check_invalid);
}

static void
test_not_json (void)
{
  fixture_foreach ("not-json.json", check_not_json);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/fixtures/records", test_records);
  g_test_add_func ("/protocol/fixtures/calls", test_calls);
  g_test_add_func ("/protocol/fixtures/notifications", test_notifications);
  g_test_add_func ("/protocol/fixtures/invalid", test_invalid);
  g_test_add_func ("/protocol/fixtures/not-json", test_not_json);
  return g_test_run ();
}

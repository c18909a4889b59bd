/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/error.h"
#include "protocol/json.h"
#include "protocol/methods/agent-params.h"
#include "protocol/methods/results.h"
#include "protocol/methods/session.h"
#include "protocol/records/message.h"

#include <string.h>

#define ID "0190a5c0-0006-7abc-8def-0123456789ab"

static char *
encode (gconstpointer value)
{
  GString *out = g_string_new (NULL);

  cf_json_encode (out, value, CF_AUDIENCE_STAFF);
  return g_string_free (out, FALSE);
}

/* The longest text of each width comes back whole, and fits into a frame. */
static void
test_longest_text (void)
{
  static const char *const characters[] = { "x", "<", "\n", "é", "字", "😀", "\u2028" };

  for (guint i = 0; i < G_N_ELEMENTS (characters); i++)
    {
      g_autoptr (CfMessage) message = cf_struct_new (&cf_message_shape), again = NULL;
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *json = NULL;
      g_autoptr (GError) error = NULL;

      for (guint n = 0; n < CF_MESSAGE_TEXT_MAX; n++)
        g_string_append (text, characters[i]);
      message->parent.id = g_strdup (ID);
      message->conversation_id = g_strdup (ID);
      message->text = g_strdup (text->str);
      json = encode (message);
      g_assert_cmpuint (strlen (json), <, 64 * 1024);
      again = cf_json_decode_text (&cf_message_shape, json, CF_DECODE_STRICT, &error);
      g_assert_no_error (error);
      g_assert_true (cf_struct_equal (message, again));
    }
}

static void
test_update_writes_what_was_given (void)
{
  g_autoptr (CfAgentUpdateParams) params = cf_struct_new (&cf_agent_update_params_shape);
  g_autofree char *first = NULL, *second = NULL;

  params->id = g_strdup (ID);
  cf_struct_give (params, "id");
  cf_struct_give (params, "disabled");
  first = encode (params);
  g_assert_cmpstr (first, ==, "{\"id\":\"" ID "\",\"disabled\":false}");
  cf_struct_give (params, "name");
  second = encode (params);
  g_assert_cmpstr (second, ==, "{\"id\":\"" ID "\",\"name\":null,\"disabled\":false}");
}

static void
test_lenient_skips_what_is_new (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfRecordsResult) result =
      cf_json_decode_text (&cf_records_result_shape,
                           "{\"rev\":4,\"mood\":[{}],\"records\":[{\"type\":\"ghost\",\"id\":1},"
                           "{\"type\":\"message\",\"id\":\"" ID "\",\"kind\":\"hologram\",\"visitor_id\":\"x\",\"text\":\"a\"}]}",
                           CF_DECODE_LENIENT, &error);
  CfMessage *message;

  g_assert_no_error (error);
  g_assert_cmpuint (result->records->len, ==, 1);
  message = result->records->pdata[0];
  g_assert_cmpint (message->kind, ==, CF_MESSAGE_TEXT);
  g_assert_cmpstr (message->text, ==, "a");
  g_assert_null (message->visitor_id); /* never on the wire: not even read */
}

static void
test_lenient_demands_ids (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfRecordsResult) result = cf_json_decode_text (
      &cf_records_result_shape, "{\"records\":[{\"type\":\"site\",\"rev\":1}]}", CF_DECODE_LENIENT, &error);

  g_assert_null (result);
  g_assert_cmpstr (error->message, ==, "records[0]: id: expected a UUID version 7 in lower case");
}

/* A text may be read often: reading it leaves it as it is. */
static void
test_decoding_twice (void)
{
  const char *text = "{\"type\":\"message\",\"id\":\"" ID "\",\"deleted\":true}";
  CfJson json;

  g_assert_true (cf_json_check (text, strlen (text), &json, NULL));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CfRecord) record = cf_json_decode_record (&json, CF_DECODE_STRICT, &error);

      g_assert_no_error (error);
      g_assert_true (record->deleted);
    }
}

static void
test_bytes (void)
{
  static const struct { const char *text; gsize length; const char *error; } cases[] = {
    { "\"\xff\"", 3, "got bytes that are not UTF-8, expected JSON" },
    { "\"\xed\xa0\x80\"", 5, "got bytes that are not UTF-8, expected JSON" },
    { "[]\0", 3, "got bytes that are not UTF-8, expected JSON" },
    { NULL, 0, "not JSON at byte 0: expected a value" },
    { "[1]", 2, "not JSON at byte 2: expected \",\" or \"]\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      CfJson json;

      g_assert_false (cf_json_check (cases[i].text, cases[i].length, &json, &error));
      g_assert_error (error, CF_ERROR, CF_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, cases[i].error);
    }
}

static void
test_string_escapes (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  cf_json_encode_string (out, "a\"\\</\n\t\r\x01\x7f\u2027\u2028\u2029\u202a😀");
  g_assert_cmpstr (out->str, ==, "\"a\\\"\\\\\\u003c/\\n\\t\\u000d\\u0001\\u007f\u2027\\u2028\\u2029\u202a😀\"");
}

/* The plain way, one character after the other. */
static char *
escape_plainly (const char *text)
{
  GString *out = g_string_new ("\"");

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (c == '"' || c == '\\')
        g_string_append_printf (out, "\\%c", c);
      else if (c == '\n' || c == '\t')
        g_string_append (out, c == '\n' ? "\\n" : "\\t");
      else if (c < 0x20 || c == '<' || c == 0x7f || c == 0x2028 || c == 0x2029)
        g_string_append_printf (out, "\\u%04x", c);
      else
        g_string_append_unichar (out, c);
    }
  g_string_append_c (out, '"');
  return g_string_free (out, FALSE);
}

/* Text is looked at in blocks: each thing at each place of one, of the next, and of what is left behind them. */
static void
test_escapes_anywhere (void)
{
  static const char *const things[] = { "\"", "\\", "<", "\n", "\x01", "\x1f", "\x7f", "\u2027", "\u2028", "\u2029", "\xc2\x80", "â", "€", "😀", "" };

  for (guint length = 0; length < 40; length++)
    for (guint at = 0; at <= length; at++)
      for (guint i = 0; i < G_N_ELEMENTS (things); i++)
        {
          g_autofree char *plain = g_strnfill (length, 'x');
          g_autofree char *text = g_strdup_printf ("%.*s%s%s%s", at, plain, things[i], plain + at, things[i]);
          g_autofree char *expected = escape_plainly (text);
          g_autoptr (GString) out = g_string_sized_new (0);

          cf_json_encode_string (out, text);
          g_assert_cmpstr (out->str, ==, expected);
          g_assert_cmpuint (out->len, ==, strlen (expected));
        }
}

static void
test_numbers (void)
{
  static const struct { const char *text; gint64 number; gboolean good; } cases[] = {
    { "9007199254740991", G_GINT64_CONSTANT (9007199254740991), TRUE }, { "9007199254740992", 0, FALSE },
    { "9007199254740991.0", G_GINT64_CONSTANT (9007199254740991), TRUE }, { "9007199254740992.0", 0, FALSE },
    { "999999999999999999", 0, FALSE }, { "9999999999999999999.0", 0, FALSE }, { "1e999", 0, FALSE }, { "1E2", 100, TRUE },
    { "-0", 0, TRUE }, { "-0.0", 0, TRUE }, { "0e9", 0, TRUE }, { "12000e-3", 12, TRUE }, { "12e-3", 0, FALSE }, { "7.50", 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"since\":%s}", cases[i].text);
      g_autoptr (CfSyncParams) params = cf_json_decode_text (&cf_sync_params_shape, text, CF_DECODE_STRICT, NULL);
      g_autoptr (CfSyncParams) kept = NULL;
      g_autofree char *written = NULL;

      g_assert_cmpint (params != NULL, ==, cases[i].good);
      if (params == NULL)
        continue;
      g_assert_cmpint (params->since, ==, cases[i].number);
      written = encode (params);
      kept = cf_json_decode_text (&cf_sync_params_shape, written, CF_DECODE_STRICT, NULL);
      g_assert_true (cf_struct_equal (params, kept));
    }
}

/* The digits of whatever 64 bits hold. */
static void
test_integers_written (void)
{
  static const gint64 numbers[] = { 0, 7, 10, -1, -10, G_MAXINT64, G_MININT64, G_GINT64_CONSTANT (1795000000000) };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (CfSyncParams) params = cf_struct_new (&cf_sync_params_shape);
      g_autofree char *written = NULL, *expected = g_strdup_printf ("{\"since\":%" G_GINT64_FORMAT ",\"limit\":0}", numbers[i]);

      params->since = numbers[i];
      written = encode (params);
      g_assert_cmpstr (written, ==, expected);
    }
}

/* Null is "given but empty" where something can be empty; the type of a record may come last. */
static void
test_nulls (void)
{
  static const struct { const char *text, *error; } cases[] = {
    { "{\"id\":\"" ID "\",\"type\":\"message\",\"deleted\":true,\"text\":null,\"created_at\":null,\"event\":null}", NULL },
    { "{\"deleted\":true,\"conversation_id\":null,\"id\":\"" ID "\",\"type\":\"message\"}", NULL },
    { "{\"deleted\":true,\"kind\":null,\"id\":\"" ID "\",\"type\":\"message\"}", "kind: got null, expected a string" },
    { "{\"deleted\":null,\"id\":\"" ID "\",\"type\":\"message\"}", "deleted: got null, expected true or false" },
    { "{\"deleted\":true,\"id\":null,\"type\":\"message\"}", "id: expected a UUID version 7 in lower case" },
    { "{\"deleted\":true,\"id\":\"" ID "\",\"type\":null}", "record: expected an object with a \"type\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CfRecord) record = NULL;
      CfJson json;

      g_assert_true (cf_json_check (cases[i].text, strlen (cases[i].text), &json, NULL));
      record = cf_json_decode_record (&json, CF_DECODE_STRICT, &error);
      g_assert_cmpstr (error != NULL ? error->message : NULL, ==, cases[i].error);
      g_assert_cmpint (record != NULL, ==, error == NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/json/longest-text", test_longest_text);
  g_test_add_func ("/protocol/json/update-writes-what-was-given", test_update_writes_what_was_given);
  g_test_add_func ("/protocol/json/lenient-skips-what-is-new", test_lenient_skips_what_is_new);
  g_test_add_func ("/protocol/json/lenient-demands-ids", test_lenient_demands_ids);
  g_test_add_func ("/protocol/json/decoding-twice", test_decoding_twice);
  g_test_add_func ("/protocol/json/bytes", test_bytes);
  g_test_add_func ("/protocol/json/string-escapes", test_string_escapes);
  g_test_add_func ("/protocol/json/escapes-anywhere", test_escapes_anywhere);
  g_test_add_func ("/protocol/json/numbers", test_numbers);
  g_test_add_func ("/protocol/json/integers-written", test_integers_written);
  g_test_add_func ("/protocol/json/nulls", test_nulls);
  return g_test_run ();
}

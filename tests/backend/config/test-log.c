/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/log.h"

#include <json-glib/json-glib.h>
#include <string.h>

static const GLogField fields[] = {
  { "GLIB_DOMAIN", "rpc", -1 },
  { "MESSAGE", "a call\nfailed", -1 },
  { "CODE_LINE", "12", -1 },
  { "CHATFLOW_method", "agent.list", -1 },
  { "CHATFLOW_error", "two words = \"x\"\n2nd line", -1 },
  { "CHATFLOW_token", "hunter2", -1 },
  { "CHATFLOW_password", "hunter2", -1 },
  { "CHATFLOW_raw", "\xff\xfe", -1 },
};

static void
test_text (void)
{
  g_autofree char *line = cfd_log_format (CFD_LOG_TEXT, G_LOG_LEVEL_WARNING, G_GINT64_CONSTANT (1795231439888123), fields, G_N_ELEMENTS (fields));

  g_assert_cmpstr (line, ==,
                   "2026-11-21T03:23:59.888Z warning rpc a call failed method=agent.list error=\"two words = \\\"x\\\"\\n2nd line\" "
                   "token=\"(not shown)\" password=\"(not shown)\" raw=\xef\xbf\xbd\xef\xbf\xbd\n");
}

static void
test_json (void)
{
  g_autofree char *line = cfd_log_format (CFD_LOG_JSON, G_LOG_LEVEL_CRITICAL, 0, fields, G_N_ELEMENTS (fields));
  g_autoptr (JsonNode) node = json_from_string (line, NULL);
  JsonObject *object;

  g_assert_nonnull (node);
  g_assert_null (strstr (line, "hunter2"));
  g_assert_true (strchr (line, '\n') == line + strlen (line) - 1);
  object = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (object, "time"), ==, "1970-01-01T00:00:00.000Z");
  g_assert_cmpstr (json_object_get_string_member (object, "level"), ==, "error");
  g_assert_cmpstr (json_object_get_string_member (object, "message"), ==, "a call\nfailed");
  g_assert_cmpstr (json_object_get_string_member (object, "method"), ==, "agent.list");
  g_assert_false (json_object_has_member (object, "CODE_LINE"));
}

static void
test_levels (void)
{
  if (g_test_subprocess ())
    {
      cfd_log_set_up ("warning", "text");
      cfd_log (G_LOG_LEVEL_INFO, "db", "too slight", NULL);
      cfd_log (G_LOG_LEVEL_WARNING, "db", "grave", "path", "/x", "absent", NULL, NULL);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*warning db grave path=/x\n*");
  g_test_trap_assert_stderr_unmatched ("*too slight*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log/text", test_text);
  g_test_add_func ("/log/json", test_json);
  g_test_add_func ("/log/levels", test_levels);
  return g_test_run ();
}

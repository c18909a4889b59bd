/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "log.h"

#include "protocol/json.h"

#include <stdio.h>
#include <string.h>

/* Our own keys travel through GLib's structured log with this prefix, so that library fields stay out of the lines. */
#define PREFIX "CHATFLOW_"
#define MAX_FIELDS 16

/* Whatever a caller passes under such a name is not written. */
static const char *const secrets[] = { "token", "password", "secret", "authorization", "text", "cookie", NULL };

static GLogLevelFlags threshold = G_LOG_LEVEL_INFO;
static CfdLogFormat line_format = CFD_LOG_TEXT;

static const char *
level_word (GLogLevelFlags level)
{
  if (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL))
    return "error";
  if (level & G_LOG_LEVEL_WARNING)
    return "warning";
  if (level & (G_LOG_LEVEL_MESSAGE | G_LOG_LEVEL_INFO))
    return "info";
  return "debug";
}

static GLogLevelFlags
word_level (const char *word)
{
  if (g_str_equal (word, "debug"))
    return G_LOG_LEVEL_DEBUG;
  if (g_str_equal (word, "warning"))
    return G_LOG_LEVEL_WARNING;
  if (g_str_equal (word, "error"))
    return G_LOG_LEVEL_CRITICAL;
  return G_LOG_LEVEL_INFO;
}

static char *
field_text (const GLogField *field)
{
  g_autofree char *raw = field->length < 0 ? g_strdup (field->value) : g_strndup (field->value, field->length);

  return g_utf8_make_valid (raw, -1);
}

static char *
find (const GLogField *fields, gsize n_fields, const char *key, const char *fallback)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, key))
      return field_text (&fields[i]);
  return g_strdup (fallback);
}

/* One line whatever the value holds: quoted as JSON when a bare word would be unclear. */
static void
append_value (GString *line, const char *value)
{
  gboolean plain = value[0] != '\0';

  for (const char *p = value; *p != '\0' && plain; p++)
    plain = (guchar) *p > ' ' && *p != '"' && *p != '=' && *p != '\\' && *p != 0x7f;
  if (plain)
    g_string_append (line, value);
  else
    cf_json_encode_string (line, value);
}

static void
append_message (GString *line, const char *message)
{
  for (const char *p = message; *p != '\0'; p++)
    g_string_append_c (line, (guchar) *p < ' ' || *p == 0x7f ? ' ' : *p);
}

static void
append_pair (GString *line, CfdLogFormat format, const char *key, const char *value)
{
  if (format == CFD_LOG_JSON)
    {
      g_string_append_printf (line, "%s\"%s\":", line->len > 1 ? "," : "", key);
      cf_json_encode_string (line, value);
      return;
    }
  g_string_append_printf (line, " %s=", key);
  append_value (line, value);
}

static GLogWriterOutput
write_line (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  g_autofree char *line = NULL;

  /* GLib orders levels from grave (low bits) to slight (high bits). */
  if ((level & G_LOG_LEVEL_MASK) > threshold)
    return G_LOG_WRITER_HANDLED;
  line = cfd_log_format (line_format, level, g_get_real_time (), fields, n_fields);
  fputs (line, stderr);
  fflush (stderr);
  return G_LOG_WRITER_HANDLED;
}

/**
 * cfd_log_set_up:
 * @level: "debug", "info", "warning" or "error": the slightest that is written
 * @format: "text" or "json"
 *
 * From now on the log goes to the standard error stream, one line each. The first call decides where; later ones change level and format.
 */
void
cfd_log_set_up (const char *level, const char *format)
{
  static gsize installed = 0;

  threshold = word_level (level);
  line_format = g_str_equal (format, "json") ? CFD_LOG_JSON : CFD_LOG_TEXT;
  if (g_once_init_enter (&installed))
    {
      g_log_set_writer_func (write_line, NULL, NULL);
      g_once_init_leave (&installed, 1);
    }
}

/**
 * cfd_log:
 * @room: the part of the server that speaks: "db", "transport", "rpc", …
 * @message: what happened, in plain words, without values
 * @...: pairs of key and value (both const char *; a NULL value leaves the pair out), then NULL
 *
 * Never pass tokens, passwords or what people write; as a last line of defence, values under such names are not written.
 */
void
cfd_log (GLogLevelFlags level, const char *room, const char *message, ...)
{
  GLogField fields[3 + MAX_FIELDS] = {
    { "GLIB_DOMAIN", room, -1 },
    { "MESSAGE", message, -1 },
  };
  char keys[MAX_FIELDS][48];
  gsize n = 2, n_keys = 0;
  const char *key;
  va_list list;

  va_start (list, message);
  while ((key = va_arg (list, const char *)) != NULL)
    {
      const char *value = va_arg (list, const char *);

      if (value == NULL || n_keys == MAX_FIELDS)
        continue;
      g_snprintf (keys[n_keys], sizeof keys[n_keys], PREFIX "%s", key);
      fields[n++] = (GLogField) { keys[n_keys++], value, -1 };
    }
  va_end (list);
  g_log_structured_array (level, fields, n);
}

/**
 * cfd_log_format:
 * @time_us: microseconds since 1970
 *
 * Returns: (transfer full): one line with its line break: `time level room message key=value…`, or one JSON object.
 */
char *
cfd_log_format (CfdLogFormat format, GLogLevelFlags level, gint64 time_us, const GLogField *fields, gsize n_fields)
{
  GString *line = g_string_new (NULL);
  g_autoptr (GDateTime) seconds = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  g_autofree char *stamp = g_date_time_format (seconds, "%Y-%m-%dT%H:%M:%S");
  g_autofree char *when = g_strdup_printf ("%s.%03dZ", stamp, (int) (time_us / 1000 % 1000));
  g_autofree char *room = find (fields, n_fields, "GLIB_DOMAIN", "chatflow");
  g_autofree char *message = find (fields, n_fields, "MESSAGE", "");

  if (format == CFD_LOG_JSON)
    {
      g_string_append_c (line, '{');
      append_pair (line, format, "time", when);
      append_pair (line, format, "level", level_word (level));
      append_pair (line, format, "room", room);
      append_pair (line, format, "message", message);
    }
  else
    {
      g_string_append_printf (line, "%s %s %s ", when, level_word (level), room);
      append_message (line, message);
    }
  for (gsize i = 0; i < n_fields; i++)
    {
      g_autofree char *value = NULL;
      const char *key = fields[i].key + strlen (PREFIX);

      if (!g_str_has_prefix (fields[i].key, PREFIX))
        continue;
      value = g_strv_contains (secrets, key) ? g_strdup ("(not shown)") : field_text (&fields[i]);
      append_pair (line, format, key, value);
    }
  g_string_append (line, format == CFD_LOG_JSON ? "}\n" : "\n");
  return g_string_free (line, FALSE);
}

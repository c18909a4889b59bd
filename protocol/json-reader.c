/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json-reader.h"

#include "json-grammar.h"

#include <math.h>

/* The largest integer that every JSON implementation carries exactly (RFC 8259 section 6). */
#define MAX_SAFE_INTEGER G_GINT64_CONSTANT (9007199254740991)

static guint
read_hex (const char *p)
{
  guint code = 0;

  for (int i = 0; i < 4; i++)
    code = code << 4 | g_ascii_xdigit_value (p[i]);
  return code;
}

/* One escape behind its backslash; returns what follows. */
static const char *
unescape_one (const char *p, GString *out)
{
  gunichar code;

  switch (*p++)
    {
    case 'b':
      g_string_append_c (out, '\b');
      return p;
    case 'f':
      g_string_append_c (out, '\f');
      return p;
    case 'n':
      g_string_append_c (out, '\n');
      return p;
    case 'r':
      g_string_append_c (out, '\r');
      return p;
    case 't':
      g_string_append_c (out, '\t');
      return p;
    case 'u':
      code = read_hex (p);
      p += 4;
      if (code >= 0xd800 && code <= 0xdbff) /* and a low surrogate follows */
        {
          code = 0x10000 + ((code - 0xd800) << 10) + (read_hex (p + 2) - 0xdc00);
          p += 6;
        }
      g_string_append_unichar (out, code);
      return p;
    default: /* a quote, backslash or slash stands for itself */
      g_string_append_c (out, p[-1]);
      return p;
    }
}

/**
 * cf_json_unescape:
 * @text: what stands between the quotes of a checked string
 *
 * Returns: (transfer full): what it means, never longer than @text
 */
char *
cf_json_unescape (const char *text, gsize length)
{
  GString *out = g_string_sized_new (length);
  const char *end = text + length;

  while (text < end)
    {
      const char *escape = memchr (text, '\\', end - text);

      g_string_append_len (out, text, (escape != NULL ? escape : end) - text);
      text = escape != NULL ? unescape_one (escape + 1, out) : end;
    }
  return g_string_free (out, FALSE);
}

CfJsonType
cf_json_reader_peek (const CfJsonReader *self)
{
  switch (*self->p)
    {
    case '{':
      return CF_JSON_OBJECT;
    case '[':
      return CF_JSON_ARRAY;
    case '"':
      return CF_JSON_STRING;
    case 't':
    case 'f':
      return CF_JSON_BOOLEAN;
    case 'n':
      return CF_JSON_NULL;
    default:
      return CF_JSON_NUMBER;
    }
}

/* From behind the opening quote to the closing one. */
static const char *
find_quote (const char *p, const char *end, gboolean *escaped)
{
  for (p = cf_json_skip_plain (p, end); *p != '"'; p = cf_json_skip_plain (p + 2, end))
    *escaped = TRUE;
  return p;
}

static const char *
skip_scalar (const char *p, const char *end)
{
  while (p < end && *p != ',' && *p != ']' && *p != '}' && *p != ' ' && *p != '\n' && *p != '\r' && *p != '\t')
    p++;
  return p;
}

static const char *
skip_nested (const char *p, const char *end)
{
  gboolean escaped = FALSE;
  guint depth = 0;

  do
    {
      if (*p == '"')
        p = find_quote (p + 1, end, &escaped);
      else if (*p == '{' || *p == '[')
        depth++;
      else if (*p == '}' || *p == ']')
        depth--;
      p++;
    }
  while (depth > 0);
  return p;
}

/**
 * cf_json_reader_skip:
 * @value: (out) (optional): the value that was passed over
 */
void
cf_json_reader_skip (CfJsonReader *self, CfJson *value)
{
  const char *from = self->p;
  gboolean escaped = FALSE;

  if (*from == '"')
    self->p = find_quote (from + 1, self->end, &escaped) + 1;
  else if (*from == '{' || *from == '[')
    self->p = skip_nested (from, self->end);
  else
    self->p = skip_scalar (from, self->end);
  if (value != NULL)
    *value = (CfJson) { from, self->p - from };
}

/**
 * cf_json_reader_string:
 * @string: (out): what it means; its `owned` is the caller's to free
 */
void
cf_json_reader_string (CfJsonReader *self, CfJsonName *string)
{
  const char *from = self->p + 1;
  gboolean escaped = FALSE;
  const char *quote = find_quote (from, self->end, &escaped);

  *string = (CfJsonName) { from, quote - from, NULL };
  self->p = quote + 1;
  if (!escaped)
    return;
  string->text = string->owned = cf_json_unescape (from, quote - from);
  string->length = strlen (string->owned);
}

gboolean
cf_json_reader_boolean (CfJsonReader *self)
{
  gboolean value = *self->p == 't';

  self->p += value ? strlen ("true") : strlen ("false");
  return value;
}

/* With fraction or exponent: still whole if its value is. */
static gboolean
read_fraction (const char *from, const char *end, gint64 *number)
{
  g_autofree char *text = g_strndup (from, end - from);
  double value = g_ascii_strtod (text, NULL);

  if (!isfinite (value) || value != floor (value) || fabs (value) > (double) MAX_SAFE_INTEGER)
    return FALSE;
  *number = (gint64) value;
  return TRUE;
}

/**
 * cf_json_reader_integer:
 * @number: (out): set on success
 *
 * Returns: FALSE when the number is not whole or beyond 2^53; the reader is behind it anyway
 */
gboolean
cf_json_reader_integer (CfJsonReader *self, gint64 *number)
{
  const char *from = self->p, *digits = from + (*from == '-' ? 1 : 0), *p = digits;
  gint64 value = 0;

  for (; p < self->end && *p >= '0' && *p <= '9' && p - digits < CF_JSON_MAX_DIGITS; p++)
    value = value * 10 + (*p - '0');
  /* only what has a fraction or an exponent may have more digits */
  if (p < self->end && (*p == '.' || *p == 'e' || *p == 'E' || g_ascii_isdigit (*p)))
    {
      self->p = skip_scalar (p, self->end);
      return read_fraction (from, self->p, number);
    }
  self->p = p;
  if (value > MAX_SAFE_INTEGER)
    return FALSE;
  *number = *from == '-' ? -value : value;
  return TRUE;
}

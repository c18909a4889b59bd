/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json-grammar.h"

#include "error.h"
#include "json-names.h"
#include "json-scan.h"

#include <string.h>

typedef struct
{
  const char *start, *p, *end;
  char closers[CF_JSON_MAX_DEPTH]; /* what ends each open object or array, outermost first */
  guint depth;
  CfJsonNames names;
} Scanner;

static gboolean
fail (const Scanner *self, const char *expected, GError **error)
{
  g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "not JSON at byte %" G_GSIZE_FORMAT ": expected %s",
               (gsize) (self->p - self->start), expected);
  return FALSE;
}

/* The next byte, or U+0000 at the end: it cannot be part of the text, which is valid UTF-8 without it. */
static char
peek (const Scanner *self)
{
  return self->p < self->end ? *self->p : '\0';
}

static gboolean
is_digit (char c)
{
  return c >= '0' && c <= '9';
}

static void
skip_space (Scanner *self)
{
  self->p = cf_json_skip_space (self->p, self->end);
}

/* Four hexadecimal digits, or -1. */
static int
scan_hex (Scanner *self)
{
  int code = 0;

  if (self->end - self->p < 4)
    return -1;
  for (int i = 0; i < 4; i++, self->p++)
    {
      if (!g_ascii_isxdigit (*self->p))
        return -1;
      code = code << 4 | g_ascii_xdigit_value (*self->p);
    }
  return code;
}

/* After a backslash. */
static gboolean
scan_escape (Scanner *self, GError **error)
{
  int code;

  if (peek (self) == '\0' || strchr ("\"\\/bfnrtu", *self->p) == NULL)
    return fail (self, "an escape of JSON", error);
  if (*self->p++ != 'u')
    return TRUE;
  code = scan_hex (self);
  if (code < 0)
    return fail (self, "four hexadecimal digits", error);
  if (code == 0)
    return fail (self, "text without U+0000", error);
  if (code >= 0xdc00 && code <= 0xdfff)
    return fail (self, "a high surrogate before a low one", error);
  if (code < 0xd800 || code > 0xdbff)
    return TRUE;
  if (self->end - self->p < 2 || self->p[0] != '\\' || self->p[1] != 'u')
    return fail (self, "a low surrogate after a high one", error);
  self->p += 2;
  code = scan_hex (self);
  if (code < 0xdc00 || code > 0xdfff)
    return fail (self, "a low surrogate after a high one", error);
  return TRUE;
}

static gboolean
scan_string (Scanner *self, gboolean *escaped, GError **error)
{
  *escaped = FALSE;
  if (peek (self) != '"')
    return fail (self, "a string", error);
  for (self->p++; (self->p = cf_json_skip_plain (self->p, self->end)) < self->end && *self->p != '"';)
    {
      if (*self->p != '\\')
        return fail (self, "control characters to be escaped", error);
      *escaped = TRUE;
      self->p++;
      if (!scan_escape (self, error))
        return FALSE;
    }
  if (self->p == self->end)
    return fail (self, "the end of a string", error);
  self->p++;
  return TRUE;
}

/* At least one digit; returns how many. */
static guint
scan_digits (Scanner *self)
{
  const char *from = self->p;

  while (is_digit (peek (self)))
    self->p++;
  return self->p - from;
}

static gboolean
scan_number (Scanner *self, GError **error)
{
  gboolean whole = TRUE;
  guint digits;

  if (peek (self) == '-')
    self->p++;
  if (peek (self) == '0')
    {
      self->p++;
      digits = 1;
    }
  else if ((digits = scan_digits (self)) == 0)
    return fail (self, "a digit", error);
  if (peek (self) == '.')
    {
      self->p++;
      whole = FALSE;
      if (scan_digits (self) == 0)
        return fail (self, "a digit", error);
    }
  if (peek (self) == 'e' || peek (self) == 'E')
    {
      self->p++;
      whole = FALSE;
      if (peek (self) == '+' || peek (self) == '-')
        self->p++;
      if (scan_digits (self) == 0)
        return fail (self, "a digit", error);
    }
  return !whole || digits <= CF_JSON_MAX_DIGITS || fail (self, "a whole number of at most 18 digits", error);
}

static gboolean
scan_literal (Scanner *self, const char *literal, GError **error)
{
  gsize length = strlen (literal);

  if ((gsize) (self->end - self->p) < length || memcmp (self->p, literal, length) != 0)
    return fail (self, "a value", error);
  self->p += length;
  return TRUE;
}

static gboolean
scan_scalar (Scanner *self, GError **error)
{
  gboolean escaped;

  switch (peek (self))
    {
    case '"':
      return scan_string (self, &escaped, error);
    case 't':
      return scan_literal (self, "true", error);
    case 'f':
      return scan_literal (self, "false", error);
    case 'n':
      return scan_literal (self, "null", error);
    default:
      return peek (self) == '-' || is_digit (peek (self)) ? scan_number (self, error) : fail (self, "a value", error);
    }
}

/* The name and colon before a value, when the innermost thing open is an object. */
static gboolean
scan_name (Scanner *self, GError **error)
{
  const char *from;
  gboolean escaped;

  if (self->depth == 0 || self->closers[self->depth - 1] != '}')
    return TRUE;
  skip_space (self);
  from = self->p + 1;
  if (!scan_string (self, &escaped, error))
    return FALSE;
  cf_json_names_add (&self->names, from, self->p - 1 - from, escaped);
  skip_space (self);
  if (peek (self) != ':')
    return fail (self, "\":\"", error);
  self->p++;
  return TRUE;
}

/* A value up to the point where it is complete or the first value inside it must follow (@opened). */
static gboolean
scan_value (Scanner *self, gboolean *opened, GError **error)
{
  char c;

  *opened = FALSE;
  skip_space (self);
  c = peek (self);
  if (c != '{' && c != '[')
    return scan_scalar (self, error);
  if (self->depth == CF_JSON_MAX_DEPTH)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "JSON nests deeper than the expected %d levels", CF_JSON_MAX_DEPTH);
      return FALSE;
    }
  if (c == '{')
    cf_json_names_open (&self->names);
  self->closers[self->depth++] = c == '{' ? '}' : ']';
  self->p++;
  skip_space (self);
  *opened = peek (self) != self->closers[self->depth - 1];
  return TRUE;
}

/* What may follow a value: closers, then a comma (@more) or the end of the text. */
static gboolean
scan_after (Scanner *self, gboolean *more, GError **error)
{
  *more = FALSE;
  skip_space (self);
  while (self->depth > 0 && peek (self) == self->closers[self->depth - 1])
    {
      if (self->closers[--self->depth] == '}')
        cf_json_names_close (&self->names);
      self->p++;
      skip_space (self);
    }
  if (self->depth == 0)
    return self->p == self->end || fail (self, "the end", error);
  if (peek (self) != ',')
    return fail (self, self->closers[self->depth - 1] == '}' ? "\",\" or \"}\"" : "\",\" or \"]\"", error);
  self->p++;
  *more = TRUE;
  return TRUE;
}

static gboolean
scan_text (Scanner *self, GError **error)
{
  gboolean more = TRUE;

  while (more)
    {
      if (!scan_name (self, error) || !scan_value (self, &more, error))
        return FALSE;
      if (!more && !scan_after (self, &more, error))
        return FALSE;
    }
  if (self->names.twice)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "got a field twice in one object, expected it once");
  return !self->names.twice;
}

/**
 * cf_json_check_grammar:
 * @text: valid UTF-8 without U+0000, need not be terminated
 *
 * Whether @text is JSON by the letter of RFC 8259, not deeper than CF_JSON_MAX_DEPTH, with paired
 * surrogates, without U+0000, with whole numbers that fit into 64 bits, and with no name twice in one
 * object: where readers differ, they would see something else in the same bytes. Does not recurse, and
 * takes no more than n log n steps whatever the text is.
 */
gboolean
cf_json_check_grammar (const char *text, gsize length, GError **error)
{
  Scanner self;
  gboolean good;

  self.start = self.p = text;
  self.end = text + length;
  self.depth = 0;
  cf_json_names_init (&self.names);
  good = scan_text (&self, error);
  cf_json_names_clear (&self.names);
  return good;
}

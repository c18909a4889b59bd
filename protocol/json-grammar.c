/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json-grammar.h"

#include "error.h"

#include <string.h>

/* Digits of a whole number that surely fit into 64 bits. */
#define MAX_DIGITS 18

typedef struct
{
  const char *start, *p, *end;
  char closers[CF_JSON_MAX_DEPTH]; /* what ends each open object or array, outermost first */
  guint depth;
  guint members;
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

static void
skip_space (Scanner *self)
{
  while (self->p < self->end && strchr (" \t\r\n", *self->p) != NULL)
    self->p++;
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
scan_string (Scanner *self, GError **error)
{
  if (peek (self) != '"')
    return fail (self, "a string", error);
  self->p++;
  while (self->p < self->end && *self->p != '"')
    {
      if ((guchar) *self->p < 0x20)
        return fail (self, "control characters to be escaped", error);
      if (*self->p++ == '\\' && !scan_escape (self, error))
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

  while (g_ascii_isdigit (peek (self)))
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
  return !whole || digits <= MAX_DIGITS || fail (self, "a whole number of at most 18 digits", error);
}

static gboolean
scan_scalar (Scanner *self, GError **error)
{
  static const char *const literals[] = { "true", "false", "null" };
  gsize left = self->end - self->p;

  if (peek (self) == '"')
    return scan_string (self, error);
  if (peek (self) == '-' || g_ascii_isdigit (peek (self)))
    return scan_number (self, error);
  for (guint i = 0; i < G_N_ELEMENTS (literals); i++)
    if (left >= strlen (literals[i]) && memcmp (self->p, literals[i], strlen (literals[i])) == 0)
      {
        self->p += strlen (literals[i]);
        return TRUE;
      }
  return fail (self, "a value", error);
}

/* The name and colon before a value, when the innermost thing open is an object. */
static gboolean
scan_name (Scanner *self, GError **error)
{
  if (self->depth == 0 || self->closers[self->depth - 1] != '}')
    return TRUE;
  skip_space (self);
  if (!scan_string (self, error))
    return FALSE;
  skip_space (self);
  if (peek (self) != ':')
    return fail (self, "\":\"", error);
  self->p++;
  self->members++;
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
      self->depth--;
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

/**
 * cf_json_check_grammar:
 * @text: valid UTF-8 without U+0000, need not be terminated
 * @members: (out): how many object members the text names, so that the caller can tell
 *   whether a parser that keeps one of each name has dropped any
 *
 * Whether @text is JSON by the letter of RFC 8259, not deeper than CF_JSON_MAX_DEPTH, with paired
 * surrogates, without U+0000, and with whole numbers that fit into 64 bits. json-glib takes much
 * more than that (comments, octal numbers, other quotes, wrapped-around integers, half surrogates),
 * and other readers of the same bytes would see something else. Does not recurse.
 */
gboolean
cf_json_check_grammar (const char *text, gsize length, guint *members, GError **error)
{
  Scanner self = { .start = text, .p = text, .end = text + length };
  gboolean more = TRUE;

  while (more)
    {
      if (!scan_name (&self, error) || !scan_value (&self, &more, error))
        return FALSE;
      if (!more && !scan_after (&self, &more, error))
        return FALSE;
    }
  *members = self.members;
  return TRUE;
}

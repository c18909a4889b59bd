/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "byte-range.h"

#include <string.h>

#define UNIT_WANTED "bytes="
#define UNIT_GIVEN "bytes "

/* Digits, at least one, and no more than a number of ours holds. Moves @text behind them. */
static gboolean
take_number (const char **text, guint64 *out)
{
  const char *end = *text;

  *out = 0;
  while (g_ascii_isdigit (*end) && end - *text < 18)
    *out = *out * 10 + (*end++ - '0');
  if (end == *text || g_ascii_isdigit (*end))
    return FALSE;
  *text = end;
  return TRUE;
}

static gboolean
take_char (const char **text, char c)
{
  if (**text != c)
    return FALSE;
  (*text)++;
  return TRUE;
}

/* "-500": the last 500. */
static CfdRange
want_end (const char *text, guint64 size, guint64 *first, guint64 *length)
{
  guint64 n;

  if (!take_number (&text, &n) || *text != '\0')
    return CFD_RANGE_ALL;
  if (n == 0 || size == 0)
    return CFD_RANGE_NONE;
  *length = MIN (n, size);
  *first = size - *length;
  return CFD_RANGE_PART;
}

/**
 * cfd_byte_range_wanted:
 * @header: (nullable): a request's Range (RFC 9110, 14.2)
 * @size: of what there is
 * @first: (out): with CFD_RANGE_PART
 * @length: (out): likewise, at least 1
 *
 * One range is taken. Whoever asks for several, or in words that mean nothing, gets all of it, as they must expect anyway.
 */
CfdRange
cfd_byte_range_wanted (const char *header, guint64 size, guint64 *first, guint64 *length)
{
  const char *text = header;
  guint64 from, to = G_MAXUINT64;

  if (header == NULL || g_ascii_strncasecmp (header, UNIT_WANTED, strlen (UNIT_WANTED)) != 0)
    return CFD_RANGE_ALL;
  text += strlen (UNIT_WANTED);
  if (take_char (&text, '-'))
    return want_end (text, size, first, length);
  if (!take_number (&text, &from) || !take_char (&text, '-'))
    return CFD_RANGE_ALL;
  if (*text != '\0' && (!take_number (&text, &to) || *text != '\0' || to < from))
    return CFD_RANGE_ALL;
  if (from >= size)
    return CFD_RANGE_NONE;
  *first = from;
  *length = MIN (to, size - 1) - from + 1;
  return CFD_RANGE_PART;
}

/**
 * cfd_byte_range_given:
 * @header: an upload's Content-Range, "bytes 0-99/1000"
 * @first: (out): @last: (out): @size: (out): where @first <= @last < @size
 *
 * Returns: whether it says all three
 */
gboolean
cfd_byte_range_given (const char *header, guint64 *first, guint64 *last, guint64 *size)
{
  const char *text = header;

  if (g_ascii_strncasecmp (header, UNIT_GIVEN, strlen (UNIT_GIVEN)) != 0)
    return FALSE;
  text += strlen (UNIT_GIVEN);
  return take_number (&text, first) && take_char (&text, '-') && take_number (&text, last) && take_char (&text, '/')
         && take_number (&text, size) && *text == '\0' && *first <= *last && *last < *size;
}

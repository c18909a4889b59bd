/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/*
 * Text is looked at eight bytes at a time: a mask has the high bit of each byte that is asked for. Above the lowest set bit a
 * mask may be wrong, because a borrow runs upwards; only the lowest one, the first such byte of the text, is ever used.
 */
#define CF_EACH_BYTE(byte) (G_GUINT64_CONSTANT (0x0101010101010101) * (byte))
#define CF_HIGH_BITS       CF_EACH_BYTE (0x80)

static inline guint64
cf_json_load (const char *p)
{
  guint64 word;

  memcpy (&word, p, sizeof word);
  return GUINT64_FROM_LE (word);
}

static inline guint64
cf_json_mask_below (guint64 word, guint8 limit)
{
  return (word - CF_EACH_BYTE (limit)) & ~word & CF_HIGH_BITS;
}

static inline guint64
cf_json_mask_equal (guint64 word, char byte)
{
  return cf_json_mask_below (word ^ CF_EACH_BYTE ((guint8) byte), 1);
}

/* Where the first byte of a mask that is not 0 stands. */
static inline guint
cf_json_first (guint64 mask)
{
  return __builtin_ctzll (mask) / 8;
}

/* Behind the bytes that a string holds as they are: up to its end, an escape, or a control character. */
static inline const char *
cf_json_skip_plain (const char *p, const char *end)
{
  for (; end - p >= 8; p += 8)
    {
      guint64 word = cf_json_load (p);
      guint64 mask = cf_json_mask_equal (word, '"') | cf_json_mask_equal (word, '\\') | cf_json_mask_below (word, 0x20);

      if (mask != 0)
        return p + cf_json_first (mask);
    }
  while (p < end && *p != '"' && *p != '\\' && (guchar) *p >= 0x20)
    p++;
  return p;
}

static inline const char *
cf_json_skip_space (const char *p, const char *end)
{
  while (p < end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
    p++;
  return p;
}

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/*
 * Text is looked at sixteen bytes at a time; the compilers turn this into what the machine has for it. A comparison gives a
 * block with all bits set in the bytes for which it is true.
 */
typedef guint8 CfJsonBlock __attribute__ ((vector_size (16)));

static inline CfJsonBlock
cf_json_load (const char *p)
{
  CfJsonBlock block;

  memcpy (&block, p, sizeof block);
  return block;
}

/* Whether any byte is set; @first: (out): where the first of them stands */
static inline gboolean
cf_json_find (CfJsonBlock block, guint *first)
{
  guint64 halves[2];

  memcpy (halves, &block, sizeof halves);
  if ((halves[0] | halves[1]) == 0)
    return FALSE;
  *first = halves[0] != 0 ? __builtin_ctzll (GUINT64_FROM_LE (halves[0])) / 8 : 8 + __builtin_ctzll (GUINT64_FROM_LE (halves[1])) / 8;
  return TRUE;
}

/* Behind the bytes that a string holds as they are: up to its end, an escape, or a control character. */
static inline const char *
cf_json_skip_plain (const char *p, const char *end)
{
  guint first;

  for (; end - p >= (gssize) sizeof (CfJsonBlock); p += sizeof (CfJsonBlock))
    {
      CfJsonBlock block = cf_json_load (p);

      if (cf_json_find ((CfJsonBlock) (block == '"') | (CfJsonBlock) (block == '\\') | (CfJsonBlock) (block < 0x20), &first))
        return p + first;
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

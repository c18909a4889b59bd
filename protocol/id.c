/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "id.h"

#include <string.h>
#include <sys/random.h>

#define EACH_BYTE(byte) (G_GUINT64_CONSTANT (0x0101010101010101) * (byte))

static const char hex[] = "0123456789abcdef";

/* Fresh bytes from the system for each id; falls back to GLib's generator only where
 * the call does not exist. Ids need to be unique, not secret. */
static void
fill_random (guint8 *bytes, gsize length)
{
  if (getrandom (bytes, length, 0) == (gssize) length)
    return;
  for (gsize i = 0; i < length; i++)
    bytes[i] = g_random_int_range (0, 256);
}

/* Which of eight bytes are @from or more, for bytes below 0x80: the high bit of each. */
static guint64
at_least (guint64 bytes, char from)
{
  return bytes + EACH_BYTE (0x80 - from);
}

/* Twice four lower-case hexadecimal digits, all eight at once. */
static gboolean
is_hex (const char *first, const char *second)
{
  guint64 bytes, good;

  memcpy (&bytes, first, 4);
  memcpy ((char *) &bytes + 4, second, 4);
  good = (at_least (bytes, '0') & ~at_least (bytes, '9' + 1)) | (at_least (bytes, 'a') & ~at_least (bytes, 'f' + 1));
  return (bytes & EACH_BYTE (0x80)) == 0 && (good & EACH_BYTE (0x80)) == EACH_BYTE (0x80);
}

/**
 * cf_now:
 * Returns: the wall clock in milliseconds since 1970 UTC, the unit of every time in ChatFlow.
 */
gint64
cf_now (void)
{
  return g_get_real_time () / 1000;
}

/**
 * cf_id_new:
 * Returns: (transfer full): a new UUIDv7 in text form, made from the present time.
 */
char *
cf_id_new (void)
{
  return cf_id_new_at (cf_now ());
}

/**
 * cf_id_new_at:
 * @unix_ms: the time that the id carries, in milliseconds
 *
 * A UUID version 7 as in RFC 9562 section 5.7: 48 bits of time, then random bits.
 * Returns: (transfer full): 36 lower-case characters.
 */
char *
cf_id_new_at (gint64 unix_ms)
{
  guint8 b[16];
  char *out = g_malloc (CF_ID_LENGTH + 1), *p = out;

  fill_random (b + 6, 10);
  for (int i = 0; i < 6; i++)
    b[i] = (guint64) unix_ms >> (40 - 8 * i);
  b[6] = 0x70 | (b[6] & 0x0f);
  b[8] = 0x80 | (b[8] & 0x3f);
  for (int i = 0; i < 16; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *p++ = '-';
      *p++ = hex[b[i] >> 4];
      *p++ = hex[b[i] & 15];
    }
  *p = '\0';
  return out;
}

/**
 * cf_id_is_valid:
 * Returns: whether @id is a UUIDv7 in the one spelling that we accept (lower case, dashes).
 */
gboolean
cf_id_is_valid (const char *id)
{
  if (id == NULL || strlen (id) != CF_ID_LENGTH)
    return FALSE;
  return id[8] == '-' && id[13] == '-' && id[18] == '-' && id[23] == '-'
         && is_hex (id, id + 4) && is_hex (id + 9, id + 14) && is_hex (id + 19, id + 24) && is_hex (id + 28, id + 32)
         && id[14] == '7' && (id[19] == '8' || id[19] == '9' || id[19] == 'a' || id[19] == 'b');
}

/**
 * cf_id_time:
 * Returns: the milliseconds that a valid id carries; 0 for an invalid one.
 */
gint64
cf_id_time (const char *id)
{
  gint64 ms = 0;

  if (!cf_id_is_valid (id))
    return 0;
  for (int i = 0; i < 13; i++)
    if (id[i] != '-')
      ms = ms << 4 | g_ascii_xdigit_value (id[i]);
  return ms;
}

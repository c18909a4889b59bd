/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "id.h"

#include <string.h>
#include <sys/random.h>

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
  for (int i = 0; i < CF_ID_LENGTH; i++)
    {
      gboolean dash = i == 8 || i == 13 || i == 18 || i == 23;

      if (dash ? id[i] != '-' : !(g_ascii_isdigit (id[i]) || (id[i] >= 'a' && id[i] <= 'f')))
        return FALSE;
    }
  return id[14] == '7' && strchr ("89ab", id[19]) != NULL;
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

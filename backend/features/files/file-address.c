/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file-address.h"

#include <sodium.h>
#include <string.h>

#define MAC_LENGTH 43 /* 32 bytes in base64url */

/* HMAC-SHA-512-256 of what the address is for, keyed with the file's own secret. */
static char *
mac (const char *secret, const char *id, gint64 expires_at)
{
  g_autofree char *text = g_strdup_printf ("%s %" G_GINT64_FORMAT, id, expires_at);
  guint8 bytes[crypto_auth_hmacsha512256_BYTES];
  crypto_auth_hmacsha512256_state state;
  char *out = g_malloc (MAC_LENGTH + 1);

  g_assert (sodium_init () >= 0);
  crypto_auth_hmacsha512256_init (&state, (const guint8 *) secret, strlen (secret));
  crypto_auth_hmacsha512256_update (&state, (const guint8 *) text, strlen (text));
  crypto_auth_hmacsha512256_final (&state, bytes);
  return sodium_bin2base64 (out, MAC_LENGTH + 1, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

/**
 * cfd_file_address_new:
 * @secret: the file's
 * @name: what the browser shows; not part of the proof
 *
 * Returns: (transfer full): the path at which anyone who has it reads the file, until @expires_at (ms UTC)
 */
char *
cfd_file_address_new (const char *secret, const char *id, const char *name, gint64 expires_at)
{
  g_autofree char *proof = mac (secret, id, expires_at), *escaped = g_uri_escape_string (name, NULL, FALSE);

  return g_strdup_printf ("/files/%s/%" G_GINT64_MODIFIER "x-%s/%s", id, (guint64) expires_at, proof, escaped);
}

/**
 * cfd_file_address_check:
 * @secret: (nullable): the file's
 * @proof: the address's third part
 * @expires_at: (out): ms UTC
 *
 * The comparison takes the same time whatever is wrong.
 */
gboolean
cfd_file_address_check (const char *secret, const char *id, const char *proof, gint64 now, gint64 *expires_at)
{
  char *end;
  g_autofree char *expected = NULL;

  *expires_at = g_ascii_strtoll (proof, &end, 16);
  if (*end != '-' || end == proof || end - proof > 12 || strlen (end + 1) != MAC_LENGTH || secret == NULL || *secret == '\0')
    return FALSE;
  expected = mac (secret, id, *expires_at);
  return sodium_memcmp (expected, end + 1, MAC_LENGTH) == 0 && *expires_at > now;
}

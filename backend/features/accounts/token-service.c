/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "token-service.h"

#include <sodium.h>
#include <string.h>

#define TOKEN_BYTES 32
#define HASH_BYTES  32

/**
 * cfd_token_new:
 * Returns: (transfer full): an opaque secret that nobody can guess.
 */
char *
cfd_token_new (void)
{
  guint8 bytes[TOKEN_BYTES];
  char *token = g_malloc (CFD_TOKEN_LENGTH + 1);

  g_assert (sodium_init () >= 0);
  randombytes_buf (bytes, sizeof bytes);
  sodium_bin2base64 (token, CFD_TOKEN_LENGTH + 1, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return token;
}

/**
 * cfd_token_is_valid:
 * Returns: whether @token has the form of one, so that a weak secret of somebody's making is refused.
 */
gboolean
cfd_token_is_valid (const char *token)
{
  if (strlen (token) != CFD_TOKEN_LENGTH)
    return FALSE;
  for (const char *p = token; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-' && *p != '_')
      return FALSE;
  return TRUE;
}

/**
 * cfd_token_hash:
 * What is stored in place of a token. A plain hash is enough: the token has 256 random bits.
 *
 * Returns: (transfer full): 64 hex digits of BLAKE2b-256.
 */
char *
cfd_token_hash (const char *token)
{
  guint8 hash[HASH_BYTES];
  char *hex = g_malloc (2 * HASH_BYTES + 1);

  g_assert (sodium_init () >= 0);
  crypto_generichash (hash, sizeof hash, (const guint8 *) token, strlen (token), NULL, 0);
  return sodium_bin2hex (hex, 2 * HASH_BYTES + 1, hash, sizeof hash);
}

/**
 * cfd_token_matches:
 * Constant time. Returns: whether @hash was made from @token.
 */
gboolean
cfd_token_matches (const char *hash, const char *token)
{
  g_autofree char *made = cfd_token_hash (token);

  return hash != NULL && strlen (hash) == strlen (made) && sodium_memcmp (hash, made, strlen (made)) == 0;
}

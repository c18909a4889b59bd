/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jwt.h"

#include "protocol/error.h"
#include "protocol/json-value.h"
#include "protocol/methods/visitor-params.h"

#include <sodium.h>
#include <string.h>

/* What stands between the dots, decoded and ended by a zero. NULL for anything but strict base64url without padding (RFC 7515, 2). */
static char *
decode_part (const char *part, gsize length, gsize *size)
{
  g_autofree char *bytes = g_malloc (length + 1);

  if (sodium_base642bin ((guint8 *) bytes, length, part, length, NULL, size, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
    return NULL;
  bytes[*size] = '\0';
  return g_steal_pointer (&bytes);
}

static gboolean
is_object (const char *text, gsize size, CfJson *object)
{
  return cf_json_check (text, size, object, NULL) && cf_json_get_type (object) == CF_JSON_OBJECT;
}

/* One algorithm, named by its exact letters. "crit" would demand what is not known here (RFC 7515, 4.1.11). */
static gboolean
check_header (const char *text, gsize size, GError **error)
{
  CfJson header, alg, crit;

  if (!is_object (text, size, &header))
    g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "jwt: the header is no JSON object");
  else if (!cf_json_get_member (&header, "alg", &alg) || alg.length != strlen ("\"HS256\"") || memcmp (alg.text, "\"HS256\"", alg.length) != 0)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "jwt: alg: expected \"HS256\"");
  else if (cf_json_get_member (&header, "crit", &crit))
    g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "jwt: crit: expected none");
  else
    return TRUE;
  return FALSE;
}

static void
sign (const char *text, gsize length, const char *key, guint8 mac[crypto_auth_hmacsha256_BYTES])
{
  crypto_auth_hmacsha256_state state;

  crypto_auth_hmacsha256_init (&state, (const guint8 *) key, strlen (key));
  crypto_auth_hmacsha256_update (&state, (const guint8 *) text, length);
  crypto_auth_hmacsha256_final (&state, mac);
  sodium_memzero (&state, sizeof state);
}

/* All keys are tried whatever the first says, so that time tells nothing. Returns: the one that fits, or -1. */
static int
find_key (const char *text, gsize length, const char *signature, const char *const *keys, guint n_keys)
{
  int found = -1;

  for (guint i = 0; i < n_keys; i++)
    {
      guint8 mac[crypto_auth_hmacsha256_BYTES];

      sign (text, length, keys[i], mac);
      if (sodium_memcmp (mac, signature, sizeof mac) == 0)
        found = (int) i;
    }
  return found;
}

/**
 * cfd_jwt_open:
 * @jwt: a JSON Web Token in its compact form (RFC 7519, RFC 7515), of at most CF_JWT_MAX bytes
 * @keys: with which it may have been signed by HMAC with SHA-256; a key is the bytes of its text
 * @which: (out): the key that it was signed with
 *
 * Nothing of the payload is looked at before the signature was found to be right.
 *
 * Returns: (transfer full): the payload, which is JSON of an object; NULL with CF_ERROR_TOO_LARGE or CF_ERROR_INVALID for what is no such
 *   token, and CF_ERROR_UNAUTHENTICATED when it was signed with none of the keys.
 */
char *
cfd_jwt_open (const char *jwt, const char *const *keys, guint n_keys, guint *which, GError **error)
{
  const char *first = strchr (jwt, '.'), *second = first != NULL ? strchr (first + 1, '.') : NULL;
  g_autofree char *header = NULL, *payload = NULL, *signature = NULL;
  gsize header_size, payload_size, signature_size;
  CfJson object;
  int key;

  g_assert (sodium_init () >= 0);
  if (strlen (jwt) > CF_JWT_MAX)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_TOO_LARGE, "jwt: expected at most %d characters", CF_JWT_MAX);
      return NULL;
    }
  if (second == NULL || strchr (second + 1, '.') != NULL
      || (header = decode_part (jwt, first - jwt, &header_size)) == NULL
      || (payload = decode_part (first + 1, second - first - 1, &payload_size)) == NULL
      || (signature = decode_part (second + 1, strlen (second + 1), &signature_size)) == NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "jwt: expected three parts of base64url without padding, with dots between them");
      return NULL;
    }
  if (!check_header (header, header_size, error))
    return NULL;
  key = signature_size == crypto_auth_hmacsha256_BYTES ? find_key (jwt, second - jwt, signature, keys, n_keys) : -1;
  if (key < 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAUTHENTICATED, "jwt: was not signed with a live secret of this site");
      return NULL;
    }
  if (!is_object (payload, payload_size, &object))
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "jwt: the payload is no JSON object");
      return NULL;
    }
  *which = (guint) key;
  return g_steal_pointer (&payload);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "password.h"

#include "protocol/error.h"

#include <sodium.h>
#include <string.h>

/* argon2id with 19 MiB and two passes: OWASP's password storage cheat sheet, the choice for small servers. */
#define OPERATIONS 2
#define MEMORY     (19 * 1024 * 1024)

/* The hash of nothing that anyone can type; verifying against it costs the same as against a real one. */
static const char *
decoy (void)
{
  static char *hash = NULL;
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      guint8 bytes[16];
      char hex[33];

      randombytes_buf (bytes, sizeof bytes);
      sodium_bin2hex (hex, sizeof hex, bytes, sizeof bytes);
      hash = cfd_password_hash (hex, NULL);
      g_once_init_leave (&once, 1);
    }
  return hash;
}

/**
 * cfd_password_hash:
 * Takes tens of milliseconds and 19 MiB; on the slow thread or the command line only.
 *
 * Returns: (transfer full): an argon2id string with its own salt and costs; NULL with
 *   CF_ERROR_UNAVAILABLE when there is no memory for it.
 */
char *
cfd_password_hash (const char *password, GError **error)
{
  char *hash = g_malloc (crypto_pwhash_STRBYTES);

  if (sodium_init () < 0
      || crypto_pwhash_str_alg (hash, password, strlen (password), OPERATIONS, MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
    {
      g_free (hash);
      g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "not enough memory to check passwords; try again");
      return NULL;
    }
  return hash;
}

/**
 * cfd_password_verify:
 * @hash: (nullable): NULL when there is no such account; takes as long and says no
 *
 * Constant time in the content. Returns: whether @password made @hash.
 */
gboolean
cfd_password_verify (const char *hash, const char *password)
{
  const char *against = hash != NULL ? hash : decoy ();

  if (sodium_init () < 0 || against == NULL)
    return FALSE;
  return crypto_pwhash_str_verify (against, password, strlen (password)) == 0 && hash != NULL;
}

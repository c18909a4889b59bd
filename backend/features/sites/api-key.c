/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api-key.h"

#include "backend/features/accounts/token-service.h"
#include "protocol/methods/api-key-params.h"

#include <string.h>

/**
 * cfd_api_key_is_one:
 * Returns: whether @token says of itself that it is an API key, well-formed or not: no other token begins so
 */
gboolean
cfd_api_key_is_one (const char *token)
{
  return g_str_has_prefix (token, CF_API_KEY_PREFIX);
}

/**
 * cfd_api_key_dup_prefix:
 * Returns: (transfer full) (nullable): the part of @key by which it is recognised; NULL when it has not the form of a key
 */
char *
cfd_api_key_dup_prefix (const char *key)
{
  if (!cfd_api_key_is_one (key) || !cfd_token_is_valid (key + strlen (CF_API_KEY_PREFIX)))
    return NULL;
  return g_strndup (key, CF_API_KEY_SHOWN);
}

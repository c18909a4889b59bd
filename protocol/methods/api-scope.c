/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api-scope.h"

#include "../error.h"

const char *const cf_api_scope_words[] = {
  "visitors:read", "visitors:write", "conversations:read", "conversations:write", "settings:read", "settings:write", "privacy", "numbers:read", NULL,
};

static int
find (const char *word)
{
  for (int i = 0; i < CF_N_API_SCOPES; i++)
    if (g_str_equal (cf_api_scope_words[i], word))
      return i;
  return -1;
}

/**
 * cf_api_scopes_read:
 * @words: (nullable): NULL-terminated
 * @bits: (out): CF_API_SCOPE_BIT of each
 *
 * Returns: FALSE with CF_ERROR_INVALID when there is none, or one that is no scope
 */
gboolean
cf_api_scopes_read (const char *const *words, guint *bits, GError **error)
{
  g_autofree char *all = g_strjoinv (", ", (char **) cf_api_scope_words);

  *bits = 0;
  for (; words != NULL && *words != NULL; words++)
    {
      int scope = find (*words);

      if (scope < 0)
        {
          g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "scopes: got \"%s\", expected some of %s", *words, all);
          return FALSE;
        }
      *bits |= CF_API_SCOPE_BIT (scope);
    }
  if (*bits == 0)
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "scopes: got none, expected some of %s", all);
  return *bits != 0;
}

/**
 * cf_api_scopes_dup_words:
 * Returns: (transfer full): the words of @bits, in the order of the scopes
 */
char **
cf_api_scopes_dup_words (guint bits)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (int i = 0; i < CF_N_API_SCOPES; i++)
    if ((bits & CF_API_SCOPE_BIT (i)) != 0)
      g_strv_builder_add (words, cf_api_scope_words[i]);
  return g_strv_builder_end (words);
}

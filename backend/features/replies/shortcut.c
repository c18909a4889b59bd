/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shortcut.h"

#include "protocol/error.h"
#include "protocol/records/canned-response.h"

/**
 * cfd_shortcut_normalise:
 * @shortcut: valid UTF-8 of at most CF_SHORTCUT_MAX characters
 *
 * Returns: (transfer full): @shortcut as it is stored, so that two that differ only in their capitals are one; or NULL with CF_ERROR_INVALID
 *   when it has anything but letters (of any script, with their marks), digits, - and _.
 */
char *
cfd_shortcut_normalise (const char *shortcut, GError **error)
{
  g_autofree char *composed = g_utf8_normalize (shortcut, -1, G_NORMALIZE_NFC);
  g_autofree char *lower = composed != NULL ? g_utf8_strdown (composed, -1) : NULL;
  gboolean good = lower != NULL && *lower != '\0' && g_utf8_strlen (lower, -1) <= CF_SHORTCUT_MAX;

  for (const char *p = lower; good && *p != '\0'; p = g_utf8_next_char (p))
    good = *p == '-' || *p == '_' || g_unichar_isalnum (g_utf8_get_char (p)) || (p != lower && g_unichar_ismark (g_utf8_get_char (p)));
  if (good)
    return g_steal_pointer (&lower);
  g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "shortcut: got \"%s\", expected 1 to %d letters, digits, - and _", shortcut, CF_SHORTCUT_MAX);
  return NULL;
}

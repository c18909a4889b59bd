/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two lines: an allowed origin as an admin has typed it, and what a browser, or somebody else, says that it is; the same as API key and scope. */
#include "fuzz.h"

#include "backend/features/sites/api-key.h"
#include "backend/features/sites/site.h"
#include "protocol/methods/api-key-params.h"

#include <string.h>

/* Whatever is allowed, it is the origin itself, or a name below the one behind the star, with the same scheme and port. */
static void
check_origin (const char *pattern, const char *origin)
{
  g_autoptr (CfSite) site = cf_struct_new (&cf_site_shape);
  const char *patterns[] = { pattern, NULL };
  const char *star = strstr (pattern, "*.");
  g_autofree char *lower = g_ascii_strdown (origin, -1), *tail = g_ascii_strdown (star != NULL ? star + 1 : "", -1);

  site->origins = g_strdupv ((char **) patterns);
  if (!cfd_site_check_origins (site->origins, NULL) || !cfd_site_allows (site, origin) || g_str_equal (pattern, "*"))
    return;
  if (star == NULL)
    g_assert_true (g_ascii_strcasecmp (pattern, origin) == 0);
  else
    {
      g_assert_true (g_ascii_strncasecmp (pattern, origin, star - pattern) == 0);
      g_assert_true (g_str_has_suffix (lower, tail));
      g_assert_cmpuint (strlen (origin), >, (gsize) (star - pattern) + strlen (tail));
      g_assert_null (strpbrk (origin + (star - pattern), "/@"));
    }
}

static void
check_key (const char *key, const char *scope)
{
  g_autofree char *prefix = cfd_api_key_dup_prefix (key);
  const char *words[] = { scope, NULL };
  guint bits = 0;

  g_assert_true (prefix == NULL || (strlen (prefix) == CF_API_KEY_SHOWN && g_str_has_prefix (key, prefix) && cfd_api_key_is_one (key)));
  if (cf_api_scopes_read (words, &bits, NULL))
    {
      g_auto (GStrv) back = cf_api_scopes_dup_words (bits);

      g_assert_cmpstr (back[0], ==, scope);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
  g_auto (GStrv) lines = g_strsplit (text, "\n", 2);

  if (lines[0] == NULL || lines[1] == NULL || !g_utf8_validate (text, -1, NULL))
    return 0;
  check_origin (lines[0], lines[1]);
  check_key (lines[0], lines[1]);
  return 0;
}

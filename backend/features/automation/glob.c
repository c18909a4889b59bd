/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "glob.h"

#include <string.h>

static char
small (char c)
{
  return g_ascii_tolower (c);
}

/**
 * cfd_glob_matches:
 * @pattern: in which * stands for any characters, also for none; all others for themselves, ASCII letters in either case
 *
 * It goes back to the last * only, so that the time is at most the product of both lengths, whatever the pattern. The widget has the same
 * (`track/glob.ts`).
 */
gboolean
cfd_glob_matches (const char *pattern, const char *text)
{
  const char *star = NULL, *from = NULL;

  while (*text != '\0')
    {
      if (*pattern == '*')
        {
          star = pattern++;
          from = text;
        }
      else if (*pattern != '\0' && small (*pattern) == small (*text))
        {
          pattern++;
          text++;
        }
      else if (star != NULL)
        {
          pattern = star + 1;
          text = ++from;
        }
      else
        return FALSE;
    }
  while (*pattern == '*')
    pattern++;
  return *pattern == '\0';
}

/**
 * cfd_glob_matches_url:
 * @pattern: one that begins with "/" is about what follows the host
 * @url: without a fragment
 */
gboolean
cfd_glob_matches_url (const char *pattern, const char *url)
{
  const char *host = strstr (url, "://");

  if (*pattern == '/')
    {
      url = host != NULL ? host + 3 + strcspn (host + 3, "/?") : url;
      if (*url != '/')
        {
          g_autofree char *rooted = g_strconcat ("/", url, NULL);

          return cfd_glob_matches (pattern, rooted);
        }
    }
  return cfd_glob_matches (pattern, url);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site.h"

#include "protocol/error.h"

#include <string.h>

/* For a star behind the scheme: the part behind the star has to follow the scheme and at least one label. */
static gboolean
matches (const char *pattern, const char *origin)
{
  const char *star = strstr (pattern, "://*.");
  gsize scheme, tail;

  if (g_str_equal (pattern, "*"))
    return TRUE;
  if (star == NULL)
    return g_ascii_strcasecmp (pattern, origin) == 0;
  scheme = star - pattern + 3;
  tail = strlen (pattern) - scheme - 1;
  return strlen (origin) > scheme + tail
         && g_ascii_strncasecmp (pattern, origin, scheme) == 0
         && g_ascii_strcasecmp (origin + strlen (origin) - tail, pattern + scheme + 1) == 0
         && strpbrk (origin + scheme, "/@") == NULL;
}

/* @host: as of a URL, with a port or without. What a browser never sends as an origin would silently never match. */
static gboolean
is_host (const char *host)
{
  const char *end = host + strcspn (host, ":");
  guint64 port;

  if (*host == '[') /* IPv6 */
    end = strchr (host, ']') != NULL ? strchr (host, ']') + 1 : host;
  if (end == host || *host == '.' || (*end != '\0' && *end != ':'))
    return FALSE;
  return *end == '\0' || (g_ascii_isdigit (end[1]) && g_ascii_string_to_unsigned (end + 1, 10, 1, 65535, &port, NULL));
}

static gboolean
is_origin (const char *text)
{
  const char *host = NULL;

  if (g_str_equal (text, "*"))
    return TRUE;
  if (g_str_has_prefix (text, "https://"))
    host = text + strlen ("https://");
  else if (g_str_has_prefix (text, "http://"))
    host = text + strlen ("http://");
  if (host != NULL && g_str_has_prefix (host, "*."))
    host += 2;
  return host != NULL && strpbrk (host, "/*@?#\\ ") == NULL && is_host (host);
}

/**
 * cfd_site_check_origins:
 * Returns: FALSE with CF_ERROR_INVALID at the first that is no origin: scheme, host and, unless it is the
 *   scheme's own, port; a star stands for any subdomain; a lone star for everything.
 */
gboolean
cfd_site_check_origins (char **origins, GError **error)
{
  for (guint i = 0; origins != NULL && origins[i] != NULL; i++)
    if (!is_origin (origins[i]))
      {
        g_set_error (error, CF_ERROR, CF_ERROR_INVALID,
                     "origins: got \"%s\", expected one such as https://shop.example or https://*.shop.example", origins[i]);
        return FALSE;
      }
  return TRUE;
}

/**
 * cfd_site_check_color:
 * @color: (nullable): NULL and "" mean the default
 */
gboolean
cfd_site_check_color (const char *color, GError **error)
{
  gboolean good = color == NULL || *color == '\0' || (strlen (color) == 7 && color[0] == '#');

  for (guint i = 1; good && color != NULL && *color != '\0' && i < 7; i++)
    good = g_ascii_isxdigit (color[i]);
  if (!good)
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "color: got \"%s\", expected one such as #3584e4", color);
  return good;
}

/**
 * cfd_site_allows:
 * @origin: (nullable): the Origin header; NULL from programs that are no browsers, which could claim any
 *
 * Returns: whether a page of @origin may talk for the site.
 */
gboolean
cfd_site_allows (const CfSite *site, const char *origin)
{
  if (origin == NULL)
    return TRUE;
  for (guint i = 0; site->origins != NULL && site->origins[i] != NULL; i++)
    if (matches (site->origins[i], origin))
      return TRUE;
  return FALSE;
}

/**
 * cfd_site_sign:
 * @by: (nullable): the name of whose settings these are from @now on; NULL = the command line
 */
void
cfd_site_sign (CfSite *site, const char *by, gint64 now)
{
  site->version++;
  g_free (site->changed_by);
  site->changed_by = g_strdup (by);
  site->changed_at = now;
}

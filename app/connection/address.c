/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "address.h"

#include <gio/gio.h>
#include <string.h>

G_DEFINE_QUARK (cfa-address-error-quark, cfa_address_error)

/* Names and addresses that never leave the machine or the local network, where plain HTTP may be tried unasked. */
static gboolean
is_private (const char *host)
{
  static const char *const suffixes[] = { ".localhost", ".local", ".lan", ".home.arpa", ".internal" };
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address) || g_inet_address_get_is_site_local (address)
           || g_inet_address_get_is_link_local (address);
  if (g_ascii_strcasecmp (host, "localhost") == 0 || strchr (host, '.') == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (host, suffixes[i]))
      return TRUE;
  return FALSE;
}

static char *
base_address (const char *scheme, GUri *uri)
{
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (uri), -1);
  g_autofree char *path = g_strdup (g_uri_get_path (uri));
  int port = g_uri_get_port (uri);
  gsize length = strlen (path);

  if (port == (g_str_equal (scheme, "https") ? 443 : 80))
    port = -1;
  while (length > 0 && path[length - 1] == '/')
    path[--length] = '\0';
  return g_uri_join (G_URI_FLAGS_NONE, scheme, NULL, host, port, path, NULL, NULL);
}

/**
 * cfa_address_candidates:
 * @typed: what a person typed as the server's address
 *
 * A scheme that was typed is respected. Without one, https comes first, and http only for names of this machine or of the local network.
 * Returns: (transfer full): base addresses in the order to try them, without a slash at the end, or NULL with CFA_ADDRESS_ERROR_INVALID.
 */
char **
cfa_address_candidates (const char *typed, GError **error)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));
  gboolean explicit = strstr (text, "://") != NULL;
  g_autofree char *whole = explicit ? g_strdup (text) : g_strconcat ("https://", text, NULL);
  g_autoptr (GUri) uri = g_uri_parse (whole, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  g_autofree char *first = NULL, *second = NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_host (uri)[0] == '\0' || strpbrk (g_uri_get_host (uri), " \t") != NULL
      || g_uri_get_userinfo (uri) != NULL || (!g_str_equal (scheme, "http") && !g_str_equal (scheme, "https")))
    {
      g_set_error (error, CFA_ADDRESS_ERROR, CFA_ADDRESS_ERROR_INVALID, "got \"%s\", expected an address such as chat.example.com", text);
      return NULL;
    }
  first = base_address (scheme, uri);
  g_strv_builder_add (builder, first);
  if (!explicit && is_private (g_uri_get_host (uri)))
    {
      second = base_address ("http", uri);
      g_strv_builder_add (builder, second);
    }
  return g_strv_builder_end (builder);
}

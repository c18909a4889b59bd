/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "invite-link.h"

#include <string.h>

/* How long a token is: 32 bytes in base64url. */
#define TOKEN_LENGTH 43

/* Nobody types such a thing; what is longer is none. */
#define LINK_MAX 2048

#define JOIN "/join/"

/* For a server that speaks plain HTTP: whoever made the link spoke to it in that way. */
#define PLAIN "plain"

static gboolean
is_token (const char *text)
{
  gsize length = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

  return length == TOKEN_LENGTH && text[length] == '\0';
}

/* A name, or an address; what was escaped in it has been undone, and would mean something else when it is written again. */
static gboolean
is_host (const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    if ((guchar) *at < 0x80 && !g_ascii_isalnum (*at) && strchr ("-._:", *at) == NULL)
      return FALSE;
  return *text != '\0';
}

static GUri *
parse (const char *text)
{
  GUri *uri = g_uri_parse (text, G_URI_FLAGS_ENCODED, NULL);

  if (uri != NULL && g_uri_get_host (uri) != NULL && is_host (g_uri_get_host (uri)) && g_uri_get_userinfo (uri) == NULL
      && g_uri_get_fragment (uri) == NULL)
    return uri;
  g_clear_pointer (&uri, g_uri_unref);
  return NULL;
}

/* A base address is the same with a slash at its end, or several. */
static void
cut_slashes (char *path)
{
  for (gsize n = strlen (path); n > 0 && path[n - 1] == '/'; n--)
    path[n - 1] = '\0';
}

/**
 * cf_invite_link_new:
 * @server: a base address, https://chat.example.com
 * @token: of an invite
 *
 * Returns: (transfer full) (nullable): what an invited person opens, chatflow://chat.example.com/join/TOKEN; NULL when @server is no
 *   base address.
 */
char *
cf_invite_link_new (const char *server, const char *token)
{
  g_autoptr (GUri) uri = parse (server);
  g_autofree char *base = NULL, *path = NULL;
  gboolean plain;

  if (uri == NULL || g_uri_get_query (uri) != NULL)
    return NULL;
  plain = g_str_equal (g_uri_get_scheme (uri), "http");
  if (!plain && !g_str_equal (g_uri_get_scheme (uri), "https"))
    return NULL;
  base = g_strdup (g_uri_get_path (uri));
  cut_slashes (base);
  path = g_strconcat (base, JOIN, token, NULL);
  return g_uri_join (G_URI_FLAGS_ENCODED, CF_INVITE_LINK_SCHEME, NULL, g_uri_get_host (uri), g_uri_get_port (uri), path, plain ? PLAIN : NULL, NULL);
}

/**
 * cf_invite_link_read:
 * @text: what a person has pasted, or a program was opened with: a link, or the token alone
 * @server: (out) (nullable) (transfer full): the base address; NULL when there is the token alone
 * @token: (out) (transfer full):
 *
 * Returns: whether it is one.
 */
gboolean
cf_invite_link_read (const char *text, char **server, char **token)
{
  g_autofree char *bare = g_strstrip (g_strndup (text, LINK_MAX + 1));
  g_autoptr (GUri) uri = NULL;
  g_autofree char *path = NULL;
  char *join;

  *server = *token = NULL;
  if (strlen (bare) > LINK_MAX || !g_utf8_validate (bare, -1, NULL))
    return FALSE;
  if (is_token (bare))
    {
      *token = g_steal_pointer (&bare);
      return TRUE;
    }
  uri = parse (bare);
  path = uri != NULL ? g_strdup (g_uri_get_path (uri)) : NULL;
  join = path != NULL ? g_strrstr (path, JOIN) : NULL;
  if (join == NULL || !g_str_equal (g_uri_get_scheme (uri), CF_INVITE_LINK_SCHEME) || !is_token (join + strlen (JOIN))
      || (g_uri_get_query (uri) != NULL && !g_str_equal (g_uri_get_query (uri), PLAIN)))
    return FALSE;
  *token = g_strdup (join + strlen (JOIN));
  *join = '\0';
  cut_slashes (path);
  *server = g_uri_join (G_URI_FLAGS_ENCODED, g_uri_get_query (uri) != NULL ? "http" : "https", NULL, g_uri_get_host (uri), g_uri_get_port (uri), path,
                        NULL, NULL);
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link-text.h"

#include <glib/gi18n.h>

/**
 * cfa_link_host:
 * @server: a base address
 *
 * Returns: (transfer full): what a person calls the server, "chat.example.com"; a port that is not the usual one stays
 */
char *
cfa_link_host (const char *server)
{
  g_autoptr (GUri) uri = g_uri_parse (server, G_URI_FLAGS_NONE, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return g_strdup (server);
  if (g_uri_get_port (uri) == -1)
    return g_strdup (g_uri_get_host (uri));
  return g_strdup_printf ("%s:%d", g_uri_get_host (uri), g_uri_get_port (uri));
}

/**
 * cfa_link_text:
 * @link: how the connection is
 * @server: base address
 * @error: (nullable): why the session ended, for %CFA_LINK_SIGNED_OUT
 * @pending: writes that wait in the outbox
 * @seconds: until the next try, for %CFA_LINK_WAITING
 *
 * The connection as a person understands it.
 *
 * Returns: (transfer full) (nullable): the words; %NULL while there is nothing to say
 */
char *
cfa_link_text (CfaLink link, const char *server, const char *error, guint pending, gint64 seconds)
{
  g_autofree char *host = cfa_link_host (server);
  GString *words = g_string_new (NULL);

  switch (link)
    {
    case CFA_LINK_LIVE:
      g_string_free (words, TRUE);
      return NULL;
    case CFA_LINK_CONNECTING:
      g_string_append_printf (words, _("Connecting to %s…"), host);
      break;
    case CFA_LINK_SYNCING:
      g_string_append (words, _("Catching up…"));
      break;
    case CFA_LINK_WAITING:
      g_string_append_printf (words, _("Couldn’t reach %s."), host);
      break;
    case CFA_LINK_SIGNED_OUT:
      g_string_append (words, error != NULL ? error : _("The server has ended your session. Sign in again."));
      return g_string_free (words, FALSE);
    }
  if (pending > 0 && link != CFA_LINK_SYNCING)
    {
      g_string_append_c (words, ' ');
      g_string_append_printf (words, ngettext ("Working offline: %u message will be sent when you’re back.",
                                               "Working offline: %u messages will be sent when you’re back.", pending), pending);
    }
  if (link == CFA_LINK_WAITING)
    {
      g_string_append_c (words, ' ');
      if (seconds > 0)
        g_string_append_printf (words, _("Trying again in %d s."), (int) seconds);
      else
        g_string_append (words, _("Trying again…"));
    }
  return g_string_free (words, FALSE);
}

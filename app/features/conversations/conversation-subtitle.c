/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation-subtitle.h"

#include "tag-text.h"

#include <glib/gi18n.h>

/**
 * cfa_conversation_subtitle:
 * Returns: (transfer full): below the visitor's name: the site, whether they are there, and whose conversation it is
 */
char *
cfa_conversation_subtitle (CfaConversation *conversation)
{
  GString *words = g_string_new (cfa_conversation_get_site_name (conversation));
  const char *assignee = cfa_conversation_get_assignee_name (conversation);

  if (words->len > 0)
    g_string_append (words, " · ");
  /* Translators: said of the visitor */
  g_string_append (words, cfa_conversation_get_online (conversation) ? _("online") : _("offline"));
  if (cfa_conversation_get_status (conversation) == CF_CONVERSATION_CLOSED)
    /* Translators: said of the conversation, as are "yours" (assigned to you) and "unassigned" */
    g_string_append_printf (words, " · %s", _("closed"));
  else if (cfa_conversation_get_snoozed_until (conversation) > 0)
    g_string_append_printf (words, " · %s", _("snoozed"));
  else if (cfa_conversation_get_mine (conversation))
    g_string_append_printf (words, " · %s", _("yours"));
  else if (assignee != NULL)
    g_string_append_printf (words, " · %s", assignee);
  else
    g_string_append_printf (words, " · %s", _("unassigned"));
  if (cfa_mood_words (cfa_conversation_get_mood (conversation)) != NULL)
    g_string_append_printf (words, " · %s", cfa_mood_words (cfa_conversation_get_mood (conversation)));
  return g_string_free (words, FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thread.h"

#include "message.h"

/* The list keeps the message, and with it the words. */
static CfaThreadLine
line_at (GListModel *messages, guint index)
{
  g_autoptr (CfaMessage) message = g_list_model_get_item (messages, index);

  return (CfaThreadLine) {
    .kind = cfa_message_get_kind (message),
    .author_kind = cfa_message_get_author_kind (message),
    .author_id = cfa_message_get_author_id (message),
    .created_at = cfa_message_get_created_at (message),
  };
}

/**
 * cfa_thread_place:
 * @index: less than the number of messages
 * @zone: whose days count
 *
 * Returns: where a message stands among its neighbours
 */
CfaThreadPlace
cfa_thread_place (GListModel *messages, guint index, GTimeZone *zone)
{
  CfaThreadLine above, below, line = line_at (messages, index);
  gboolean has_above = index > 0, has_below = index + 1 < g_list_model_get_n_items (messages);

  if (has_above)
    above = line_at (messages, index - 1);
  if (has_below)
    below = line_at (messages, index + 1);
  return cfa_thread_layout (has_above ? &above : NULL, &line, has_below ? &below : NULL, zone);
}

/**
 * cfa_thread_find_new:
 * @unread: how many of the other side's texts are; not 0
 * @index: (out): of the first of them
 *
 * Returns: %FALSE when it is not loaded
 */
gboolean
cfa_thread_find_new (GListModel *messages, guint unread, guint *index)
{
  guint seen = 0;

  for (*index = g_list_model_get_n_items (messages); seen < unread && *index > 0; --*index)
    {
      g_autoptr (CfaMessage) message = g_list_model_get_item (messages, *index - 1);

      seen += cfa_message_get_incoming (message) && cfa_message_get_kind (message) == CF_MESSAGE_TEXT;
    }
  return seen == unread;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search-channels.h"

#include "search/query.h"

#define CHANNELS_MAX 4

/**
 * cfa_search_channels_find:
 * @text: words; the last one may be a beginning
 * @channels: those in which the agent is
 *
 * Returns: (transfer full): of CfaSearchHit: the channels that are called so, a direct one by the colleague.
 */
GPtrArray *
cfa_search_channels_find (const char *text, CfaChannelList *channels)
{
  GPtrArray *hits = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (CfSearchQuery) query = cf_search_query_new (text);
  guint n = channels != NULL && !cf_search_query_is_empty (query) ? g_list_model_get_n_items (G_LIST_MODEL (channels)) : 0;

  for (guint i = 0; i < n && hits->len < CHANNELS_MAX; i++)
    {
      g_autoptr (CfaChannel) channel = g_list_model_get_item (G_LIST_MODEL (channels), i);
      g_autofree char *title = cfa_channel_dup_title (channel), *members = cfa_channel_dup_members (channel);
      g_autoptr (CfSearchHit) found = cf_search_query_mark (query, cfa_channel_get_id (channel), title);
      CfaSearchHit *hit;

      if (found == NULL)
        continue;
      hit = cfa_search_hit_new (CFA_HIT_CHANNEL, found->id, title, cfa_channel_is_direct (channel) ? NULL : members, NULL);
      if (g_strcmp0 (found->snippet, title) == 0)
        hit->title_marks = g_ptr_array_ref (found->marks);
      hit->conversation_id = g_strdup (found->id);
      hit->agent_id = g_strdup (cfa_channel_get_colleague (channel));
      g_ptr_array_add (hits, hit);
    }
  return hits;
}

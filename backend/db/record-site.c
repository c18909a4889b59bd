/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record-site.h"

#include "lookup.h"
#include "protocol/records/agent.h"
#include "protocol/records/conversation.h"
#include "protocol/records/file.h"
#include "protocol/records/saved-view.h"
#include "protocol/records/site.h"
#include "protocol/records/team-message.h"

#include <string.h>

/**
 * cfd_record_place_column:
 * A new type of record that names a site or a conversation belongs there without being listed anywhere.
 *
 * Returns: (nullable): the field that says where records of @shape belong; NULL when they are the whole team's. What is said in channels is
 *   their members' whatever site they serve, a view that asks for a site says nothing of it, and which sites colleagues serve is no secret.
 */
const char *
cfd_record_place_column (const CfShape *shape)
{
  if (shape == &cf_site_shape)
    return "id";
  if (shape == &cf_team_message_shape || shape == &cf_saved_view_shape || shape == &cf_agent_shape)
    return NULL;
  if (cf_shape_field (shape, "site_id") != NULL)
    return "site_id";
  if (cf_shape_field (shape, "sites") != NULL)
    return "sites";
  return cf_shape_field (shape, "conversation_id") != NULL ? "conversation_id" : NULL;
}

CfdRecordPlace
cfd_record_place (const CfRecord *record)
{
  const CfShape *shape = record->parent.shape;
  const char *column = cfd_record_place_column (shape), *value;

  if (column == NULL || (shape == &cf_file_shape && ((const CfFile *) record)->members != NULL))
    return (CfdRecordPlace) { NULL, NULL, NULL };
  if (strcmp (column, "sites") == 0)
    return (CfdRecordPlace) { .sites = cf_field_at (char **, record, cf_shape_field (shape, column)) };
  value = cf_field_at (char *, record, cf_shape_field (shape, column));
  return strcmp (column, "conversation_id") == 0 ? (CfdRecordPlace) { .conversation_id = value } : (CfdRecordPlace) { .site_id = value };
}

static gboolean
site_of_conversation (CfdTx *tx, const char *id, char **site_id, GError **error)
{
  g_autoptr (CfConversation) conversation = NULL;

  if (!cfd_tx_lookup (tx, &cf_conversation_shape, id, &conversation, error))
    return FALSE;
  *site_id = conversation != NULL ? g_strdup (conversation->site_id) : NULL;
  return TRUE;
}

/**
 * cfd_record_site:
 * @record: of one site, or of a conversation, or of the whole team
 * @site_id: (out) (transfer full) (nullable): the site of which @record is; NULL when it is the whole team's
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_record_site (CfdTx *tx, const CfRecord *record, char **site_id, GError **error)
{
  CfdRecordPlace place = cfd_record_place (record);

  *site_id = g_strdup (place.site_id);
  return place.conversation_id == NULL || site_of_conversation (tx, place.conversation_id, site_id, error);
}

/**
 * cfd_record_stone:
 * What acts on some sites can move away from those that somebody serves. Nobody remembers who had it before, so whoever may not know of it is told
 * that it is gone, which says nothing to who never had it.
 *
 * Returns: (transfer full): the tombstone of @record with its revision
 */
CfRecord *
cfd_record_stone (const CfRecord *record)
{
  CfRecord *stone = cf_struct_new (record->parent.shape);

  stone->id = g_strdup (record->id);
  stone->organisation_id = g_strdup (record->organisation_id);
  stone->rev = record->rev;
  stone->deleted = TRUE;
  return stone;
}

/**
 * cfd_changeset_limits:
 * Returns: whether one of @changes is an agent who does not see all sites.
 */
gboolean
cfd_changeset_limits (const CfdChangeset *changes)
{
  for (guint i = 0; i < changes->records->len; i++)
    {
      const CfRecord *record = changes->records->pdata[i];

      if (record->parent.shape == &cf_agent_shape && cf_agent_is_limited ((const CfAgent *) record))
        return TRUE;
    }
  return FALSE;
}

/* What a text changes goes with its conversation, so that this hardly ever reads. */
static gboolean
add_site (CfdTx *tx, CfdChangeset *changes, const char *conversation_id, GError **error)
{
  g_autofree char *site_id = NULL;

  if (g_hash_table_contains (changes->sites, conversation_id))
    return TRUE;
  if (!site_of_conversation (tx, conversation_id, &site_id, error))
    return FALSE;
  if (site_id != NULL)
    g_hash_table_insert (changes->sites, g_strdup (conversation_id), g_steal_pointer (&site_id));
  return TRUE;
}

/**
 * cfd_changeset_find_sites:
 * @changes: that no other thread knows yet
 *
 * Finds out of which site each of @changes is that belongs to a conversation. A conversation never moves to another one.
 */
gboolean
cfd_changeset_find_sites (CfdTx *tx, CfdChangeset *changes, GError **error)
{
  if (changes->sites == NULL)
    changes->sites = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < changes->records->len; i++)
    {
      const CfRecord *record = changes->records->pdata[i];

      if (record->parent.shape == &cf_conversation_shape)
        g_hash_table_replace (changes->sites, g_strdup (record->id), g_strdup (((const CfConversation *) record)->site_id));
    }
  for (guint i = 0; i < changes->records->len; i++)
    {
      const char *conversation_id = cfd_record_place (changes->records->pdata[i]).conversation_id;

      if (conversation_id != NULL && !add_site (tx, changes, conversation_id, error))
        return FALSE;
    }
  return TRUE;
}

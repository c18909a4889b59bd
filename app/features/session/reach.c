/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reach.h"

#include "protocol/records/agent.h"

static CfaRecordItem *
own_item (CfaSession *session)
{
  return cfa_record_list_find (cfa_session_get_records (session, &cf_agent_shape), cfa_session_get_agent_id (session));
}

/**
 * cfa_reach_get_sites:
 * Returns: (nullable) (transfer none): ids of the sites that the agent serves; NULL: all
 */
char *const *
cfa_reach_get_sites (CfaSession *session)
{
  CfaRecordItem *item = cfa_session_get_role (session) < CF_ROLE_ADMIN ? own_item (session) : NULL;

  return item != NULL ? ((const CfAgent *) cfa_record_item_get (item))->sites : NULL;
}

/**
 * cfa_reach_has:
 * @sites: (nullable): ids of those on which something acts; NULL: all
 *
 * Returns: whether the agent serves each of them, as the server demands of who changes it.
 */
gboolean
cfa_reach_has (CfaSession *session, char *const *sites)
{
  char *const *own = cfa_reach_get_sites (session);

  if (own == NULL)
    return TRUE;
  for (guint i = 0; sites != NULL && sites[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) own, sites[i]))
      return FALSE;
  return sites != NULL;
}

/**
 * cfa_reach_follow:
 * @callback: called with @object, swapped, when the agent's record changes
 */
void
cfa_reach_follow (CfaSession *session, GCallback callback, gpointer object)
{
  CfaRecordItem *item = own_item (session);

  if (item != NULL)
    g_signal_connect_object (item, "changed", callback, object, G_CONNECT_SWAPPED);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation-service.h"

#include "backend/features/visitors/visitor-service.h"
#include "backend/rpc/reach.h"
#include "conversation-store.h"
#include "message-service.h"
#include "protocol/error.h"

static CfRecordsResult *
read_messages (CfdTx *tx, const char *conversation_id, gboolean staff, gint64 before, gint64 limit, GError **error)
{
  g_autoptr (GPtrArray) newest =
    cfd_conversation_store_messages (tx, conversation_id, staff, before, cfd_messages_page_read (limit), error);

  return newest != NULL ? cfd_messages_page (newest, limit) : NULL;
}

static gboolean
may_read (const CfdCaller *caller, const CfConversation *conversation, GError **error)
{
  if (cfd_caller_is_staff (caller) || g_strcmp0 (conversation->visitor_id, caller->id) == 0)
    return TRUE;
  g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such conversation");
  return FALSE;
}

/**
 * cfd_conversations_messages:
 * Returns: (transfer full): one page of history, oldest first; "more" says that there are older ones.
 */
CfRecordsResult *
cfd_conversations_messages (CfdTx *tx, const CfdCaller *caller, const CfMessageListParams *params, GError **error)
{
  g_autoptr (CfConversation) conversation =
    cfd_reach_require (tx, caller, &cf_conversation_shape, params->conversation_id, error);

  if (conversation == NULL || !may_read (caller, conversation, error))
    return NULL;
  return read_messages (tx, conversation->parent.id, cfd_caller_is_staff (caller), params->before, cfd_messages_page_size (params->limit), error);
}

/**
 * cfd_conversations_get:
 * Returns: (transfer full): the conversation with its visitor, read marks and newest messages.
 */
GPtrArray *
cfd_conversations_get (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error)
{
  g_autoptr (CfConversation) conversation = cfd_reach_require (tx, caller, &cf_conversation_shape, id, error);
  g_autoptr (CfRecordsResult) messages = NULL;
  g_autoptr (GPtrArray) marks = NULL, records = cf_structs_new ();

  if (conversation == NULL || !may_read (caller, conversation, error))
    return NULL;
  marks = cfd_conversation_store_read_marks (tx, id, error);
  messages = marks != NULL ? read_messages (tx, id, TRUE, 0, CF_PAGE_DEFAULT, error) : NULL;
  if (messages == NULL || !cfd_visitors_append (tx, caller, conversation->visitor_id, records, error))
    return NULL;
  g_ptr_array_add (records, g_steal_pointer (&conversation));
  g_ptr_array_extend_and_steal (records, g_steal_pointer (&marks));
  for (guint i = 0; i < messages->records->len; i++)
    g_ptr_array_add (records, cf_struct_ref (messages->records->pdata[i]));
  return g_steal_pointer (&records);
}

/* Returns: (transfer full) (nullable): as cfd_reach_list(); of the site that is asked for, if @caller may see it */
static char *
sites_of (const CfdCaller *caller, const char *site_id)
{
  if (site_id == NULL)
    return cfd_reach_list (caller);
  return g_strdup (cfd_caller_sees (caller, site_id) ? site_id : "");
}

/**
 * cfd_conversations_list:
 * Returns: (transfer full): one page of conversations, newest last message first, each followed by its visitor and who is shown in
 *   their place.
 */
CfRecordsResult *
cfd_conversations_list (CfdTx *tx, const CfdCaller *caller, const CfConversationListParams *params, GError **error)
{
  g_autoptr (CfRecordsResult) result = cf_struct_new (&cf_records_result_shape);
  gint64 limit = cfd_messages_page_size (params->limit);
  g_autofree char *sites = sites_of (caller, params->site_id);
  g_autoptr (GPtrArray) found = cfd_conversation_store_list (tx, caller->organisation_id, sites, params, limit + 1, error);

  if (found == NULL)
    return NULL;
  result->records = cf_structs_new ();
  result->more = found->len > limit;
  for (guint i = 0; i < found->len && i < limit; i++)
    {
      CfConversation *conversation = found->pdata[i];

      g_ptr_array_add (result->records, cf_struct_ref (conversation));
      if (!cfd_visitors_append (tx, caller, conversation->visitor_id, result->records, error))
        return NULL;
    }
  return g_steal_pointer (&result);
}

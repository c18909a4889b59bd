/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audience.h"

#include "protocol/records/audit-entry.h"
#include "protocol/records/canned-response.h"
#include "protocol/records/conversation.h"
#include "protocol/records/file.h"
#include "protocol/records/login-session.h"
#include "protocol/records/macro.h"
#include "protocol/records/message.h"
#include "protocol/records/read-mark.h"
#include "protocol/records/saved-view.h"
#include "protocol/records/site.h"
#include "protocol/records/visitor.h"

/**
 * cfd_audience_owner:
 * Returns: (nullable): the id of the visitor whom @record concerns; NULL when it concerns no single visitor.
 */
const char *
cfd_audience_owner (const CfRecord *record)
{
  const CfShape *shape = record->parent.shape;

  if (shape == &cf_visitor_shape)
    return record->id;
  if (shape == &cf_conversation_shape)
    return ((const CfConversation *) record)->visitor_id;
  if (shape == &cf_message_shape)
    return ((const CfMessage *) record)->visitor_id;
  if (shape == &cf_file_shape)
    return ((const CfFile *) record)->visitor_id;
  if (shape == &cf_read_mark_shape)
    return ((const CfReadMark *) record)->visitor_id;
  return NULL;
}

/* Whether @record is one agent's alone, a device of theirs or what they keep for themselves; @agent_id is then theirs. */
static gboolean
is_private (const CfRecord *record, const char **agent_id)
{
  const CfShape *shape = record->parent.shape;

  *agent_id = NULL;
  if (shape == &cf_login_session_shape)
    *agent_id = ((const CfLoginSession *) record)->agent_id;
  else if (shape == &cf_saved_view_shape)
    *agent_id = ((const CfSavedView *) record)->owner_id;
  else if (shape == &cf_canned_response_shape)
    *agent_id = ((const CfCannedResponse *) record)->owner_id;
  else if (shape == &cf_macro_shape)
    *agent_id = ((const CfMacro *) record)->owner_id;
  return *agent_id != NULL || shape == &cf_login_session_shape;
}

static gboolean
staff_hears (const CfdCaller *caller, const CfRecord *record)
{
  const char *agent_id;

  if (record->parent.shape == &cf_audit_entry_shape) /* by pages only, to those who may ask for them */
    return FALSE;
  return !is_private (record, &agent_id) || g_strcmp0 (agent_id, caller->id) == 0;
}

/**
 * cfd_audience_hears:
 * Returns: whether @caller may be told of @record. A visitor who does not exist yet has only claimed an id; until the
 *   first write has proved it they hear of nothing but their site.
 */
gboolean
cfd_audience_hears (const CfdCaller *caller, const CfRecord *record)
{
  if (g_strcmp0 (caller->organisation_id, record->organisation_id) != 0
      || !cf_record_visible (record, cfd_caller_get_audience (caller)))
    return FALSE;
  if (cfd_caller_is_staff (caller))
    return staff_hears (caller, record);
  if (caller->kind != CFD_ALLOW_VISITOR)
    return FALSE;
  if (record->parent.shape == &cf_site_shape)
    return g_strcmp0 (record->id, caller->site_id) == 0;
  return caller->id != NULL && caller->secret_hash == NULL && g_strcmp0 (cfd_audience_owner (record), caller->id) == 0;
}

/**
 * cfd_audience_key:
 * Returns: (transfer full): a word such that callers with the same word hear the same of @records, so that these need
 *   to be encoded once for all of them.
 */
char *
cfd_audience_key (const CfdCaller *caller, const GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      const CfRecord *record = records->pdata[i];
      const char *agent_id;

      if (!cfd_audience_hears (caller, record))
        continue;
      if (is_private (record, &agent_id))
        return g_strconcat ("agent ", caller->id, NULL);
      if (!cfd_caller_is_staff (caller) && record->parent.shape != &cf_site_shape)
        return g_strconcat ("visitor ", caller->id, " ", caller->site_id, NULL);
    }
  if (cfd_caller_is_staff (caller))
    return g_strdup ("staff");
  return g_strconcat ("site ", caller->site_id, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audience.h"

#include "backend/db/record-site.h"
#include "protocol/records/audit-entry.h"
#include "protocol/records/canned-response.h"
#include "protocol/records/channel.h"
#include "protocol/records/channel-member.h"
#include "protocol/records/conversation.h"
#include "protocol/records/file.h"
#include "protocol/records/login-session.h"
#include "protocol/records/macro.h"
#include "protocol/records/message.h"
#include "protocol/records/read-mark.h"
#include "protocol/records/saved-view.h"
#include "protocol/records/site.h"
#include "protocol/records/team-message.h"
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

static gboolean
is_in (char *const *ids, const char *id)
{
  return ids != NULL && g_strv_contains ((const char *const *) ids, id);
}

/* Of the types of which records may be one agent's alone, a device of theirs or what they keep for themselves: whose it is. */
static const char *
own_agent (const CfRecord *record)
{
  const CfShape *shape = record->parent.shape;

  if (shape == &cf_login_session_shape)
    return ((const CfLoginSession *) record)->agent_id;
  if (shape == &cf_channel_member_shape)
    return ((const CfChannelMember *) record)->agent_id;
  if (shape == &cf_saved_view_shape)
    return ((const CfSavedView *) record)->owner_id;
  if (shape == &cf_canned_response_shape)
    return ((const CfCannedResponse *) record)->owner_id;
  if (shape == &cf_macro_shape)
    return ((const CfMacro *) record)->owner_id;
  return NULL;
}

/* Whether @record is some agents' alone: one agent's own, or what is said in a channel of theirs. */
static gboolean
is_private (const CfRecord *record)
{
  const CfShape *shape = record->parent.shape;

  return shape == &cf_login_session_shape || shape == &cf_channel_shape || shape == &cf_channel_member_shape || shape == &cf_team_message_shape
         || (shape == &cf_file_shape && ((const CfFile *) record)->members != NULL) || own_agent (record) != NULL;
}

/* Whether that agent is one of those whose @record is; it is private. */
static gboolean
is_theirs (const CfRecord *record, const char *agent_id)
{
  const CfShape *shape = record->parent.shape;

  if (shape == &cf_channel_shape)
    return cf_channel_has ((const CfChannel *) record, agent_id);
  if (shape == &cf_team_message_shape)
    return is_in (((const CfTeamMessage *) record)->members, agent_id);
  if (shape == &cf_file_shape)
    return is_in (((const CfFile *) record)->members, agent_id);
  return g_strcmp0 (own_agent (record), agent_id) == 0;
}

/* What belongs to a conversation of which nobody has found out the site is for those alone who see all. */
static gboolean
is_of_their_sites (const CfdCaller *caller, const CfdChangeset *changes, const CfRecord *record)
{
  CfdRecordPlace place = cfd_record_place (record);

  if (place.conversation_id != NULL)
    return changes->sites != NULL && cfd_caller_sees (caller, g_hash_table_lookup (changes->sites, place.conversation_id));
  return (place.site_id == NULL || cfd_caller_sees (caller, place.site_id)) && cfd_caller_sees_some (caller, place.sites);
}

static gboolean
staff_hears (const CfdCaller *caller, const CfdChangeset *changes, const CfRecord *record)
{
  if (record->parent.shape == &cf_audit_entry_shape) /* by pages only, to those who may ask for them */
    return FALSE;
  if (caller->sites != NULL && !is_of_their_sites (caller, changes, record))
    return FALSE;
  return !is_private (record) || is_theirs (record, caller->id);
}

/**
 * cfd_audience_hears:
 * @changes: of which @record is one
 *
 * Returns: whether @caller may be told of @record. A visitor who does not exist yet has only claimed an id; until the
 *   first write has proved it they hear of nothing but their site.
 */
gboolean
cfd_audience_hears (const CfdCaller *caller, const CfdChangeset *changes, const CfRecord *record)
{
  if (g_strcmp0 (caller->organisation_id, record->organisation_id) != 0
      || !cf_record_visible (record, cfd_caller_get_audience (caller)))
    return FALSE;
  if (cfd_caller_is_staff (caller))
    return staff_hears (caller, changes, record);
  if (caller->kind != CFD_ALLOW_VISITOR)
    return FALSE;
  if (record->parent.shape == &cf_site_shape)
    return g_strcmp0 (record->id, caller->site_id) == 0;
  return caller->id != NULL && caller->secret_hash == NULL && g_strcmp0 (cfd_audience_owner (record), caller->id) == 0;
}

/**
 * cfd_audience_loses:
 * Returns: whether @caller, who does not hear of @record, is told that it is gone: it may have acted on a site of theirs until now.
 */
gboolean
cfd_audience_loses (const CfdCaller *caller, const CfRecord *record)
{
  return cfd_caller_is_staff (caller) && g_strcmp0 (caller->organisation_id, record->organisation_id) == 0
         && !cfd_caller_sees_some (caller, cfd_record_place (record).sites);
}

/* One word for all who see the same sites. */
static char *
staff_key (const CfdCaller *caller)
{
  g_autofree char *sites = caller->sites != NULL ? g_strjoinv (" ", caller->sites) : NULL;

  return sites != NULL ? g_strconcat ("staff of ", sites, NULL) : g_strdup ("staff");
}

/**
 * cfd_audience_key:
 * Returns: (transfer full): a word such that callers with the same word hear the same of @changes, so that these need
 *   to be encoded once for all of them.
 */
char *
cfd_audience_key (const CfdCaller *caller, const CfdChangeset *changes)
{
  for (guint i = 0; i < changes->records->len; i++)
    {
      const CfRecord *record = changes->records->pdata[i];

      if (!cfd_audience_hears (caller, changes, record))
        continue;
      if (is_private (record))
        return g_strconcat ("agent ", caller->id, NULL);
      if (!cfd_caller_is_staff (caller) && record->parent.shape != &cf_site_shape)
        return g_strconcat ("visitor ", caller->id, " ", caller->site_id, NULL);
    }
  if (cfd_caller_is_staff (caller))
    return staff_key (caller);
  return g_strconcat ("site ", caller->site_id, NULL);
}

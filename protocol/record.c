/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include "records/agent.h"
#include "records/attribute.h"
#include "records/audit-entry.h"
#include "records/canned-response.h"
#include "records/channel.h"
#include "records/channel-member.h"
#include "records/conversation.h"
#include "records/department.h"
#include "records/goal.h"
#include "records/invite.h"
#include "records/file.h"
#include "records/login-session.h"
#include "records/macro.h"
#include "records/message.h"
#include "records/organisation.h"
#include "records/read-mark.h"
#include "records/saved-view.h"
#include "records/scheduled-message.h"
#include "records/site.h"
#include "records/tag.h"
#include "records/team-message.h"
#include "records/trigger.h"
#include "records/visitor.h"

#include <string.h>

/* In the order in which a receiver can apply them: what others point at comes first. */
static const CfShape *const shapes[] = {
  &cf_organisation_shape,
  &cf_agent_shape,
  &cf_login_session_shape,
  &cf_site_shape,
  &cf_department_shape,
  &cf_tag_shape,
  &cf_attribute_shape,
  &cf_invite_shape,
  &cf_saved_view_shape,
  &cf_audit_entry_shape,
  &cf_visitor_shape,
  &cf_conversation_shape,
  &cf_file_shape,
  &cf_message_shape,
  &cf_read_mark_shape,
  &cf_scheduled_message_shape,
  &cf_canned_response_shape,
  &cf_macro_shape,
  &cf_trigger_shape,
  &cf_goal_shape,
  &cf_channel_shape,
  &cf_channel_member_shape,
  &cf_team_message_shape,
  NULL,
};

/* The flag is what counts; the kinds that must have it are staff only even if somebody forgot it. */
static gboolean
is_staff_message (const CfMessage *message)
{
  return message->staff_only || message->kind == CF_MESSAGE_NOTE || cf_message_event_is_staff_only (message->event);
}

/* What an agent has uploaded is the visitor's to see once a message brings it; what is in a channel never is. */
static gboolean
is_staff_file (const CfFile *file)
{
  return file->staff_only || file->members != NULL || (file->author_kind != CF_AUTHOR_VISITOR && !file->sent);
}

/**
 * cf_record_visible:
 * Returns: whether @audience may see @record at all, by its type and its content. Whose
 *   record it is, is the caller's question.
 */
gboolean
cf_record_visible (const CfRecord *record, CfAudience audience)
{
  if ((record->parent.shape->readers & audience) == 0)
    return FALSE;
  if (record->parent.shape == &cf_message_shape && is_staff_message ((const CfMessage *) record))
    return audience == CF_AUDIENCE_STAFF;
  if (record->parent.shape == &cf_file_shape && is_staff_file ((const CfFile *) record))
    return audience == CF_AUDIENCE_STAFF;
  return TRUE;
}

/**
 * cf_record_tombstone:
 * Returns: (transfer full): a copy of @record that says "deleted". It keeps its fields in
 *   memory so that it can be routed; the encoder writes only id and revision.
 */
CfRecord *
cf_record_tombstone (const CfRecord *record)
{
  CfRecord *copy = cf_struct_copy (record);

  copy->deleted = TRUE;
  return copy;
}

/**
 * cf_record_shape:
 * Returns: (nullable): the shape of the record type that is called @type on the wire.
 */
const CfShape *
cf_record_shape (const char *type)
{
  for (guint i = 0; shapes[i] != NULL; i++)
    if (g_strcmp0 (shapes[i]->name, type) == 0)
      return shapes[i];
  return NULL;
}

/**
 * cf_record_shapes:
 * Returns: all record shapes, NULL-terminated, those that others point at first.
 */
const CfShape *const *
cf_record_shapes (void)
{
  return shapes;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "message.h"

#include "protocol/error.h"

static gboolean
has_words (const CfMessage *self, GError **error)
{
  if (self->kind != CF_MESSAGE_EVENT)
    return TRUE;
  g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "id: got an event, expected a text or a note");
  return FALSE;
}

static gboolean
is_own (const CfMessage *self, const CfdCaller *caller, GError **error)
{
  if (g_strcmp0 (self->author_id, caller->id) == 0)
    return TRUE;
  g_set_error_literal (error, CF_ERROR, CF_ERROR_FORBIDDEN, "only who wrote it may do this");
  return FALSE;
}

/**
 * cfd_message_is_senior:
 * Returns: whether the caller answers for what others write.
 */
gboolean
cfd_message_is_senior (const CfdCaller *caller)
{
  return caller->kind == CFD_ALLOW_SUPERVISOR || caller->kind == CFD_ALLOW_ADMIN;
}

/**
 * cfd_message_is_editable:
 * Returns: whether it is the caller's to give other words; how old it is, is another question.
 */
gboolean
cfd_message_is_editable (const CfMessage *self, const CfdCaller *caller, GError **error)
{
  if (!has_words (self, error) || !is_own (self, caller, error))
    return FALSE;
  if (self->removed_at == 0)
    return TRUE;
  g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "this message was removed");
  return FALSE;
}

/**
 * cfd_message_is_removable:
 * @senior: whether it is the caller's to take back what others have written
 *
 * Returns: whether it is the caller's to take back; how old it is, is another question.
 */
gboolean
cfd_message_is_removable (const CfMessage *self, const CfdCaller *caller, gboolean senior, GError **error)
{
  return has_words (self, error) && (senior || is_own (self, caller, error));
}

/**
 * cfd_message_is_recent:
 * Returns: whether its author may still change it.
 */
gboolean
cfd_message_is_recent (const CfMessage *self, gint64 now, GError **error)
{
  if (now - self->created_at <= CF_MESSAGE_EDIT_MS)
    return TRUE;
  g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "it was written more than %d minutes ago and stays as it is", CF_MESSAGE_EDIT_MS / 60000);
  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "macro-run.h"

#include "app/features/conversations/mention-popover.h"
#include "protocol/records/tag.h"

/* All tags that it has afterwards; those of the macro that are gone by now are left out. */
static void
tag (CfaSession *session, CfaConversation *conversation, const CfMacro *macro)
{
  const char *const *now = cfa_conversation_get_tags (conversation);
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();

  if (macro->add_tags == NULL && macro->remove_tags == NULL)
    return;
  for (guint i = 0; now != NULL && now[i] != NULL; i++)
    if (macro->remove_tags == NULL || !g_strv_contains ((const char *const *) macro->remove_tags, now[i]))
      g_ptr_array_add (tags, (gpointer) now[i]);
  for (guint i = 0; macro->add_tags != NULL && macro->add_tags[i] != NULL; i++)
    if ((now == NULL || !g_strv_contains (now, macro->add_tags[i]))
        && cfa_directory_get (cfa_session_get_directory (session), &cf_tag_shape, macro->add_tags[i]) != NULL)
      g_ptr_array_add (tags, macro->add_tags[i]);
  g_ptr_array_add (tags, NULL);
  cfa_session_tag (session, conversation, (const char *const *) tags->pdata);
}

static void
assign (CfaSession *session, CfaConversation *conversation, const CfMacro *macro)
{
  if (macro->department_id != NULL)
    cfa_session_transfer (session, conversation, NULL, macro->department_id, NULL);
  switch (macro->assign)
    {
    case CF_MACRO_ASSIGN_ME:
      cfa_session_assign_to_me (session, conversation);
      break;
    case CF_MACRO_ASSIGN_NONE:
      cfa_session_unassign (session, conversation);
      break;
    case CF_MACRO_ASSIGN_AGENT:
      cfa_session_transfer (session, conversation, macro->assignee_id, NULL, NULL);
      break;
    case CF_MACRO_ASSIGN_LEAVE:
      break;
    }
}

/**
 * cfa_macro_run:
 * @reply: a macro
 *
 * Carries it out as ordinary writes: answer, note, tags, department, assignment, close.
 *
 * Returns: (transfer full) (nullable): NULL when that is done; else the answer, in which something is missing: nothing was done then.
 */
char *
cfa_macro_run (CfaSession *session, CfaConversation *conversation, CfaReply *reply, const CfaPlaceholderValues *values)
{
  const CfMacro *macro = cfa_reply_get_macro (reply);
  g_auto (GStrv) missing = NULL, in_note = NULL, mentions = NULL;
  g_autofree char *text = macro->text != NULL ? cfa_placeholders_fill (macro->text, values, &missing) : NULL;
  g_autofree char *note = macro->note != NULL ? cfa_placeholders_fill (macro->note, values, &in_note) : NULL;

  if (missing != NULL && missing[0] != NULL)
    return g_steal_pointer (&text);
  if (text != NULL)
    cfa_session_send_text (session, conversation, text, NULL, NULL);
  if (note != NULL)
    {
      mentions = cfa_mentions_in (note, cfa_session_get_directory (session));
      cfa_session_add_note (session, conversation, note, NULL, (const char *const *) mentions, NULL);
    }
  tag (session, conversation, macro);
  assign (session, conversation, macro);
  if (macro->close)
    cfa_session_close (session, conversation);
  cfa_session_use_reply (session, reply);
  return NULL;
}

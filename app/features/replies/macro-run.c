/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "macro-run.h"

static void
assign (CfaSession *session, CfaConversation *conversation, const CfMacro *macro)
{
  switch (macro->assign)
    {
    case CF_MACRO_ASSIGN_ME:
      cfa_session_assign_to_me (session, conversation);
      break;
    case CF_MACRO_ASSIGN_NONE:
      cfa_session_unassign (session, conversation);
      break;
    case CF_MACRO_ASSIGN_AGENT:
      cfa_session_assign (session, conversation, macro->assignee_id);
      break;
    case CF_MACRO_ASSIGN_LEAVE:
      break;
    }
}

/**
 * cfa_macro_run:
 * @reply: a macro
 *
 * Carries it out as ordinary writes: answer, note, assignment, close.
 *
 * Returns: (transfer full) (nullable): NULL when that is done; else the answer, in which something is missing: nothing was done then.
 */
char *
cfa_macro_run (CfaSession *session, CfaConversation *conversation, CfaReply *reply, const CfaPlaceholderValues *values)
{
  const CfMacro *macro = cfa_reply_get_macro (reply);
  g_auto (GStrv) missing = NULL, in_note = NULL;
  g_autofree char *text = macro->text != NULL ? cfa_placeholders_fill (macro->text, values, &missing) : NULL;
  g_autofree char *note = macro->note != NULL ? cfa_placeholders_fill (macro->note, values, &in_note) : NULL;

  if (missing != NULL && missing[0] != NULL)
    return g_steal_pointer (&text);
  if (text != NULL)
    cfa_session_send_text (session, conversation, text);
  if (note != NULL)
    cfa_session_add_note (session, conversation, note);
  assign (session, conversation, macro);
  if (macro->close)
    cfa_session_close (session, conversation);
  cfa_session_use_reply (session, reply);
  return NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation-form.h"

#include "backend/features/sites/site-service.h"
#include "backend/features/visitors/visitor-service.h"

/**
 * cfd_conversation_form_take:
 * @reply: (nullable): what the visitor has answered before their first words
 * @visitor: gets name, email address and phone number; changed, not stored
 * @conversation: that begins; gets all other answers
 *
 * Returns: FALSE with an error when the site asks something else, or the answers are no good.
 */
gboolean
cfd_conversation_form_take (CfdTx *tx, const CfFormReply *reply, CfVisitor *visitor, CfConversation *conversation, GError **error)
{
  g_autoptr (GPtrArray) answers = cfd_sites_take_form (tx, visitor->site_id, reply, error);
  g_autoptr (GPtrArray) kept = cf_structs_new ();

  for (guint i = 0; answers != NULL && i < answers->len; i++)
    {
      gboolean taken;

      if (!cfd_visitors_claim (visitor, answers->pdata[i], &taken, error))
        return FALSE;
      if (taken)
        continue;
      if (!cfd_sites_mask (tx, visitor->site_id, &((CfFormAnswer *) answers->pdata[i])->value, error))
        return FALSE;
      g_ptr_array_add (kept, cf_struct_ref (answers->pdata[i]));
    }
  if (answers == NULL || kept->len == 0)
    return answers != NULL;
  conversation->answers = cf_struct_new (&cf_form_answers_shape);
  conversation->answers->list = g_steal_pointer (&kept);
  return TRUE;
}

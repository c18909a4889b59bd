/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "culprit.h"

#include "protocol/methods/audit-params.h"
#include "protocol/records/audit-entry.h"

/* What was changed a moment ago is among the newest entries. */
#define LOOK_AT 20

typedef struct
{
  GObject *asker;
  CfaCulpritFound found;
  char *target_id;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->asker);
  g_free (question->target_id);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  g_autoptr (CfAuditListResult) answer = cfa_session_call_finish (CFA_SESSION (source), result, NULL);

  for (guint i = 0; answer != NULL && answer->entries != NULL && i < answer->entries->len; i++)
    {
      const CfAuditEntry *entry = answer->entries->pdata[i];

      if (g_strcmp0 (entry->target_id, question->target_id) == 0)
        {
          question->found (question->asker, entry->actor_name);
          return;
        }
    }
}

static void
on_found (GObject *field, const char *who)
{
  cfa_field_set_who (CFA_FIELD (field), who);
}

/**
 * cfa_culprit_ask:
 * @target_id: what somebody else has changed while the person was editing it
 *
 * Writes into the field who it was, when that can be known.
 */
void
cfa_culprit_ask (CfaSession *session, const char *target_id, CfaField *field)
{
  if (cfa_field_is_torn (field))
    cfa_culprit_find (session, target_id, on_found, G_OBJECT (field));
}

/**
 * cfa_culprit_find:
 * @target_id: what somebody else has just changed
 * @found: called with @asker and who it was, when that can be known: the log is for admins
 */
void
cfa_culprit_find (CfaSession *session, const char *target_id, CfaCulpritFound found, GObject *asker)
{
  g_autoptr (CfAuditListParams) params = NULL;
  Question *question;

  if (cfa_session_get_role (session) < CF_ROLE_ADMIN)
    return;
  params = cf_struct_new (&cf_audit_list_params_shape);
  params->limit = LOOK_AT;
  question = g_new0 (Question, 1);
  question->asker = g_object_ref (asker);
  question->found = found;
  question->target_id = g_strdup (target_id);
  cfa_session_call_async (session, "audit.list", params, &cf_audit_list_result_shape, NULL, on_answered, question);
}

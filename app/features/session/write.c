/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "write.h"

#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/json.h"
#include "protocol/methods/canned-params.h"
#include "protocol/methods/conversation-params.h"
#include "protocol/methods/macro-params.h"
#include "protocol/methods/results.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *method;
  const CfShape *params;
  const char *what; /* for "could not %s" */
} WriteKind;

static const WriteKind kinds[] = {
  { "message.send", &cf_message_send_params_shape, N_("The message was not sent") },
  { "note.add", &cf_message_send_params_shape, N_("The note was not added") },
  { "conversation.assign", &cf_conversation_assign_params_shape, N_("The conversation was not assigned") },
  { "conversation.unassign", &cf_conversation_action_params_shape, N_("The conversation was not given back") },
  { "conversation.close", &cf_conversation_action_params_shape, N_("The conversation was not closed") },
  { "conversation.reopen", &cf_conversation_action_params_shape, N_("The conversation was not opened again") },
  { "conversation.read", &cf_conversation_read_params_shape, N_("The conversation was not marked as read") },
  { "canned.add", &cf_canned_add_params_shape, N_("The canned response was not added") },
  { "canned.update", &cf_canned_update_params_shape, N_("The canned response was not changed") },
  { "canned.remove", &cf_id_params_shape, N_("The canned response was not removed") },
  { "canned.used", &cf_id_params_shape, N_("The use of a canned response was not counted") },
  { "macro.add", &cf_macro_add_params_shape, N_("The macro was not added") },
  { "macro.update", &cf_macro_update_params_shape, N_("The macro was not changed") },
  { "macro.remove", &cf_id_params_shape, N_("The macro was not removed") },
  { "macro.used", &cf_id_params_shape, N_("The use of a macro was not counted") },
};

static const WriteKind *
find_kind (const char *method)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].method, method) == 0)
      return &kinds[i];
  return NULL;
}

/**
 * cfa_write_new:
 * @id: of the write; that of the message which it makes, if it makes one
 * @conversation_id: of what it is done to: the writes of one thing are carried out one after the other
 */
CfaOutboxRow *
cfa_write_new (const char *method, const char *id, const char *conversation_id, gconstpointer params)
{
  CfaOutboxRow *row = cfa_outbox_row_new ();
  GString *json = g_string_new (NULL);

  cf_json_encode (json, params, CF_AUDIENCE_STAFF);
  row->id = g_strdup (id);
  row->conversation_id = g_strdup (conversation_id);
  row->method = g_strdup (method);
  row->params = g_string_free (json, FALSE);
  row->created_at = cf_now ();
  return row;
}

/**
 * cfa_write_new_text:
 * Returns: (transfer full): message.send, or note.add when @note, with an id made here.
 */
CfaOutboxRow *
cfa_write_new_text (const char *conversation_id, const char *text, gboolean note)
{
  g_autoptr (CfMessageSendParams) params = cf_struct_new (&cf_message_send_params_shape);

  params->id = cf_id_new ();
  params->conversation_id = g_strdup (conversation_id);
  params->text = g_strdup (text);
  return cfa_write_new (note ? "note.add" : "message.send", params->id, conversation_id, params);
}

CfaOutboxRow *
cfa_write_new_assign (const char *conversation_id, const char *agent_id)
{
  g_autoptr (CfConversationAssignParams) params = cf_struct_new (&cf_conversation_assign_params_shape);

  params->id = g_strdup (conversation_id);
  params->event_id = cf_id_new ();
  params->agent_id = g_strdup (agent_id);
  return cfa_write_new ("conversation.assign", params->event_id, conversation_id, params);
}

/**
 * cfa_write_new_action:
 * @method: conversation.unassign, conversation.close or conversation.reopen
 */
CfaOutboxRow *
cfa_write_new_action (const char *method, const char *conversation_id)
{
  g_autoptr (CfConversationActionParams) params = cf_struct_new (&cf_conversation_action_params_shape);

  params->id = g_strdup (conversation_id);
  params->event_id = cf_id_new ();
  return cfa_write_new (method, params->event_id, conversation_id, params);
}

CfaOutboxRow *
cfa_write_new_read (const char *conversation_id, gint64 position)
{
  g_autoptr (CfConversationReadParams) params = cf_struct_new (&cf_conversation_read_params_shape);
  g_autofree char *id = cf_id_new ();
  CfaOutboxRow *row;

  params->conversation_id = g_strdup (conversation_id);
  params->position = position;
  row = cfa_write_new ("conversation.read", id, conversation_id, params);
  row->position = position;
  return row;
}

/**
 * cfa_write_is_message:
 * Returns: whether @row holds words of the person's, which are never given up without asking.
 */
gboolean
cfa_write_is_message (const CfaOutboxRow *row)
{
  return g_str_equal (row->method, "message.send") || g_str_equal (row->method, "note.add");
}

/**
 * cfa_write_params:
 * Returns: (transfer full): the CfStruct to call the method with, or NULL when another version of the program wrote the row
 *   and this one cannot read it.
 */
gpointer
cfa_write_params (const CfaOutboxRow *row, GError **error)
{
  const WriteKind *kind = find_kind (row->method);

  if (kind == NULL)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "got the write \"%s\", which this version does not know", row->method);
      return NULL;
    }
  return cf_json_decode_text (kind->params, row->params, CF_DECODE_LENIENT, error);
}

/**
 * cfa_write_what:
 * Returns: (transfer full): what did not happen when the write is refused, in the person's language.
 */
char *
cfa_write_what (const CfaOutboxRow *row)
{
  const WriteKind *kind = find_kind (row->method);

  return g_strdup (kind != NULL ? _(kind->what) : row->method);
}

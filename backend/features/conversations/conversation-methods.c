/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation-methods.h"

#include "backend/rpc/results.h"
#include "analytics-service.h"
#include "conversation-form.h"
#include "conversation-service.h"
#include "message-service.h"
#include "protocol/records/site.h"
#include "rating-service.h"
#include "transcript-service.h"

static gpointer
list_conversations (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_conversations_list (call->tx, call->caller, params, error);
}

static gpointer
get_conversation (CfdCall *call, gconstpointer params, GError **error)
{
  const CfIdParams *p = params;

  return cfd_result_of_records (cfd_conversations_get (call->tx, call->caller, p->id, error));
}

static gpointer
start (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_conversations_start (call->tx, call->caller, params, error));
}

static gpointer
assign (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_conversations_assign (call->tx, call->caller, params, error));
}

static gpointer
unassign (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_conversations_unassign (call->tx, call->caller, params, error));
}

static gpointer
close_conversation (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_conversations_close (call->tx, call->caller, params, error));
}

static gpointer
send_transcript (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_transcripts_send (call->tx, call->caller, params, error));
}

static gpointer
reopen (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_conversations_reopen (call->tx, call->caller, params, error));
}

static gpointer
mark_read (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_conversations_read (call->tx, call->caller, params, error));
}

static gpointer
list_messages (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_conversations_messages (call->tx, call->caller, params, error);
}

static gpointer
send (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_conversations_send (call->tx, call->caller, params, error));
}

static gpointer
add_note (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_conversations_note (call->tx, call->caller, params, error));
}

static gpointer
accept_conversation (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_conversations_accept (call->tx, call->caller, params, error));
}

static gpointer
transfer (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_conversations_transfer (call->tx, call->caller, params, error));
}

static gpointer
escalate (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_conversations_escalate (call->tx, call->caller, params, error));
}

static gpointer
snooze (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_conversations_snooze (call->tx, call->caller, params, error));
}

static gpointer
tag (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_conversations_tag (call->tx, call->caller, params, error));
}

static gpointer
pin (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_conversations_pin (call->tx, call->caller, params, error));
}

static gpointer
rate (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_conversations_rate (call->tx, call->caller, params, error));
}

static gpointer
answer (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_conversations_answer (call->tx, call->caller, params, error));
}

static gpointer
sum_up_ratings (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_ratings_summary (call->tx, call->caller, params, error);
}

static gpointer
edit (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_messages_edit (call->tx, call->caller, params, error));
}

static gpointer
remove_message (CfdCall *call, gconstpointer params, GError **error)
{
  const CfIdParams *p = params;

  return cfd_result_of_records (cfd_messages_remove (call->tx, call->caller, p->id, error));
}

static gpointer
analyse (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_analytics_conversations (call->tx, call->caller, params, error);
}

#define BOTH (CFD_ALLOW_STAFF | CFD_ALLOW_VISITOR)

static const CfdMethod methods[] = {
  { "conversation.list", CFD_ALLOW_STAFF, CFD_WORK_READ, &cf_conversation_list_params_shape, &cf_records_result_shape,
    "GET", "/api/v1/conversations", list_conversations, 1, "Conversations with their visitors, newest last message first.",
    CFD_KEY (CONVERSATIONS_READ, cf_site_shape, "site_id") },
  { "conversation.get", CFD_ALLOW_STAFF, CFD_WORK_READ, &cf_id_params_shape, &cf_records_result_shape,
    "GET", "/api/v1/conversations/{id}", get_conversation, 1, "One conversation with its visitor, read marks and last messages.",
    CFD_KEY (CONVERSATIONS_READ, cf_conversation_shape, "id") },
  { "conversation.start", BOTH, CFD_WORK_WRITE, &cf_conversation_start_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/conversations", start, 2, "A visitor's first message, or an agent's to a visitor who is on a page." },
  { "conversation.assign", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_conversation_assign_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/conversations/{id}/assign", assign, 1, "Give a conversation to an agent." },
  { "conversation.accept", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_conversation_action_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/conversations/{id}/accept", accept_conversation, 1, "Take what is nobody's; conflict when a colleague was faster." },
  { "conversation.transfer", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_conversation_transfer_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/conversations/{id}/transfer", transfer, 1, "Give it to another agent or a department, with a note." },
  { "conversation.unassign", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_conversation_action_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/conversations/{id}/unassign", unassign, 1, "Give it back to everyone." },
  { "conversation.transcript", BOTH, CFD_WORK_WRITE, &cf_conversation_transcript_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/conversations/{id}/transcript", send_transcript, 5, "What was said goes by mail to an address; without notes." },
  { "conversation.close", BOTH, CFD_WORK_WRITE, &cf_conversation_action_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/conversations/{id}/close", close_conversation, 1, "The matter is settled, for the team or for the visitor.",
    CFD_KEY (CONVERSATIONS_WRITE, cf_conversation_shape, "id") },
  { "conversation.reopen", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_conversation_action_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/conversations/{id}/reopen", reopen, 1, "It was not.",
    CFD_KEY (CONVERSATIONS_WRITE, cf_conversation_shape, "id") },
  { "conversation.escalate", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_conversation_escalate_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/conversations/{id}/escalate", escalate, 1, "Call the supervisors, with a note; or say that they are not needed any more." },
  { "conversation.snooze", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_conversation_snooze_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/conversations/{id}/snooze", snooze, 1, "Out of sight until a time, or until the visitor writes." },
  { "conversation.tag", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_conversation_tag_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/conversations/{id}/tags", tag, 1, "All tags that it has from now on.",
    CFD_KEY (CONVERSATIONS_WRITE, cf_conversation_shape, "id") },
  { "conversation.pin", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_conversation_pin_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/conversations/{id}/pin", pin, 1, "The note that stands above all others." },
  { "conversation.rate", CFD_ALLOW_VISITOR, CFD_WORK_WRITE, &cf_conversation_rate_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/conversations/{id}/rate", rate, 1, "What its visitor thinks of how they were served." },
  { "conversation.answer", CFD_ALLOW_VISITOR, CFD_WORK_WRITE, &cf_conversation_answer_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/conversations/{id}/answer", answer, 1, "What its visitor says to the question that they are asked in it, or that they pass over it." },
  { "rating.summary", CFD_ALLOW_STAFF, CFD_WORK_READ, &cf_rating_summary_params_shape, &cf_rating_summary_result_shape,
    "GET", "/api/v1/ratings", sum_up_ratings, 1, "How visitors rated the caller in the last 30 days; supervisors and admins also another agent." },
  { "analytics.conversations", CFD_ALLOW_SUPERVISOR | CFD_ALLOW_ADMIN, CFD_WORK_READ, &cf_analytics_params_shape, &cf_analytics_result_shape,
    "GET", "/api/v1/analytics/conversations", analyse, 5, "How many conversations of a site began in a time, and what became of them, day by day.",
    CFD_KEY (NUMBERS_READ, cf_site_shape, "site_id") },
  { "conversation.read", BOTH, CFD_WORK_WRITE, &cf_conversation_read_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/conversations/{conversation_id}/read", mark_read, 1, "Everything up to a position was seen." },
  { "message.list", BOTH, CFD_WORK_READ, &cf_message_list_params_shape, &cf_records_result_shape,
    "GET", "/api/v1/conversations/{conversation_id}/messages", list_messages, 1, "A page of history, oldest first.",
    CFD_KEY (CONVERSATIONS_READ, cf_conversation_shape, "conversation_id") },
  { "message.send", BOTH, CFD_WORK_WRITE, &cf_message_send_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/conversations/{conversation_id}/messages", send, 1, "Say something.",
    CFD_KEY (CONVERSATIONS_WRITE, cf_conversation_shape, "conversation_id") },
  { "message.edit", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_message_edit_params_shape, &cf_records_result_shape,
    "PATCH", "/api/v1/messages/{id}", edit, 1, "Other words for an own text or note, within 15 minutes." },
  { "message.remove", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_id_params_shape, &cf_records_result_shape,
    "DELETE", "/api/v1/messages/{id}", remove_message, 1, "Take back an own text or note within 15 minutes; supervisors and admins any." },
  { "note.add", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_message_send_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/conversations/{conversation_id}/notes", add_note, 1, "Say something among the staff.",
    CFD_KEY (CONVERSATIONS_WRITE, cf_conversation_shape, "conversation_id") },
};

const CfdFeature cfd_conversations_feature = { "conversations", methods, G_N_ELEMENTS (methods) };

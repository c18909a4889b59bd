/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue.h"

#include "agent-params.h"
#include "canned-params.h"
#include "conversation-params.h"
#include "macro-params.h"
#include "results.h"
#include "search-params.h"
#include "session.h"
#include "signal.h"
#include "site-params.h"
#include "visitor-params.h"
#include "../records/conversation.h"

/* What is nested in others comes before them. */
static const CfShape *const shapes[] = {
  &cf_signal_shape,
  &cf_server_info_shape,
  &cf_login_params_shape,
  &cf_login_result_shape,
  &cf_open_params_shape,
  &cf_open_result_shape,
  &cf_sync_params_shape,
  &cf_changes_shape,
  &cf_revoke_all_params_shape,
  &cf_no_params_shape,
  &cf_id_params_shape,
  &cf_records_result_shape,
  &cf_agent_add_params_shape,
  &cf_agent_update_params_shape,
  &cf_agent_password_params_shape,
  &cf_site_add_params_shape,
  &cf_site_update_params_shape,
  &cf_identify_params_shape,
  &cf_conversation_list_params_shape,
  &cf_conversation_start_params_shape,
  &cf_conversation_action_params_shape,
  &cf_conversation_assign_params_shape,
  &cf_conversation_read_params_shape,
  &cf_message_list_params_shape,
  &cf_message_send_params_shape,
  &cf_typing_params_shape,
  &cf_presence_params_shape,
  &cf_search_mark_shape,
  &cf_search_hit_shape,
  &cf_search_messages_params_shape,
  &cf_search_visitors_params_shape,
  &cf_search_result_shape,
  &cf_canned_add_params_shape,
  &cf_canned_update_params_shape,
  &cf_macro_add_params_shape,
  &cf_macro_update_params_shape,
  NULL,
};

static const CfWordList word_lists[] = {
  { "author_kind", cf_author_kind_words },
  { "conversation_filter", cf_conversation_filter_words },
  { "conversation_status", cf_conversation_status_words },
  { "macro_assign", cf_macro_assign_words },
  { "mood", cf_mood_words },
  { "message_event", cf_message_event_words },
  { "message_kind", cf_message_kind_words },
  { "peer_role", cf_peer_role_words },
  { "presence_state", cf_presence_state_words },
  { "role", cf_role_words },
  { "search_author", cf_search_author_words },
  { "signal_kind", cf_signal_kind_words },
  { NULL, NULL },
};

/**
 * cf_method_shapes:
 * Returns: the shapes of all params, results and notifications, NULL-terminated. With
 *   cf_record_shapes() that is everything that travels.
 */
const CfShape *const *
cf_method_shapes (void)
{
  return shapes;
}

/**
 * cf_word_lists:
 * Returns: the enums of all shapes, ended by a row without a name.
 */
const CfWordList *
cf_word_lists (void)
{
  return word_lists;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue.h"

#include "agent-params.h"
#include "analytics-params.h"
#include "api-key-params.h"
#include "attribute-params.h"
#include "audit-params.h"
#include "canned-params.h"
#include "channel-params.h"
#include "conversation-params.h"
#include "department-params.h"
#include "form-department.h"
#include "form-reply.h"
#include "goal-params.h"
#include "invite-params.h"
#include "file-params.h"
#include "macro-params.h"
#include "monitor-params.h"
#include "privacy-params.h"
#include "rating-params.h"
#include "results.h"
#include "saved-view-params.h"
#include "scheduled-params.h"
#include "search-params.h"
#include "session.h"
#include "signal.h"
#include "site-params.h"
#include "site-secret-params.h"
#include "tag-params.h"
#include "trigger-params.h"
#include "visitor-params.h"
#include "../records/conversation.h"

/* What is nested in others comes before them. */
static const CfShape *const shapes[] = {
  &cf_signal_shape,
  &cf_site_appearance_shape,
  &cf_site_range_shape,
  &cf_site_holiday_shape,
  &cf_site_hours_shape,
  &cf_site_offline_shape,
  &cf_form_department_shape,
  &cf_form_field_shape,
  &cf_site_form_shape,
  &cf_form_value_shape,
  &cf_form_reply_shape,
  &cf_form_answer_shape,
  &cf_form_answers_shape,
  &cf_site_privacy_shape,
  &cf_site_limits_shape,
  &cf_trigger_condition_shape,
  &cf_trigger_rules_shape,
  &cf_trigger_actions_shape,
  &cf_site_survey_shape,
  &cf_survey_answer_shape,
  &cf_site_alerts_shape,
  &cf_site_files_shape,
  &cf_site_opening_shape,
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
  &cf_agent_skills_params_shape,
  &cf_agent_sites_params_shape,
  &cf_agent_photo_params_shape,
  &cf_agent_photos_params_shape,
  &cf_agent_photo_shape,
  &cf_agent_photos_result_shape,
  &cf_account_update_params_shape,
  &cf_agent_password_params_shape,
  &cf_agent_reset_params_shape,
  &cf_invite_create_params_shape,
  &cf_invite_result_shape,
  &cf_invite_show_params_shape,
  &cf_invite_show_result_shape,
  &cf_invite_accept_params_shape,
  &cf_department_add_params_shape,
  &cf_department_update_params_shape,
  &cf_tag_add_params_shape,
  &cf_tag_update_params_shape,
  &cf_attribute_put_params_shape,
  &cf_view_add_params_shape,
  &cf_view_update_params_shape,
  &cf_audit_list_params_shape,
  &cf_audit_list_result_shape,
  &cf_audit_export_params_shape,
  &cf_audit_export_result_shape,
  &cf_site_add_params_shape,
  &cf_site_update_params_shape,
  &cf_site_configure_params_shape,
  &cf_site_settings_shape,
  &cf_site_secret_add_params_shape,
  &cf_site_secret_result_shape,
  &cf_site_secret_info_shape,
  &cf_site_secrets_result_shape,
  &cf_api_key_add_params_shape,
  &cf_api_key_result_shape,
  &cf_api_key_info_shape,
  &cf_api_keys_result_shape,
  &cf_said_attribute_shape,
  &cf_identify_params_shape,
  &cf_identify_result_shape,
  &cf_visitor_update_params_shape,
  &cf_visitor_verify_params_shape,
  &cf_visitor_prove_params_shape,
  &cf_visitor_tag_params_shape,
  &cf_visitor_attribute_params_shape,
  &cf_visitor_merge_params_shape,
  &cf_visitor_export_params_shape,
  &cf_visitor_export_result_shape,
  &cf_visitor_import_params_shape,
  &cf_import_problem_shape,
  &cf_visitor_import_result_shape,
  &cf_conversation_list_params_shape,
  &cf_conversation_start_params_shape,
  &cf_conversation_action_params_shape,
  &cf_conversation_transcript_params_shape,
  &cf_conversation_assign_params_shape,
  &cf_conversation_transfer_params_shape,
  &cf_conversation_escalate_params_shape,
  &cf_conversation_snooze_params_shape,
  &cf_conversation_tag_params_shape,
  &cf_conversation_pin_params_shape,
  &cf_conversation_rate_params_shape,
  &cf_conversation_answer_params_shape,
  &cf_conversation_read_params_shape,
  &cf_rating_summary_params_shape,
  &cf_rating_summary_result_shape,
  &cf_analytics_params_shape,
  &cf_analytics_day_shape,
  &cf_analytics_result_shape,
  &cf_message_list_params_shape,
  &cf_message_send_params_shape,
  &cf_message_edit_params_shape,
  &cf_scheduled_add_params_shape,
  &cf_scheduled_update_params_shape,
  &cf_channel_direct_params_shape,
  &cf_channel_put_params_shape,
  &cf_file_create_params_shape,
  &cf_file_params_shape,
  &cf_file_result_shape,
  &cf_typing_params_shape,
  &cf_presence_params_shape,
  &cf_viewing_params_shape,
  &cf_notification_test_result_shape,
  &cf_search_mark_shape,
  &cf_search_hit_shape,
  &cf_search_messages_params_shape,
  &cf_search_visitors_params_shape,
  &cf_search_team_params_shape,
  &cf_search_result_shape,
  &cf_visit_page_params_shape,
  &cf_monitor_visitor_shape,
  &cf_monitor_list_params_shape,
  &cf_monitor_list_result_shape,
  &cf_monitor_watch_params_shape,
  &cf_monitor_news_shape,
  &cf_page_view_shape,
  &cf_event_datum_shape,
  &cf_visit_event_shape,
  &cf_visit_track_params_shape,
  &cf_visit_shape,
  &cf_visit_list_params_shape,
  &cf_visit_list_result_shape,
  &cf_erasure_result_shape,
  &cf_expiry_params_shape,
  &cf_expiry_result_shape,
  &cf_person_export_params_shape,
  &cf_exported_file_shape,
  &cf_met_trigger_shape,
  &cf_reached_goal_shape,
  &cf_person_export_result_shape,
  &cf_canned_add_params_shape,
  &cf_canned_update_params_shape,
  &cf_macro_add_params_shape,
  &cf_macro_update_params_shape,
  &cf_trigger_save_params_shape,
  &cf_trigger_reorder_params_shape,
  &cf_trigger_dry_run_params_shape,
  &cf_trigger_example_shape,
  &cf_trigger_dry_run_result_shape,
  &cf_numbers_params_shape,
  &cf_trigger_number_shape,
  &cf_trigger_numbers_result_shape,
  &cf_trigger_offers_params_shape,
  &cf_trigger_offer_shape,
  &cf_trigger_offers_result_shape,
  &cf_trigger_fire_params_shape,
  &cf_trigger_fire_result_shape,
  &cf_goal_save_params_shape,
  &cf_goal_number_shape,
  &cf_goal_numbers_result_shape,
  NULL,
};

static const CfWordList word_lists[] = {
  { "addresses", cf_addresses_words },
  { "assignment", cf_assignment_words },
  { "attribute_kind", cf_attribute_kind_words },
  { "author_kind", cf_author_kind_words },
  { "channel_kind", cf_channel_kind_words },
  { "conversation_filter", cf_conversation_filter_words },
  { "conversation_status", cf_conversation_status_words },
  { "day", cf_day_words },
  { "device", cf_device_words },
  { "file_reason", cf_file_reason_words },
  { "file_state", cf_file_state_words },
  { "form_asked", cf_form_asked_words },
  { "form_kind", cf_form_kind_words },
  { "goal_kind", cf_goal_kind_words },
  { "held", cf_held_words },
  { "invite_mail", cf_invite_mail_words },
  { "macro_assign", cf_macro_assign_words },
  { "mood", cf_mood_words },
  { "message_event", cf_message_event_words },
  { "message_kind", cf_message_kind_words },
  { "monitor_scope", cf_monitor_scope_words },
  { "peer_role", cf_peer_role_words },
  { "presence_state", cf_presence_state_words },
  { "role", cf_role_words },
  { "scheme", cf_scheme_words },
  { "search_author", cf_search_author_words },
  { "search_status", cf_search_status_words },
  { "side", cf_side_words },
  { "signal_kind", cf_signal_kind_words },
  { "site_sound", cf_site_sound_words },
  { "source", cf_source_words },
  { "survey_kind", cf_survey_kind_words },
  { "trigger_cap", cf_trigger_cap_words },
  { "trigger_how", cf_trigger_how_words },
  { "trigger_kind", cf_trigger_kind_words },
  { "view_assignee", cf_view_assignee_words },
  { "view_status", cf_view_status_words },
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

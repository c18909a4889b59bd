/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "protocol/records/conversation.h"

G_BEGIN_DECLS

#define CFA_TYPE_CONVERSATION (cfa_conversation_get_type ())
G_DECLARE_FINAL_TYPE (CfaConversation, cfa_conversation, CFA, CONVERSATION, GObject)

/*
 * A conversation as lists and pages show it. Properties (read-only, notified):
 * "id" (NULL while loading) · "loading" boolean (an inbox has promised it, and the cache has not yet said which one it is) · "title" (the visitor's name, else their email, else a translated "Visitor") · "email" (nullable) ·
 * "site-name" · "preview" · "status" int CfConversationStatus · "assignee-id" (nullable) · "assignee-name" (nullable) ·
 * "mine" boolean · "unread" uint (visitor texts above the own read mark, counted in the cache) ·
 * "last-message-at" int64 · "waiting-since" int64 (0 = answered) · "created-at" int64 ·
 * "online" boolean (the visitor is connected) · "peek" string (nullable: what the visitor is typing right now, "" = typing, text unknown) ·
 * "typing-name" string (nullable: another agent who is typing here) · "draft" string (nullable: of an answer) ·
 * "note-draft" string (nullable: of a staff note) · "department-id" (nullable) · "tags" strv (nullable, ids) ·
 * "escalated-at" int64 (0 = not) · "snoozed-until" int64 (0 = not) · "pinned-id" (nullable: the note that stands above all) · "viewers" strv (nullable: names of colleagues who look at it) ·
 * "mood" int CfMood (what its visitor's words sound like) · "rating" int (by its visitor, 1 to 5; 0 = none) · "rating-comment" (nullable).
 */
const char           *cfa_conversation_get_id              (CfaConversation *self);
gboolean              cfa_conversation_get_loading         (CfaConversation *self);
const char           *cfa_conversation_get_title           (CfaConversation *self);
const char           *cfa_conversation_get_visitor_name    (CfaConversation *self); /* nullable */
const char           *cfa_conversation_get_email           (CfaConversation *self);
const char           *cfa_conversation_get_site_name       (CfaConversation *self);
const char           *cfa_conversation_get_preview         (CfaConversation *self);
CfConversationStatus  cfa_conversation_get_status          (CfaConversation *self);
const char           *cfa_conversation_get_assignee_id     (CfaConversation *self);
const char           *cfa_conversation_get_assignee_name   (CfaConversation *self);
gboolean              cfa_conversation_get_mine            (CfaConversation *self);
guint                 cfa_conversation_get_unread          (CfaConversation *self);
gint64                cfa_conversation_get_last_message_at (CfaConversation *self);
gint64                cfa_conversation_get_waiting_since   (CfaConversation *self);
gint64                cfa_conversation_get_created_at      (CfaConversation *self);
gboolean              cfa_conversation_get_online          (CfaConversation *self);
const char           *cfa_conversation_get_peek            (CfaConversation *self);
const char           *cfa_conversation_get_typing_name     (CfaConversation *self);
const char           *cfa_conversation_get_draft           (CfaConversation *self, gboolean note);
const char           *cfa_conversation_get_department_id   (CfaConversation *self);
const char *const    *cfa_conversation_get_tags            (CfaConversation *self);
gint64                cfa_conversation_get_escalated_at    (CfaConversation *self);
gint64                cfa_conversation_get_snoozed_until   (CfaConversation *self);
const char           *cfa_conversation_get_pinned_id       (CfaConversation *self);
const char *const    *cfa_conversation_get_viewers         (CfaConversation *self);
const char *const    *cfa_conversation_get_viewer_ids      (CfaConversation *self);
CfMood                cfa_conversation_get_mood            (CfaConversation *self);
int                   cfa_conversation_get_rating          (CfaConversation *self);
const char           *cfa_conversation_get_rating_comment  (CfaConversation *self);
const CfSurveyAnswer  *cfa_conversation_get_survey          (CfaConversation *self);
gboolean               cfa_conversation_get_away            (CfaConversation *self);
const CfFormAnswers  *cfa_conversation_get_answers         (CfaConversation *self); /* nullable */

G_END_DECLS

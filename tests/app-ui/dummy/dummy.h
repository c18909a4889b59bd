/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"
#include "search/query.h"

G_BEGIN_DECLS

/*
 * The model below the pages, in memory and scripted: what the real one looks like to them, without a daemon. Environment:
 *   CFA_DUMMY          words, joined by commas: signed-out, keyring-locked, keyring-missing, empty, many, loading, offline, long, photos,
 *                      held-history, held-rows, rtl, unread, supervisor, agent,
 *                      server-fails, held-upload
 *   CFA_DUMMY_CONTROL  a FIFO that takes one command per line, see control.c
 */

#define DUMMY_AGENT_ID "0190a000-0000-7000-8000-000000000001"
#define DUMMY_COLLEAGUE_ID "0190a000-0000-7000-8000-000000000002"
#define DUMMY_AGENT_NAME "Bruno Keller"
#define DUMMY_LOGIN_SESSION_ID "0190a000-0000-7000-8000-0000000000f1"

struct _CfaMessage
{
  GObject parent_instance;

  char *id;
  gint64 position;
  CfMessageKind kind;
  CfMessageEvent event;
  CfAuthorKind author_kind;
  char *author_id;
  char *author_name;
  char *target_name;
  char *text;
  gint64 created_at;
  CfaMessageState state;
  char *error;
  char *reply_to;
  char **files;
  gboolean overtaken;
  gint64 due;
  char **mentions;
  gboolean among; /* of a colleague, in a channel */
  gboolean edited;
  gboolean removed;
};

struct _CfaConversation
{
  GObject parent_instance;

  char *id;
  char *title;
  char *email;
  char *site_name;
  char *preview;
  CfConversationStatus status;
  char *assignee_id;
  char *assignee_name;
  guint unread;
  gint64 last_message_at;
  gint64 waiting_since;
  gint64 created_at;
  gboolean online;
  char *peek;
  char *typing_name;
  char **viewers;
  char **tags;
  char *department_id;
  char *site_id;
  gint64 escalated_at;
  char *pinned_id;
  gint64 snoozed_until;
  CfMood mood;
  int rating;
  char *rating_comment;
  CfSurveyAnswer *survey;
  gboolean away;
  CfFormAnswers *answers;
  gboolean mentioned;
  char *draft;
  char *note_draft;
  gboolean loading; /* until the command "rows" */

  CfaScheduledList *scheduled; /* (nullable): until it is asked for */
  GPtrArray *messages; /* all of CfaMessage, oldest first */
  GWeakRef list;       /* CfaMessageList, while a page shows it */
};

CfaMessage      *dummy_message_new       (CfMessageKind kind, CfAuthorKind author_kind, const char *author_name,
                                          const char *text, gint64 created_at);
void             dummy_message_set_state (CfaMessage *self, CfaMessageState state, const char *error);
CfaConversation *dummy_conversation_new  (const char *title, const char *site_name, gint64 created_at);
void             dummy_conversation_add  (CfaConversation *self, CfaMessage *message);
void             dummy_conversation_drop (CfaConversation *self, CfaMessage *message);
void             dummy_conversation_changed (CfaConversation *self);
void             dummy_conversation_arrive  (CfaConversation *self);

CfaMessageList      *dummy_message_list_new      (CfaConversation *conversation);
void                 dummy_message_list_appended (CfaMessageList *self);
void                 dummy_message_list_release  (CfaMessageList *self);
void                 dummy_message_list_dropped  (CfaMessageList *self, guint index);
CfaConversationList *dummy_conversation_list_new (const char *folder, gboolean loading, CfaDirectory *directory);
void                 dummy_conversation_list_fill (CfaConversationList *self, GPtrArray *all);

gboolean   dummy_wants        (const char *word);
GPtrArray *dummy_content_new  (void);
GPtrArray *dummy_content_team (void);
void       dummy_control_run  (CfaSession *session);

struct _DummyCrowd *dummy_session_get_crowd (CfaSession *self);
GPtrArray *dummy_session_get_all   (CfaSession *self);
void       dummy_session_set_link  (CfaSession *self, CfaLink link);
void       dummy_session_overtake_next (CfaSession *self);
void       dummy_session_fail_next (CfaSession *self);
void       dummy_session_refill    (CfaSession *self);
void       dummy_session_rename    (CfaSession *self, const char *from, const char *to);
void       dummy_session_lose      (CfaSession *self, CfaConversation *conversation);
void       dummy_session_erase_person (CfaSession *self);
void       dummy_session_steal     (CfaSession *self, const char *name);
void       dummy_scheduled_add     (CfaSession *self, CfaConversation *conversation, const char *text, CfHeld held, const char *colleague);
void       dummy_team_chat_hear    (CfaSession *session, const char *text);
void       dummy_team_chat_find    (CfaSession *session, const CfSearchQuery *query, GPtrArray *hits);
char     **dummy_files_new         (CfaSession *self);
void       dummy_files_release     (CfaSession *self);
void       dummy_session_bring     (CfaSession *self, CfaConversation *conversation);
void       dummy_session_receive   (CfaSession *self, CfaConversation *conversation, const char *text);

G_END_DECLS

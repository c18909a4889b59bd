/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "app/features/conversations/conversation-list.h"
#include "app/features/conversations/directory.h"
#include "app/features/conversations/message-list.h"
#include "app/features/conversations/scheduled-list.h"
#include "app/features/files/attachment.h"
#include "app/features/files/upload-list.h"
#include "app/features/replies/reply.h"
#include "app/features/search/search-terms.h"
#include "app/features/session/record-list.h"
#include "app/features/team-chat/channel-list.h"
#include "app/features/visitors/visitor.h"
#include "protocol/methods/invite-params.h"
#include "protocol/methods/signal.h"
#include "protocol/records/agent.h"

G_BEGIN_DECLS

/**
 * CfaLink:
 * The connection as a person understands it.
 */
typedef enum
{
  CFA_LINK_CONNECTING, /* first try, or trying again now */
  CFA_LINK_SYNCING,    /* connected, catching up */
  CFA_LINK_LIVE,
  CFA_LINK_WAITING,    /* could not reach the server; "retry-at" says when it tries again */
  CFA_LINK_SIGNED_OUT, /* the server ended the session; "link-error" says why; sign in again */
} CfaLink;

#define CFA_TYPE_SESSION (cfa_session_get_type ())
G_DECLARE_FINAL_TYPE (CfaSession, cfa_session, CFA, SESSION, GObject)

/*
 * A signed-in agent at one server: the facade that pages talk to. It owns connection, cache and outbox; nothing here blocks, and
 * nothing shows JSON. Everything that the agent does is stored in the outbox first, shown at once, and carried out when the server is there.
 *
 * Properties (read-only, notified): "link" int CfaLink · "link-error" string (nullable) · "retry-at" int64 (ms UTC, WAITING) ·
 * "server" string (base address) · "agent-id" · "agent-name" · "agent-email" · "role" int CfRole ·
 * "presence" int CfPresenceState (what this agent has chosen) · "pending" uint (writes in the outbox) ·
 * "organisation-name" · "keyring-missing" boolean.
 * Signals: "refused" (string message): a write other than a message was refused by the server and undone · "reset": the server was
 * restored, all that it knows comes anew; conversations that were looked at may be gone · "happened" (pointer CfaAlertEvent): what
 * an agent may want to be called for; when it is late, the rest of its kind has come once "link" is LIVE · "settled" (string
 * conversation id): nobody needs to be called there any more, as it was read, answered, closed or given away, on whichever device ·
 * "counted": how much there is in the folders · "monitored" (pointer CfMonitorNews): who came to the sites, moved on or left, for those who
 * have asked for it · "gone" (string conversation id): it is not there any more for this agent.
 */
void        cfa_session_sign_in_async   (const char *server, const char *email, const char *password,
                                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
CfaSession *cfa_session_sign_in_finish  (GAsyncResult *result, GError **error);
void        cfa_session_join_async      (const char *server, const char *token, const char *name, const char *email, const char *password,
                                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data); /* as signing in */
void        cfa_session_show_invite_async         (const char *server, const char *token,
                                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
CfInviteShowResult *cfa_session_show_invite_finish (GAsyncResult *result, GError **error);
void        cfa_session_restore_async   (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
CfaSession *cfa_session_restore_finish  (GAsyncResult *result, GError **error);
void        cfa_session_sign_out_async  (CfaSession *self, gboolean everywhere,
                                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void        cfa_session_sign_out_force_async (CfaSession *self, gboolean everywhere,
                                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean    cfa_session_sign_out_finish (CfaSession *self, GAsyncResult *result, GError **error);

CfaLink         cfa_session_get_link              (CfaSession *self);
const char     *cfa_session_get_link_error        (CfaSession *self);
gint64          cfa_session_get_retry_at          (CfaSession *self);
const char     *cfa_session_get_server            (CfaSession *self);
const char     *cfa_session_get_agent_id          (CfaSession *self);
const char     *cfa_session_get_agent_name        (CfaSession *self);
const char     *cfa_session_get_agent_email       (CfaSession *self);
const char     *cfa_session_get_organisation_name (CfaSession *self);
CfRole          cfa_session_get_role              (CfaSession *self);
CfPresenceState cfa_session_get_presence          (CfaSession *self);
guint           cfa_session_get_pending           (CfaSession *self);
gboolean        cfa_session_get_keyring_missing   (CfaSession *self); /* the token could not be kept: sign-in lasts until quit */

void cfa_session_retry_now    (CfaSession *self);
void cfa_session_set_presence (CfaSession *self, CfPresenceState state);

void            cfa_session_set_urgent_after (CfaSession *self, guint minutes); /* of waiting, then it "happened"; 0: never */

/* Any conversation of the cache, whether somebody holds it or not. */
void             cfa_session_find_async  (CfaSession *self, const char *id, GAsyncReadyCallback callback, gpointer user_data);
CfaConversation *cfa_session_find_finish (CfaSession *self, GAsyncResult *result, GError **error);

CfaConversationList *cfa_session_get_inbox        (CfaSession *self, CfaInbox inbox);             /* borrowed, one per inbox */
CfaConversationList *cfa_session_get_folder       (CfaSession *self, const char *folder);         /* borrowed, nullable, one per folder */
CfaCount             cfa_session_get_count        (CfaSession *self, const char *folder);
CfaDirectory        *cfa_session_get_directory    (CfaSession *self);                             /* borrowed */
CfaConversation     *cfa_session_get_conversation (CfaSession *self, const char *id);             /* borrowed, nullable: one that somebody holds */
CfaMessageList      *cfa_session_open_messages    (CfaSession *self, CfaConversation *conversation); /* transfer full; a shared one while it lives */

void cfa_session_send_text       (CfaSession *self, CfaConversation *conversation, const char *text, const char *reply_to,
                                  const char *const *files);
void cfa_session_add_note        (CfaSession *self, CfaConversation *conversation, const char *text, const char *reply_to,
                                  const char *const *mentions, const char *const *files);
void cfa_session_send_anyway     (CfaSession *self, CfaConversation *conversation, CfaMessage *message);
void cfa_session_retry_message   (CfaSession *self, CfaMessage *message); /* FAILED -> SENDING, same id */
void cfa_session_discard_message (CfaSession *self, CfaMessage *message); /* a FAILED one is forgotten */
void     cfa_session_set_undo_send (CfaSession *self, guint seconds); /* so long an answer can be called back; 0: it cannot */
gboolean cfa_session_take_back     (CfaSession *self, CfaConversation *conversation, CfaMessage *message); /* into the draft again; FALSE: too late */
void     cfa_session_put_back      (CfaSession *self, CfaConversation *conversation, const char *text, const char *const *files, gboolean note);
void cfa_session_assign_to_me    (CfaSession *self, CfaConversation *conversation);
void cfa_session_transfer        (CfaSession *self, CfaConversation *conversation, const char *agent_id,
                                  const char *department_id, const char *note);
void cfa_session_escalate        (CfaSession *self, CfaConversation *conversation, gboolean escalated, const char *note);
void cfa_session_snooze          (CfaSession *self, CfaConversation *conversation, gint64 until);
void cfa_session_tag             (CfaSession *self, CfaConversation *conversation, const char *const *tags);
void cfa_session_pin             (CfaSession *self, CfaConversation *conversation, const char *message_id);
void cfa_session_edit_message    (CfaSession *self, CfaConversation *conversation, CfaMessage *message, const char *text);
void cfa_session_remove_message  (CfaSession *self, CfaConversation *conversation, CfaMessage *message);
void cfa_session_set_viewing     (CfaSession *self, CfaConversation *conversation);
void cfa_session_unassign        (CfaSession *self, CfaConversation *conversation);
void cfa_session_close           (CfaSession *self, CfaConversation *conversation);
void cfa_session_reopen          (CfaSession *self, CfaConversation *conversation);
void cfa_session_mark_read       (CfaSession *self, CfaConversation *conversation);
void cfa_session_set_typing      (CfaSession *self, CfaConversation *conversation, gboolean active);
void cfa_session_set_draft       (CfaSession *self, CfaConversation *conversation, const char *text,
                                  gboolean note); /* kept on disk within 300 ms */

/* Answers that the server sends at their time. The list is transfer full, and follows. */
CfaScheduledList *cfa_session_open_scheduled   (CfaSession *self, CfaConversation *conversation);
void              cfa_session_send_later       (CfaSession *self, CfaConversation *conversation, const char *text, const char *reply_to,
                                                const char *const *files, gint64 send_at, gboolean unless_reply);
void              cfa_session_reschedule       (CfaSession *self, CfaScheduled *scheduled, gint64 send_at);
void              cfa_session_send_scheduled   (CfaSession *self, CfaScheduled *scheduled);
void              cfa_session_cancel_scheduled (CfaSession *self, CfaScheduled *scheduled); /* or forgets one that was refused */
void              cfa_session_retry_scheduled  (CfaSession *self, CfaScheduled *scheduled);

/* Canned responses and macros, as lists of CfaReply: own ones first, then by use. Borrowed. */
GListModel *cfa_session_get_canned   (CfaSession *self);
GListModel *cfa_session_get_macros   (CfaSession *self);
void        cfa_session_save_canned  (CfaSession *self, const CfCannedResponse *canned); /* adds or changes; without an owner it is shared */
void        cfa_session_save_macro   (CfaSession *self, const CfMacro *macro);
void        cfa_session_remove_reply (CfaSession *self, CfaReply *reply);
void        cfa_session_use_reply    (CfaSession *self, CfaReply *reply); /* counts one use */

/* Both give an array of CfaSearchHit, newest first of each kind. The first asks this computer, the second the server, which needs a word to go by. */
void       cfa_session_search_async         (CfaSession *self, const CfaSearchTerms *terms, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *cfa_session_search_finish        (CfaSession *self, GAsyncResult *result, GError **error);
void       cfa_session_search_server_async  (CfaSession *self, const CfaSearchTerms *terms, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *cfa_session_search_server_finish (CfaSession *self, GAsyncResult *result, GError **error);

/* The first conversations of a folder, all of them there; a GListModel of CfaConversation. */
void        cfa_session_list_async  (CfaSession *self, const char *folder, CfaOrder order, guint most,
                                     GAsyncReadyCallback callback, gpointer user_data);
GListModel *cfa_session_list_finish (CfaSession *self, GAsyncResult *result, GError **error);

/* Talk among colleagues. */
CfaChannelList *cfa_session_get_channels     (CfaSession *self);                      /* borrowed */
CfaMessageList *cfa_session_open_channel     (CfaSession *self, CfaChannel *channel); /* transfer full; a shared one while it lives */
char           *cfa_session_open_direct      (CfaSession *self, const char *agent_id); /* transfer full: the channel's id, as the next one */
char           *cfa_session_put_channel      (CfaSession *self, const char *id, const char *name, const char *const *members);
void            cfa_session_leave_channel    (CfaSession *self, CfaChannel *channel);
void            cfa_session_say              (CfaSession *self, CfaChannel *channel, const char *text, const char *reply_to,
                                              const char *const *mentions, const char *const *files);
void            cfa_session_edit_said        (CfaSession *self, CfaChannel *channel, CfaMessage *message, const char *text);
void            cfa_session_remove_said      (CfaSession *self, CfaChannel *channel, CfaMessage *message);
void            cfa_session_read_channel     (CfaSession *self, CfaChannel *channel);
void            cfa_session_type_in_channel  (CfaSession *self, CfaChannel *channel, gboolean active);

/*
 * Files. Those of a draft - of an answer, a note, a message to colleagues - are carried up while it is being written; the list is borrowed and
 * stays as long as the session. Those of messages are looked up, and fetched when somebody asks for them.
 */
CfaUploadList *cfa_session_get_uploads      (CfaSession *self, const char *conversation_id, gboolean note);
void           cfa_session_attach           (CfaSession *self, CfaUploadList *list, CfaUpload *upload);
void           cfa_session_retry_upload     (CfaSession *self, CfaUpload *upload);
void           cfa_session_attach_again     (CfaSession *self, const char *conversation_id, gboolean note, const char *const *files);
CfaAttachment *cfa_session_open_attachment  (CfaSession *self, const char *id); /* transfer full; a shared one while it lives */
void           cfa_session_fetch_attachment (CfaSession *self, CfaAttachment *attachment);

/* The photos of agents, as their records call them. */
void  cfa_session_fetch_photo_async  (CfaSession *self, const char *photo, GAsyncReadyCallback callback, gpointer user_data);
char *cfa_session_fetch_photo_finish (CfaSession *self, GAsyncResult *result, GError **error);
void  cfa_session_forget_photo       (CfaSession *self, const char *photo);

/* The next conversation of a folder that has unread messages, below the one that is given and then from the top. */
void             cfa_session_next_unread_async  (CfaSession *self, const char *folder, CfaConversation *after,
                                                 GAsyncReadyCallback callback, gpointer user_data);
CfaConversation *cfa_session_next_unread_finish (CfaSession *self, GAsyncResult *result, GError **error);

/* The open conversation, this agent's or nobody's, that has been waiting longest after the one that is given, then the longest of all. */
void             cfa_session_next_waiting_async  (CfaSession *self, CfaConversation *after, GAsyncReadyCallback callback, gpointer user_data);
CfaConversation *cfa_session_next_waiting_finish (CfaSession *self, GAsyncResult *result, GError **error);

/*
 * What the team shares: agents, sites, departments and the like, of which there are few. Borrowed; empty until the cache was read
 * ("loaded"), then it follows.
 */
CfaRecordList  *cfa_session_get_records          (CfaSession *self, const CfShape *shape);
CfPresenceState cfa_session_get_agent_presence   (CfaSession *self, const char *agent_id); /* the agent's item is "changed" with it */
const char     *cfa_session_get_login_session_id (CfaSession *self); /* nullable: this device's, once the server has named it */

/*
 * Who a conversation is with. What is written of them goes through the outbox: visitor.update, visitor.tag, visitor.untag and
 * visitor.attribute. Their conversations are those of the cache, an array of CfConversation, the newest first.
 */
CfaVisitor *cfa_session_open_visitor  (CfaSession *self, CfaConversation *conversation); /* transfer full; nullable */
void        cfa_session_write_visitor (CfaSession *self, CfaVisitor *visitor, const char *method, gconstpointer params);
void        cfa_session_past_async    (CfaSession *self, CfaVisitor *visitor, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray  *cfa_session_past_finish   (CfaSession *self, GAsyncResult *result, GError **error);

/*
 * Calls a method of the server now, for what cannot wait in the outbox, such as changes to the team and its sites. Without a connection
 * it fails at once. The answer, a CfStruct of @result, comes when the lists show what it holds; errors are written for people.
 */
void     cfa_session_call_async  (CfaSession *self, const char *method, gconstpointer params, const CfShape *result,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gpointer cfa_session_call_finish (CfaSession *self, GAsyncResult *result, GError **error);

/* Why signing in or restoring failed, so that the page can offer the right next step. */
#define CFA_SESSION_ERROR (cfa_session_error_quark ())
typedef enum
{
  CFA_SESSION_ERROR_NONE_SAVED,     /* nobody is signed in: show the sign-in page without an error */
  CFA_SESSION_ERROR_BAD_ADDRESS,    /* not an address, or no ChatFlow server there */
  CFA_SESSION_ERROR_UNREACHABLE,    /* no network, refused, timed out */
  CFA_SESSION_ERROR_TLS,            /* the certificate is not to be trusted */
  CFA_SESSION_ERROR_REFUSED,        /* wrong email or password, disabled account, too many tries: message says which */
  CFA_SESSION_ERROR_INVITE,         /* the invitation is not good, or no longer: message says why */
  CFA_SESSION_ERROR_KEYRING_LOCKED, /* a token is saved but the keyring is locked or was not unlocked */
  CFA_SESSION_ERROR_UNSENT,         /* signing out would lose messages that were not sent; the message says how many */
  CFA_SESSION_ERROR_CACHE,          /* the local copy cannot be opened: another ChatFlow uses it, disk full, not writable */
} CfaSessionError;
GQuark cfa_session_error_quark (void);

G_END_DECLS

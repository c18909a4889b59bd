/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session.h"

#include "archive.h"
#include "attention.h"
#include "profiles.h"
#include "records.h"
#include "ripening.h"
#include "sender.h"
#include "sync.h"
#include "watch.h"

#include "app/cache/account.h"
#include "app/cache/cache.h"
#include "app/connection/connection.h"
#include "app/features/conversations/conversations.h"
#include "app/features/files/attachments.h"
#include "app/features/conversations/scheduled-list.h"
#include "app/features/files/draft-files.h"
#include "app/features/files/uploader.h"
#include "app/features/replies/replies.h"
#include "app/features/team-chat/channel-list.h"

#include "protocol/records/agent.h"

G_BEGIN_DECLS

/* What session.c keeps alive and session-actions.c acts with. */
struct _CfaSession
{
  GObject parent_instance;
  CfaAccount *account;
  CfRole role;
  char *organisation_name;
  char *token; /* (nullable): none was kept */
  gboolean keyring_missing;
  CfaCache *cache;
  CfaConnection *connection;
  CfaSync *sync;
  CfaSender *sender;
  CfaConversations *conversations;
  GHashTable *histories; /* conversation id -> CfaHistory */
  CfPresenceState presence;
  CfaLink link;
  guint pending;
  CfaArchive *archive;
  CfaAttention *attention;
  CfaWatch *watch;
  CfaRipening *ripening;
  gboolean in_stream; /* while what sync has brought is taken */
  CfaRecords *records;
  CfaProfiles *profiles;
  CfaReplies *replies;
  CfaTransfer *transfer; /* (nullable): none without a token, nor after the end */
  CfaUploader *uploader;
  CfaAttachments *attachments;
  CfaChannelList *channels;
  gint64 undo_ms;        /* so long an answer can be called back */
  GHashTable *scheduled; /* conversation id -> CfaScheduledList, which others hold */
  CfaDraftFiles *draft_files;
  gboolean counting; /* what is unread in channels is being counted */
  gboolean recount;  /* and will be once more */
};

CfaSession *cfa_session_new         (CfaAccount *account, CfaCache *cache, const char *token, gboolean keyring_missing);
const char *cfa_session_get_token   (CfaSession *self);
CfaCache   *cfa_session_get_cache   (CfaSession *self);
guint       cfa_session_get_unsent  (CfaSession *self);
void        cfa_session_miss_keyring (CfaSession *self);
void        cfa_session_stop        (CfaSession *self);
void        cfa_session_show_reply_writes (CfaSession *self, const char *id);

/* What is one page's of messages: a conversation's or a channel's. */
CfaMessageList *cfa_session_hold_messages (CfaSession *self, const CfShape *shape, const char *id, guint unread);

/* session-files.c */
void cfa_session_begin_files  (CfaSession *self);
void cfa_session_end_files    (CfaSession *self);
void cfa_session_follow_files (CfaSession *self, GPtrArray *records);

/* session-scheduled.c */
void cfa_session_show_scheduled   (CfaSession *self, const char *conversation_id);
void cfa_session_follow_scheduled (CfaSession *self, GPtrArray *records);

/* session-team.c */
void cfa_session_follow_team     (CfaSession *self, const CfaDelta *delta);
void cfa_session_count_team      (CfaSession *self);
void cfa_session_show_promises   (CfaSession *self, const char *channel_id);

G_END_DECLS

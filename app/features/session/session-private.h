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
#include "app/features/replies/replies.h"

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
};

CfaSession *cfa_session_new         (CfaAccount *account, CfaCache *cache, const char *token, gboolean keyring_missing);
const char *cfa_session_get_token   (CfaSession *self);
CfaCache   *cfa_session_get_cache   (CfaSession *self);
guint       cfa_session_get_unsent  (CfaSession *self);
void        cfa_session_miss_keyring (CfaSession *self);
void        cfa_session_stop        (CfaSession *self);
void        cfa_session_show_reply_writes (CfaSession *self, const char *id);

G_END_DECLS

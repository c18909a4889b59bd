/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session.h"

#include "app/cache/account.h"
#include "app/cache/cache.h"

#include "protocol/records/agent.h"

G_BEGIN_DECLS

CfaSession *cfa_session_new         (CfaAccount *account, CfaCache *cache, const char *token, gboolean keyring_missing);
const char *cfa_session_get_token   (CfaSession *self);
CfaCache   *cfa_session_get_cache   (CfaSession *self);
guint       cfa_session_get_unsent  (CfaSession *self);
void        cfa_session_miss_keyring (CfaSession *self);
void        cfa_session_stop        (CfaSession *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/db.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/session.h"

G_BEGIN_DECLS

void           cfd_login_sessions_configure    (guint tries, guint days);
CfLoginResult *cfd_login_sessions_login        (CfdTx *tx, CfdDb *db, const CfLoginParams *params, const char *address, GError **error);
CfLoginSession *cfd_login_sessions_open        (CfdTx *tx, const CfAgent *agent, const char *device, const char *address, const char *token, GError **error);
CfdCaller     *cfd_login_sessions_authenticate (CfdTx *tx, const char *token, GError **error);
GPtrArray     *cfd_login_sessions_list         (CfdTx *tx, const char *agent_id, GError **error);
GPtrArray     *cfd_login_sessions_revoke       (CfdTx *tx, const char *agent_id, const char *session_id, GError **error);
GPtrArray     *cfd_login_sessions_revoke_all   (CfdTx *tx, const char *agent_id, const char *keep_session_id, GError **error);

G_END_DECLS

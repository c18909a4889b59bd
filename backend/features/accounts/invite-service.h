/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/db.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/invite-params.h"
#include "protocol/methods/session.h"

G_BEGIN_DECLS

/* How long a token is good. */
#define CFD_INVITE_DAYS 7

GPtrArray      *cfd_invites_list   (CfdTx *tx, const char *organisation_id, GError **error);
CfInviteResult *cfd_invites_create (CfdTx *tx, const char *organisation_id, const CfdCaller *by, const CfInviteCreateParams *params, GError **error);
CfInviteShowResult *cfd_invites_show (CfdTx *tx, const CfInviteShowParams *params, const char *address, GError **error);
CfInviteResult *cfd_invites_reset  (CfdTx *tx, const CfdCaller *by, const CfAgentResetParams *params, GError **error);
CfInvite       *cfd_invites_revoke (CfdTx *tx, const CfdCaller *by, const char *id, GError **error);
CfLoginResult  *cfd_invites_accept (CfdTx *tx, CfdDb *db, const CfInviteAcceptParams *params, const char *address, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/jobs/queued-job.h"
#include "protocol/records/invite.h"

G_BEGIN_DECLS

/* Of the lane of mail. */
extern const CfdJobKind cfd_invite_letters;

gboolean cfd_invite_letter_check (const char *server, GError **error);
gboolean cfd_invite_letter_post  (CfdTx *tx, const CfInvite *invite, const char *token, const char *server, const char *language, const char *inviter, GError **error);

G_END_DECLS

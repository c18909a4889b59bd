/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/jobs/queued-job.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/conversation-params.h"

G_BEGIN_DECLS

/* Of the lane of mail. */
extern const CfdJobKind cfd_transcript_letters;

GPtrArray *cfd_transcripts_send (CfdTx *tx, const CfdCaller *caller, const CfConversationTranscriptParams *params, GError **error);

G_END_DECLS

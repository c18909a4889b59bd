/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/tag-params.h"

G_BEGIN_DECLS

/* In one organisation. */
#define CFD_TAGS_MAX 1000

GPtrArray *cfd_tags_list   (CfdTx *tx, const char *organisation_id, GError **error);
CfTag     *cfd_tags_add    (CfdTx *tx, const CfdCaller *by, const CfTagAddParams *params, GError **error);
CfTag     *cfd_tags_update (CfdTx *tx, const CfdCaller *by, const CfTagUpdateParams *params, GError **error);
CfTag     *cfd_tags_remove (CfdTx *tx, const CfdCaller *by, const char *id, GError **error);

G_END_DECLS

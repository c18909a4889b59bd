/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "protocol/records/canned-response.h"

G_BEGIN_DECLS

gboolean cfd_canned_store_taken (CfdTx *tx, const CfCannedResponse *canned, gboolean *taken, GError **error);

G_END_DECLS

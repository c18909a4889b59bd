/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "protocol/records/goal.h"

G_BEGIN_DECLS

GPtrArray *cfd_goal_store_list (CfdTx *tx, const char *organisation_id, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "protocol/records/organisation.h"

G_BEGIN_DECLS

GPtrArray *cfd_organisation_store_list (CfdTx *tx, GError **error);

G_END_DECLS

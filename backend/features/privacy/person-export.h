/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/privacy-params.h"

G_BEGIN_DECLS

CfPersonExportResult *cfd_person_export (CfdTx *tx, const CfdCaller *by, const CfPersonExportParams *params, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/attribute-params.h"

G_BEGIN_DECLS

/* Of one organisation. */
#define CFD_ATTRIBUTES_MAX 50

GPtrArray   *cfd_attributes_list   (CfdTx *tx, const char *organisation_id, GError **error);
CfAttribute *cfd_attributes_put    (CfdTx *tx, const CfdCaller *by, const CfAttributePutParams *params, GError **error);
CfAttribute *cfd_attributes_remove (CfdTx *tx, const CfdCaller *by, const char *id, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/audit-params.h"

G_BEGIN_DECLS

gboolean             cfd_audit_note   (CfdTx *tx, const CfdCaller *by, const char *action, const CfRecord *target, const char *target_name,
                                       const char *detail, GError **error);
void                 cfd_audit_change (GString *detail, const char *what, const char *before, const char *after);
void                 cfd_audit_number (GString *detail, const char *what, gint64 before, gint64 after);
CfAuditListResult   *cfd_audit_list   (CfdTx *tx, const char *organisation_id, const CfAuditListParams *params, GError **error);
CfAuditExportResult *cfd_audit_export (CfdTx *tx, const char *organisation_id, const CfAuditExportParams *params, GError **error);

G_END_DECLS

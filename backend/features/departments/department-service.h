/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/department-params.h"

G_BEGIN_DECLS

/* In one organisation. */
#define CFD_DEPARTMENTS_MAX 200

GPtrArray    *cfd_departments_list   (CfdTx *tx, const char *organisation_id, GError **error);
CfDepartment *cfd_departments_get    (CfdTx *tx, const char *organisation_id, const char *id, GError **error);
CfDepartment *cfd_departments_add    (CfdTx *tx, const CfdCaller *by, const CfDepartmentAddParams *params, GError **error);
CfDepartment *cfd_departments_update (CfdTx *tx, const CfdCaller *by, const CfDepartmentUpdateParams *params, GError **error);
CfDepartment *cfd_departments_remove (CfdTx *tx, const CfdCaller *by, const char *id, GError **error);
gboolean      cfd_departments_check  (CfdTx *tx, const char *organisation_id, char **ids, GError **error);
gboolean      cfd_departments_join   (CfdTx *tx, const char *organisation_id, char **ids, const char *agent_id, GError **error);

G_END_DECLS

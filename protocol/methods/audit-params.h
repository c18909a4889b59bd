/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"
#include "../records/audit-entry.h"
#include "results.h"

G_BEGIN_DECLS

/* Params and results of the audit methods. */

/* Entries in one export: its text stays well below the largest frame. */
#define CF_AUDIT_EXPORT_MAX 1000

/**
 * CfAuditListParams:
 * audit.list: newest first.
 */
typedef struct
{
  CfStruct parent;
  char *actor_id;
  char *action;
  gint64 before; /* rev of the last entry of the page before; 0 = from the newest */
  gint64 limit;
} CfAuditListParams;

extern const CfShape cf_audit_list_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfAuditListParams, cf_struct_unref)

/**
 * CfAuditListResult:
 * audit.list: no records that a client keeps.
 */
typedef struct
{
  CfStruct parent;
  gboolean more;
  GPtrArray *entries; /* of CfAuditEntry */
} CfAuditListResult;

extern const CfShape cf_audit_list_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfAuditListResult, cf_struct_unref)

/**
 * CfAuditExportParams:
 * audit.export: newest first.
 */
typedef struct
{
  CfStruct parent;
  char *actor_id;
  char *action;
  gint64 before;
  gint64 limit;
} CfAuditExportParams;

extern const CfShape cf_audit_export_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfAuditExportParams, cf_struct_unref)

/**
 * CfAuditExportResult:
 * audit.export: through REST the text is the body.
 */
typedef struct
{
  CfStruct parent;
  gboolean more;
  gint64 next; /* "before" of the page that follows; with "more" */
  char *csv; /* RFC 4180, with a line of names */
} CfAuditExportResult;

extern const CfShape cf_audit_export_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfAuditExportResult, cf_struct_unref)

G_END_DECLS

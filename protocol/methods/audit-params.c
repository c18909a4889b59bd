/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit-params.h"

static const CfField audit_list_params_fields[] = {
  CF_ROW (CfAuditListParams, actor_id, CF_KIND_ID, "actor_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfAuditListParams, action, CF_KIND_STRING, "action", 0, CF_AUDIENCE_ALL, .min = 0, .max = 60),
  CF_ROW (CfAuditListParams, before, CF_KIND_INTEGER, "before", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfAuditListParams, limit, CF_KIND_INTEGER, "limit", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_PAGE_MAX),
};

const CfShape cf_audit_list_params_shape = {
  .name = "audit_list_params",
  .size = sizeof (CfAuditListParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (audit_list_params_fields),
};

static const CfField audit_list_result_fields[] = {
  CF_ROW (CfAuditListResult, more, CF_KIND_BOOLEAN, "more", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfAuditListResult, entries, CF_KIND_STRUCTS, "entries", 0, CF_AUDIENCE_ALL, .shape = &cf_audit_entry_shape),
};

const CfShape cf_audit_list_result_shape = {
  .name = "audit_list_result",
  .size = sizeof (CfAuditListResult),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (audit_list_result_fields),
};

static const CfField audit_export_params_fields[] = {
  CF_ROW (CfAuditExportParams, actor_id, CF_KIND_ID, "actor_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfAuditExportParams, action, CF_KIND_STRING, "action", 0, CF_AUDIENCE_ALL, .min = 0, .max = 60),
  CF_ROW (CfAuditExportParams, before, CF_KIND_INTEGER, "before", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfAuditExportParams, limit, CF_KIND_INTEGER, "limit", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_AUDIT_EXPORT_MAX),
};

const CfShape cf_audit_export_params_shape = {
  .name = "audit_export_params",
  .size = sizeof (CfAuditExportParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (audit_export_params_fields),
};

static const CfField audit_export_result_fields[] = {
  CF_ROW (CfAuditExportResult, more, CF_KIND_BOOLEAN, "more", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfAuditExportResult, next, CF_KIND_INTEGER, "next", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfAuditExportResult, csv, CF_KIND_TEXT, "csv", 0, CF_AUDIENCE_ALL, .min = 0, .max = 1000000),
};

const CfShape cf_audit_export_result_shape = {
  .name = "audit_export_result",
  .size = sizeof (CfAuditExportResult),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (audit_export_result_fields),
};

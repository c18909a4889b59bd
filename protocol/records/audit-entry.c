/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit-entry.h"

static const CfField fields[] = {
  CF_RECORD_ROWS (CfAuditEntry),
  CF_ROW (CfAuditEntry, actor_id, CF_KIND_ID, "actor_id", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfAuditEntry, actor_name, CF_KIND_STRING, "actor_name", 0, CF_AUDIENCE_STAFF, .max = 100),
  CF_ROW (CfAuditEntry, action, CF_KIND_STRING, "action", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 1, .max = 60),
  CF_ROW (CfAuditEntry, target_id, CF_KIND_ID, "target_id", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfAuditEntry, target_name, CF_KIND_STRING, "target_name", 0, CF_AUDIENCE_STAFF, .max = 254),
  CF_ROW (CfAuditEntry, detail, CF_KIND_TEXT, "detail", 0, CF_AUDIENCE_STAFF, .max = 4000),
  CF_ROW (CfAuditEntry, created_at, CF_KIND_TIME, "created_at", 0, CF_AUDIENCE_STAFF),
};

const CfShape cf_audit_entry_shape = {
  .name = "audit_entry",
  .table = "audit_entry",
  .size = sizeof (CfAuditEntry),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (fields),
};

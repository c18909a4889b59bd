/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit-methods.h"

#include "audit-service.h"

static gpointer
list_entries (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_audit_list (call->tx, call->caller->organisation_id, params, error);
}

static gpointer
export_entries (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_audit_export (call->tx, call->caller->organisation_id, params, error);
}

static const CfdMethod methods[] = {
  { "audit.list", CFD_ALLOW_ADMIN, CFD_WORK_READ, &cf_audit_list_params_shape, &cf_audit_list_result_shape,
    "GET", "/api/v1/audit", list_entries, 1, "Who changed what and when, newest first." },
  { "audit.export", CFD_ALLOW_ADMIN, CFD_WORK_READ, &cf_audit_export_params_shape, &cf_audit_export_result_shape,
    "GET", "/api/v1/audit.csv", export_entries, 5, "The same as CSV; cells are safe to open in a spreadsheet.",
    .media_type = "text/csv; charset=utf-8", .media_field = "csv" },
};

const CfdFeature cfd_audit_feature = { "audit", methods, G_N_ELEMENTS (methods) };

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reply-methods.h"

#include "backend/rpc/results.h"
#include "canned-service.h"
#include "macro-service.h"

static const char *
id_of (gconstpointer params)
{
  return ((const CfIdParams *) params)->id;
}

static gpointer
add_canned (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_canned_add (call->tx, call->caller, params, error));
}

static gpointer
update_canned (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_canned_update (call->tx, call->caller, params, error));
}

static gpointer
remove_canned (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_canned_remove (call->tx, call->caller, id_of (params), error));
}

static gpointer
use_canned (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_canned_used (call->tx, call->caller, id_of (params), error));
}

static gpointer
add_macro (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_macros_add (call->tx, call->caller, params, error));
}

static gpointer
update_macro (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_macros_update (call->tx, call->caller, params, error));
}

static gpointer
remove_macro (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_macros_remove (call->tx, call->caller, id_of (params), error));
}

static gpointer
use_macro (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_macros_used (call->tx, call->caller, id_of (params), error));
}

/* Who may change which one is a matter of whose it is, so the service says that. */
static const CfdMethod methods[] = {
  { "canned.add", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_canned_add_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/canned-responses", add_canned, 1, "Add a canned response: one's own, or by supervisors and admins a shared one." },
  { "canned.update", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_canned_update_params_shape, &cf_records_result_shape,
    "PATCH", "/api/v1/canned-responses/{id}", update_canned, 1, "Change shortcut, title, text or category." },
  { "canned.remove", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_id_params_shape, &cf_records_result_shape,
    "DELETE", "/api/v1/canned-responses/{id}", remove_canned, 1, "Remove a canned response." },
  { "canned.used", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_id_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/canned-responses/{id}/used", use_canned, 1, "Count one use." },
  { "macro.add", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_macro_add_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/macros", add_macro, 1, "Add a macro: one's own, or by supervisors and admins a shared one." },
  { "macro.update", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_macro_update_params_shape, &cf_records_result_shape,
    "PATCH", "/api/v1/macros/{id}", update_macro, 1, "Change what a macro does." },
  { "macro.remove", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_id_params_shape, &cf_records_result_shape,
    "DELETE", "/api/v1/macros/{id}", remove_macro, 1, "Remove a macro." },
  { "macro.used", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_id_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/macros/{id}/used", use_macro, 1, "Count one use." },
};

const CfdFeature cfd_replies_feature = { "replies", methods, G_N_ELEMENTS (methods) };

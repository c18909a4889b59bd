/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-methods.h"

#include "backend/rpc/results.h"
#include "visitor-export.h"
#include "visitor-import.h"
#include "visitor-merge.h"
#include "visitor-profile.h"
#include "visitor-proof.h"
#include "visitor-service.h"

static gpointer
get_visitor (CfdCall *call, gconstpointer params, GError **error)
{
  const CfIdParams *p = params;
  g_autoptr (GPtrArray) records = cf_structs_new ();

  if (!cfd_visitors_append (call->tx, call->caller, p->id, records, error))
    return NULL;
  return cfd_result_of_records (g_steal_pointer (&records));
}

static gpointer
identify (CfdCall *call, gconstpointer params, GError **error)
{
  g_autoptr (CfIdentifyResult) result = cf_struct_new (&cf_identify_result_shape);
  CfVisitor *visitor = cfd_caller_is_staff (call->caller) ? cfd_visitor_profile_identify (call->tx, call->caller, params, &result->ignored, error)
                                                          : cfd_visitors_identify (call->tx, call->caller, params, &result->ignored, error);

  if (visitor == NULL)
    return NULL;
  result->records = cf_structs_new ();
  g_ptr_array_add (result->records, visitor);
  return g_steal_pointer (&result);
}

static gpointer
update (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_visitor_profile_update (call->tx, call->caller, params, error));
}

static gpointer
verify (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_visitor_profile_verify (call->tx, call->caller, params, error));
}

static gpointer
prove (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_visitor_prove (call->tx, call->caller, params, error));
}

static gpointer
tag (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_visitor_profile_tag (call->tx, call->caller, params, error));
}

static gpointer
untag (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_visitor_profile_untag (call->tx, call->caller, params, error));
}

static gpointer
set_attribute (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_visitor_profile_attribute (call->tx, call->caller, params, error));
}

static gpointer
list_alike (CfdCall *call, gconstpointer params, GError **error)
{
  const CfIdParams *p = params;

  return cfd_result_of_records (cfd_visitor_profile_alike (call->tx, call->caller, p->id, error));
}

static gpointer
merge (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_visitor_merge (call->tx, call->caller, params, error));
}

static gpointer
unmerge (CfdCall *call, gconstpointer params, GError **error)
{
  const CfIdParams *p = params;

  return cfd_result_of_records (cfd_visitor_unmerge (call->tx, call->caller, p->id, error));
}

static gpointer
export_visitors (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_visitor_export (call->tx, call->caller, params, error);
}

static gpointer
import_visitors (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_visitor_import (call->tx, call->caller, params, error);
}

#define LEADERS (CFD_ALLOW_SUPERVISOR | CFD_ALLOW_ADMIN)

static const CfdMethod methods[] = {
  { "visitor.get", CFD_ALLOW_STAFF, CFD_WORK_READ, &cf_id_params_shape, &cf_records_result_shape,
    "GET", "/api/v1/visitors/{id}", get_visitor, 1, "One visitor, and who is shown in their place.",
    CFD_KEY (VISITORS_READ, cf_visitor_shape, "id") },
  { "visitor.identify", CFD_ALLOW_VISITOR, CFD_WORK_WRITE, &cf_identify_params_shape, &cf_identify_result_shape,
    "POST", "/api/v1/visitors/identify", identify, 2, "A visitor says their name, email address and attributes, which is not verified; or the site's server, with an API key, says it of one.",
    CFD_KEY (VISITORS_WRITE, cf_visitor_shape, "visitor_id") },
  { "visitor.prove", CFD_ALLOW_VISITOR, CFD_WORK_WRITE, &cf_visitor_prove_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/visitors/prove", prove, 5, "A visitor proves who they are on the site, with a token that the site has signed.",
    .open_to_unproven = TRUE },
  { "visitor.update", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_visitor_update_params_shape, &cf_records_result_shape,
    "PATCH", "/api/v1/visitors/{id}", update, 1, "Change what is known of a visitor; only what is given changes.",
    CFD_KEY (VISITORS_WRITE, cf_visitor_shape, "id") },
  { "visitor.verify", LEADERS, CFD_WORK_WRITE, &cf_visitor_verify_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/visitors/{id}/verify", verify, 1, "Vouch for a visitor's email address, or no longer." },
  { "visitor.tag", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_visitor_tag_params_shape, &cf_records_result_shape,
    "PUT", "/api/v1/visitors/{id}/tags/{tag_id}", tag, 1, "Give a visitor a tag.",
    CFD_KEY (VISITORS_WRITE, cf_visitor_shape, "id") },
  { "visitor.untag", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_visitor_tag_params_shape, &cf_records_result_shape,
    "DELETE", "/api/v1/visitors/{id}/tags/{tag_id}", untag, 1, "Take a tag from a visitor.",
    CFD_KEY (VISITORS_WRITE, cf_visitor_shape, "id") },
  { "visitor.attribute", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_visitor_attribute_params_shape, &cf_records_result_shape,
    "PUT", "/api/v1/visitors/{id}/attributes/{attribute_id}", set_attribute, 1, "Set one attribute of a visitor; an empty value takes it away.",
    CFD_KEY (VISITORS_WRITE, cf_visitor_shape, "id") },
  { "visitor.alike", CFD_ALLOW_STAFF, CFD_WORK_READ, &cf_id_params_shape, &cf_records_result_shape,
    "GET", "/api/v1/visitors/{id}/alike", list_alike, 2, "Visitors with the same email address or phone number." },
  { "visitor.merge", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_visitor_merge_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/visitors/{id}/merge", merge, 5, "Two visitors are one person: another one is shown in this one's place." },
  { "visitor.unmerge", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_id_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/visitors/{id}/unmerge", unmerge, 5, "Undo a merge of the last 30 days." },
  { "visitor.export", LEADERS, CFD_WORK_WRITE, &cf_visitor_export_params_shape, &cf_visitor_export_result_shape,
    "GET", "/api/v1/visitors.csv", export_visitors, 10, "Visitors as CSV; cells are safe to open in a spreadsheet.",
    .media_type = "text/csv; charset=utf-8", .media_field = "csv" },
  { "visitor.import", LEADERS, CFD_WORK_WRITE, &cf_visitor_import_params_shape, &cf_visitor_import_result_shape,
    "POST", "/api/v1/visitors/import", import_visitors, 20, "Take over visitors from a CSV text with a line of names." },
};

const CfdFeature cfd_visitors_feature = { "visitors", methods, G_N_ELEMENTS (methods) };

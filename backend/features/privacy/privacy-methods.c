/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "privacy-methods.h"

#include "erasure-service.h"
#include "expiry-service.h"
#include "person-export.h"
#include "protocol/methods/results.h"
#include "protocol/records/visitor.h"

static gpointer
export_person (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_person_export (call->tx, call->caller, params, error);
}

static gpointer
erase_person (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_erasures_ask (call->tx, call->caller, ((const CfIdParams *) params)->id, error);
}

static gpointer
count_expired (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_expiry_preview (call->tx, call->caller, params, error);
}

static const CfdMethod methods[] = {
  { "person.export", CFD_ALLOW_SUPERVISOR | CFD_ALLOW_ADMIN, CFD_WORK_WRITE, &cf_person_export_params_shape, &cf_person_export_result_shape,
    "GET", "/api/v1/visitors/{id}/export", export_person, 10, "All that is known of one person.",
    CFD_KEY (PRIVACY, cf_visitor_shape, "id") },
  { "person.erase", CFD_ALLOW_ADMIN, CFD_WORK_WRITE, &cf_id_params_shape, &cf_erasure_result_shape,
    "DELETE", "/api/v1/visitors/{id}", erase_person, 5, "Erase all that is known of one person; again: how far that is.",
    CFD_KEY (PRIVACY, cf_visitor_shape, "id") },
  { "site.count_expired", CFD_ALLOW_ADMIN, CFD_WORK_READ, &cf_expiry_params_shape, &cf_expiry_result_shape,
    "GET", "/api/v1/websites/{id}/expired", count_expired, 2, "How many closed conversations would be erased now, if they were kept for so many days." },
};

const CfdFeature cfd_privacy_feature = { "privacy", methods, G_N_ELEMENTS (methods) };

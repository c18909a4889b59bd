/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-methods.h"

#include "backend/rpc/results.h"
#include "visitor-service.h"

static gpointer
get_visitor (CfdCall *call, gconstpointer params, GError **error)
{
  const CfIdParams *p = params;

  return cfd_result_of_record (cfd_visitors_get (call->tx, call->caller->organisation_id, p->id, error));
}

static gpointer
identify (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_visitors_identify (call->tx, call->caller, params, error));
}

static const CfdMethod methods[] = {
  { "visitor.get", CFD_ALLOW_STAFF, CFD_WORK_READ, &cf_id_params_shape, &cf_records_result_shape,
    "GET", "/api/v1/visitors/{id}", get_visitor, 1, "One visitor." },
  { "visitor.identify", CFD_ALLOW_VISITOR, CFD_WORK_WRITE, &cf_identify_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/visitors/identify", identify, 2, "A visitor says their name and email address; not verified." },
};

const CfdFeature cfd_visitors_feature = { "visitors", methods, G_N_ELEMENTS (methods) };

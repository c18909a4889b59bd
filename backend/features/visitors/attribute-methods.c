/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "attribute-methods.h"

#include "attribute-service.h"
#include "backend/rpc/results.h"
#include "protocol/methods/results.h"

static gpointer
list_attributes (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_attributes_list (call->tx, call->caller->organisation_id, error));
}

static gpointer
put_attribute (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_attributes_put (call->tx, call->caller, params, error));
}

static gpointer
remove_attribute (CfdCall *call, gconstpointer params, GError **error)
{
  const CfIdParams *p = params;

  return cfd_result_of_record (cfd_attributes_remove (call->tx, call->caller, p->id, error));
}

static const CfdMethod methods[] = {
  { "attribute.list", CFD_ALLOW_STAFF, CFD_WORK_READ, &cf_no_params_shape, &cf_records_result_shape,
    "GET", "/api/v1/attributes", list_attributes, 1, "What the organisation wants to know of its visitors." },
  { "attribute.put", CFD_ALLOW_ADMIN, CFD_WORK_WRITE, &cf_attribute_put_params_shape, &cf_records_result_shape,
    "PUT", "/api/v1/attributes/{id}", put_attribute, 1, "Make an attribute, or change what is given of it." },
  { "attribute.remove", CFD_ALLOW_ADMIN, CFD_WORK_WRITE, &cf_id_params_shape, &cf_records_result_shape,
    "DELETE", "/api/v1/attributes/{id}", remove_attribute, 1, "Remove an attribute; visitors keep its values unseen." },
};

const CfdFeature cfd_attributes_feature = { "attributes", methods, G_N_ELEMENTS (methods) };

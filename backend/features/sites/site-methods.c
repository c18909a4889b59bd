/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-methods.h"

#include "backend/rpc/results.h"
#include "site-service.h"

static gpointer
list_sites (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_sites_list (call->tx, call->caller->organisation_id, error));
}

static gpointer
add_site (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_sites_add (call->tx, call->caller->organisation_id, call->caller, params, error));
}

static gpointer
update_site (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_sites_update (call->tx, call->caller->organisation_id, call->caller, params, error));
}

static const CfdMethod methods[] = {
  { "site.list", CFD_ALLOW_STAFF, CFD_WORK_READ, &cf_no_params_shape, &cf_records_result_shape,
    "GET", "/api/v1/sites", list_sites, 1, "The organisation's web sites." },
  { "site.add", CFD_ALLOW_ADMIN, CFD_WORK_WRITE, &cf_site_add_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/sites", add_site, 1, "Add a web site; the answer has its key for the snippet." },
  { "site.update", CFD_ALLOW_ADMIN, CFD_WORK_WRITE, &cf_site_update_params_shape, &cf_records_result_shape,
    "PATCH", "/api/v1/sites/{id}", update_site, 1, "Change name, origins, colour or greeting." },
};

const CfdFeature cfd_sites_feature = { "sites", methods, G_N_ELEMENTS (methods) };

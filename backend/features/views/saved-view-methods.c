/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "saved-view-methods.h"

#include "backend/rpc/results.h"
#include "protocol/methods/results.h"
#include "saved-view-service.h"

static gpointer
list_views (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_saved_views_list (call->tx, call->caller, error));
}

static gpointer
add_view (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_saved_views_add (call->tx, call->caller, params, error));
}

static gpointer
update_view (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_saved_views_update (call->tx, call->caller, params, error));
}

static gpointer
remove_view (CfdCall *call, gconstpointer params, GError **error)
{
  const CfIdParams *p = params;

  return cfd_result_of_record (cfd_saved_views_remove (call->tx, call->caller, p->id, error));
}

static const CfdMethod methods[] = {
  { "view.list", CFD_ALLOW_STAFF, CFD_WORK_READ, &cf_no_params_shape, &cf_records_result_shape,
    "GET", "/api/v1/views", list_views, 1, "The shared views and the caller's own." },
  { "view.add", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_view_add_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/views", add_view, 1, "Name a part of the inbox; shared by supervisors and admins." },
  { "view.update", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_view_update_params_shape, &cf_records_result_shape,
    "PATCH", "/api/v1/views/{id}", update_view, 1, "Change name, place or filters." },
  { "view.remove", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_id_params_shape, &cf_records_result_shape,
    "DELETE", "/api/v1/views/{id}", remove_view, 1, "Remove a view." },
};

const CfdFeature cfd_views_feature = { "views", methods, G_N_ELEMENTS (methods) };

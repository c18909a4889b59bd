/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scheduled-methods.h"

#include "backend/rpc/results.h"
#include "scheduled-service.h"

static const char *
id_of (gconstpointer params)
{
  return ((const CfIdParams *) params)->id;
}

static gpointer
add (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_scheduled_add (call->tx, call->caller, params, error));
}

static gpointer
update (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_scheduled_update (call->tx, call->caller, params, error));
}

static gpointer
cancel (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_scheduled_cancel (call->tx, call->caller, id_of (params), error));
}

static gpointer
send_now (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_scheduled_send (call->tx, call->caller, id_of (params), error));
}

/* Whose it is decides who may change it, so the service says that. */
static const CfdMethod methods[] = {
  { "scheduled.add", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_scheduled_add_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/conversations/{conversation_id}/scheduled", add, 1, "An answer that is sent at its time." },
  { "scheduled.update", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_scheduled_update_params_shape, &cf_records_result_shape,
    "PATCH", "/api/v1/scheduled/{id}", update, 1, "Other words or another time, by its author; what was held back waits again." },
  { "scheduled.cancel", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_id_params_shape, &cf_records_result_shape,
    "DELETE", "/api/v1/scheduled/{id}", cancel, 1, "It is not sent; by its author, supervisors and admins." },
  { "scheduled.send", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_id_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/scheduled/{id}/send", send_now, 1, "Now and not later, by its author." },
};

const CfdFeature cfd_scheduled_feature = { "scheduled", methods, G_N_ELEMENTS (methods) };

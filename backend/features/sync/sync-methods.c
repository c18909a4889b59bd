/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-methods.h"

#include "sync-service.h"

static gpointer
changes (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_sync_changes (call->tx, call->caller, params, error);
}

static const CfdMethod methods[] = {
  { "sync.changes", CFD_ALLOW_STAFF | CFD_ALLOW_VISITOR, CFD_WORK_READ, &cf_sync_params_shape, &cf_records_result_shape,
    "GET", "/api/v1/changes", changes, 2, "All that the caller may see and that has changed since a revision." },
};

const CfdFeature cfd_sync_feature = { "sync", methods, G_N_ELEMENTS (methods) };

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tag-methods.h"

#include "backend/rpc/results.h"
#include "protocol/methods/results.h"
#include "tag-service.h"

static gpointer
list_tags (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_tags_list (call->tx, call->caller->organisation_id, error));
}

static gpointer
add_tag (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_tags_add (call->tx, call->caller, params, error));
}

static gpointer
update_tag (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_tags_update (call->tx, call->caller, params, error));
}

static gpointer
remove_tag (CfdCall *call, gconstpointer params, GError **error)
{
  const CfIdParams *p = params;

  return cfd_result_of_record (cfd_tags_remove (call->tx, call->caller, p->id, error));
}

#define LEADERS (CFD_ALLOW_SUPERVISOR | CFD_ALLOW_ADMIN)

static const CfdMethod methods[] = {
  { "tag.list", CFD_ALLOW_STAFF, CFD_WORK_READ, &cf_no_params_shape, &cf_records_result_shape,
    "GET", "/api/v1/tags", list_tags, 1, "The organisation's tags." },
  { "tag.add", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_tag_add_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/tags", add_tag, 1, "Add a tag." },
  { "tag.update", LEADERS, CFD_WORK_WRITE, &cf_tag_update_params_shape, &cf_records_result_shape,
    "PATCH", "/api/v1/tags/{id}", update_tag, 1, "Change name or colour." },
  { "tag.remove", LEADERS, CFD_WORK_WRITE, &cf_id_params_shape, &cf_records_result_shape,
    "DELETE", "/api/v1/tags/{id}", remove_tag, 1, "Remove a tag from wherever it is." },
};

const CfdFeature cfd_tags_feature = { "tags", methods, G_N_ELEMENTS (methods) };

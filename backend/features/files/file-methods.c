/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file-methods.h"

#include "file-service.h"

static gpointer
create (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_files_create (call->tx, call->caller, params, error);
}

static gpointer
link_file (CfdCall *call, gconstpointer params, GError **error)
{
  const CfFileParams *p = params;

  return cfd_files_link (call->tx, call->caller, p->id, error);
}

static gpointer
cancel (CfdCall *call, gconstpointer params, GError **error)
{
  const CfFileParams *p = params;

  return cfd_files_cancel (call->tx, call->caller, p->id, error);
}

static gpointer
upload (CfdCall *call, gconstpointer params, GError **error)
{
  const CfFileParams *p = params;

  return cfd_files_upload (call->tx, call->caller, p->id, error);
}

static gpointer
uploaded (CfdCall *call, gconstpointer params, GError **error)
{
  const CfFileParams *p = params;

  return cfd_files_uploaded (call->tx, call->caller, p->id, error);
}

#define BOTH (CFD_ALLOW_STAFF | CFD_ALLOW_VISITOR)

static const CfdMethod methods[] = {
  { "file.create", BOTH, CFD_WORK_WRITE, &cf_file_create_params_shape, &cf_file_result_shape,
    "POST", "/api/v1/files", create, 1, "Announce a file; answers with where its content goes." },
  { "file.link", BOTH, CFD_WORK_READ, &cf_file_params_shape, &cf_file_result_shape,
    "GET", "/api/v1/files/{id}/link", link_file, 1, "A file, and where its content is for a while." },
  { "file.cancel", CFD_ALLOW_VISITOR, CFD_WORK_WRITE, &cf_file_params_shape, &cf_file_result_shape,
    "POST", "/api/v1/files/{id}/cancel", cancel, 1, "A file of one's own is not to be sent." },
};

const CfdMethod cfd_file_upload_method = {
  "file.upload", BOTH, CFD_WORK_READ, &cf_file_params_shape, &cf_file_result_shape, NULL, NULL, upload, 1, "Who may bring the content.",
};

const CfdMethod cfd_file_uploaded_method = {
  "file.uploaded", BOTH, CFD_WORK_WRITE, &cf_file_params_shape, &cf_file_result_shape, NULL, NULL, uploaded, 1, "All of the content is there.",
};

const CfdFeature cfd_files_feature = { "files", methods, G_N_ELEMENTS (methods) };

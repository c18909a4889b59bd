/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/rpc/method.h"

G_BEGIN_DECLS

extern const CfdFeature cfd_files_feature;

/* What the upload's own door calls: they come with a body that is no JSON, so they are in no table. */
extern const CfdMethod cfd_file_upload_method;
extern const CfdMethod cfd_file_uploaded_method;

G_END_DECLS

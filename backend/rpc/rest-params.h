/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/transport/request.h"
#include "protocol/shape.h"

G_BEGIN_DECLS

CfStruct *cfd_rest_params (const CfShape *shape, CfdRequest *request, GHashTable *fields, GError **error);

G_END_DECLS

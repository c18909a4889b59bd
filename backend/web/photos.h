/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/db.h"
#include "backend/transport/request.h"

G_BEGIN_DECLS

void cfd_photos_request (CfdDb *db, CfdRequest *request);

G_END_DECLS

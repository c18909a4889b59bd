/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/db.h"
#include "backend/transport/request.h"

G_BEGIN_DECLS

/* A page of a made-up shop with the widget on it, to try ChatFlow out. */

void cfd_demo_page_respond       (CfdDb *db, CfdRequest *request);
void cfd_demo_page_respond_style (CfdRequest *request);

G_END_DECLS

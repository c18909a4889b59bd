/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/db.h"

G_BEGIN_DECLS

gboolean cfd_expiry_work (CfdDb *db, const char *files, const gint *stopping, GError **error);

G_END_DECLS

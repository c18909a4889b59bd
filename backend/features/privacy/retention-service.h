/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"

G_BEGIN_DECLS

gboolean cfd_retention_trim (CfdTx *tx, gboolean *more, GError **error);

G_END_DECLS

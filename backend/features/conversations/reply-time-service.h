/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"

G_BEGIN_DECLS

gboolean cfd_reply_time_of_site (CfdTx *tx, const char *site_id, gint64 *minutes, GError **error);

G_END_DECLS

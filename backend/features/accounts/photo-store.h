/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"

G_BEGIN_DECLS

gboolean cfd_photo_store_add    (CfdTx *tx, const char *token, const char *picture, GError **error);
gboolean cfd_photo_store_remove (CfdTx *tx, const char *token, GError **error);
gboolean cfd_photo_store_find   (CfdTx *tx, const char *token, char **picture, GError **error);

G_END_DECLS

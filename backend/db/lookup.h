/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tx.h"

G_BEGIN_DECLS

gboolean cfd_tx_lookup  (CfdTx *tx, const CfShape *shape, const char *id, gpointer out, GError **error);
gpointer cfd_tx_require (CfdTx *tx, const CfShape *shape, const char *organisation_id, const char *id, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "caller.h"

G_BEGIN_DECLS

/* What one of the staff may know of, by its site. Whatever is beyond that does not exist for them. */

gboolean cfd_reach_has     (CfdTx *tx, const CfdCaller *caller, const CfRecord *record, gboolean *has, GError **error);
gpointer cfd_reach_require (CfdTx *tx, const CfdCaller *caller, const CfShape *shape, const char *id, GError **error);
char    *cfd_reach_list    (const CfdCaller *caller);
gint64   cfd_reach_epoch   (const CfdCaller *caller, gint64 epoch);

G_END_DECLS

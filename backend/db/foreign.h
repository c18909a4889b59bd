/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tx.h"

G_BEGIN_DECLS

/**
 * CfdForeign:
 * What has been published of each organisation, and so what has not: the commits of other processes. Belongs to the
 * writing thread.
 */
typedef struct _CfdForeign CfdForeign;

CfdForeign *cfd_foreign_new      (void);
gboolean    cfd_foreign_skip     (CfdForeign *self, CfdTx *tx, GError **error);
gboolean    cfd_foreign_is_due   (CfdForeign *self, CfdTx *tx);
gboolean    cfd_foreign_collect  (CfdForeign *self, CfdTx *tx, GPtrArray *changes, GError **error);
void        cfd_foreign_note     (CfdForeign *self, const CfdChangeset *changes);
void        cfd_foreign_free     (CfdForeign *self);

G_END_DECLS

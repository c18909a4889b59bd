/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/record.h"

G_BEGIN_DECLS

/* What saving a trigger and saving a goal have in common: each is saved as a whole, by several people. */

/**
 * CfdSaved:
 * Where a record says who has saved it.
 */
typedef struct
{
  gint64 *version;
  char **changed_by;
  gint64 *changed_at;
} CfdSaved;

gboolean   cfd_saving_check_version (const CfRecord *record, const CfdSaved *saved, gint64 version, GError **error);
void       cfd_saving_sign          (CfdTx *tx, const CfdCaller *by, const CfdSaved *saved);
gboolean   cfd_saving_check_sites   (CfdTx *tx, const CfdCaller *by, char *const *sites, GError **error);
gboolean   cfd_saving_reaches       (const CfdCaller *by, char *const *sites);
GPtrArray *cfd_saving_list          (const CfdCaller *by, GPtrArray *all);
gboolean   cfd_saving_check_reach   (const CfdCaller *by, char *const *sites, GError **error);
gpointer   cfd_saving_require       (CfdTx *tx, const CfdCaller *by, const CfShape *shape, const char *id, gboolean *gone, GError **error);
gboolean   cfd_saving_find          (CfdTx *tx, const CfdCaller *by, const CfShape *shape, const char *id, gpointer out, GError **error);

G_END_DECLS

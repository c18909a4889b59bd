/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db-driver.h"

G_BEGIN_DECLS

/**
 * CfdRows:
 * The rows of a running query, forward only. Belongs to its transaction's thread and must be freed
 * before the transaction ends.
 */
typedef struct _CfdRows CfdRows;

gboolean    cfd_rows_next    (CfdRows *self, GError **error); /* FALSE at the end too: without error */
const char *cfd_rows_text    (CfdRows *self, guint column);   /* borrowed until next; NULL for NULL */
gint64      cfd_rows_integer (CfdRows *self, guint column);
gint64      cfd_rows_only    (CfdRows *self, GError **error); /* takes the rows */
GPtrArray  *cfd_rows_texts   (CfdRows *self, GError **error); /* takes the rows */
gpointer    cfd_rows_record  (CfdRows *self, const CfShape *shape, guint first_column); /* transfer full; columns as cf_sql_columns() */
void        cfd_rows_free    (CfdRows *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdRows, cfd_rows_free)

G_END_DECLS

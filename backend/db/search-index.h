/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "connection.h"

G_BEGIN_DECLS

/**
 * CfdSearchIndex:
 * Keeps the full-text index level with the tables, once for each transaction, just before its commit. FTS5 writes out all that it has at every
 * savepoint and for a single text does the work of many: for a hundred together a text costs a seventh, and a call that is undone never reached it.
 */
typedef struct
{
  gint64 messages, visitors; /* the last that were indexed when the transaction began */
} CfdSearchIndex;

gboolean cfd_search_index_begin  (CfdSearchIndex *self, CfdConnection *connection, GError **error);
gboolean cfd_search_index_update (CfdSearchIndex *self, CfdConnection *connection, GError **error);

G_END_DECLS

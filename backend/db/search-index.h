/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "connection.h"

G_BEGIN_DECLS

/* The full-text index follows the tables: what has changed since is brought over together, a tenth of a second later. For a single text FTS5 does
 * the work of many (for a hundred together a text costs a seventh), and no message waits for its words, nor is refused because they cannot be
 * indexed. How far it has got is in the table "search_state", so that it goes on there after an end of any kind. */
gboolean cfd_search_index_update    (CfdConnection *connection, GError **error);
gboolean cfd_search_index_advance   (CfdConnection *connection, gint64 at_most, gboolean *behind, GError **error);
gboolean cfd_search_index_is_behind (CfdConnection *connection);
gboolean cfd_search_index_take_over (CfdConnection *connection, GError **error);
gboolean cfd_search_index_tidy      (CfdConnection *connection, GError **error);

G_END_DECLS

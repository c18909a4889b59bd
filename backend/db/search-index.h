/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "connection.h"

G_BEGIN_DECLS

/* The full-text index is a file of its own beside the database, with the texts that it knows. It follows the database by revisions, and can be made
 * anew from it at any time: so it needs no backup, and no commit of it waits for the disk. One thread writes it (search-follower.h); who searches
 * attaches it to their connection, where its tables are known by their plain names: "message_search" and "visitor_search". */
char          *cfd_search_index_path     (const char *database);
void           cfd_search_index_remove   (const char *database);
CfdConnection *cfd_search_index_open     (const CfdDbDriver *driver, const char *database, GError **error);
gboolean       cfd_search_index_advance  (CfdConnection *index, gint64 at_most, gboolean *behind, GError **error);
gboolean       cfd_search_index_forget   (CfdConnection *index, gboolean begin, gboolean *more, GError **error);
gboolean       cfd_search_index_empty_log (CfdConnection *index);
gboolean       cfd_search_index_is_whole (CfdConnection *index);
gboolean       cfd_search_index_attach   (CfdConnection *reading, const char *database, GError **error);
void           cfd_search_index_detach   (CfdConnection *reading);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "connection.h"

G_BEGIN_DECLS

/**
 * CfdSearchFollower:
 * Brings the full-text index up to date, on a thread of its own that stands back behind all others: a message waits for nothing of it, and no message
 * is refused because its words cannot be indexed. A text can be found a second after its commit; when more come than the server can
 * store, it may take longer. One process alone may start it for a database.
 */
typedef struct _CfdSearchFollower CfdSearchFollower;

CfdSearchFollower *cfd_search_follower_new     (const CfdDbDriver *driver, const char *database);
void               cfd_search_follower_start   (CfdSearchFollower *self);
void               cfd_search_follower_note    (CfdSearchFollower *self, gboolean busy);
void               cfd_search_follower_lend    (CfdSearchFollower *self, CfdConnection *reading);
void               cfd_search_follower_doubt   (CfdSearchFollower *self, CfdConnection *reading);
gboolean           cfd_search_follower_wait    (CfdSearchFollower *self, GError **error);
gboolean           cfd_search_follower_forget  (CfdSearchFollower *self, GError **error);
gint64             cfd_search_follower_get_lag (CfdSearchFollower *self);
void               cfd_search_follower_stop    (CfdSearchFollower *self);

G_END_DECLS

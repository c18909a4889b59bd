/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "connection.h"
#include "delivery.h"
#include "search-follower.h"

G_BEGIN_DECLS

/**
 * CfdReader:
 * One or more threads, a connection each, that run reading calls from one queue.
 */
typedef struct _CfdReader CfdReader;

CfdReader *cfd_reader_start     (const char *name, GPtrArray *connections, gboolean snapshots, CfdSearchFollower *search,
                                 CfdDelivery *delivery);
void       cfd_reader_submit    (CfdReader *self, CfdDbCall *call);
gboolean   cfd_reader_is_self   (CfdReader *self);
guint      cfd_reader_get_queue (CfdReader *self);
void       cfd_reader_get_wait  (CfdReader *self, CfdHistogram *out);
void       cfd_reader_stop      (CfdReader *self);

G_END_DECLS

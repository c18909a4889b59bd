/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "checkpointer.h"
#include "delivery.h"
#include "search-follower.h"

G_BEGIN_DECLS

/**
 * CfdWriter:
 * The writing thread. All calls that wait share one transaction; their outcome leaves when the commit is
 * on disk.
 */
typedef struct _CfdWriter CfdWriter;

CfdWriter *cfd_writer_start     (CfdConnection *connection, CfdDelivery *delivery, CfdCheckpointer *checkpointer,
                                 CfdSearchFollower *search, GError **error);
void       cfd_writer_submit    (CfdWriter *self, CfdDbCall *call);
void       cfd_writer_wake      (CfdWriter *self);
gboolean   cfd_writer_is_self   (CfdWriter *self);
void       cfd_writer_get_stats (CfdWriter *self, CfdDbStats *out);
void       cfd_writer_stop      (CfdWriter *self);

G_END_DECLS

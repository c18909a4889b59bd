/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "connection.h"

G_BEGIN_DECLS

/**
 * CfdCheckpointer:
 * Brings what is in the write-ahead log into the database, on a thread and a connection of its own, so that no commit waits for
 * the database's own sync. While writes never pause, the log cannot begin anew; then, rarely, the writer itself brings over the little that is left.
 * For engines that see to their log themselves it does nothing.
 */
typedef struct _CfdCheckpointer CfdCheckpointer;

CfdCheckpointer *cfd_checkpointer_start     (const CfdDbDriver *driver, const char *where);
void             cfd_checkpointer_committed (CfdCheckpointer *self, CfdConnection *writing);
void             cfd_checkpointer_failed    (CfdCheckpointer *self);
void             cfd_checkpointer_stop      (CfdCheckpointer *self);

G_END_DECLS

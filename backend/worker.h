/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfdWorker:
 * A thread of its own that does one piece of work after the other, in their order; each one's end is told on the main loop.
 */
typedef struct _CfdWorker CfdWorker;

CfdWorker *cfd_worker_new    (const char *name);
void       cfd_worker_submit (CfdWorker *self, void (*work) (gpointer data), void (*done) (gpointer data), gpointer data);
void       cfd_worker_free   (CfdWorker *self); /* finishes what was submitted and tells of it */

G_END_DECLS

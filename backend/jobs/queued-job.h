/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "backend/db/tx.h"

G_BEGIN_DECLS

/**
 * CfdQueuedJob:
 * Something that has to happen outside the database, because of something in it.
 */
typedef struct
{
  char *id; /* UUIDv7; whoever is told twice knows it again by this */
  char *organisation_id;
  char *lane;       /* whose thread does it: "mail" */
  char *kind;       /* of that lane */
  char *payload;    /* what has to be known to do it; gone when it is finished */
  char *subject_id; /* the record that it is about */
  char *visitor_id; /* (nullable): goes when they are erased */
  char *target;     /* (nullable): whom it reaches, as limits count it */
  gint64 due_at;    /* ms UTC */
  gint64 tries;     /* that have failed */
} CfdQueuedJob;

/**
 * CfdJobKind:
 * How jobs of one kind are done. @prepare and @finish work on database threads and may run a second time, @perform on the thread of the lane.
 */
typedef struct
{
  const char *name;
  gpointer (*prepare) (CfdTx *tx, const CfdQueuedJob *job, GError **error); /* transfer full: all that @perform needs */
  gboolean (*perform) (gpointer prepared, gpointer data, GCancellable *cancellable, GError **error);
  void (*discard) (gpointer prepared);
  gboolean (*finish) (CfdTx *tx, const CfdQueuedJob *job, const char *why, GError **error); /* @why: (nullable): why it was given up */
} CfdJobKind;

gboolean cfd_queued_job_is_final (const GError *error);
gint64   cfd_queued_job_wait     (gint64 tries, gint64 first_ms);
void     cfd_queued_job_free     (CfdQueuedJob *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdQueuedJob, cfd_queued_job_free)

G_END_DECLS

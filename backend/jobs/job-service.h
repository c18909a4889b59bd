/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "queued-job.h"

G_BEGIN_DECLS

gboolean cfd_jobs_add    (CfdTx *tx, const CfdQueuedJob *job, GError **error);
gboolean cfd_jobs_has    (CfdTx *tx, const char *id, const char *subject_id, gboolean *has, GError **error);
gboolean cfd_jobs_drop   (CfdTx *tx, const char *subject_id, GError **error);
gboolean cfd_jobs_limit  (CfdTx *tx, const CfdQueuedJob *job, gint64 per_visitor, gint64 per_target, gint64 within_ms, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "queued-job.h"

G_BEGIN_DECLS

gboolean   cfd_job_store_add     (CfdTx *tx, const CfdQueuedJob *job, GError **error);
gboolean   cfd_job_store_has     (CfdTx *tx, const char *id, const char *subject_id, gboolean *has, GError **error);
gboolean   cfd_job_store_drop    (CfdTx *tx, const char *subject_id, GError **error);
gint64     cfd_job_store_count_visitor (CfdTx *tx, const char *visitor_id, gint64 since, GError **error);
gint64     cfd_job_store_count_target  (CfdTx *tx, const char *target, gint64 since, GError **error);
GPtrArray *cfd_job_store_due     (CfdTx *tx, const char *lane, gint64 now, gint64 limit, GError **error);
gint64     cfd_job_store_waiting (CfdTx *tx, const char *lane, GError **error);
gboolean   cfd_job_store_put_off (CfdTx *tx, const char *id, gint64 due_at, const char *why, GError **error);
gboolean   cfd_job_store_finish  (CfdTx *tx, const char *id, const char *why, GError **error);
gboolean   cfd_job_store_trim    (CfdTx *tx, gint64 before, GError **error);

G_END_DECLS

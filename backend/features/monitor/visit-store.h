/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/monitor-params.h"

G_BEGIN_DECLS

gboolean   cfd_visit_store_put   (CfdTx *tx, const CfdCaller *visitor, const CfMonitorVisitor *facts, GError **error);
gboolean   cfd_visit_store_look  (CfdTx *tx, const CfdCaller *visitor, const CfVisitPageParams *page, gint64 at, GError **error);
gboolean   cfd_visit_store_begun (CfdTx *tx, const CfdCaller *visitor, const char *id, gint64 *began, gint64 *pages, GError **error);
GPtrArray *cfd_visit_store_list  (CfdTx *tx, const char *organisation_id, const char *sites, const char *visitor_id, gint64 before, gint64 limit, GError **error);
GPtrArray *cfd_visit_store_all   (CfdTx *tx, const char *visitor_id, const char *after, gint64 limit, GError **error);
gboolean   cfd_visit_store_forget (CfdTx *tx, const CfdCaller *visitor, const char *id, GError **error);
gint64     cfd_visit_store_trim  (CfdTx *tx, const char *site_id, gint64 before, gint64 limit, GError **error);

GPtrArray *cfd_visit_store_recent (CfdTx *tx, const char *site_id, gint64 since, gint64 limit, GError **error);
char      *cfd_visit_store_whose (CfdTx *tx, const char *id, GError **error);
gint64     cfd_visit_store_before (CfdTx *tx, const char *visitor_id, const char *id, GError **error);
gboolean   cfd_visit_store_track (CfdTx *tx, const CfdCaller *visitor, const char *visit_id, const CfVisitEvent *event, GError **error);
gint64     cfd_visit_store_has_event (CfdTx *tx, const char *visitor_id, const char *id, GError **error);
gboolean   cfd_visit_store_trim_events (CfdTx *tx, gint64 before, gint64 limit, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/hub/online.h"

G_BEGIN_DECLS

CfMonitorVisitor  *cfd_visits_find_out (CfdTx *tx, const CfdLook *look, GError **error);
gboolean           cfd_visits_keep     (CfdTx *tx, const GPtrArray *looks, const GPtrArray *facts, GError **error);
CfVisitListResult *cfd_visits_list     (CfdTx *tx, const CfdCaller *caller, const CfVisitListParams *params, GError **error);
GPtrArray         *cfd_visits_all      (CfdTx *tx, const char *visitor_id, const char *after, gint64 limit, GError **error);
gboolean           cfd_visits_trim     (CfdTx *tx, gint64 days, gboolean *more, GError **error);
gint64             cfd_visits_trim_site (CfdTx *tx, const char *site_id, gint64 before, gint64 limit, GError **error);

gboolean           cfd_visits_track     (CfdTx *tx, const CfdCaller *caller, const CfVisitTrackParams *params, GError **error);
GPtrArray         *cfd_visits_recent    (CfdTx *tx, const char *site_id, gint64 since, gint64 limit, GError **error);
gboolean           cfd_visits_is_of     (CfdTx *tx, const CfdCaller *caller, const char *visit_id, GError **error);
gboolean           cfd_visits_returning (CfdTx *tx, const char *visitor_id, const char *visit_id, gboolean *returning, GError **error);

char              *cfd_visits_parameter (const char *address, const char *name); /* transfer full, nullable */
char              *cfd_visits_country   (const CfdCaller *visitor); /* transfer full, nullable: its English name */

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/form-reply.h"
#include "protocol/methods/visitor-params.h"
#include "protocol/records/site.h"
#include "protocol/records/visitor.h"

G_BEGIN_DECLS

CfdCaller *cfd_visitors_authenticate (CfdTx *tx, const CfSite *site, const char *token, GError **error);
gboolean   cfd_visitors_exists       (CfdTx *tx, const CfdCaller *caller, gboolean *exists, GError **error);
CfVisitor *cfd_visitors_ensure       (CfdTx *tx, const CfdCaller *caller, GError **error);
gboolean   cfd_visitors_may_write    (CfdTx *tx, const CfdCaller *caller, GError **error);
CfVisitor *cfd_visitors_identify     (CfdTx *tx, const CfdCaller *caller, const CfIdentifyParams *params, char ***ignored, GError **error);
gboolean   cfd_visitors_claim        (CfVisitor *visitor, const CfFormAnswer *answer, gboolean *taken, GError **error);
CfVisitor *cfd_visitors_get          (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error);
gboolean   cfd_visitors_append       (CfdTx *tx, const CfdCaller *caller, const char *id, GPtrArray *records, GError **error);
gboolean   cfd_visitors_touch        (CfdTx *tx, const CfVisitor *visitor, GError **error);
gboolean   cfd_visitors_mark         (CfdTx *tx, CfVisitor *visitor, const char *const *tags, GError **error);
gint64      cfd_visitors_forget_addresses (CfdTx *tx, const char *site_id, gint64 before, gint64 limit, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/visitor-params.h"
#include "protocol/records/visitor.h"

G_BEGIN_DECLS

CfVisitor *cfd_visitor_profile_require    (CfdTx *tx, const CfdCaller *by, const char *id, GError **error);
CfVisitor *cfd_visitor_profile_update     (CfdTx *tx, const CfdCaller *by, const CfVisitorUpdateParams *params, GError **error);
CfVisitor *cfd_visitor_profile_identify   (CfdTx *tx, const CfdCaller *by, const CfIdentifyParams *params, char ***ignored, GError **error);
CfVisitor *cfd_visitor_profile_verify     (CfdTx *tx, const CfdCaller *by, const CfVisitorVerifyParams *params, GError **error);
CfVisitor *cfd_visitor_profile_tag        (CfdTx *tx, const CfdCaller *by, const CfVisitorTagParams *params, GError **error);
CfVisitor *cfd_visitor_profile_untag      (CfdTx *tx, const CfdCaller *by, const CfVisitorTagParams *params, GError **error);
CfVisitor *cfd_visitor_profile_attribute  (CfdTx *tx, const CfdCaller *by, const CfVisitorAttributeParams *params, GError **error);
GPtrArray *cfd_visitor_profile_alike      (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error);

G_END_DECLS

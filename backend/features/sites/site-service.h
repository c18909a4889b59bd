/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/rpc/caller.h"
#include "backend/db/tx.h"
#include "protocol/methods/form-reply.h"
#include "protocol/methods/results.h"
#include "protocol/methods/site-params.h"
#include "protocol/records/conversation.h"
#include "protocol/records/site.h"
#include "protocol/records/visitor.h"

G_BEGIN_DECLS

CfSite          *cfd_sites_find         (CfdTx *tx, const char *key, const char *origin, GError **error);
gboolean         cfd_sites_allow_origin (CfdTx *tx, const char *key, const char *origin, GError **error);
CfSite          *cfd_sites_add          (CfdTx *tx, const char *organisation_id, const CfdCaller *by, const CfSiteAddParams *params, GError **error);
CfSite          *cfd_sites_update       (CfdTx *tx, const char *organisation_id, const CfdCaller *by, const CfSiteUpdateParams *params, GError **error);
CfSite          *cfd_sites_configure    (CfdTx *tx, const CfdCaller *by, const CfSiteConfigureParams *params, GError **error);
CfSiteSettings  *cfd_sites_settings     (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error);
CfSiteOpening   *cfd_sites_opening      (CfdTx *tx, const char *id, GError **error);
gboolean         cfd_sites_is_closed     (CfdTx *tx, const char *id, gboolean *closed, GError **error);
gboolean         cfd_sites_take_new     (CfdTx *tx, const char *id, GError **error);
GPtrArray       *cfd_sites_take_form    (CfdTx *tx, const char *id, const CfFormReply *reply, GError **error);
gboolean         cfd_sites_next_question (CfdTx *tx, const CfVisitor *visitor, CfConversation *conversation, GError **error);
gboolean         cfd_sites_take_answer  (CfdTx *tx, const char *id, const char *field, const char *value, CfFormAnswer **answer, GError **error);
gboolean         cfd_sites_mask         (CfdTx *tx, const char *id, char **text, GError **error);
gboolean         cfd_sites_check_color  (const char *color, GError **error);
GPtrArray       *cfd_sites_list         (CfdTx *tx, const char *organisation_id, GError **error);
GPtrArray       *cfd_sites_seen         (CfdTx *tx, const CfdCaller *caller, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "protocol/records/visitor.h"

G_BEGIN_DECLS

/**
 * CfdVisitorMerge:
 * What is kept of a merge, so that it can be undone exactly.
 */
typedef struct
{
  char *into_id;
  char *moved;  /* ids with spaces between: who was merged into the visitor before */
  char *before; /* the other one, as JSON for staff */
  char *after;
} CfdVisitorMerge;

GPtrArray       *cfd_visitor_store_alike         (CfdTx *tx, const CfVisitor *visitor, const char *sites, gint64 limit, GError **error);
GPtrArray       *cfd_visitor_store_merged_into   (CfdTx *tx, const char *id, GError **error);
GPtrArray       *cfd_visitor_store_with_address (CfdTx *tx, const char *site_id, gint64 before, gint64 limit, GError **error);
CfdRows         *cfd_visitor_store_from          (CfdTx *tx, const char *organisation_id, const char *site_id, const char *sites,
                                                  gint64 after, GError **error);
gboolean         cfd_visitor_store_by_email      (CfdTx *tx, const char *organisation_id, const char *site_id, const char *email,
                                                  CfVisitor **out, GError **error);
gboolean         cfd_visitor_store_by_external   (CfdTx *tx, const char *site_id, const char *external_id, CfVisitor **out, GError **error);
gboolean         cfd_visitor_store_key           (CfdTx *tx, const char *visitor_id, const char *secret_hash, gint64 *expires_at, GError **error);
gboolean         cfd_visitor_store_put_key       (CfdTx *tx, const char *visitor_id, const char *secret_hash, gint64 expires_at, GError **error);
gboolean         cfd_visitor_store_has_talked    (CfdTx *tx, const char *visitor_id, gboolean *talked, GError **error);
gboolean         cfd_visitor_store_add_merge     (CfdTx *tx, const char *visitor_id, const CfdVisitorMerge *merge, GError **error);
gboolean         cfd_visitor_store_remove_merge  (CfdTx *tx, const char *visitor_id, GError **error);
gboolean         cfd_visitor_store_forget_merges (CfdTx *tx, gint64 before, GError **error);
CfdVisitorMerge *cfd_visitor_store_get_merge     (CfdTx *tx, const char *visitor_id, GError **error);
void             cfd_visitor_merge_free          (CfdVisitorMerge *merge);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdVisitorMerge, cfd_visitor_merge_free)

G_END_DECLS

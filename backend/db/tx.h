/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "changeset.h"
#include "rows.h"

G_BEGIN_DECLS

/**
 * CfdTx:
 * What services and stores see of the database: one call's view, on one database thread, straight-line.
 * In a write all calls of a commit share one transaction; still a call that returns an error leaves nothing behind and
 * does not hurt its neighbours (it may then run a second time).
 *
 * Parameters are given by @types, one letter each: 't' const char * (NULL = NULL), 'i' gint64.
 * SQL says "$1", "$2", …; never put a value into the text.
 */
typedef struct _CfdTx CfdTx;

gint64    cfd_tx_now      (CfdTx *tx); /* ms UTC, the same within one call */
void      cfd_tx_set_now  (CfdTx *tx, gint64 now); /* for imports: this call happened then */
gboolean  cfd_tx_execute  (CfdTx *tx, GError **error, const char *sql, const char *types, ...);
CfdRows  *cfd_tx_query    (CfdTx *tx, GError **error, const char *sql, const char *types, ...);

/* "SELECT <columns of shape> FROM <table> " + @tail, as in "WHERE conversation_id = $1 ORDER BY position". Tombstones are rows too. */
GPtrArray *cfd_tx_records (CfdTx *tx, GError **error, const CfShape *shape, const char *tail, const char *types, ...);
gpointer   cfd_tx_record  (CfdTx *tx, GError **error, const CfShape *shape, const char *tail, const char *types, ...); /* first row or NULL without error */

/* The record with that id, deleted or not, or NULL without error. */
gpointer  cfd_tx_get      (CfdTx *tx, GError **error, const CfShape *shape, const char *id);

/*
 * Stores @record (insert or replace by id), stamps it with the call's revision and adds a copy to the call's changes.
 * record->organisation_id must be set, and be the same for all puts of one call. An organisation's own first
 * put creates its counter. On return @record carries the revision.
 */
gboolean  cfd_tx_put      (CfdTx *tx, gpointer record, GError **error);

/* The revision that this call's puts get (taken on first use), e.g. for a message's position. */
gint64    cfd_tx_revision (CfdTx *tx, const char *organisation_id, GError **error);

/* The organisation's last revision as this call sees it; 0 when there is no such organisation. */
/* In a reading call: whether "message_search", "visitor_search" and "team_message_search" can be asked now. */
gboolean  cfd_tx_can_search    (CfdTx *tx, GError **error);

gint64    cfd_tx_epoch         (CfdTx *tx);
gint64    cfd_tx_last_revision (CfdTx *tx, const char *organisation_id, GError **error);

G_END_DECLS

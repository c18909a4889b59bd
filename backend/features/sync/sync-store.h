/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"

G_BEGIN_DECLS

/* What is read of a caller's records. */
typedef enum
{
  CFD_SYNC_CHANGES, /* all that has changed, tombstones too */
  CFD_SYNC_RECENT,  /* a first copy, where most of what there is belongs to it */
  CFD_SYNC_OLD,     /* a first copy, of the time before */
} CfdSyncPart;

/**
 * CfdSyncWhose:
 * Whose records of one type are read.
 */
typedef struct
{
  CfAudience audience;
  const char *owner; /* of staff the organisation, or the agent for types of which some are theirs alone; the visitor, or their site for sites; NULL has none */
  const char *sites; /* staff: ids of the only sites of which they may know, one after the other; NULL = all */
} CfdSyncWhose;

GPtrArray *cfd_sync_store_changes       (CfdTx *tx, const CfShape *shape, const CfdSyncWhose *whose, CfdSyncPart part,
                                         gint64 since, gint64 until, gint64 limit, GError **error);
gint64     cfd_sync_store_recent        (CfdTx *tx, const char *organisation_id, GError **error);
GPtrArray *cfd_sync_store_conversations (CfdTx *tx, const char *visitor_id, GError **error);

G_END_DECLS

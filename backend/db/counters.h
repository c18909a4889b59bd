/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tx.h"

G_BEGIN_DECLS

/**
 * CfdCounters:
 * The organisations' last revisions. A row is read once, and again after another process has committed or a transaction was rolled back; all calls that
 * share a transaction count on in memory, and the last number is stored before the commit.
 */
typedef struct _CfdCounters CfdCounters;

CfdCounters *cfd_counters_new   (void);
gint64       cfd_counters_take  (CfdCounters *self, CfdTx *tx, const char *organisation_id, gboolean may_be_first, GError **error);
gint64       cfd_counters_peek  (CfdCounters *self, const char *organisation_id);
gboolean     cfd_counters_store (CfdCounters *self, CfdTx *tx, GError **error);
void         cfd_counters_clear (CfdCounters *self);
void         cfd_counters_free  (CfdCounters *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdCounters, cfd_counters_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "conversation.h"

G_BEGIN_DECLS

/* Rows that are fetched together, and how many such pieces are kept: those that were asked for last. */
#define CFA_SPARSE_PAGE  100
#define CFA_SPARSE_PIECES 8

/**
 * CfaSparseRows:
 * A long row of positions of which only a few pieces are known. What was not asked for lately is forgotten again, so its size depends on
 * what is looked at, not on the length.
 */
typedef struct _CfaSparseRows CfaSparseRows;

CfaSparseRows   *cfa_sparse_rows_new        (void);
void             cfa_sparse_rows_free       (CfaSparseRows *self);
void             cfa_sparse_rows_reset      (CfaSparseRows *self, guint length);
guint            cfa_sparse_rows_get_length (CfaSparseRows *self);
gboolean         cfa_sparse_rows_is_known   (CfaSparseRows *self, guint position);
CfaConversation *cfa_sparse_rows_peek       (CfaSparseRows *self, guint position);
void             cfa_sparse_rows_touch      (CfaSparseRows *self, guint position);
void             cfa_sparse_rows_put        (CfaSparseRows *self, guint position, CfaConversation *conversation);
CfaConversation *cfa_sparse_rows_remove     (CfaSparseRows *self, guint position);
gboolean         cfa_sparse_rows_insert     (CfaSparseRows *self, guint position);
gboolean         cfa_sparse_rows_wanted     (CfaSparseRows *self, guint *offset, guint *length);
gboolean         cfa_sparse_rows_find       (CfaSparseRows *self, CfaConversation *conversation, guint *position);
guint            cfa_sparse_rows_count      (CfaSparseRows *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfaSparseRows, cfa_sparse_rows_free)

G_END_DECLS

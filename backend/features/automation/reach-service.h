/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"

G_BEGIN_DECLS

/**
 * CfdGoalBook:
 * The goals that count, read once for many visitors. For one transaction.
 */
typedef struct _CfdGoalBook CfdGoalBook;

/**
 * CfdGoalCause:
 * What may have reached a goal: a look at a page, or an event.
 */
typedef struct
{
  const char *visit_id;
  const char *id;
  const char *url;   /* of a page; else NULL */
  const char *event; /* its name; else NULL */
  gint64 value;      /* of the event, in hundredths */
} CfdGoalCause;

CfdGoalBook *cfd_goal_book_new   (void);
gboolean     cfd_goal_book_reach (CfdGoalBook *self, CfdTx *tx, const CfdCaller *visitor, const CfdGoalCause *cause, GError **error);
void         cfd_goal_book_free  (CfdGoalBook *self);
gboolean     cfd_goals_forget    (CfdTx *tx, const char *visitor_id, const char *visit_id, GError **error);
gboolean     cfd_goals_trim      (CfdTx *tx, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdGoalBook, cfd_goal_book_free)

G_END_DECLS

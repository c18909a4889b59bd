/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"

G_BEGIN_DECLS

/* That visitors have met triggers and reached goals, and how often by days. */

/**
 * CfdHit:
 * That a visitor has met a trigger.
 */
typedef struct
{
  char *id;
  char *trigger_id;
  char *visitor_id;
  char *department_id;
  gint64 converted_at;
} CfdHit;

/* What is counted of a trigger. */
typedef enum
{
  CFD_COUNT_SHOWN,
  CFD_COUNT_ANSWERED,
  CFD_COUNT_CONVERTED,
} CfdCount;

/**
 * CfdGoalCount:
 * One more time that a goal was reached.
 */
typedef struct
{
  const char *goal_id, *site_id;
  const char *agent_id, *trigger_id; /* (nullable) */
  gboolean with_conversation;
  gint64 value;
} CfdGoalCount;

void       cfd_hit_free             (CfdHit *self);
CfdHit    *cfd_hit_store_get        (CfdTx *tx, const char *id, GError **error);
gboolean   cfd_hit_store_add        (CfdTx *tx, const CfdCaller *visitor, const char *id, const char *trigger_id, const char *visit_id,
                                     const char *department_id, gboolean spoke, GError **error);
gint64     cfd_hit_store_since      (CfdTx *tx, const char *visitor_id, const char *trigger_id, gint64 since, GError **error);
gint64     cfd_hit_store_spoken     (CfdTx *tx, const char *visitor_id, gint64 since, GError **error);
gint64     cfd_hit_store_in_visit   (CfdTx *tx, const char *visitor_id, const char *trigger_id, const char *visit_id, GError **error);
CfdHit    *cfd_hit_store_unanswered (CfdTx *tx, const char *visitor_id, gint64 since, GError **error);
gboolean   cfd_hit_store_answer     (CfdTx *tx, const CfdHit *hit, GError **error);
CfdHit    *cfd_hit_store_last       (CfdTx *tx, const char *visitor_id, gint64 since, GError **error);
gboolean   cfd_hit_store_convert    (CfdTx *tx, const CfdHit *hit, GError **error);
gboolean   cfd_hit_store_count      (CfdTx *tx, const char *organisation_id, const char *trigger_id, CfdCount what, GError **error);
GPtrArray *cfd_hit_store_numbers    (CfdTx *tx, const char *organisation_id, gint64 days, GError **error);
gboolean   cfd_hit_store_reach      (CfdTx *tx, const CfdCaller *visitor, const char *goal_id, const char *cause, const char *visit_id,
                                     gboolean *first, GError **error);
gboolean   cfd_hit_store_count_goal (CfdTx *tx, const char *organisation_id, const CfdGoalCount *count, GError **error);
GPtrArray *cfd_hit_store_goals      (CfdTx *tx, const char *organisation_id, const char *sites, gint64 days, gint64 limit, GError **error);
gboolean   cfd_hit_store_forget     (CfdTx *tx, const char *visitor_id, const char *visit_id, GError **error);
GPtrArray *cfd_hit_store_met        (CfdTx *tx, const char *visitor_id, GError **error);
GPtrArray *cfd_hit_store_reached    (CfdTx *tx, const char *visitor_id, GError **error);
gboolean   cfd_hit_store_trim       (CfdTx *tx, gint64 before, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdHit, cfd_hit_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/methods/monitor-params.h"
#include "protocol/records/trigger.h"
#include "protocol/records/visitor.h"

G_BEGIN_DECLS

typedef enum
{
  CFD_TRUTH_NO,
  CFD_TRUTH_YES,
  CFD_TRUTH_UNKNOWN,
} CfdTruth;

/**
 * CfdTriggerFacts:
 * What is so, as far as it is known. What the page alone knows is known only when a visit is looked at afterwards.
 */
typedef struct
{
  gboolean page;           /* the next ones are known */
  const char *url;
  const char *referrer;
  const char *landing;
  const char *languages;   /* "pt-PT, en" */
  gint64 page_seconds;
  gint64 site_seconds;
  gint64 pages;
  const GPtrArray *events; /* of CfVisitEvent, newest first; (nullable) */

  gboolean returning;
  const CfVisitor *visitor; /* (nullable) */
  const char *country;      /* (nullable) */
  guint minutes;            /* since midnight, by the clock of the site */
  gint64 agents;            /* who are online; -1 = nobody knows */
} CfdTriggerFacts;

CfdTruth cfd_trigger_judge_condition (const CfTriggerCondition *condition, const CfdTriggerFacts *facts);
CfdTruth cfd_trigger_judge           (const CfTriggerRules *rules, const CfdTriggerFacts *facts);
gboolean cfd_trigger_is_for          (char *const *sites, const char *site_id);
gboolean cfd_trigger_speaks          (const CfTrigger *trigger);
gboolean cfd_trigger_asks_for        (const CfTriggerRules *rules, CfTriggerKind kind);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../records/trigger.h"

G_BEGIN_DECLS

/* Params and results of the methods for triggers. */

#define CF_TRIGGER_DAYS_DEFAULT 30
#define CF_TRIGGER_DAYS_MAX     365
/* Visits that a dry run looks at, and those that it shows. */
#define CF_DRY_RUN_VISITS       2000
#define CF_DRY_RUN_EXAMPLES     20

/**
 * CfTriggerSaveParams:
 * trigger.save: all of a trigger but its place.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  gint64 version; /* of the trigger as it was when it was changed; 0 = a new one */
  char *name;
  gboolean enabled;
  char **sites;
  CfTriggerRules *rules;
  CfTriggerActions *actions;
  CfTriggerCap cap;
  gint64 cap_days;
} CfTriggerSaveParams;

extern const CfShape cf_trigger_save_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfTriggerSaveParams, cf_struct_unref)

/**
 * CfTriggerReorderParams:
 * trigger.reorder: those that are not named come behind, as they were.
 */
typedef struct
{
  CfStruct parent;
  char **ids;
} CfTriggerReorderParams;

extern const CfShape cf_trigger_reorder_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfTriggerReorderParams, cf_struct_unref)

/**
 * CfTriggerDryRunParams:
 * trigger.dry_run: of what is not saved yet.
 */
typedef struct
{
  CfStruct parent;
  CfTriggerRules *rules;
  char **sites;
  gint64 days; /* visits of the last so many; 0 = CF_TRIGGER_DAYS_DEFAULT */
} CfTriggerDryRunParams;

extern const CfShape cf_trigger_dry_run_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfTriggerDryRunParams, cf_struct_unref)

/**
 * CfTriggerExample:
 * A visit in which a trigger would have acted.
 */
typedef struct
{
  CfStruct parent;
  char *visit_id;
  char *visitor_id;
  char *name; /* of the visitor; NULL = not known */
  char *site_id;
  char *url; /* of the page on which */
  gint64 at; /* when that page was come to */
} CfTriggerExample;

extern const CfShape cf_trigger_example_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfTriggerExample, cf_struct_unref)

/**
 * CfTriggerDryRunResult:
 * trigger.dry_run
 */
typedef struct
{
  CfStruct parent;
  gint64 visits; /* that were looked at: the newest */
  gboolean more; /* there were more than that */
  gint64 matched;
  char **unjudged; /* words of CfTriggerKind that nobody can tell afterwards; they count as met, where all are needed */
  GPtrArray *examples; /* of CfTriggerExample, newest first */
} CfTriggerDryRunResult;

extern const CfShape cf_trigger_dry_run_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfTriggerDryRunResult, cf_struct_unref)

/**
 * CfNumbersParams:
 * trigger.numbers and goal.numbers: of the last days, today included.
 */
typedef struct
{
  CfStruct parent;
  gint64 days; /* 0 = CF_TRIGGER_DAYS_DEFAULT */
} CfNumbersParams;

extern const CfShape cf_numbers_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfNumbersParams, cf_struct_unref)

/**
 * CfTriggerNumber:
 * What came of one trigger.
 */
typedef struct
{
  CfStruct parent;
  char *trigger_id;
  gint64 shown;
  gint64 answered;  /* the visitor wrote */
  gint64 converted; /* and reached a goal, be it without a word */
} CfTriggerNumber;

extern const CfShape cf_trigger_number_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfTriggerNumber, cf_struct_unref)

/**
 * CfTriggerNumbersResult:
 * trigger.numbers: of all triggers that acted at all.
 */
typedef struct
{
  CfStruct parent;
  GPtrArray *triggers; /* of CfTriggerNumber */
} CfTriggerNumbersResult;

extern const CfShape cf_trigger_numbers_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfTriggerNumbersResult, cf_struct_unref)

/**
 * CfTriggerOffersParams:
 * trigger.offers, by a visitor's page.
 */
typedef struct
{
  CfStruct parent;
  char *visit_id;
} CfTriggerOffersParams;

extern const CfShape cf_trigger_offers_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfTriggerOffersParams, cf_struct_unref)

/**
 * CfTriggerOffer:
 * What the page has to look for: of a trigger that is still possible, the conditions that only the page can judge.
 */
typedef struct
{
  CfStruct parent;
  char *id; /* the trigger's */
  gboolean any; /* one of them is enough */
  GPtrArray *conditions; /* of CfTriggerCondition; none: all that is needed is so */
} CfTriggerOffer;

extern const CfShape cf_trigger_offer_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfTriggerOffer, cf_struct_unref)

/**
 * CfTriggerOffersResult:
 * trigger.offers: in the order in which they go.
 */
typedef struct
{
  CfStruct parent;
  GPtrArray *offers; /* of CfTriggerOffer */
} CfTriggerOffersResult;

extern const CfShape cf_trigger_offers_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfTriggerOffersResult, cf_struct_unref)

/**
 * CfTriggerFireParams:
 * trigger.fire, by a visitor's page: what it had to look for is so.
 */
typedef struct
{
  CfStruct parent;
  char *id; /* of this time; a repeat does nothing again */
  char *trigger_id;
  char *visit_id;
  char *url; /* where */
} CfTriggerFireParams;

extern const CfShape cf_trigger_fire_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfTriggerFireParams, cf_struct_unref)

/**
 * CfTriggerFireResult:
 * trigger.fire: what the page is to show. A message comes by itself, as any other.
 */
typedef struct
{
  CfStruct parent;
  gboolean fired; /* else it may not act now, and the page forgets it */
  char *author;
  char *bubble;
  gboolean open;
  char **agents; /* whom it calls where there is no conversation for a note; (nullable) */
  char *call; /* and with which words */
} CfTriggerFireResult;

extern const CfShape cf_trigger_fire_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfTriggerFireResult, cf_struct_unref)

G_END_DECLS

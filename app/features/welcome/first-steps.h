/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/monitor/live-visitors.h"
#include "protocol/records/site.h"

G_BEGIN_DECLS

typedef enum
{
  CFA_STEP_SITE,      /* there is a site */
  CFA_STEP_SNIPPET,   /* its line was copied, or is at work */
  CFA_STEP_VISITOR,   /* somebody was there */
  CFA_STEP_HELLO,     /* this person has talked with a visitor */
  CFA_STEP_COLLEAGUE, /* they are not alone, or will not be for long */
  CFA_N_STEPS,
} CfaStep;

#define CFA_TYPE_FIRST_STEPS (cfa_first_steps_get_type ())
G_DECLARE_FINAL_TYPE (CfaFirstSteps, cfa_first_steps, CFA, FIRST_STEPS, GObject)

/*
 * How far an admin has come with a new organisation. What is done is seen from what is there, and remembered, for each account.
 * Signal: "changed" ().
 */
CfaFirstSteps *cfa_first_steps_new        (CfaSession *session, CfaLiveVisitors *visitors);
gboolean       cfa_first_steps_is_done    (CfaFirstSteps *self, CfaStep step);
CfaStep        cfa_first_steps_get_next   (CfaFirstSteps *self); /* CFA_N_STEPS: all are done */
gboolean       cfa_first_steps_is_wanted  (CfaFirstSteps *self); /* shown by itself, where there is room */
gboolean       cfa_first_steps_is_for     (CfaSession *session);
const CfSite  *cfa_first_steps_get_site   (CfaFirstSteps *self); /* nullable: whose line is to be copied */
void           cfa_first_steps_copied     (CfaFirstSteps *self);
void           cfa_first_steps_dismiss    (CfaFirstSteps *self);

G_END_DECLS

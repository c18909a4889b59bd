/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_STEP_ROW (cfa_step_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaStepRow, cfa_step_row, CFA, STEP_ROW, AdwPreferencesRow)

/**
 * CfaStepState:
 * Where a step stands.
 */
typedef enum
{
  CFA_STEP_LATER,
  CFA_STEP_NOW, /* what is to be done is shown */
  CFA_STEP_DONE,
} CfaStepState;

GtkWidget *cfa_step_row_new       (guint number, const char *title, const char *text);
void       cfa_step_row_add       (CfaStepRow *self, GtkWidget *child);
void       cfa_step_row_set_state (CfaStepRow *self, CfaStepState state);

G_END_DECLS

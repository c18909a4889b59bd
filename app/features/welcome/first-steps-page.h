/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "first-steps.h"

G_BEGIN_DECLS

#define CFA_TYPE_FIRST_STEPS_PAGE (cfa_first_steps_page_get_type ())
G_DECLARE_FINAL_TYPE (CfaFirstStepsPage, cfa_first_steps_page, CFA, FIRST_STEPS_PAGE, GtkBox)

/* Signal: "dismissed" (): the person has seen enough of it. */
void cfa_first_steps_page_set_steps         (CfaFirstStepsPage *self, CfaSession *session, CfaFirstSteps *steps);
void cfa_first_steps_page_set_title_buttons (CfaFirstStepsPage *self, gboolean narrow, gboolean end);

G_END_DECLS

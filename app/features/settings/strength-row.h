/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "field.h"

G_BEGIN_DECLS

#define CFA_TYPE_STRENGTH_ROW (cfa_strength_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaStrengthRow, cfa_strength_row, CFA, STRENGTH_ROW, GtkListBoxRow)

GtkWidget *cfa_strength_row_new       (CfaField *password);
void       cfa_strength_row_set_email (CfaStrengthRow *self, const char *email);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_DEPARTMENT_ROW (cfa_department_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaDepartmentRow, cfa_department_row, CFA, DEPARTMENT_ROW, AdwExpanderRow)

GtkWidget *cfa_department_row_new (CfaSession *session, CfaRecordItem *item);

G_END_DECLS

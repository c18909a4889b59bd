/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "site-draft.h"

G_BEGIN_DECLS

#define CFA_TYPE_SITE_DAY_ROW (cfa_site_day_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaSiteDayRow, cfa_site_day_row, CFA, SITE_DAY_ROW, AdwExpanderRow)

GtkWidget *cfa_site_day_row_new (CfaSiteDraft *draft, CfDay day);

G_END_DECLS

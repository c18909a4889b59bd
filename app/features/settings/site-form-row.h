/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "site-draft.h"

G_BEGIN_DECLS

#define CFA_TYPE_SITE_FORM_ROW (cfa_site_form_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaSiteFormRow, cfa_site_form_row, CFA, SITE_FORM_ROW, AdwExpanderRow)

/* One question of the form before a conversation. */
GtkWidget  *cfa_site_form_row_new    (CfaSiteDraft *draft, const char *id);
const char *cfa_site_form_row_get_id (CfaSiteFormRow *self);

G_END_DECLS

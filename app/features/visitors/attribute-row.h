/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_ATTRIBUTE_ROW (cfa_attribute_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaAttributeRow, cfa_attribute_row, CFA, ATTRIBUTE_ROW, AdwExpanderRow)

/* One attribute among the settings. */
GtkWidget *cfa_attribute_row_new     (CfaSession *session, CfaRecordItem *item);
char     **cfa_attribute_row_choices (const char *text); /* transfer full: what stands between commas */

G_END_DECLS

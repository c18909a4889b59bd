/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_TAG_ROW (cfa_tag_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaTagRow, cfa_tag_row, CFA, TAG_ROW, AdwExpanderRow)

GtkWidget *cfa_tag_row_new (CfaSession *session, CfaRecordItem *item);

G_END_DECLS

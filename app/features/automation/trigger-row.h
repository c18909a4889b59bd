/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"
#include "app/features/settings/row-mover.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_TRIGGER_ROW (cfa_trigger_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaTriggerRow, cfa_trigger_row, CFA, TRIGGER_ROW, AdwActionRow)

GtkWidget     *cfa_trigger_row_new      (CfaSession *session, CfaRecordItem *item, CfaRowMoved moved);
CfaRecordItem *cfa_trigger_row_get_item (CfaTriggerRow *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_SITE_ROW (cfa_site_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaSiteRow, cfa_site_row, CFA, SITE_ROW, AdwActionRow)

GtkWidget *cfa_site_row_new (CfaSession *session, CfaRecordItem *item);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_PHOTO_ROW (cfa_photo_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaPhotoRow, cfa_photo_row, CFA, PHOTO_ROW, AdwActionRow)

GtkWidget *cfa_photo_row_new (CfaSession *session, const char *agent_id);

G_END_DECLS

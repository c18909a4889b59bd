/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_RATING_ROW (cfa_rating_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaRatingRow, cfa_rating_row, CFA, RATING_ROW, AdwActionRow)

/*
 * How visitors rated an agent lately, as the server counts it. It asks whenever it comes into sight.
 * Signal: "answered" (gpointer: const CfRatingSummaryResult *).
 */
GtkWidget *cfa_rating_row_new (CfaSession *session, const char *agent_id);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include "search-hit.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CFA_TYPE_SEARCH_ROW (cfa_search_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaSearchRow, cfa_search_row, CFA, SEARCH_ROW, GtkListBoxRow)

GtkWidget    *cfa_search_row_new     (CfaSearchHit *hit, CfaSession *session);
CfaSearchHit *cfa_search_row_get_hit (CfaSearchRow *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_IDS_ROW (cfa_ids_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaIdsRow, cfa_ids_row, CFA, IDS_ROW, AdwExpanderRow)

/*
 * Some among the sites, tags, agents or departments, each with a box to be checked.
 * Signal: "changed" (): by the person.
 */
GtkWidget *cfa_ids_row_new       (CfaSession *session, const CfShape *among, const char *title, const char *none);
GtkWidget *cfa_ids_row_new_empty (const char *title, const char *none);
void       cfa_ids_row_add       (CfaIdsRow *self, const char *id, const char *name);
void       cfa_ids_row_set       (CfaIdsRow *self, char *const *ids);
char     **cfa_ids_row_dup       (CfaIdsRow *self);

G_END_DECLS

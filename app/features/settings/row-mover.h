/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * CfaRowMoved:
 * @id: of what the person has moved
 * @onto: the id of what stands where they want it
 */
typedef void (*CfaRowMoved) (GtkWidget *row, const char *id, const char *onto);

void cfa_row_mover_add       (GtkWidget *row, const char *id, CfaRowMoved moved);
void cfa_row_mover_set_fixed (GtkWidget *row, gboolean fixed);

G_END_DECLS

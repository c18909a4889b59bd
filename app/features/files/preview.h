/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CFA_TYPE_PREVIEW (cfa_preview_get_type ())
G_DECLARE_FINAL_TYPE (CfaPreview, cfa_preview, CFA, PREVIEW, GtkWidget)

/* Room for a picture, of its shape from the beginning, so that nothing moves when it comes. */
GtkWidget *cfa_preview_new         (int width, int height);
void       cfa_preview_set_picture (CfaPreview *self, GdkPaintable *picture);

G_END_DECLS

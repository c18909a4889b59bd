/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Decodes pictures, on a thread of their own, to the size at which they are shown. */
void          cfa_picture_load_async  (const char *path, int width, int height, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);
GdkPaintable *cfa_picture_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS

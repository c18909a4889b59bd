/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Both make of a picture what the server takes as a photo. Exactly one of @file and @texture is given. */
void  cfa_photo_make_async  (GFile *file, GdkTexture *texture, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char *cfa_photo_make_finish (GAsyncResult *result, GError **error);

G_END_DECLS

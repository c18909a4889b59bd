/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GVariant *cfa_avatar_image_new (const char *name, const char *id, GdkTexture *photo);

G_END_DECLS

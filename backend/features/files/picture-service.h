/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void    cfd_pictures_configure (const char *program);
GBytes *cfd_pictures_square    (const guint8 *bytes, gsize length, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *cfd_jwt_open (const char *jwt, const char *const *keys, guint n_keys, guint *which, GError **error);

G_END_DECLS

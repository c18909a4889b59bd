/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *cfd_shortcut_normalise (const char *shortcut, GError **error);

G_END_DECLS

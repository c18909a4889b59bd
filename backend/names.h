/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *cfd_name_tidy (const char *name, GError **error);
gboolean  cfd_name_same (const char *a, const char *b);

G_END_DECLS

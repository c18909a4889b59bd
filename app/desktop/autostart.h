/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void     cfa_autostart_set_async  (gboolean start, GAsyncReadyCallback callback, gpointer user_data);
gboolean cfa_autostart_set_finish (GAsyncResult *result, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void     cfa_background_portal_ask_async  (GDBusConnection *bus, const char *const *command, gboolean autostart,
                                           GAsyncReadyCallback callback, gpointer user_data);
gboolean cfa_background_portal_ask_finish (GAsyncResult *result, GError **error);

G_END_DECLS

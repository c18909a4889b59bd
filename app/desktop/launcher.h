/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void cfa_launcher_set_count (GDBusConnection *bus, const char *desktop_entry, guint count);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the server tells a service manager that asks to be told (systemd, Type=notify); elsewhere nothing happens. */

void  cfd_notify          (const char *state, gboolean wait);
guint cfd_notify_watchdog (void);

G_END_DECLS

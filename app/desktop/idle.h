/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CFA_TYPE_IDLE (cfa_idle_get_type ())
G_DECLARE_FINAL_TYPE (CfaIdle, cfa_idle, CFA, IDLE, GObject)

/*
 * Whether the person has left keyboard and mouse alone for so many minutes, where the desktop tells: by org.gnome.Mutter.IdleMonitor,
 * else by org.freedesktop.ScreenSaver. Elsewhere nobody is ever idle. Nothing here waits.
 * Signal: "changed".
 */
CfaIdle *cfa_idle_new         (void);
void     cfa_idle_set_minutes (CfaIdle *self, guint minutes);
gboolean cfa_idle_get_idle    (CfaIdle *self);

G_END_DECLS

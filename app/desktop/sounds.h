/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CFA_TYPE_SOUNDS (cfa_sounds_get_type ())
G_DECLARE_FINAL_TYPE (CfaSounds, cfa_sounds, CFA, SOUNDS, GObject)

/*
 * Short sounds through the desktop's sound server. Nothing here waits.
 * Signals: "unavailable" (string why): there is no way to play · "unplayable" (string path): that file is not one that can be played.
 */
CfaSounds *cfa_sounds_new  (const char *name, const char *id);
void       cfa_sounds_play (CfaSounds *self, const char *event, const char *file, guint volume);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long something that was done can be taken back, in seconds, as the person has chosen on this computer (WCAG 2.2.1). */
extern const guint cfa_undo_time_choices[]; /* ended by G_MAXUINT */

guint cfa_undo_time_get (void);
void  cfa_undo_time_set (guint seconds);

G_END_DECLS

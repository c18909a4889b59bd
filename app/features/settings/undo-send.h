/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long an answer can be called back before it is sent, in seconds, as the person has chosen on this computer; 0: not at all. */
extern const guint cfa_undo_send_choices[]; /* ended by G_MAXUINT */

guint cfa_undo_send_get (void);
void  cfa_undo_send_set (guint seconds);

G_END_DECLS

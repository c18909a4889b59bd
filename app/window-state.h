/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfaWindowState:
 * How the window was left, to open it the same way.
 */
typedef struct
{
  int width;
  int height;
  gboolean maximized;
  gboolean visitor; /* the visitor pane is wanted where there is room */
} CfaWindowState;

CfaWindowState cfa_window_state_load (void);
void           cfa_window_state_save (const CfaWindowState *state);

G_END_DECLS

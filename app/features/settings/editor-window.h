/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_EDITOR_WINDOW (cfa_editor_window_get_type ())
G_DECLARE_FINAL_TYPE (CfaEditorWindow, cfa_editor_window, CFA, EDITOR_WINDOW, AdwWindow)

/*
 * A window in which one thing of many parts is made or changed, and saved as a whole. It says what is missing while it cannot be saved, asks before
 * changes are lost, and shows that somebody else has saved the same thing meanwhile.
 * Signals: "save" (): cfa_editor_window_end() answers it · "theirs" (): the person wants what somebody else has saved.
 */
CfaEditorWindow *cfa_editor_window_new         (GtkWidget *from, const char *title);
void             cfa_editor_window_add         (CfaEditorWindow *self, GtkWidget *group);
void             cfa_editor_window_set_problem (CfaEditorWindow *self, const char *problem);
void             cfa_editor_window_set_changed (CfaEditorWindow *self, gboolean changed);
void             cfa_editor_window_set_torn    (CfaEditorWindow *self, gboolean torn, const char *who);
gboolean         cfa_editor_window_is_torn     (CfaEditorWindow *self);
void             cfa_editor_window_end         (CfaEditorWindow *self, const GError *error);

G_END_DECLS

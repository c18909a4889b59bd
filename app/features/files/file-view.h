/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CFA_TYPE_FILE_VIEW (cfa_file_view_get_type ())
G_DECLARE_FINAL_TYPE (CfaFileView, cfa_file_view, CFA, FILE_VIEW, GtkBox)

/* One file of a message: a picture as a preview, anything else as a row that can be opened and saved. */
GtkWidget     *cfa_file_view_new            (CfaSession *session, const char *id);
CfaAttachment *cfa_file_view_get_attachment (CfaFileView *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "visitor-import.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_VISITOR_IMPORT_DIALOG (cfa_visitor_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CfaVisitorImportDialog, cfa_visitor_import_dialog, CFA, VISITOR_IMPORT_DIALOG, AdwWindow)

/* Shows what a file with visitors holds before any of it is imported, then how far that is, then what was left out. */
CfaVisitorImportDialog *cfa_visitor_import_dialog_new (GtkWindow *parent, CfaSession *session, GFile *file);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"
#include "protocol/methods/visitor-params.h"
#include "visitor-table.h"

G_BEGIN_DECLS

#define CFA_TYPE_VISITOR_IMPORT (cfa_visitor_import_get_type ())
G_DECLARE_FINAL_TYPE (CfaVisitorImport, cfa_visitor_import, CFA, VISITOR_IMPORT, GObject)

/*
 * Brings a table of visitors to the server, part by part. Signals: "changed" (): another part is done · "ended" (nullable GError): once;
 * G_IO_ERROR_CANCELLED when it was stopped, what was taken stays. Main thread.
 */
CfaVisitorImport            *cfa_visitor_import_new        (CfaSession *session, CfaVisitorTable *table, const char *site_id);
void                         cfa_visitor_import_begin      (CfaVisitorImport *self);
void                         cfa_visitor_import_stop       (CfaVisitorImport *self);
guint                        cfa_visitor_import_get_done   (CfaVisitorImport *self);
const CfVisitorImportResult *cfa_visitor_import_get_result (CfaVisitorImport *self);
char                        *cfa_visitor_import_dup_list   (CfaVisitorImport *self);

G_END_DECLS

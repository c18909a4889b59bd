/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/features/session/session.h"

G_BEGIN_DECLS

#define CFA_TYPE_INBOX_ROW (cfa_inbox_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaInboxRow, cfa_inbox_row, CFA, INBOX_ROW, GtkListBoxRow)

/* Stands where a folder's key does: who is on the sites now. */
#define CFA_INBOX_ROW_MONITOR "monitor"

const char *cfa_inbox_name           (const char *folder, CfaDirectory *directory);
GtkWidget  *cfa_inbox_row_new        (const char *folder, CfaDirectory *directory);
GtkWidget  *cfa_inbox_row_new_view   (const char *id, CfaSession *session);
const char *cfa_inbox_row_get_folder (CfaInboxRow *self);
void        cfa_inbox_row_set_count  (CfaInboxRow *self, CfaCount count);
void        cfa_inbox_row_set_visitors (CfaInboxRow *self, guint visitors);

G_END_DECLS

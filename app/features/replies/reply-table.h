/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/features/session/session.h"

G_BEGIN_DECLS

#define CFA_TYPE_REPLY_TABLE (cfa_reply_table_get_type ())
G_DECLARE_FINAL_TYPE (CfaReplyTable, cfa_reply_table, CFA, REPLY_TABLE, AdwPreferencesGroup)

/*
 * All canned responses, or all macros, of an agent: to be searched, edited, and removed with undo.
 * Signal: "edit" (CfaReply, nullable): NULL asks for a new one.
 */
GtkWidget *cfa_reply_table_new (CfaSession *session, GListModel *replies, const char *title, const char *teaching);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_AGENT_LIST_ROW (cfa_agent_list_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaAgentListRow, cfa_agent_list_row, CFA, AGENT_LIST_ROW, AdwActionRow)

/* What is said of an agent by naming other records. */
GtkWidget *cfa_agent_list_row_new_skills (CfaSession *session, CfaRecordItem *item);
GtkWidget *cfa_agent_list_row_new_sites  (CfaSession *session, CfaRecordItem *item);

G_END_DECLS

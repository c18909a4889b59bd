/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_AGENT_SKILLS_ROW (cfa_agent_skills_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaAgentSkillsRow, cfa_agent_skills_row, CFA, AGENT_SKILLS_ROW, AdwActionRow)

GtkWidget *cfa_agent_skills_row_new (CfaSession *session, CfaRecordItem *item);

G_END_DECLS

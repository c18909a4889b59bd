/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/features/session/session.h"

G_BEGIN_DECLS

#define CFA_TYPE_TEAM_SECTION (cfa_team_section_get_type ())
G_DECLARE_FINAL_TYPE (CfaTeamSection, cfa_team_section, CFA, TEAM_SECTION, GtkBox)

/* The channels in the sidebar. A row activates "win.channel" with the channel's id. */
void cfa_team_section_set_session (CfaTeamSection *self, CfaSession *session);
void cfa_team_section_set_channel (CfaTeamSection *self, const char *id);

G_END_DECLS

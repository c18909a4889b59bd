/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/records/agent.h"
#include "protocol/records/site.h"

G_BEGIN_DECLS

void cfd_demo_result_print (const char *organisation, const CfSite *site, CfAgent *const *agents, char *const *passwords, guint n_agents);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/rpc/caller.h"
#include "protocol/records/agent.h"

G_BEGIN_DECLS

#define CFD_PASSWORD_MIN 10

char     *cfd_agent_normalise_email (const char *email, GError **error);
gboolean  cfd_agent_check_password  (const char *password, const char *email, GError **error);
CfdAllow  cfd_agent_allow           (const CfAgent *agent);

G_END_DECLS

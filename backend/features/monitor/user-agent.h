/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/methods/monitor-params.h"

G_BEGIN_DECLS

/* Which browser, system and kind of device a user agent stands for: by the patterns of uap-core, which Debian and others package. Any thread. */
void     cfd_user_agents_configure (const char *path);
void     cfd_user_agent_read       (const char *agent, char **browser, char **system, CfDevice *device);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/methods/monitor-params.h"

G_BEGIN_DECLS

CfSource cfd_traffic_source (const char *landing, const char *referrer, char **campaign);

char *cfd_traffic_parameter (const char *address, const char *name);

G_END_DECLS

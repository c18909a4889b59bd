/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session.h"

G_BEGIN_DECLS

char *cfa_link_host (const char *server);
char *cfa_link_text (CfaLink link, const char *server, const char *error, guint pending, gint64 seconds);

G_END_DECLS

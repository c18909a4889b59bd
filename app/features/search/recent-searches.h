/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What was searched lately, on this computer; forgotten when its agent signs out. */
char **cfa_recent_searches_load   (void);
void   cfa_recent_searches_add    (const char *text);
void   cfa_recent_searches_forget (void);

G_END_DECLS

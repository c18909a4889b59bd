/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean cfa_search_needs_pieces (const char *text);
char    *cfa_search_match        (const char *text);
char    *cfa_search_like         (const char *text);

G_END_DECLS

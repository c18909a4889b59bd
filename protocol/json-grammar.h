/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Deeper nesting is refused before it reaches the parser, which recurses. */
#define CF_JSON_MAX_DEPTH 32

gboolean cf_json_check_grammar (const char *text, gsize length, guint *members, GError **error);

G_END_DECLS

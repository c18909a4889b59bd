/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Digits of a whole number that surely fit into 64 bits. */
#define CF_JSON_MAX_DIGITS 18

gboolean cf_json_check_grammar (const char *text, gsize length, GError **error);

G_END_DECLS

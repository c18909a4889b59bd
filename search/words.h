/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfWordFunc:
 * One word of a text: folded, and where it stands (bytes). Returns: FALSE to stop.
 */
typedef gboolean (*CfWordFunc) (const char *word, gsize length, gsize start, gsize end, gpointer data);

gboolean cf_words_each    (const char *text, gsize length, CfWordFunc func, gpointer data);
gboolean cf_word_is_alone (const char *word);

G_END_DECLS

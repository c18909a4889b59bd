/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfdWordFunc:
 * One word of a text: folded, and where it stands (bytes). Returns: FALSE to stop.
 */
typedef gboolean (*CfdWordFunc) (const char *word, gsize length, gsize start, gsize end, gpointer data);

gboolean cfd_words_each    (const char *text, gsize length, CfdWordFunc func, gpointer data);
gboolean cfd_word_is_alone (const char *word);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A text that thousands of callers have in common, kept once and counted; on any thread. (GLib's interned strings are not safe for
 * that: one thread may find a string while another, which has given up the last reference, is about to remove it.) */
char *cfd_shared_text       (const char *text);
char *cfd_shared_text_ref   (char *text);
void  cfd_shared_text_unref (char *text);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CF_ID_LENGTH 36

char    *cf_id_new      (void);
char    *cf_id_new_at   (gint64 unix_ms);
gboolean cf_id_is_valid (const char *id);
gint64   cf_id_time     (const char *id);
gint64   cf_now         (void);

G_END_DECLS

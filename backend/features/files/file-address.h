/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *cfd_file_address_new   (const char *secret, const char *id, const char *name, gint64 expires_at);
gboolean cfd_file_address_check (const char *secret, const char *id, const char *proof, gint64 now, gint64 *expires_at);

G_END_DECLS

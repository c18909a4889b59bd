/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *cfd_password_hash   (const char *password, GError **error);
gboolean cfd_password_verify (const char *hash, const char *password);

G_END_DECLS

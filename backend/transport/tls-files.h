/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean cfd_tls_files_load (const char *cert_path, const char *key_path, char **cert, char **key, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean cfd_api_key_is_one     (const char *token);
char    *cfd_api_key_dup_prefix (const char *key);

G_END_DECLS

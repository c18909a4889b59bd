/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean cfd_glob_matches     (const char *pattern, const char *text);
gboolean cfd_glob_matches_url (const char *pattern, const char *url);

G_END_DECLS

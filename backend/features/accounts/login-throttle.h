/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void     cfd_login_throttle_configure (guint tries);
gboolean cfd_login_throttle_check     (const char *address, const char *email, gint64 now, GError **error);
void     cfd_login_throttle_failed    (const char *address, const char *email, gint64 now);
void     cfd_login_throttle_succeeded (const char *email);

G_END_DECLS

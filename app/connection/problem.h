/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean cfa_problem_is_tls   (const GError *error);
char    *cfa_problem_describe (const GError *error, const char *server);
char    *cfa_problem_ended    (const char *reason);

G_END_DECLS

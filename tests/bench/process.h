/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sys/types.h>

G_BEGIN_DECLS

gint64 process_cpu_ns    (pid_t pid, GError **error); /* user and system time of all its threads; -1 = error */
gint64 process_rss_bytes (pid_t pid, GError **error); /* -1 = error */

G_END_DECLS

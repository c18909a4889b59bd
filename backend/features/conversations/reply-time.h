/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many conversations somebody has to have waited in before anything is said. */
#define CFD_REPLY_TIME_LEAST 5

gint64 cfd_reply_time_usual (GArray *answered, GArray *waiting);
gint64 cfd_reply_time_round (gint64 ms);

G_END_DECLS

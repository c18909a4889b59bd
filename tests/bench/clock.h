/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NS_PER_SECOND G_GUINT64_CONSTANT (1000000000)

/* Stamps begin here, so that smaller numbers are free to be the ids of calls that carry no stamp. */
#define CLOCK_FIRST 1000

guint64 clock_ns (void); /* monotonic, since the program's first call, plus CLOCK_FIRST */

G_END_DECLS

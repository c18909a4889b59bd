/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfaWake:
 * Notices that the machine slept: the monotonic clock stands still meanwhile, the wall clock does not.
 */
typedef struct
{
  gint64 wall_us;
  gint64 monotonic_us;
} CfaWake;

gboolean cfa_wake_check (CfaWake *self, gint64 wall_us, gint64 monotonic_us);

G_END_DECLS

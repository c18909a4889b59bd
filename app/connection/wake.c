/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wake.h"

#define SLEPT_US (10 * G_USEC_PER_SEC)

/**
 * cfa_wake_check:
 * @self: what the clocks said at the last check; all zero before the first
 *
 * Returns: whether the wall clock has run at least 10 s ahead of the monotonic one since the last check. A corrected clock
 *   looks the same; it costs one needless probe of the connection.
 */
gboolean
cfa_wake_check (CfaWake *self, gint64 wall_us, gint64 monotonic_us)
{
  gboolean first = self->monotonic_us == 0;
  gint64 ahead = (wall_us - self->wall_us) - (monotonic_us - self->monotonic_us);

  self->wall_us = wall_us;
  self->monotonic_us = monotonic_us;
  return !first && ahead >= SLEPT_US;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* SCHED_IDLE */
#include "background.h"

#include <sched.h>

/**
 * cfd_background_enter:
 * From now on the calling thread works when nobody else would: others take the processor from it at any moment, and between threads that
 * always have work it gets a three-hundredth. Nobody may wait long for what such a thread does. Where the system does not allow it, it stays an equal.
 */
void
cfd_background_enter (void)
{
  struct sched_param nothing = { 0 };

  (void) sched_setscheduler (0, SCHED_IDLE, &nothing);
}

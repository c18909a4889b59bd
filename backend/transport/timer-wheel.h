/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfdTimerWheel:
 * Deadlines of many connections, coarse to one second, in one structure: setting and clearing are a few pointers, and the
 * loop has one time-out for all. Times are ticks: whole monotonic seconds.
 */
typedef struct _CfdTimerWheel CfdTimerWheel;
typedef struct _CfdTimer CfdTimer;

struct _CfdTimer
{
  CfdTimer *previous, *next; /* NULL when not set */
  void (*fire) (CfdTimer *timer);
  guint32 due;
};

CfdTimerWheel *cfd_timer_wheel_new     (guint32 now);
void           cfd_timer_wheel_free    (CfdTimerWheel *self);
void           cfd_timer_wheel_advance (CfdTimerWheel *self, guint32 now);
gboolean       cfd_timer_wheel_next    (CfdTimerWheel *self, guint32 *tick);

void           cfd_timer_set           (CfdTimer *timer, CfdTimerWheel *wheel, guint32 due);
void           cfd_timer_clear         (CfdTimer *timer);
guint32        cfd_timer_now           (void);

G_END_DECLS

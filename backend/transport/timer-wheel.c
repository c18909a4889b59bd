/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "timer-wheel.h"

#define SLOTS 64

struct _CfdTimerWheel
{
  guint32 now;
  CfdTimer slots[SLOTS]; /* heads of rings */
};

static void
ring_init (CfdTimer *head)
{
  head->previous = head->next = head;
}

static void
ring_push (CfdTimer *head, CfdTimer *timer)
{
  timer->previous = head->previous;
  timer->next = head;
  head->previous->next = timer;
  head->previous = timer;
}

/* Moves the timers of a slot whose time has come to @expired; those of later rounds stay. */
static void
collect (CfdTimer *slot, CfdTimer *expired, guint32 now)
{
  for (CfdTimer *timer = slot->next, *next; timer != slot; timer = next)
    {
      next = timer->next;
      if (timer->due <= now)
        {
          cfd_timer_clear (timer);
          ring_push (expired, timer);
        }
    }
}

/**
 * cfd_timer_wheel_new:
 *
 * Returns: (transfer full): a wheel without timers that stands at @now
 */
CfdTimerWheel *
cfd_timer_wheel_new (guint32 now)
{
  CfdTimerWheel *self = g_new0 (CfdTimerWheel, 1);

  self->now = now;
  for (guint i = 0; i < SLOTS; i++)
    ring_init (&self->slots[i]);
  return self;
}

/**
 * cfd_timer_wheel_free:
 *
 * All timers must have been cleared.
 */
void
cfd_timer_wheel_free (CfdTimerWheel *self)
{
  for (guint i = 0; i < SLOTS; i++)
    g_assert (self->slots[i].next == &self->slots[i]);
  g_free (self);
}

/**
 * cfd_timer_wheel_advance:
 *
 * Fires everything that is due at @now. A timer that fires is clear and may be set again, or be freed, by its function,
 * which may also clear others.
 */
void
cfd_timer_wheel_advance (CfdTimerWheel *self, guint32 now)
{
  CfdTimer expired;
  guint32 first = self->now + 1;

  if (now <= self->now)
    return;
  ring_init (&expired);
  self->now = now;
  for (guint i = 0; i < MIN (now - first + 1, SLOTS); i++)
    collect (&self->slots[(first + i) % SLOTS], &expired, now);
  while (expired.next != &expired)
    {
      CfdTimer *timer = expired.next;

      cfd_timer_clear (timer);
      timer->fire (timer);
    }
}

/**
 * cfd_timer_wheel_next:
 * @tick: (out): when to advance the wheel next, at the latest
 *
 * Returns: FALSE when no timer is set
 */
gboolean
cfd_timer_wheel_next (CfdTimerWheel *self, guint32 *tick)
{
  for (guint i = 1; i <= SLOTS; i++)
    {
      CfdTimer *slot = &self->slots[(self->now + i) % SLOTS];

      if (slot->next != slot)
        {
          *tick = self->now + i;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * cfd_timer_set:
 * @due: the tick at which to fire; what has passed already fires with the next advance
 *
 * Sets or moves the timer.
 */
void
cfd_timer_set (CfdTimer *timer, CfdTimerWheel *wheel, guint32 due)
{
  cfd_timer_clear (timer);
  timer->due = MAX (due, wheel->now + 1);
  ring_push (&wheel->slots[timer->due % SLOTS], timer);
}

/**
 * cfd_timer_clear:
 *
 * It will not fire. May be called on one that is not set.
 */
void
cfd_timer_clear (CfdTimer *timer)
{
  if (timer->next == NULL)
    return;
  timer->previous->next = timer->next;
  timer->next->previous = timer->previous;
  timer->previous = timer->next = NULL;
}

/**
 * cfd_timer_now:
 *
 * Returns: the current tick
 */
guint32
cfd_timer_now (void)
{
  return g_get_monotonic_time () / G_USEC_PER_SEC;
}

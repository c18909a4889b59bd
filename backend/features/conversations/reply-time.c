/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reply-time.h"

#include "protocol/methods/site-params.h"

#define MINUTE_MS (G_GINT64_CONSTANT (60) * 1000)
#define HOUR      60 /* in minutes */
#define DAY       (24 * HOUR)
#define HALF_DAY  (12 * HOUR)

static int
by_length (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

/* The upper one of two. */
static gint64
median (GArray *times)
{
  g_array_sort (times, by_length);
  return g_array_index (times, gint64, times->len / 2);
}

/**
 * cfd_reply_time_usual:
 * @answered: of gint64, ms until the first answer; sorted, and those of @waiting that count are added
 * @waiting: of gint64, ms for which somebody has been waiting by now
 *
 * Who has waited for less than is usual may still be answered in that time, so they say nothing; who has waited for longer does.
 *
 * Returns: the median in ms; -1 when there are too few to say anything.
 */
gint64
cfd_reply_time_usual (GArray *answered, GArray *waiting)
{
  gint64 usual = answered->len > 0 ? median (answered) : 0;

  for (guint i = 0; i < waiting->len; i++)
    if (g_array_index (waiting, gint64, i) > usual)
      g_array_append_val (answered, g_array_index (waiting, gint64, i));
  return answered->len >= CFD_REPLY_TIME_LEAST ? median (answered) : -1;
}

static gint64
round_up (gint64 minutes, gint64 step)
{
  return (minutes + step - 1) / step * step;
}

/**
 * cfd_reply_time_round:
 * @ms: -1 = not known
 *
 * Returns: @ms in minutes as it is told, never less than it is: 5, 15, 60, whole hours up to twelve, whole days up to a week; 0 = nothing is told.
 */
gint64
cfd_reply_time_round (gint64 ms)
{
  gint64 minutes = (ms + MINUTE_MS - 1) / MINUTE_MS;

  if (ms < 0)
    return 0;
  if (minutes <= 5)
    return 5;
  if (minutes <= 15)
    return 15;
  minutes = round_up (minutes, minutes <= HALF_DAY ? HOUR : DAY);
  return minutes <= CF_REPLY_MINUTES_MAX ? minutes : 0;
}

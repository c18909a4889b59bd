/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoff.h"

#define FIRST_MS 500
#define LAST_MS  30000

/**
 * cfa_backoff_delay:
 * @attempt: how many attempts have failed in a row, counted from 0
 * @luck: from 0 to 1, a random number, so that clients of a server that fell do not come back all at once
 *
 * docs/protocol.md: 0.5 s, doubling to 30 s, each time a random 50-100 % of it.
 * Returns: how long to wait before the next attempt, in milliseconds.
 */
guint
cfa_backoff_delay (guint attempt, double luck)
{
  guint whole = attempt < 6 ? (guint) FIRST_MS << attempt : LAST_MS;

  return MIN (whole, LAST_MS) / 2 + (guint) (MIN (whole, LAST_MS) / 2 * CLAMP (luck, 0.0, 1.0));
}

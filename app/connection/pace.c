/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pace.h"

static guint pace = 100;

/**
 * cfa_pace_ms:
 * @ms: how long docs/protocol.md lets the client wait: for the next attempt, for another word of who types
 *
 * Returns: how long it really waits, in milliseconds.
 */
guint
cfa_pace_ms (guint ms)
{
  return (guint) ((guint64) ms * pace / 100);
}

/**
 * cfa_pace_set:
 * @percent: of what the protocol says; 100 unless a test is in a hurry. Before the first session is opened.
 */
void
cfa_pace_set (guint percent)
{
  pace = percent;
}

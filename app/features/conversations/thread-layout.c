/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thread-layout.h"

#include "time-text.h"

#define GROUP_WITHIN ((gint64) 3 * 60 * 1000)

static gboolean
grouped (const CfaThreadLine *above, const CfaThreadLine *below, GTimeZone *zone)
{
  return above != NULL && below != NULL
         && above->kind == below->kind
         && above->kind != CF_MESSAGE_EVENT
         && above->author_kind == below->author_kind
         && g_strcmp0 (above->author_id, below->author_id) == 0
         && below->created_at - above->created_at < GROUP_WITHIN
         && cfa_time_same_day (above->created_at, below->created_at, zone);
}

/**
 * cfa_thread_layout:
 * @previous: (nullable): the message above
 * @line: the message
 * @next: (nullable): the message below
 * @zone: the reader's time zone
 *
 * Messages of one author and kind that follow each other within three minutes of the same day form a group.
 *
 * Returns: the place of @line
 */
CfaThreadPlace
cfa_thread_layout (const CfaThreadLine *previous, const CfaThreadLine *line, const CfaThreadLine *next, GTimeZone *zone)
{
  return (CfaThreadPlace) {
    .new_day = previous == NULL || !cfa_time_same_day (previous->created_at, line->created_at, zone),
    .first = !grouped (previous, line, zone),
    .last = !grouped (line, next, zone),
  };
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfaSnooze:
 * Until when a conversation can be put off with one click.
 */
typedef enum
{
  CFA_SNOOZE_HOUR,     /* in one */
  CFA_SNOOZE_TOMORROW, /* at nine */
  CFA_SNOOZE_MONDAY,   /* the next one, at nine */
} CfaSnooze;

gint64  cfa_snooze_time  (CfaSnooze offer, gint64 now, GTimeZone *zone);
char   *cfa_snooze_words (gint64 until, gint64 now);

G_END_DECLS

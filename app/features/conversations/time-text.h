/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfaPatience:
 * How long a visitor has been left without an answer.
 */
typedef enum
{
  CFA_PATIENCE_NONE,    /* nobody waits */
  CFA_PATIENCE_FRESH,   /* less than two minutes */
  CFA_PATIENCE_WAITING, /* amber */
  CFA_PATIENCE_LATE,    /* red, from ten minutes on */
} CfaPatience;

gboolean    cfa_time_same_day  (gint64 a, gint64 b, GTimeZone *zone);
char       *cfa_time_short     (gint64 then, gint64 now, GTimeZone *zone);
char       *cfa_time_day       (gint64 then, gint64 now, GTimeZone *zone);
char       *cfa_time_clock     (gint64 then, GTimeZone *zone);
char       *cfa_time_full      (gint64 then, GTimeZone *zone);
CfaPatience cfa_time_patience  (gint64 waiting_since, gint64 now);
char       *cfa_time_waiting   (gint64 waiting_since, gint64 now);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "undo-time.h"

#include "kept-seconds.h"

const guint cfa_undo_time_choices[] = { 8, 20, 60, G_MAXUINT };

static CfaKeptSeconds kept = { "accessibility", "undo-time", cfa_undo_time_choices };

guint
cfa_undo_time_get (void)
{
  return cfa_kept_seconds_get (&kept);
}

void
cfa_undo_time_set (guint seconds)
{
  cfa_kept_seconds_set (&kept, seconds);
}

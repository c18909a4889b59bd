/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "undo-send.h"

#include "kept-seconds.h"

const guint cfa_undo_send_choices[] = { 0, 5, 10, 20, 30, G_MAXUINT };

static CfaKeptSeconds kept = { "writing", "undo-send", cfa_undo_send_choices };

guint
cfa_undo_send_get (void)
{
  return cfa_kept_seconds_get (&kept);
}

void
cfa_undo_send_set (guint seconds)
{
  cfa_kept_seconds_set (&kept, seconds);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/db.h"

G_BEGIN_DECLS

/**
 * CfdSnoozeTimer:
 * Wakes the conversations whose time has come. Lives on the main loop; what it knows it reads from the database, so that nothing is
 * forgotten when the server restarts.
 */
typedef struct _CfdSnoozeTimer CfdSnoozeTimer;

CfdSnoozeTimer *cfd_snooze_timer_new  (CfdDb *db);
void            cfd_snooze_timer_note (CfdSnoozeTimer *self, const CfdChangeset *changes);
void            cfd_snooze_timer_stop (CfdSnoozeTimer *self);
void            cfd_snooze_timer_free (CfdSnoozeTimer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdSnoozeTimer, cfd_snooze_timer_free)

G_END_DECLS

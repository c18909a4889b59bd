/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "scheduled.h"

G_BEGIN_DECLS

#define CFA_TYPE_SCHEDULED_LIST (cfa_scheduled_list_get_type ())
G_DECLARE_FINAL_TYPE (CfaScheduledList, cfa_scheduled_list, CFA, SCHEDULED_LIST, GObject)

/* What waits to be sent in one conversation: a GListModel of CfaScheduled, the next one first. */
CfaScheduledList *cfa_scheduled_list_new  (void);
void              cfa_scheduled_list_fill (CfaScheduledList *self, GPtrArray *items);
CfaScheduled     *cfa_scheduled_list_find (CfaScheduledList *self, const char *id); /* borrowed, nullable */

G_END_DECLS

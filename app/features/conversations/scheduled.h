/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "protocol/records/scheduled-message.h"

G_BEGIN_DECLS

/**
 * CfaScheduledState:
 * What becomes of an answer that is sent later.
 */
typedef enum
{
  CFA_SCHEDULED_WAITING, /* for its time */
  CFA_SCHEDULED_PENDING, /* a change of it is on its way to the server */
  CFA_SCHEDULED_SENDING, /* it goes now instead */
  CFA_SCHEDULED_HELD,    /* the server did not send it, see the problem */
  CFA_SCHEDULED_REFUSED, /* the server does not know it: it has refused to take it */
} CfaScheduledState;

#define CFA_TYPE_SCHEDULED (cfa_scheduled_get_type ())
G_DECLARE_FINAL_TYPE (CfaScheduled, cfa_scheduled, CFA, SCHEDULED, GObject)

/* An answer that the server sends at its time, with what is being done about it here. It never changes: another one takes its place. */
CfaScheduled             *cfa_scheduled_new           (CfScheduledMessage *record, gboolean own, CfaScheduledState state, const char *error);
const CfScheduledMessage *cfa_scheduled_get           (CfaScheduled *self);
const char               *cfa_scheduled_get_id        (CfaScheduled *self);
gboolean                  cfa_scheduled_get_own       (CfaScheduled *self);
CfaScheduledState         cfa_scheduled_get_state     (CfaScheduled *self);
char                     *cfa_scheduled_dup_problem   (CfaScheduled *self); /* nullable: why it was not sent, for the person */
gboolean                  cfa_scheduled_is_same       (CfaScheduled *self, CfaScheduled *other);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "protocol/records/conversation.h"

G_BEGIN_DECLS

/* Conversations that one transaction gives at most: the next one goes on. */
#define CFD_ROUTING_STEP 50

/* How long an agent without a connection keeps what was given to them by itself and is unanswered. */
#define CFD_ROUTING_GONE_MS (5 * 60 * 1000)

/**
 * CfdRoutingStep:
 * What one step has found.
 */
typedef struct
{
  gboolean active; /* there is a department that gives by itself */
  gboolean more;   /* ask again: there may be more to do now */
} CfdRoutingStep;

gboolean cfd_routing_offer     (CfdTx *tx, CfConversation *conversation, GPtrArray *touched, GError **error);
gboolean cfd_routing_give      (CfdTx *tx, const char *organisation_id, CfdRoutingStep *step, GError **error);
gboolean cfd_routing_hand_back (CfdTx *tx, const char *organisation_id, gint64 gone_ms, CfdRoutingStep *step, GError **error);

G_END_DECLS

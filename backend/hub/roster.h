/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/methods/signal.h"

G_BEGIN_DECLS

/* Which agents are there, for any thread: presence keeps it up to date on the main loop, routing reads it on the database's. To others an agent
 * who has just lost the connection is still there for a moment; here not, so that they are given nothing that nobody would see. */

typedef void (*CfdRosterWatch) (const char *organisation_id, gpointer data);

void     cfd_roster_watch     (CfdRosterWatch watch, gpointer data);
void     cfd_roster_set       (const char *organisation_id, const char *agent_id, CfPresenceState state, gboolean connected);
gboolean cfd_roster_is_online (const char *agent_id);
gboolean cfd_roster_is_gone   (const char *agent_id, gint64 ms);

G_END_DECLS

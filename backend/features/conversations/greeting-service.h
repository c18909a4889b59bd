/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"

G_BEGIN_DECLS

/**
 * CfdGreeting:
 * What is said by itself to a visitor with whom nobody talks yet. Borrows everything.
 */
typedef struct
{
  const char *agent_id;      /* in whose name; (nullable) */
  const char *name;          /* of who speaks; (nullable) */
  const char *text;          /* (nullable): nothing is said, in a conversation that is open */
  const char *note;          /* for the staff; (nullable) */
  char **mentions;           /* ids of agents whom the note calls; (nullable) */
} CfdGreeting;

gboolean cfd_conversations_greet (CfdTx *tx, const CfdCaller *visitor, const CfdGreeting *greeting, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "search-hit.h"

G_BEGIN_DECLS

/**
 * CfaCommandReady:
 * Returns: whether @action, as "win.send" or "win.inbox('mine')", can be done right now.
 */
typedef gboolean (*CfaCommandReady) (const char *action, gpointer data);

GPtrArray *cfa_search_commands_find (const char *text, CfaDirectory *directory, CfaCommandReady ready, gpointer data);
gboolean   cfa_search_commands_has  (const char *action);

G_END_DECLS

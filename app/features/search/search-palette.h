/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/features/session/session.h"
#include "search-commands.h"

G_BEGIN_DECLS

#define CFA_TYPE_SEARCH_PALETTE (cfa_search_palette_get_type ())
G_DECLARE_FINAL_TYPE (CfaSearchPalette, cfa_search_palette, CFA, SEARCH_PALETTE, AdwWindow)

/*
 * One box for commands, conversations, visitors and messages. It closes with what is chosen. Signals: "command" (string: a detailed action) ·
 * "open" (string id of a conversation or channel, nullable string message id) · "open-visitor" (string visitor id): one of whom no conversation is known here.
 */
CfaSearchPalette *cfa_search_palette_new   (GtkWindow *parent, CfaSession *session, CfaCommandReady ready);
void              cfa_search_palette_begin (CfaSearchPalette *self);

G_END_DECLS

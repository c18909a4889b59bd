/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Watches the main loop while debug messages are on (G_MESSAGES_DEBUG=chatflow) and says how long it was held up each time; costs nothing
 * while they are off.
 */
void cfa_heartbeat_start (void);

G_END_DECLS

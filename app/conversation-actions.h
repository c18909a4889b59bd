/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window.h"

G_BEGIN_DECLS

void cfa_conversation_actions_add (CfaWindow *window);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "conversation.h"

G_BEGIN_DECLS

char *cfa_conversation_subtitle (CfaConversation *conversation);

G_END_DECLS

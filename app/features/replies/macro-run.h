/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"
#include "placeholders.h"

G_BEGIN_DECLS

char *cfa_macro_run (CfaSession *session, CfaConversation *conversation, CfaReply *reply, const CfaPlaceholderValues *values);

G_END_DECLS

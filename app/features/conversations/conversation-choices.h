/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "choice-popover.h"

#include "app/features/session/session.h"

G_BEGIN_DECLS

/* What can be chosen for a conversation. */
/* What is chosen instead of a department or colleague: all supervisors. */
#define CFA_CHOICE_ESCALATE "escalate"

void cfa_conversation_choices_transfer (CfaChoicePopover *popover, CfaSession *session, CfaConversation *conversation);
void cfa_conversation_choices_tags     (CfaChoicePopover *popover, CfaSession *session, CfaConversation *conversation);

G_END_DECLS

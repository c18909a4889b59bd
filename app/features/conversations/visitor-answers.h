/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "conversation.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_VISITOR_ANSWERS (cfa_visitor_answers_get_type ())
G_DECLARE_FINAL_TYPE (CfaVisitorAnswers, cfa_visitor_answers, CFA, VISITOR_ANSWERS, AdwPreferencesGroup)

void cfa_visitor_answers_set (CfaVisitorAnswers *self, CfaConversation *conversation); /* nullable */

G_END_DECLS

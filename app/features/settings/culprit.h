/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"
#include "field.h"

G_BEGIN_DECLS

void cfa_culprit_ask (CfaSession *session, const char *target_id, CfaField *field);

G_END_DECLS

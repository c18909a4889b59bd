/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

void cfa_face_follow (AdwAvatar *avatar, CfaSession *session, const char *agent_id);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/features/session/session.h"

G_BEGIN_DECLS

#define CFA_TYPE_REPLY_EDITOR (cfa_reply_editor_get_type ())
G_DECLARE_FINAL_TYPE (CfaReplyEditor, cfa_reply_editor, CFA, REPLY_EDITOR, GObject)

void cfa_reply_editor_present (CfaSession *session, const CfShape *shape, CfaReply *reply, GtkWidget *from);

G_END_DECLS

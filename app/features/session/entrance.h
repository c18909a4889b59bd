/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "session.h"
#include "sign-in-file.h"

G_BEGIN_DECLS

#define CFA_TYPE_ENTRANCE (cfa_entrance_get_type ())
G_DECLARE_FINAL_TYPE (CfaEntrance, cfa_entrance, CFA, ENTRANCE, AdwBin)

/*
 * What the window shows while nobody is signed in: that the saved session is being opened, or the page to sign in.
 * Signals: "asked": there is something for the person to see · "entered" (CfaSession).
 */
void     cfa_entrance_open        (CfaEntrance *self, CfaSignInFile *file);
void     cfa_entrance_open_invite (CfaEntrance *self, const char *link);
gboolean cfa_entrance_drop_invite (CfaEntrance *self);
void     cfa_entrance_come_back   (CfaEntrance *self, const char *server, const char *email);
gboolean cfa_entrance_is_busy     (CfaEntrance *self);

G_END_DECLS

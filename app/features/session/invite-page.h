/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session.h"

G_BEGIN_DECLS

#define CFA_TYPE_INVITE_PAGE (cfa_invite_page_get_type ())
G_DECLARE_FINAL_TYPE (CfaInvitePage, cfa_invite_page, CFA, INVITE_PAGE, GtkBox)

/* Where a person uses an invitation. Signals: "signed-in" (CfaSession) · "back": they want to sign in instead. */
void cfa_invite_page_begin (CfaInvitePage *self, const char *server);
void cfa_invite_page_open  (CfaInvitePage *self, const char *link);
gboolean cfa_invite_page_is_begun (CfaInvitePage *self);

G_END_DECLS

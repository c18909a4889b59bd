/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session.h"

G_BEGIN_DECLS

#define CFA_TYPE_SIGN_IN_PAGE (cfa_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (CfaSignInPage, cfa_sign_in_page, CFA, SIGN_IN_PAGE, GtkBox)

/* Signals: "signed-in" (CfaSession) · "unlock": the person wants the saved sign-in to be tried again. */
void cfa_sign_in_page_sign_in    (CfaSignInPage *self, const char *server, const char *email, const char *password);
void cfa_sign_in_page_show_error (CfaSignInPage *self, const GError *error);
void cfa_sign_in_page_prefill    (CfaSignInPage *self, const char *server, const char *email);
void cfa_sign_in_page_open_invite (CfaSignInPage *self, const char *link);
gboolean cfa_sign_in_page_is_busy (CfaSignInPage *self);

G_END_DECLS

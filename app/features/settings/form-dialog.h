/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "field.h"

#include "protocol/methods/invite-params.h"

G_BEGIN_DECLS

#define CFA_TYPE_FORM_DIALOG (cfa_form_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CfaFormDialog, cfa_form_dialog, CFA, FORM_DIALOG, AdwWindow)

/*
 * A small window that asks for a few things and does one. It closes with Escape, can be submitted when every field is fine, shows that
 * it works, and says why it came to nothing.
 * Signal: "submitted" (): cfa_form_dialog_end(), cfa_form_dialog_show_link() or cfa_form_dialog_show_secret() answers it.
 */
CfaFormDialog *cfa_form_dialog_new         (GtkWidget *parent, const char *title, const char *action, const char *description);
void           cfa_form_dialog_add         (CfaFormDialog *self, GtkWidget *row);
CfaField      *cfa_form_dialog_add_field   (CfaFormDialog *self, const char *title, CfaRule rule, gboolean password);
void           cfa_form_dialog_end         (CfaFormDialog *self, const GError *error);
void           cfa_form_dialog_show_secret (CfaFormDialog *self, const char *title, const char *secret, const char *explanation);
void           cfa_form_dialog_show_link   (CfaFormDialog *self, const char *server, const CfInviteResult *answer, const char *explanation);

G_END_DECLS

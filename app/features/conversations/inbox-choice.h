/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "conversation-list.h"

G_BEGIN_DECLS

#define CFA_TYPE_INBOX_CHOICE (cfa_inbox_choice_get_type ())
G_DECLARE_FINAL_TYPE (CfaInboxChoice, cfa_inbox_choice, CFA, INBOX_CHOICE, GObject)

/*
 * Which conversations of a list are chosen, to do something with all of them. Where they stand may change meanwhile: it holds them, not
 * their positions. Property: "active" boolean: whether choosing is what a click does. Signal: "changed" ().
 */
CfaInboxChoice *cfa_inbox_choice_new        (void);
gboolean        cfa_inbox_choice_get_active (CfaInboxChoice *self);
void            cfa_inbox_choice_set_active (CfaInboxChoice *self, gboolean active);
gboolean        cfa_inbox_choice_has        (CfaInboxChoice *self, CfaConversation *conversation);
void            cfa_inbox_choice_toggle     (CfaInboxChoice *self, CfaConversation *conversation);
void            cfa_inbox_choice_reach      (CfaInboxChoice *self, GListModel *model, guint position);
void            cfa_inbox_choice_add_all    (CfaInboxChoice *self, GListModel *model);
GPtrArray      *cfa_inbox_choice_list       (CfaInboxChoice *self);

G_END_DECLS

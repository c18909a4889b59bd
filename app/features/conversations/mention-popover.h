/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include "composer.h"
#include "directory.h"

G_BEGIN_DECLS

#define CFA_TYPE_MENTION_POPOVER (cfa_mention_popover_get_type ())
G_DECLARE_FINAL_TYPE (CfaMentionPopover, cfa_mention_popover, CFA, MENTION_POPOVER, GtkPopover)

/* Completes "@" with the names of the team while a note is written. Up and Down choose, Enter and Tab take, Escape closes. */
CfaMentionPopover *cfa_mention_popover_new         (CfaComposer *composer);
void               cfa_mention_popover_set_session (CfaMentionPopover *self, CfaSession *session);
void               cfa_mention_popover_set_always  (CfaMentionPopover *self);
void               cfa_mention_popover_set_members (CfaMentionPopover *self, const char *const *members, const char *self_id);
char             **cfa_mentions_in                 (const char *text, CfaDirectory *directory);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_VISITOR_TAGS (cfa_visitor_tags_get_type ())
G_DECLARE_FINAL_TYPE (CfaVisitorTags, cfa_visitor_tags, CFA, VISITOR_TAGS, AdwPreferencesGroup)

/* A visitor's tags: each can be taken away, others are chosen from the team's. */
GtkWidget *cfa_visitor_tags_new (void);
void       cfa_visitor_tags_set (CfaVisitorTags *self, CfaSession *session, CfaVisitor *visitor);

G_END_DECLS

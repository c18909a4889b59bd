/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/records/visitor.h"

G_BEGIN_DECLS

/* What a visitor's panel says, in the person's language. */
const char *cfa_visitor_state_name    (CfVisitorState state);
const char *cfa_visitor_state_help    (CfVisitorState state);
char       *cfa_visitor_known_as      (const CfVisitor *visitor);
char       *cfa_visitor_local_time    (const CfVisitor *visitor, gint64 now);
char       *cfa_visitor_rating        (gint64 rating);
const char *cfa_visitor_alike_because (const CfVisitor *visitor, const CfVisitor *other);
char       *cfa_visitor_merge_preview (const CfVisitor *into, const CfVisitor *from);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "app/cache/outbox-row.h"

#include "protocol/records/visitor.h"

G_BEGIN_DECLS

#define CFA_TYPE_VISITOR (cfa_visitor_get_type ())
G_DECLARE_FINAL_TYPE (CfaVisitor, cfa_visitor, CFA, VISITOR, GObject)

/*
 * Who a conversation is with, as the staff knows them: the visitor, or the one who is shown in their place, with what this agent has
 * written and the server does not have yet.
 * Signal: "changed" ().
 */
CfaVisitor      *cfa_visitor_new        (const char *id);
const char      *cfa_visitor_get_asked  (CfaVisitor *self); /* the one by whom it was found */
const char      *cfa_visitor_get_id     (CfaVisitor *self); /* the one who is shown */
const CfVisitor *cfa_visitor_get        (CfaVisitor *self); /* nullable: not known yet */
GPtrArray       *cfa_visitor_get_merged (CfaVisitor *self); /* of CfVisitor: those in whose place they are shown */
gboolean         cfa_visitor_concerns   (CfaVisitor *self, const CfVisitor *record);
void             cfa_visitor_take       (CfaVisitor *self, GPtrArray *records);
void             cfa_visitor_set_writes (CfaVisitor *self, GPtrArray *writes);

G_END_DECLS

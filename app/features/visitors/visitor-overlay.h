/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cache/outbox-row.h"

#include "protocol/records/visitor.h"

G_BEGIN_DECLS

void cfa_visitor_overlay_add    (CfVisitor *visitor, const CfaOutboxRow *write);
void cfa_visitor_overlay_change (CfVisitor *visitor, gconstpointer params, gboolean untag);

G_END_DECLS

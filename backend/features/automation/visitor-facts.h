/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "trigger.h"

G_BEGIN_DECLS

/**
 * CfdVisitorFacts:
 * What the server knows of somebody who is on a site now, and what it borrows from.
 */
typedef struct
{
  CfdTriggerFacts facts;
  CfVisitor *visitor;
  char *country;
} CfdVisitorFacts;

CfdVisitorFacts *cfd_visitor_facts_new  (CfdTx *tx, const CfdCaller *visitor, const char *visit_id, GError **error);
void             cfd_visitor_facts_free (CfdVisitorFacts *self);
gboolean         cfd_visitor_facts_shown (CfdTx *tx, const char *id, CfVisitor **visitor, GError **error);
guint            cfd_visitor_facts_clock (const char *time_zone, gint64 now);
gboolean         cfd_visitor_facts_zone  (CfdTx *tx, const char *site_id, char **time_zone, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdVisitorFacts, cfd_visitor_facts_free)

G_END_DECLS

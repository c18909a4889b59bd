/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "protocol/methods/visitor-params.h"
#include "protocol/records/visitor.h"

G_BEGIN_DECLS

/* With which weight it is said. */
typedef enum
{
  CFD_SAID_BY_VISITOR, /* a claim: of whom it was proven who they are, it only fills what is empty */
  CFD_SAID_BY_SITE,
} CfdSaidBy;

gboolean cfd_said_attributes_take (CfdTx *tx, CfVisitor *visitor, const GPtrArray *said, CfdSaidBy by, char ***ignored, gboolean *changed, GError **error);

G_END_DECLS

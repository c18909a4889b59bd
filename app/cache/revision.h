/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfaVerdict:
 * What to do with the revisions (prev, rev] when all up to `applied` are here.
 */
typedef enum
{
  CFA_VERDICT_APPLY,
  CFA_VERDICT_OLD,  /* known already: drop */
  CFA_VERDICT_HOLE, /* something before them is missing: drop and catch up */
} CfaVerdict;

CfaVerdict cfa_revision_judge (gint64 applied, gint64 prev, gint64 rev);

G_END_DECLS

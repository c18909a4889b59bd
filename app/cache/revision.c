/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "revision.h"

/**
 * cfa_revision_judge:
 * @applied: the highest revision that is applied
 * @prev: the revision after which the frame begins
 * @rev: the revision with which it ends
 *
 * Rule 2 of docs/protocol.md, "Revisions, live push and catching up".
 */
CfaVerdict
cfa_revision_judge (gint64 applied, gint64 prev, gint64 rev)
{
  if (prev > applied)
    return CFA_VERDICT_HOLE;
  return rev <= applied ? CFA_VERDICT_OLD : CFA_VERDICT_APPLY;
}

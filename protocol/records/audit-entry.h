/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"

G_BEGIN_DECLS

/**
 * CfAuditEntry:
 * Who changed what, and when. Never changed, never pushed: admins ask for it by pages.
 */
typedef struct
{
  CfRecord parent;
  char *actor_id; /* the agent; empty = nobody who had signed in, or the command line */
  char *actor_name;
  char *action; /* as the method is called; "session.failed" */
  char *target_id;
  char *target_name;
  char *detail; /* a line for each change, "role: agent → admin"; never a secret */
  gint64 created_at;
} CfAuditEntry;

extern const CfShape cf_audit_entry_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfAuditEntry, cf_struct_unref)

G_END_DECLS

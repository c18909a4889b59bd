/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"

G_BEGIN_DECLS

/**
 * CfLoginSession:
 * One device on which an agent is signed in. Only that agent sees it.
 */
typedef struct
{
  CfRecord parent;
  char *agent_id;
  char *device; /* as the client names itself */
  char *address; /* from which it signed in */
  char *token_hash; /* never on the wire */
  gint64 created_at;
  gint64 expires_at;
} CfLoginSession;

extern const CfShape cf_login_session_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfLoginSession, cf_struct_unref)

G_END_DECLS

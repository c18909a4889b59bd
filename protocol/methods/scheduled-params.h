/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../records/scheduled-message.h"

G_BEGIN_DECLS

/* Params of the methods for what is sent later. */

/**
 * CfScheduledAddParams:
 * scheduled.add: a time that is over means at once, because the call may have waited for a connection.
 */
typedef struct
{
  CfStruct parent;
  char *id; /* the message's too */
  char *conversation_id;
  char *text;
  char *reply_to;
  char **files;
  gint64 send_at;
  gboolean unless_reply;
} CfScheduledAddParams;

extern const CfShape cf_scheduled_add_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfScheduledAddParams, cf_struct_unref)

/**
 * CfScheduledUpdateParams:
 * scheduled.update: only what is given changes; what was held back waits again.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *text;
  gint64 send_at;
  gboolean unless_reply;
} CfScheduledUpdateParams;

extern const CfShape cf_scheduled_update_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfScheduledUpdateParams, cf_struct_unref)

G_END_DECLS

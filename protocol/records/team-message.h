/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "message.h"

G_BEGIN_DECLS

/**
 * CfTeamMessage:
 * A message in a channel: a CfMessage whose conversation is a channel, of a type and in a table of its own, so that nothing that is asked about
 * conversations can ever answer with it.
 */
typedef struct
{
  CfMessage message;
  char **members; /* ids of those who may read it; never on the wire */
} CfTeamMessage;

extern const CfShape cf_team_message_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfTeamMessage, cf_struct_unref)

G_END_DECLS

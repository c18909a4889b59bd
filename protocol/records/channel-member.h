/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"

G_BEGIN_DECLS

/**
 * CfChannelMember:
 * One agent's seat in a channel, theirs alone: from where on they hear it, and how far they have read. Its tombstone takes the channel and
 * all that is in it along.
 */
typedef struct
{
  CfRecord parent;
  char *channel_id;
  char *agent_id;
  gint64 joined; /* position from which on they read */
  gint64 position; /* read up to here */
  gint64 read_at;
} CfChannelMember;

extern const CfShape cf_channel_member_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfChannelMember, cf_struct_unref)

G_END_DECLS

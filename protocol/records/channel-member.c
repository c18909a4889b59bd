/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "channel-member.h"

static const CfField fields[] = {
  CF_RECORD_ROWS (CfChannelMember),
  CF_ROW (CfChannelMember, channel_id, CF_KIND_ID, "channel_id", CF_FIELD_REQUIRED | CF_FIELD_FIXED, CF_AUDIENCE_STAFF),
  CF_ROW (CfChannelMember, agent_id, CF_KIND_ID, "agent_id", CF_FIELD_REQUIRED | CF_FIELD_FIXED, CF_AUDIENCE_STAFF),
  CF_ROW (CfChannelMember, joined, CF_KIND_INTEGER, "joined", CF_FIELD_FIXED, CF_AUDIENCE_STAFF, .max = G_MAXINT64,
          .help = "The position from which on they read."),
  CF_ROW (CfChannelMember, position, CF_KIND_INTEGER, "position", 0, CF_AUDIENCE_STAFF, .max = G_MAXINT64, .help = "Read up to here."),
  CF_ROW (CfChannelMember, read_at, CF_KIND_TIME, "read_at", 0, CF_AUDIENCE_STAFF),
};

const CfShape cf_channel_member_shape = {
  .name = "channel_member",
  .table = "channel_member",
  .size = sizeof (CfChannelMember),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (fields),
};

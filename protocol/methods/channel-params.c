/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "channel-params.h"

#include "../id.h"

static const CfField channel_direct_params_fields[] = {
  CF_ROW (CfChannelDirectParams, agent_id, CF_KIND_ID, "agent_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
};

const CfShape cf_channel_direct_params_shape = {
  .name = "channel_direct_params",
  .size = sizeof (CfChannelDirectParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (channel_direct_params_fields),
};

static const CfField channel_put_params_fields[] = {
  CF_ROW (CfChannelPutParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfChannelPutParams, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_CHANNEL_NAME_MAX),
  CF_ROW (CfChannelPutParams, members, CF_KIND_STRINGS, "members", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_ID_LENGTH,
          .help = "Ids of agents: all from now on, the caller among them."),
};

const CfShape cf_channel_put_params_shape = {
  .name = "channel_put_params",
  .size = sizeof (CfChannelPutParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (channel_put_params_fields),
};

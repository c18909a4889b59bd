/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../records/channel.h"

G_BEGIN_DECLS

/* Params of the channel methods that no conversation has. */

/**
 * CfChannelDirectParams:
 * channel.open_direct
 */
typedef struct
{
  CfStruct parent;
  char *agent_id;
} CfChannelDirectParams;

extern const CfShape cf_channel_direct_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfChannelDirectParams, cf_struct_unref)

/**
 * CfChannelPutParams:
 * channel.put
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *name;
  char **members; /* ids: all that it has from now on, the caller among them */
} CfChannelPutParams;

extern const CfShape cf_channel_put_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfChannelPutParams, cf_struct_unref)

G_END_DECLS

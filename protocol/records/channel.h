/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"

G_BEGIN_DECLS

/* Agents in one channel. */
#define CF_CHANNEL_MEMBERS_MAX 50

#define CF_CHANNEL_NAME_MAX 60

typedef enum
{
  CF_CHANNEL_GROUP,
  CF_CHANNEL_DIRECT, /* of two, for good */
} CfChannelKind;

extern const char *const cf_channel_kind_words[];

/**
 * CfChannel:
 * Where agents talk among themselves. Nobody but its members ever hears of it.
 */
typedef struct
{
  CfRecord parent;
  CfChannelKind kind;
  char *name; /* NULL in a direct one */
  char **members; /* ids of agents */
  char *created_by;
  gint64 created_at;
  gint64 last_message_at;
  gint64 last_position;
  char *last_author_id;
  char *preview;
} CfChannel;

extern const CfShape cf_channel_shape;

gboolean cf_channel_has       (const CfChannel *self, const char *agent_id);
char    *cf_channel_direct_id (const char *one_id, const char *other_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfChannel, cf_struct_unref)

G_END_DECLS

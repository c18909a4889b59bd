/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "protocol/records/channel-member.h"
#include "protocol/records/team-message.h"

G_BEGIN_DECLS

GPtrArray *cfd_channel_store_list     (CfdTx *tx, const char *agent_id, GError **error);
GPtrArray *cfd_channel_store_seats    (CfdTx *tx, const char *agent_id, GError **error);
gboolean   cfd_channel_store_member   (CfdTx *tx, const char *channel_id, const char *agent_id, CfChannelMember **out, GError **error);
gboolean   cfd_channel_store_left     (CfdTx *tx, const char *channel_id, const char *agent_id, CfChannelMember **out, GError **error);
char     **cfd_channel_store_readers  (CfdTx *tx, const char *channel_id, gint64 position, GError **error);
GPtrArray *cfd_channel_store_messages (CfdTx *tx, const char *channel_id, gint64 joined, gint64 before, gint64 limit, GError **error);
gint64     cfd_channel_store_position (CfdTx *tx, const char *channel_id, gint64 at_most, GError **error);
gint64     cfd_channel_store_groups   (CfdTx *tx, const char *agent_id, GError **error);
gboolean   cfd_channel_store_erase    (CfdTx *tx, const char *channel_id, GError **error);

G_END_DECLS

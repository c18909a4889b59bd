/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/conversation-params.h"

G_BEGIN_DECLS

/* What becomes of a message later. Both return (transfer full) the records that were touched, or NULL with an error. */
GPtrArray *cfd_messages_edit   (CfdTx *tx, const CfdCaller *caller, const CfMessageEditParams *params, GError **error);
GPtrArray *cfd_messages_remove (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error);

/* What any message can become, wherever it stands; nothing is stored. */
gboolean   cfd_messages_reword  (CfMessage *message, const CfdCaller *caller, const char *text, gint64 now, gboolean *changed, GError **error);
gboolean   cfd_messages_retract (CfMessage *message, const CfdCaller *caller, gboolean of_others, gint64 now, gboolean *changed, GError **error);
char      *cfd_messages_preview (const char *text);
gboolean   cfd_messages_check_mentions (CfdTx *tx, const CfdCaller *caller, char **mentions, GError **error);

/* Pages of history. */
gint64           cfd_messages_page_size (gint64 asked);
gint64           cfd_messages_page_read (gint64 limit);
CfRecordsResult *cfd_messages_page      (const GPtrArray *newest, gint64 limit);

G_END_DECLS

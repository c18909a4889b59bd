/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/rpc/caller.h"
#include "protocol/records/message.h"

G_BEGIN_DECLS

gboolean cfd_message_is_senior    (const CfdCaller *caller);
gboolean cfd_message_is_editable  (const CfMessage *self, const CfdCaller *caller, GError **error);
gboolean cfd_message_is_removable (const CfMessage *self, const CfdCaller *caller, gboolean senior, GError **error);
gboolean cfd_message_is_recent    (const CfMessage *self, gint64 now, GError **error);

G_END_DECLS

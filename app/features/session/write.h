/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cache/outbox-row.h"

#include "protocol/shape.h"

G_BEGIN_DECLS

/* What an agent does, as a row of the outbox. */
CfaOutboxRow *cfa_write_new          (const char *method, const char *id, const char *conversation_id, gconstpointer params);
CfaOutboxRow *cfa_write_new_text     (const char *id, const char *conversation_id, const char *text, gboolean note,
                                      const char *reply_to, const char *const *mentions, const char *const *files, gint64 after);
CfaOutboxRow *cfa_write_new_assign   (const char *conversation_id, const char *agent_id);
CfaOutboxRow *cfa_write_new_action   (const char *method, const char *conversation_id);
CfaOutboxRow *cfa_write_new_transfer (const char *conversation_id, const char *agent_id, const char *department_id, const char *note);
CfaOutboxRow *cfa_write_new_escalate (const char *conversation_id, gboolean escalated, const char *note);
CfaOutboxRow *cfa_write_new_snooze   (const char *conversation_id, gint64 until);
CfaOutboxRow *cfa_write_new_tag      (const char *conversation_id, const char *const *tags);
CfaOutboxRow *cfa_write_new_pin      (const char *conversation_id, const char *message_id);
CfaOutboxRow *cfa_write_new_edit     (const char *method, const char *conversation_id, const char *message_id, const char *text);
CfaOutboxRow *cfa_write_new_remove   (const char *method, const char *conversation_id, const char *message_id);
CfaOutboxRow *cfa_write_new_read     (const char *method, const char *conversation_id, gint64 position);
CfaOutboxRow *cfa_write_new_said     (const char *channel_id, const char *text, const char *reply_to, const char *const *mentions,
                                      const char *const *files);
CfaOutboxRow *cfa_write_new_direct   (const char *channel_id, const char *agent_id);
CfaOutboxRow *cfa_write_new_channel  (const char *channel_id, const char *name, const char *const *members);
CfaOutboxRow *cfa_write_new_leave    (const char *channel_id);
CfaOutboxRow *cfa_write_new_visitor  (const char *method, const char *visitor_id, gconstpointer params);
gboolean      cfa_write_is_message   (const CfaOutboxRow *row);
gpointer      cfa_write_params       (const CfaOutboxRow *row, GError **error);
char         *cfa_write_what         (const CfaOutboxRow *row);

G_END_DECLS

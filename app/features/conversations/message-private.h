/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "message.h"

G_BEGIN_DECLS

CfaMessage *cfa_message_new         (CfMessage *record, gboolean own, CfaMessageState state);
void        cfa_message_take_record (CfaMessage *self, CfMessage *record);
void        cfa_message_set_state   (CfaMessage *self, CfaMessageState state, const char *error);
void        cfa_message_set_changes (CfaMessage *self, const char *edit, gboolean removing);
void        cfa_message_set_overtaken (CfaMessage *self, gboolean overtaken);
void        cfa_message_set_due       (CfaMessage *self, gint64 due);

G_END_DECLS

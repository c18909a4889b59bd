/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cache/cache.h"
#include "app/connection/socket.h"
#include "protocol/methods/signal.h"
#include "record-list.h"

G_BEGIN_DECLS

#define CFA_TYPE_RECORDS (cfa_records_get_type ())
G_DECLARE_FINAL_TYPE (CfaRecords, cfa_records, CFA, RECORDS, GObject)

/*
 * What the team shares besides conversations: lists of records that follow the cache, who of the team is there, and calls that change
 * such things at once, without the outbox.
 * Signal: "delta" (pointer CfaDelta): what a call has answered is in the cache.
 */
CfaRecords     *cfa_records_new          (CfaCache *cache);
void            cfa_records_set_socket   (CfaRecords *self, CfaSocket *socket);
void            cfa_records_stop         (CfaRecords *self);
CfaRecordList  *cfa_records_get_list     (CfaRecords *self, const CfShape *shape);
void            cfa_records_follow       (CfaRecords *self, GPtrArray *records);
void            cfa_records_hear         (CfaRecords *self, const CfSignal *signal);
void            cfa_records_silence      (CfaRecords *self);
void            cfa_records_reset        (CfaRecords *self);
CfPresenceState cfa_records_get_presence (CfaRecords *self, const char *agent_id);
void            cfa_records_call         (CfaRecords *self, const char *method, gconstpointer params, const CfShape *result, GTask *task);

G_END_DECLS

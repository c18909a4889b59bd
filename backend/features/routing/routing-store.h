/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "protocol/records/conversation.h"
#include "protocol/records/department.h"

G_BEGIN_DECLS

/* What an agent has to do, as far as it matters for giving them more. */
typedef struct
{
  gint64 open;    /* conversations, at most CFD_LOAD_MAX are counted */
  gint64 waiting; /* those of them whose visitors wait */
} CfdLoad;

#define CFD_LOAD_MAX 1001

GPtrArray *cfd_routing_store_organisations (CfdTx *tx, GError **error);
GPtrArray *cfd_routing_store_departments (CfdTx *tx, const char *organisation_id, GError **error);
GPtrArray *cfd_routing_store_queue       (CfdTx *tx, const char *department_id, const char *without, gint64 limit, GError **error);
gboolean   cfd_routing_store_first       (CfdTx *tx, const char *department_id, const char *site_id, CfConversation **first, GError **error);
GPtrArray *cfd_routing_store_waiting     (CfdTx *tx, const char *organisation_id, const char *agent_id, gint64 limit, GError **error);
gboolean   cfd_routing_store_load        (CfdTx *tx, const char *organisation_id, const char *agent_id, CfdLoad *load, GError **error);
gboolean   cfd_routing_store_by_system   (CfdTx *tx, const char *conversation_id, gboolean *by_system, GError **error);
gboolean   cfd_routing_store_turn        (CfdTx *tx, const char *department_id, char **agent_id, GError **error);
gboolean   cfd_routing_store_set_turn    (CfdTx *tx, const char *department_id, const char *agent_id, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "person-store.h"

G_BEGIN_DECLS

GPtrArray *cfd_expiry_store_due     (CfdTx *tx, const char *site_id, gint64 before, gint64 limit, GError **error);
gint64     cfd_expiry_store_count   (CfdTx *tx, const char *site_id, gint64 before, GError **error);
gboolean   cfd_expiry_store_begin   (CfdTx *tx, const char *conversation_id, GError **error);
GPtrArray *cfd_expiry_store_waiting (CfdTx *tx, const char *after, gint64 limit, GError **error);
GPtrArray *cfd_expiry_store_some    (CfdTx *tx, const CfdPersonPart *part, const char *conversation_id, gint64 limit, GError **error);
GPtrArray *cfd_expiry_store_files   (CfdTx *tx, const char *conversation_id, GError **error);
gboolean   cfd_expiry_store_finish  (CfdTx *tx, const char *conversation_id, GError **error);

G_END_DECLS

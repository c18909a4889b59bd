/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expiry-store.h"

#include "protocol/records/conversation.h"

#define DUE "site_id = $1 AND closed_at > 0 AND closed_at < $2 AND deleted = 0"

/* Returns: (transfer full): of CfConversation: closed before then, the first first */
GPtrArray *
cfd_expiry_store_due (CfdTx *tx, const char *site_id, gint64 before, gint64 limit, GError **error)
{
  return cfd_tx_records (tx, error, &cf_conversation_shape, "WHERE " DUE " ORDER BY closed_at LIMIT $3", "tii", site_id, before, limit);
}

/* Returns: how many those are; -1 with an error */
gint64
cfd_expiry_store_count (CfdTx *tx, const char *site_id, gint64 before, GError **error)
{
  return cfd_rows_only (cfd_tx_query (tx, error, "SELECT count(*) FROM conversation WHERE " DUE, "ti", site_id, before), error);
}

gboolean
cfd_expiry_store_begin (CfdTx *tx, const char *conversation_id, GError **error)
{
  return cfd_tx_execute (tx, error, "INSERT INTO expired_conversation (id, expired_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING", "ti", conversation_id,
                         cfd_tx_now (tx));
}

/**
 * cfd_expiry_store_waiting:
 * @after: the id of the last one that is known, or ""
 *
 * Returns: (transfer full): the ids (of char *) of conversations that are gone but for what was in them
 */
GPtrArray *
cfd_expiry_store_waiting (CfdTx *tx, const char *after, gint64 limit, GError **error)
{
  return cfd_rows_texts (cfd_tx_query (tx, error, "SELECT id FROM expired_conversation WHERE id > $1 ORDER BY id LIMIT $2", "ti", after, limit), error);
}

/* Returns: (transfer full): of CfRecord: some of that part that are still there */
GPtrArray *
cfd_expiry_store_some (CfdTx *tx, const CfdPersonPart *part, const char *conversation_id, gint64 limit, GError **error)
{
  g_autofree char *tail = g_strdup_printf ("WHERE %s AND deleted = 0 LIMIT $2", part->of_conversation);

  return cfd_tx_records (tx, error, part->shape, tail, "ti", conversation_id, limit);
}

/* Returns: (transfer full): the ids (of char *) of all its files, also of those that are gone */
GPtrArray *
cfd_expiry_store_files (CfdTx *tx, const char *conversation_id, GError **error)
{
  return cfd_rows_texts (cfd_tx_query (tx, error, "SELECT id FROM file WHERE conversation_id = $1", "t", conversation_id), error);
}

/* Nothing of it is left: not what the audit log calls it either. */
gboolean
cfd_expiry_store_finish (CfdTx *tx, const char *conversation_id, GError **error)
{
  return cfd_tx_execute (tx, error, "UPDATE audit_entry SET target_name = NULL, detail = NULL WHERE target_id = $1", "t", conversation_id)
         && cfd_tx_execute (tx, error, "DELETE FROM expired_conversation WHERE id = $1", "t", conversation_id);
}

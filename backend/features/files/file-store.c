/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file-store.h"

static gint64
count (CfdTx *tx, const char *sql, const char *id, GError **error)
{
  return cfd_rows_only (cfd_tx_query (tx, error, sql, "t", id), error);
}

/**
 * cfd_file_store_count:
 * Returns: how many files a conversation has; -1 with an error
 */
gint64
cfd_file_store_count (CfdTx *tx, const char *conversation_id, GError **error)
{
  return count (tx, "SELECT count(*) FROM file WHERE conversation_id = $1 AND deleted = 0", conversation_id, error);
}

/**
 * cfd_file_store_unfinished:
 * Returns: how many files a visitor has begun and not brought to their end; -1 with an error
 */
gint64
cfd_file_store_unfinished (CfdTx *tx, const char *visitor_id, GError **error)
{
  return count (tx, "SELECT count(*) FROM file WHERE visitor_id = $1 AND author_kind = 'visitor' AND state = 'uploading' AND deleted = 0",
                visitor_id, error);
}

/**
 * cfd_file_store_checking:
 * Returns: (transfer full): the files that are there and were not looked at yet
 */
GPtrArray *
cfd_file_store_checking (CfdTx *tx, gint64 since, GError **error)
{
  return cfd_tx_records (tx, error, &cf_file_shape, "WHERE sent = 0 AND deleted = 0 AND created_at >= $1 AND state = 'checking'", "i", since);
}

/**
 * cfd_file_store_unsent:
 * Returns: (transfer full): files that no message has or is to have, begun before @before
 */
GPtrArray *
cfd_file_store_unsent (CfdTx *tx, gint64 before, gint64 limit, GError **error)
{
  return cfd_tx_records (tx, error, &cf_file_shape,
                         "WHERE sent = 0 AND deleted = 0 AND created_at < $1 AND NOT EXISTS (SELECT 1 FROM scheduled_message later"
                         " WHERE later.conversation_id = file.conversation_id AND later.deleted = 0 AND later.files LIKE '%' || file.id || '%')"
                         " ORDER BY created_at LIMIT $2", "ii", before, limit);
}

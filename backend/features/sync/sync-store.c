/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-store.h"

#include "protocol/records/conversation.h"
#include "protocol/records/login-session.h"
#include "protocol/records/message.h"
#include "protocol/records/read-mark.h"
#include "protocol/records/site.h"
#include "protocol/records/visitor.h"

#include <string.h>

/* What a first copy holds of the past. */
#define RECENT_MS G_GINT64_CONSTANT (14 * 24 * 60 * 60 * 1000)

/* Of each conversation a first copy holds the last 50 messages: those at or past the 50th from the end. */
#define LAST_MESSAGES(staff_only)                                                                             \
  " AND position >= coalesce((SELECT older.position FROM message older"                                       \
  " WHERE older.conversation_id = message.conversation_id AND older.deleted = 0" staff_only                   \
  " ORDER BY older.position DESC LIMIT 1 OFFSET 49), 0)"

/**
 * Tail:
 * Where a caller's records of one type are: the WHERE text up to rev, and what a first copy adds.
 * $1 is whose they are, $2 since, $3 the limit, $4 (first copies of staff) the oldest closing time.
 */
typedef struct
{
  const CfShape *shape;
  const char *where;
  const char *first;
} Tail;

static const Tail staff_tails[] = {
  { &cf_login_session_shape, "agent_id = $1", " AND deleted = 0" },
  { &cf_visitor_shape, "organisation_id = $1",
    " AND deleted = 0 AND EXISTS (SELECT 1 FROM conversation c WHERE c.visitor_id = visitor.id AND (c.status = 'open' OR c.closed_at > $4))" },
  { &cf_conversation_shape, "organisation_id = $1", " AND deleted = 0 AND (status = 'open' OR closed_at > $4)" },
  { &cf_message_shape, "organisation_id = $1",
    " AND deleted = 0 AND EXISTS (SELECT 1 FROM conversation c WHERE c.id = message.conversation_id AND (c.status = 'open' OR c.closed_at > $4))"
    LAST_MESSAGES ("") },
  { &cf_read_mark_shape, "organisation_id = $1",
    " AND deleted = 0 AND EXISTS (SELECT 1 FROM conversation c WHERE c.id = read_mark.conversation_id AND (c.status = 'open' OR c.closed_at > $4))" },
  { NULL, "organisation_id = $1", " AND deleted = 0" },
};

static const Tail visitor_tails[] = {
  { &cf_site_shape, "id = $1", "" },
  { &cf_visitor_shape, "id = $1", " AND deleted = 0" },
  { &cf_conversation_shape, "visitor_id = $1", " AND deleted = 0" },
  { &cf_message_shape, "visitor_id = $1 AND staff_only = 0", " AND deleted = 0" LAST_MESSAGES (" AND older.staff_only = 0") },
  { &cf_read_mark_shape, "visitor_id = $1", " AND deleted = 0" },
};

static const Tail *
find_tail (const CfShape *shape, gboolean staff)
{
  if (!staff)
    {
      for (guint i = 0; i < G_N_ELEMENTS (visitor_tails); i++)
        if (visitor_tails[i].shape == shape)
          return &visitor_tails[i];
      return NULL;
    }
  for (guint i = 0;; i++)
    if (staff_tails[i].shape == shape || staff_tails[i].shape == NULL)
      return &staff_tails[i];
}

/**
 * cfd_sync_store_changes:
 * @owner: (nullable): whose records: of staff the organisation, or the agent for login sessions; the visitor, or their site for
 *   sites. NULL has none
 * @first: a bounded first copy, without tombstones
 *
 * Returns: (transfer full): the records of one type that the owner may see with a revision above @since, oldest change
 *   first, at most @limit; empty for a type that the audience never sees.
 */
GPtrArray *
cfd_sync_store_changes (CfdTx *tx, const CfShape *shape, CfAudience audience, const char *owner, gint64 since, gboolean first,
                        gint64 limit, GError **error)
{
  const Tail *tail = find_tail (shape, audience == CF_AUDIENCE_STAFF);
  g_autofree char *sql = NULL;

  if (tail == NULL || owner == NULL)
    return cf_structs_new ();
  sql = g_strconcat ("WHERE ", tail->where, " AND rev > $2", first ? tail->first : "", " ORDER BY rev LIMIT $3", NULL);
  if (strstr (sql, "$4") != NULL)
    return cfd_tx_records (tx, error, shape, sql, "tiii", owner, since, limit, cfd_tx_now (tx) - RECENT_MS);
  return cfd_tx_records (tx, error, shape, sql, "tii", owner, since, limit);
}

/**
 * cfd_sync_store_has_conversation:
 * Returns: 1 when the visitor has ever started one, else 0; -1 with an error.
 */
gint64
cfd_sync_store_has_conversation (CfdTx *tx, const char *visitor_id, GError **error)
{
  g_autoptr (CfdRows) rows =
    cfd_tx_query (tx, error, "SELECT EXISTS (SELECT 1 FROM conversation WHERE visitor_id = $1 AND deleted = 0)", "t", visitor_id);

  return rows != NULL && cfd_rows_next (rows, error) ? cfd_rows_integer (rows, 0) : -1;
}

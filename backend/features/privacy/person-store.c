/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "person-store.h"

#include "protocol/records/conversation.h"
#include "protocol/records/file.h"
#include "protocol/records/message.h"
#include "protocol/records/read-mark.h"
#include "protocol/records/scheduled-message.h"
#include "protocol/records/visitor.h"

#define THEIR_CONVERSATIONS "(SELECT c.id FROM conversation c WHERE c.visitor_id = $1)"

/* First what closes the door: nobody writes for a visitor or into a conversation that is gone. */
const CfdPersonPart cfd_person_parts[] = {
  { &cf_visitor_shape, "id = $1", NULL, { "site_id", "secret_hash", "merged_into" } },
  { &cf_conversation_shape, "visitor_id = $1", "id = $1", { "site_id", "visitor_id", "created_at" } },
  { &cf_message_shape, "conversation_id IN " THEIR_CONVERSATIONS, "conversation_id = $1",
    { "conversation_id", "visitor_id", "position", "kind", "event", "staff_only", "author_kind" } },
  { &cf_file_shape, "conversation_id IN " THEIR_CONVERSATIONS, "conversation_id = $1", { "conversation_id", "visitor_id", "staff_only", "author_kind", "sent" } },
  { &cf_read_mark_shape, "conversation_id IN " THEIR_CONVERSATIONS, "conversation_id = $1", { "conversation_id", "visitor_id", "reader_kind", "reader_id" } },
  { &cf_scheduled_message_shape, "conversation_id IN " THEIR_CONVERSATIONS, "conversation_id = $1", { "conversation_id" } },
  { NULL, NULL, NULL, { NULL } },
};

const char *const cfd_person_tables[] = { "audit_entry", "erasure", "goal_hit", "job", "page_view", "trigger_hit", "visit", "visit_event", "visitor_key", "visitor_merge", NULL };

/**
 * cfd_person_store_ids:
 * @id: one of theirs, also when they were erased
 *
 * Returns: (transfer full): the ids (of char *) of all visitors who are that person, the one who is shown first; empty when there is none in the
 *   organisation
 */
GPtrArray *
cfd_person_store_ids (CfdTx *tx, const char *organisation_id, const char *id, GError **error)
{
  g_autoptr (GPtrArray) shown = cfd_rows_texts (cfd_tx_query (tx, error, "SELECT coalesce (merged_into, id) FROM visitor WHERE id = $1 AND organisation_id = $2",
                                                              "tt", id, organisation_id), error);
  g_autoptr (GPtrArray) others = NULL;

  if (shown == NULL || shown->len == 0)
    return g_steal_pointer (&shown);
  others = cfd_rows_texts (cfd_tx_query (tx, error, "SELECT id FROM visitor WHERE merged_into = $1", "t", shown->pdata[0]), error);
  if (others == NULL)
    return NULL;
  for (guint i = 0; i < others->len; i++)
    g_ptr_array_add (shown, g_strdup (others->pdata[i]));
  return g_steal_pointer (&shown);
}

/**
 * cfd_person_store_count:
 * Returns: how many there are; -1 with an error
 */
gint64
cfd_person_store_count (CfdTx *tx, const CfdPersonPart *part, const char *visitor_id, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s WHERE %s AND deleted = 0", part->shape->table, part->where);

  return cfd_rows_only (cfd_tx_query (tx, error, sql, "t", visitor_id), error);
}

/**
 * cfd_person_store_some:
 * @after: (nullable): the id of the last one that is known, or "": then they come by their ids; NULL for any of them
 *
 * Returns: (transfer full): of CfRecord
 */
GPtrArray *
cfd_person_store_some (CfdTx *tx, const CfdPersonPart *part, const char *visitor_id, const char *after, gint64 limit, GError **error)
{
  g_autofree char *tail = g_strdup_printf ("WHERE %s AND deleted = 0 %s", part->where, after != NULL ? "AND id > $3 ORDER BY id LIMIT $2" : "LIMIT $2");

  if (after == NULL)
    return cfd_tx_records (tx, error, part->shape, tail, "ti", visitor_id, limit);
  return cfd_tx_records (tx, error, part->shape, tail, "tit", visitor_id, limit, after);
}

/**
 * cfd_person_store_files:
 * Returns: (transfer full): the ids (of char *) of all their files, also of those that are gone
 */
GPtrArray *
cfd_person_store_files (CfdTx *tx, const char *visitor_id, GError **error)
{
  return cfd_rows_texts (cfd_tx_query (tx, error, "SELECT id FROM file WHERE conversation_id IN " THEIR_CONVERSATIONS, "t", visitor_id), error);
}

/**
 * cfd_person_store_forget:
 * What there is of a visitor beside the records: where they have been, what they were called before they were merged, and how the audit log calls them.
 */
gboolean
cfd_person_store_forget (CfdTx *tx, const char *visitor_id, GError **error)
{
  static const char *const statements[] = {
    "DELETE FROM page_view WHERE visit_id IN (SELECT id FROM visit WHERE visitor_id = $1)",
    "DELETE FROM visit WHERE visitor_id = $1",
    "DELETE FROM visit_event WHERE visitor_id = $1",
    "DELETE FROM trigger_hit WHERE visitor_id = $1",
    "DELETE FROM goal_hit WHERE visitor_id = $1",
    "DELETE FROM visitor_merge WHERE visitor_id = $1",
    "DELETE FROM visitor_key WHERE visitor_id = $1",
    "DELETE FROM job WHERE visitor_id = $1",
    "UPDATE audit_entry SET target_name = NULL, detail = NULL WHERE target_id = $1",
    ("UPDATE audit_entry SET target_name = NULL, detail = NULL WHERE target_id IN " THEIR_CONVERSATIONS),
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    if (!cfd_tx_execute (tx, error, statements[i], "t", visitor_id))
      return FALSE;
  return TRUE;
}

gboolean
cfd_person_store_begin (CfdTx *tx, const char *organisation_id, const char *id, gint64 total, GError **error)
{
  return cfd_tx_execute (tx, error, "INSERT INTO erasure (visitor_id, organisation_id, asked_at, total) VALUES ($1, $2, $3, $4)", "ttii", id,
                         organisation_id, cfd_tx_now (tx), total);
}

gboolean
cfd_person_store_advance (CfdTx *tx, const char *id, gint64 done, GError **error)
{
  return cfd_tx_execute (tx, error, "UPDATE erasure SET done = done + $2 WHERE visitor_id = $1", "ti", id, done);
}

gboolean
cfd_person_store_finish (CfdTx *tx, const char *id, GError **error)
{
  return cfd_tx_execute (tx, error, "UPDATE erasure SET finished_at = $2, done = total WHERE visitor_id = $1", "ti", id, cfd_tx_now (tx));
}

/**
 * cfd_person_store_erasure:
 * Returns: (transfer full) (nullable): NULL without error when that visitor is not erased
 */
CfdErasure *
cfd_person_store_erasure (CfdTx *tx, const char *organisation_id, const char *id, GError **error)
{
  g_autoptr (CfdRows) rows = cfd_tx_query (tx, error, "SELECT asked_at, finished_at, total, done FROM erasure WHERE visitor_id = $1 AND organisation_id = $2",
                                           "tt", id, organisation_id);
  CfdErasure *erasure;

  if (rows == NULL || !cfd_rows_next (rows, error))
    return NULL;
  erasure = g_new0 (CfdErasure, 1);
  erasure->id = g_strdup (id);
  erasure->organisation_id = g_strdup (organisation_id);
  erasure->asked_at = cfd_rows_integer (rows, 0);
  erasure->finished_at = cfd_rows_integer (rows, 1);
  erasure->total = cfd_rows_integer (rows, 2);
  erasure->done = cfd_rows_integer (rows, 3);
  return erasure;
}

/**
 * cfd_person_store_waiting:
 * Returns: (transfer full): of CfdErasure, with their ids alone: those that are not finished, the first that was asked for first
 */
GPtrArray *
cfd_person_store_waiting (CfdTx *tx, gint64 limit, GError **error)
{
  g_autoptr (CfdRows) rows = cfd_tx_query (tx, error, "SELECT visitor_id, organisation_id FROM erasure WHERE finished_at = 0 ORDER BY asked_at LIMIT $1", "i",
                                           limit);
  g_autoptr (GPtrArray) waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) cfd_erasure_free);
  g_autoptr (GError) problem = NULL;

  if (rows == NULL)
    return NULL;
  while (cfd_rows_next (rows, &problem))
    {
      CfdErasure *erasure = g_new0 (CfdErasure, 1);

      erasure->id = g_strdup (cfd_rows_text (rows, 0));
      erasure->organisation_id = g_strdup (cfd_rows_text (rows, 1));
      g_ptr_array_add (waiting, erasure);
    }
  if (problem == NULL)
    return g_steal_pointer (&waiting);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

void
cfd_erasure_free (CfdErasure *self)
{
  g_free (self->id);
  g_free (self->organisation_id);
  g_free (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "erasure-service.h"

#include "backend/db/lookup.h"
#include "backend/features/audit/audit-service.h"
#include "protocol/error.h"
#include "tombstone.h"

/* Records that go in one call, so that nobody waits for it. */
#define STEP 200
#define WAITING_MAX 20

/* @limit: (inout): of which what goes is taken */
static gboolean
erase_some (CfdTx *tx, const CfdPersonPart *part, const char *visitor_id, gint64 *limit, GError **error)
{
  g_autoptr (GPtrArray) records = cfd_person_store_some (tx, part, visitor_id, NULL, *limit, error);

  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      g_autoptr (CfRecord) stone = cfd_tombstone_of (part, records->pdata[i]);

      if (!cfd_tx_put (tx, stone, error))
        return FALSE;
    }
  *limit -= records->len;
  return TRUE;
}

static gint64
count_all (CfdTx *tx, const GPtrArray *ids, GError **error)
{
  gint64 total = 0;

  for (guint i = 0; i < ids->len; i++)
    for (const CfdPersonPart *part = cfd_person_parts; part->shape != NULL; part++)
      {
        gint64 n = cfd_person_store_count (tx, part, ids->pdata[i], error);

        if (n < 0)
          return -1;
        total += n;
      }
  return total;
}

static CfErasureResult *
result_of (const CfdErasure *erasure)
{
  CfErasureResult *result = cf_struct_new (&cf_erasure_result_shape);

  result->id = g_strdup (erasure->id);
  result->asked_at = erasure->asked_at;
  result->finished_at = erasure->finished_at;
  result->total = erasure->total;
  result->done = erasure->done;
  return result;
}

/* The visitors themselves go at once: from now on nobody can sign in as them, and they can't write any more. */
static gboolean
begin (CfdTx *tx, const CfdCaller *by, const GPtrArray *ids, GError **error)
{
  gint64 total = count_all (tx, ids, error), left = G_MAXINT32;
  CfRecord target = { .id = ids->pdata[0], .organisation_id = by->organisation_id };

  if (total < 0 || !cfd_person_store_begin (tx, by->organisation_id, ids->pdata[0], total, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!erase_some (tx, &cfd_person_parts[0], ids->pdata[i], &left, error) || !erase_some (tx, &cfd_person_parts[1], ids->pdata[i], &left, error))
      return FALSE;
  return cfd_person_store_advance (tx, ids->pdata[0], G_MAXINT32 - left, error)
         && cfd_audit_note (tx, by, "person.erase", &target, NULL, NULL, error);
}

/**
 * cfd_erasures_ask:
 * @id: any visitor of the person
 *
 * Everything that is known of one person is to go. The visitors go at once, the rest as fast as it can; asking again says how far that is.
 *
 * Returns: (transfer full): how far it is
 */
CfErasureResult *
cfd_erasures_ask (CfdTx *tx, const CfdCaller *by, const char *id, GError **error)
{
  g_autoptr (GPtrArray) ids = cfd_person_store_ids (tx, by->organisation_id, id, error);
  g_autoptr (CfdErasure) erasure = NULL;
  g_autoptr (GError) problem = NULL;

  if (ids == NULL)
    return NULL;
  if (ids->len == 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such visitor");
      return NULL;
    }
  erasure = cfd_person_store_erasure (tx, by->organisation_id, ids->pdata[0], &problem);
  if (erasure == NULL && problem == NULL && begin (tx, by, ids, &problem))
    erasure = cfd_person_store_erasure (tx, by->organisation_id, ids->pdata[0], &problem);
  if (erasure != NULL)
    return result_of (erasure);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/**
 * cfd_erasures_step:
 * @more: (out): whether it has to be called again
 *
 * Some of what is left of the person goes.
 */
gboolean
cfd_erasures_step (CfdTx *tx, const CfdErasure *erasure, gboolean *more, GError **error)
{
  g_autoptr (GPtrArray) ids = cfd_person_store_ids (tx, erasure->organisation_id, erasure->id, error);
  gint64 left = STEP;

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      for (const CfdPersonPart *part = cfd_person_parts; part->shape != NULL && left > 0; part++)
        if (!erase_some (tx, part, ids->pdata[i], &left, error))
          return FALSE;
      if (left > 0 && !cfd_person_store_forget (tx, ids->pdata[i], error))
        return FALSE;
    }
  *more = left == 0;
  return cfd_person_store_advance (tx, erasure->id, STEP - left, error);
}

/**
 * cfd_erasures_files:
 * Returns: (transfer full): the ids (of char *) of the files whose content is to go too
 */
GPtrArray *
cfd_erasures_files (CfdTx *tx, const CfdErasure *erasure, GError **error)
{
  g_autoptr (GPtrArray) ids = cfd_person_store_ids (tx, erasure->organisation_id, erasure->id, error);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (GPtrArray) some = cfd_person_store_files (tx, ids->pdata[i], error);

      if (some == NULL)
        return NULL;
      for (guint k = 0; k < some->len; k++)
        g_ptr_array_add (files, g_strdup (some->pdata[k]));
    }
  return ids != NULL ? g_steal_pointer (&files) : NULL;
}

gboolean
cfd_erasures_finish (CfdTx *tx, const CfdErasure *erasure, GError **error)
{
  return cfd_person_store_finish (tx, erasure->id, error);
}

/**
 * cfd_erasures_waiting:
 * Returns: (transfer full): of CfdErasure: some that were asked for and are not finished
 */
GPtrArray *
cfd_erasures_waiting (CfdTx *tx, GError **error)
{
  return cfd_person_store_waiting (tx, WAITING_MAX, error);
}

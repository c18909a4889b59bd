/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expiry-service.h"

#include "backend/db/lookup.h"
#include "backend/features/audit/audit-service.h"
#include "expiry-store.h"
#include "protocol/records/conversation.h"
#include "tombstone.h"

#define DAY_MS (G_GINT64_CONSTANT (86400) * 1000)
/* Records that go in one call, so that nobody waits for it. */
#define STEP 200
#define PAGE 100

/* Whole days, so that what expires goes once a day: what is left of it in the files is cleaned up once for all. */
static gint64
cut_off (gint64 now, gint64 days)
{
  return (now / DAY_MS - days) * DAY_MS;
}

static const CfdPersonPart *
conversation_part (void)
{
  const CfdPersonPart *part = cfd_person_parts;

  while (part->shape != &cf_conversation_shape)
    part++;
  return part;
}

static gboolean
note (CfdTx *tx, const CfSite *site, guint n, GError **error)
{
  g_autoptr (CfdCaller) by = cfd_caller_new (CFD_ALLOW_ANYONE);
  g_autofree char *detail = g_strdup_printf ("conversations: %u, closed more than %" G_GINT64_FORMAT " days ago", n, site->privacy->conversation_days);

  by->name = g_strdup ("ChatFlow");
  return cfd_audit_note (tx, by, "site.expire", &site->parent, site->name, detail, error);
}

/**
 * cfd_expiry_begin:
 * @site: which keeps closed conversations for some days
 *
 * Conversations that were kept for long enough are gone, for everybody; what was in them follows.
 * Returns: how many, at most @limit; -1 with an error.
 */
gint64
cfd_expiry_begin (CfdTx *tx, const CfSite *site, gint64 limit, GError **error)
{
  g_autoptr (GPtrArray) due = cfd_expiry_store_due (tx, site->parent.id, cut_off (cfd_tx_now (tx), site->privacy->conversation_days), limit, error);

  if (due == NULL)
    return -1;
  for (guint i = 0; i < due->len; i++)
    {
      g_autoptr (CfRecord) stone = cfd_tombstone_of (conversation_part (), due->pdata[i]);

      if (!cfd_tx_put (tx, stone, error) || !cfd_expiry_store_begin (tx, stone->id, error))
        return -1;
    }
  return due->len == 0 || note (tx, site, due->len, error) ? (gint64) due->len : -1;
}

/**
 * cfd_expiry_preview:
 * Returns: (transfer full): how many conversations would go now, if the site kept them for params->days.
 */
CfExpiryResult *
cfd_expiry_preview (CfdTx *tx, const CfdCaller *caller, const CfExpiryParams *params, GError **error)
{
  g_autoptr (CfSite) site = cfd_tx_require (tx, &cf_site_shape, caller->organisation_id, params->id, error);
  gint64 n = site != NULL ? cfd_expiry_store_count (tx, params->id, cut_off (cfd_tx_now (tx), params->days), error) : -1;
  CfExpiryResult *result;

  if (n < 0)
    return NULL;
  result = cf_struct_new (&cf_expiry_result_shape);
  result->conversations = n;
  return result;
}

/**
 * cfd_expiry_waiting:
 * @after: the id of the last one that is known, or ""
 *
 * Returns: (transfer full): the ids (of char *) of some conversations that are gone but for what was in them; none at the end
 */
GPtrArray *
cfd_expiry_waiting (CfdTx *tx, const char *after, GError **error)
{
  return cfd_expiry_store_waiting (tx, after, PAGE, error);
}

/**
 * cfd_expiry_step:
 * @more: (out): whether it has to be called again
 *
 * Some of what was in the conversation goes.
 */
gboolean
cfd_expiry_step (CfdTx *tx, const char *conversation_id, gboolean *more, GError **error)
{
  gint64 left = STEP;

  for (const CfdPersonPart *part = cfd_person_parts; part->shape != NULL && left > 0; part++)
    {
      g_autoptr (GPtrArray) records = NULL;

      if (part->of_conversation == NULL)
        continue;
      records = cfd_expiry_store_some (tx, part, conversation_id, left, error);
      if (records == NULL)
        return FALSE;
      for (guint i = 0; i < records->len; i++)
        {
          g_autoptr (CfRecord) stone = cfd_tombstone_of (part, records->pdata[i]);

          if (!cfd_tx_put (tx, stone, error))
            return FALSE;
        }
      left -= records->len;
    }
  *more = left == 0;
  return TRUE;
}

/**
 * cfd_expiry_files:
 * Returns: (transfer full): the ids (of char *) of the files whose content is to go too
 */
GPtrArray *
cfd_expiry_files (CfdTx *tx, const char *conversation_id, GError **error)
{
  return cfd_expiry_store_files (tx, conversation_id, error);
}

/**
 * cfd_expiry_finish:
 * @conversation_ids: of char *: nothing is left of them
 */
gboolean
cfd_expiry_finish (CfdTx *tx, const GPtrArray *conversation_ids, GError **error)
{
  for (guint i = 0; i < conversation_ids->len; i++)
    if (!cfd_expiry_store_finish (tx, conversation_ids->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit-service.h"

#include "audit-csv.h"
#include "audit-store.h"
#include "protocol/id.h"

#define DETAIL_MAX 4000

static gint64
before_or_all (gint64 before)
{
  return before > 0 ? before : G_MAXINT64;
}

/* An empty filter is none. */
static const char *
filter (const char *word)
{
  return word != NULL && *word != '\0' ? word : NULL;
}

/* Several entries of one call share a revision; a page ends between two revisions, so that "before" finds the rest. */
static guint
whole (const GPtrArray *entries, gint64 limit)
{
  guint n = limit;

  if (entries->len <= limit)
    return entries->len;
  while (n > 0 && CF_RECORD (entries->pdata[n - 1])->rev == CF_RECORD (entries->pdata[entries->len - 1])->rev)
    n--;
  return n;
}

/**
 * cfd_audit_note:
 * @by: (nullable): who did it; NULL = the command line
 * @target: what it was done to, or the agent who did it
 * @target_name: (nullable): what that is called
 * @detail: (nullable): a line for each change; never a secret
 *
 * Part of the transaction that it tells of: there is no change without its entry.
 */
gboolean
cfd_audit_note (CfdTx *tx, const CfdCaller *by, const char *action, const CfRecord *target, const char *target_name, const char *detail,
                GError **error)
{
  g_autoptr (CfAuditEntry) entry = cf_struct_new (&cf_audit_entry_shape);

  entry->parent.id = cf_id_new_at (cfd_tx_now (tx));
  entry->parent.organisation_id = g_strdup (target->organisation_id);
  entry->actor_id = by != NULL ? g_strdup (by->id) : NULL;
  entry->actor_name = g_strdup (by != NULL ? by->name : "command line");
  entry->action = g_strdup (action);
  entry->target_id = g_strdup (target->id);
  entry->target_name = g_strdup (target_name);
  entry->detail = detail != NULL && *detail != '\0' ? g_utf8_substring (detail, 0, MIN (g_utf8_strlen (detail, -1), DETAIL_MAX)) : NULL;
  entry->created_at = cfd_tx_now (tx);
  return cfd_tx_put (tx, entry, error);
}

/**
 * cfd_audit_change:
 * Adds a line to @detail when the value is another than before. For names, words and yes or no.
 */
void
cfd_audit_change (GString *detail, const char *what, const char *before, const char *after)
{
  if (g_strcmp0 (before, after) != 0)
    g_string_append_printf (detail, "%s%s: %s → %s", detail->len > 0 ? "\n" : "", what, before != NULL ? before : "",
                            after != NULL ? after : "");
}

void
cfd_audit_number (GString *detail, const char *what, gint64 before, gint64 after)
{
  g_autofree char *old = g_strdup_printf ("%" G_GINT64_FORMAT, before), *new = g_strdup_printf ("%" G_GINT64_FORMAT, after);

  cfd_audit_change (detail, what, old, new);
}

/**
 * cfd_audit_list:
 * Returns: (transfer full): one page, newest first.
 */
CfAuditListResult *
cfd_audit_list (CfdTx *tx, const char *organisation_id, const CfAuditListParams *params, GError **error)
{
  gint64 limit = params->limit > 0 ? params->limit : CF_PAGE_DEFAULT;
  g_autoptr (CfAuditListResult) result = cf_struct_new (&cf_audit_list_result_shape);

  result->entries = cfd_audit_store_list (tx, organisation_id, params->actor_id, filter (params->action), before_or_all (params->before),
                                          limit + 1, error);
  if (result->entries == NULL)
    return NULL;
  result->more = result->entries->len > limit;
  g_ptr_array_set_size (result->entries, whole (result->entries, limit));
  return g_steal_pointer (&result);
}

/**
 * cfd_audit_export:
 * Returns: (transfer full): one page as CSV, newest first.
 */
CfAuditExportResult *
cfd_audit_export (CfdTx *tx, const char *organisation_id, const CfAuditExportParams *params, GError **error)
{
  gint64 limit = params->limit > 0 ? params->limit : CF_AUDIT_EXPORT_MAX;
  g_autoptr (CfAuditExportResult) result = cf_struct_new (&cf_audit_export_result_shape);
  g_autoptr (GPtrArray) entries = cfd_audit_store_list (tx, organisation_id, params->actor_id, filter (params->action),
                                                        before_or_all (params->before), limit + 1, error);
  guint n;

  if (entries == NULL)
    return NULL;
  n = whole (entries, limit);
  result->csv = cfd_audit_csv (entries, &n);
  result->more = n < entries->len;
  result->next = result->more && n > 0 ? CF_RECORD (entries->pdata[n - 1])->rev : 0;
  return g_steal_pointer (&result);
}

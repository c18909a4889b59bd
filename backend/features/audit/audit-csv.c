/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit-csv.h"

#include "protocol/csv.h"

static const char head[] = "revision,time,actor,actor_id,action,target,target_id,detail\r\n";

static void
add_row (GString *out, const CfAuditEntry *entry)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (entry->created_at / 1000);
  g_autofree char *time = date != NULL ? g_date_time_format (date, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  g_string_append_printf (out, "%" G_GINT64_FORMAT ",", entry->parent.rev);
  cf_csv_add_cell (out, time, ',');
  cf_csv_add_cell (out, entry->actor_name, ',');
  cf_csv_add_cell (out, entry->actor_id, ',');
  cf_csv_add_cell (out, entry->action, ',');
  cf_csv_add_cell (out, entry->target_name, ',');
  cf_csv_add_cell (out, entry->target_id, ',');
  cf_csv_add_cell (out, entry->detail, '\r');
  g_string_append_c (out, '\n');
}

/**
 * cfd_audit_csv:
 * @entries: of CfAuditEntry
 * @n: (inout): how many to write; on return how many there was room for, whole revisions, at least the first
 *
 * Returns: (transfer full): the text with a line of names.
 */
char *
cfd_audit_csv (const GPtrArray *entries, guint *n)
{
  GString *out = g_string_new (head);

  for (guint i = 0; i < *n; i++)
    {
      const CfRecord *entry = entries->pdata[i];

      if (out->len > CFD_AUDIT_CSV_MAX && entry->rev != CF_RECORD (entries->pdata[i - 1])->rev)
        {
          *n = i;
          break;
        }
      add_row (out, (const CfAuditEntry *) entry);
    }
  return g_string_free (out, FALSE);
}

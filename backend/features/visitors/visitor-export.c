/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-export.h"

#include "attribute-service.h"
#include "backend/db/lookup.h"
#include "backend/features/audit/audit-service.h"
#include "backend/features/tags/tag-service.h"
#include "backend/rpc/reach.h"
#include "protocol/records/organisation.h"
#include "visitor-csv.h"
#include "visitor-store.h"

static gboolean
note (CfdTx *tx, const CfdCaller *by, const char *site_id, guint n, GError **error)
{
  g_autoptr (CfOrganisation) organisation = cfd_tx_require (tx, &cf_organisation_shape, by->organisation_id, by->organisation_id, error);
  g_autofree char *detail = g_strdup_printf ("visitors: %u%s%s", n, site_id != NULL ? "\nsite: " : "", site_id != NULL ? site_id : "");

  return organisation != NULL && cfd_audit_note (tx, by, "visitor.export", &organisation->parent, organisation->name, detail, error);
}

/**
 * cfd_visitor_export:
 * Each page is noted in the audit log: it carries what people have told out of the house.
 *
 * Returns: (transfer full): one page.
 */
CfVisitorExportResult *
cfd_visitor_export (CfdTx *tx, const CfdCaller *by, const CfVisitorExportParams *params, GError **error)
{
  g_autoptr (CfVisitorExportResult) result = cf_struct_new (&cf_visitor_export_result_shape);
  g_autofree char *sites = cfd_reach_list (by);
  g_autoptr (GPtrArray) tags = cfd_tags_list (tx, by->organisation_id, error);
  g_autoptr (GPtrArray) attributes = tags != NULL ? cfd_attributes_list (tx, by->organisation_id, error) : NULL;
  g_autoptr (CfdRows) rows = attributes != NULL ? cfd_visitor_store_from (tx, by->organisation_id, params->site_id, sites, params->after, error) : NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) problem = NULL;
  guint limit = params->limit > 0 ? params->limit : CF_EXPORT_ROWS_MAX, n = 0;

  if (rows == NULL)
    return NULL;
  cfd_visitor_csv_add_head (out, attributes);
  while (cfd_rows_next (rows, &problem))
    {
      g_autoptr (CfVisitor) visitor = NULL;

      result->more = n == limit || out->len > CFD_VISITOR_CSV_MAX;
      if (result->more)
        break;
      visitor = cfd_rows_record (rows, &cf_visitor_shape, 1);
      cfd_visitor_csv_add_row (out, visitor, tags, attributes);
      result->next = cfd_rows_integer (rows, 0);
      n++;
    }
  g_clear_pointer (&rows, cfd_rows_free);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (!result->more)
    result->next = 0;
  result->csv = g_string_free (g_steal_pointer (&out), FALSE);
  return note (tx, by, params->site_id, n, error) ? g_steal_pointer (&result) : NULL;
}

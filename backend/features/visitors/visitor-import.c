/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-import.h"

#include "attribute-service.h"
#include "backend/db/lookup.h"
#include "backend/features/audit/audit-service.h"
#include "backend/features/tags/tag-service.h"
#include "backend/names.h"
#include "backend/rpc/reach.h"
#include "protocol/csv.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/records/site.h"
#include "protocol/records/tag.h"
#include "protocol/records/visitor.h"
#include "visitor-csv.h"
#include "visitor-profile.h"
#include "visitor-store.h"
#include "visitor.h"

#include <string.h>

typedef struct
{
  CfdColumnKind kind;
  const CfAttribute *attribute; /* of CFD_COLUMN_ATTRIBUTE */
} Column;

/* One import on its way. */
typedef struct
{
  CfdTx *tx;
  const CfdCaller *by;
  const char *site_id;
  GPtrArray *tags;       /* of CfTag */
  GPtrArray *attributes; /* of CfAttribute */
  GArray *columns;       /* of Column */
  CfVisitorImportResult *result;
} Import;

static void
import_clear (Import *import)
{
  g_clear_pointer (&import->tags, g_ptr_array_unref);
  g_clear_pointer (&import->attributes, g_ptr_array_unref);
  g_clear_pointer (&import->columns, g_array_unref);
  g_clear_pointer (&import->result, cf_struct_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

static gboolean
find_column (const Import *import, const char *name, Column *column, GError **error)
{
  int fixed = cfd_visitor_csv_column (name);

  *column = (Column) { fixed };
  if (fixed >= 0)
    return TRUE;
  for (guint i = 0; i < import->attributes->len; i++)
    {
      const CfAttribute *attribute = import->attributes->pdata[i];

      if (!cfd_name_same (attribute->name, name))
        continue;
      *column = (Column) { CFD_COLUMN_ATTRIBUTE, attribute };
      return TRUE;
    }
  g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "csv: got the column \"%s\", expected id, name, email, phone, company, note, tags "
                                                  "or the name of an attribute", name);
  return FALSE;
}

static gboolean
read_head (Import *import, CfCsvReader *reader, GPtrArray *cells, GError **error)
{
  guint line;
  g_autoptr (GError) problem = NULL;

  if (!cf_csv_reader_next (reader, cells, &line, &problem))
    {
      if (problem != NULL)
        g_propagate_error (error, g_steal_pointer (&problem));
      else
        g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "csv: got nothing, expected a line of names and lines of visitors");
      return FALSE;
    }
  for (guint i = 0; i < cells->len; i++)
    {
      Column column;

      g_strstrip (cells->pdata[i]);
      if (!find_column (import, cells->pdata[i], &column, error))
        return FALSE;
      g_array_append_val (import->columns, column);
    }
  return TRUE;
}

static const char *
cell_of (const Import *import, const GPtrArray *cells, CfdColumnKind kind)
{
  for (guint i = 0; i < cells->len && i < import->columns->len; i++)
    if (g_array_index (import->columns, Column, i).kind == kind)
      return cells->pdata[i];
  return "";
}

static CfVisitor *
make_visitor (const Import *import)
{
  CfVisitor *visitor = cf_struct_new (&cf_visitor_shape);

  visitor->parent.id = cf_id_new_at (cfd_tx_now (import->tx));
  visitor->parent.organisation_id = g_strdup (import->by->organisation_id);
  visitor->site_id = g_strdup (import->site_id);
  visitor->created_at = cfd_tx_now (import->tx);
  return visitor;
}

/* The one with the id, else the one with the address, else a new one: who repeats an import makes nobody twice. */
static CfVisitor *
find_visitor (const Import *import, const GPtrArray *cells, GError **error)
{
  const char *id = cell_of (import, cells, CFD_COLUMN_ID), *email = cell_of (import, cells, CFD_COLUMN_EMAIL);
  CfVisitor *visitor = NULL;

  if (*id != '\0' && !cf_id_is_valid (id))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "id: got \"%s\", expected that of a visitor, or nothing", id);
      return NULL;
    }
  if (*id != '\0')
    return cfd_visitor_profile_require (import->tx, import->by, id, error);
  if (*email == '\0')
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "expected an email address, or the id of a visitor");
      return NULL;
    }
  if (!cfd_visitor_store_by_email (import->tx, import->by->organisation_id, import->site_id, email, &visitor, error))
    return NULL;
  return visitor != NULL ? visitor : make_visitor (import);
}

static const CfTag *
find_tag (const Import *import, const char *name)
{
  for (guint i = 0; i < import->tags->len; i++)
    if (cfd_name_same (((const CfTag *) import->tags->pdata[i])->name, name))
      return import->tags->pdata[i];
  return NULL;
}

static gboolean
add_tags (const Import *import, CfVisitor *visitor, const char *cell, gboolean *changed, GError **error)
{
  g_auto (GStrv) names = g_strsplit (cell, ";", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const CfTag *tag = find_tag (import, g_strstrip (names[i]));
      g_autoptr (GError) problem = NULL;

      if (*names[i] == '\0')
        continue;
      if (tag == NULL)
        {
          g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "tags: there is no tag \"%s\"", names[i]);
          return FALSE;
        }
      *changed |= cfd_visitor_add_tag (visitor, tag->parent.id, &problem);
      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
    }
  return TRUE;
}

/* As strict as the wire is with the field; a visitor that fails is not stored. */
static gboolean
check_field (const CfVisitor *visitor, const char *field, GError **error)
{
  return cf_field_check (cf_shape_field (&cf_visitor_shape, field), visitor, error);
}

static gboolean
set_attribute (CfVisitor *visitor, const CfAttribute *attribute, const char *cell, gboolean *changed, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (g_utf8_strlen (cell, -1) > CF_VISITOR_VALUE_MAX)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_TOO_LARGE, "%s: expected at most %d characters", attribute->name, CF_VISITOR_VALUE_MAX);
      return FALSE;
    }
  if (!cf_attribute_takes (attribute, cell, error))
    return FALSE;
  *changed |= cfd_visitor_set_attribute (visitor, attribute->parent.id, cell, &problem);
  if (problem == NULL)
    return check_field (visitor, "attributes", error);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
take_cell (const Import *import, CfVisitor *visitor, const Column *column, const char *cell, gboolean *changed, GError **error)
{
  switch (column->kind)
    {
    case CFD_COLUMN_NAME:
      *changed |= cfd_visitor_set_text (&visitor->name, cell);
      return check_field (visitor, "name", error);
    case CFD_COLUMN_EMAIL:
      if (visitor->email == NULL || g_ascii_strcasecmp (visitor->email, cell) != 0)
        *changed |= cfd_visitor_set_email (visitor, cell);
      return cfd_visitor_check_email (cell, error) && check_field (visitor, "email", error);
    case CFD_COLUMN_PHONE:
      *changed |= cfd_visitor_set_phone (visitor, cell);
      return cfd_visitor_check_phone (cell, error) && check_field (visitor, "phone", error);
    case CFD_COLUMN_COMPANY:
      *changed |= cfd_visitor_set_text (&visitor->company, cell);
      return check_field (visitor, "company", error);
    case CFD_COLUMN_NOTE:
      *changed |= cfd_visitor_set_text (&visitor->note, cell);
      return check_field (visitor, "note", error);
    case CFD_COLUMN_TAGS:
      return add_tags (import, visitor, cell, changed, error);
    case CFD_COLUMN_ATTRIBUTE:
      return set_attribute (visitor, column->attribute, cell, changed, error);
    default:
      return TRUE;
    }
}

/* One line as a whole or not at all. Returns: FALSE with what is wrong with it. */
static gboolean
take_row (Import *import, const GPtrArray *cells, GError **error)
{
  g_autoptr (CfVisitor) visitor = NULL;
  gboolean changed, is_new;

  if (cells->len > import->columns->len)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "got %u cells, expected at most %u", cells->len, import->columns->len);
      return FALSE;
    }
  visitor = find_visitor (import, cells, error);
  if (visitor == NULL)
    return FALSE;
  is_new = changed = visitor->parent.rev == 0;
  for (guint i = 0; i < cells->len; i++)
    if (*(const char *) cells->pdata[i] != '\0'
        && !take_cell (import, visitor, &g_array_index (import->columns, Column, i), cells->pdata[i], &changed, error))
      return FALSE;
  if (changed)
    {
      g_free (visitor->edited_by);
      visitor->edited_by = g_strdup (import->by->id);
      visitor->edited_at = cfd_tx_now (import->tx);
      if (!cfd_tx_put (import->tx, visitor, error))
        return FALSE;
    }
  import->result->added += is_new;
  import->result->changed += changed && !is_new;
  import->result->same += !changed;
  return TRUE;
}

static void
add_problem (Import *import, guint line, const GError *error)
{
  CfImportProblem *problem = cf_struct_new (&cf_import_problem_shape);

  problem->line = line;
  problem->message = g_utf8_substring (error->message, 0, MIN (g_utf8_strlen (error->message, -1), 1000));
  g_strdelimit (problem->message, "\r\n\t", ' ');
  g_ptr_array_add (import->result->problems, problem);
}

/* What is wrong with a line is told; what is wrong with the server ends everything. */
static gboolean
is_of_line (const GError *error)
{
  return g_error_matches (error, CF_ERROR, CF_ERROR_INVALID) || g_error_matches (error, CF_ERROR, CF_ERROR_TOO_LARGE)
         || g_error_matches (error, CF_ERROR, CF_ERROR_NOT_FOUND);
}

static gboolean
read_rows (Import *import, CfCsvReader *reader, GPtrArray *cells, GError **error)
{
  g_autoptr (GError) torn = NULL;
  guint line, n = 0;

  while (cf_csv_reader_next (reader, cells, &line, &torn))
    {
      g_autoptr (GError) problem = NULL;

      if (++n > CF_IMPORT_LINES_MAX)
        {
          g_set_error (error, CF_ERROR, CF_ERROR_TOO_LARGE, "csv: expected at most %d lines at a time", CF_IMPORT_LINES_MAX);
          return FALSE;
        }
      for (guint i = 0; i < cells->len; i++)
        g_strstrip (cells->pdata[i]);
      if (take_row (import, cells, &problem))
        continue;
      if (!is_of_line (problem))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      add_problem (import, line, problem);
    }
  if (torn == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&torn));
  return FALSE;
}

/**
 * cfd_visitor_import:
 * Lines that can be read are taken, the others are named with what is wrong. An empty cell changes nothing.
 *
 * Returns: (transfer full): what became of them; CF_ERROR_INVALID and nothing is done when the text is no table.
 */
CfVisitorImportResult *
cfd_visitor_import (CfdTx *tx, const CfdCaller *by, const CfVisitorImportParams *params, GError **error)
{
  g_auto (Import) import = { tx, by, params->site_id };
  g_autoptr (CfSite) site = cfd_reach_require (tx, by, &cf_site_shape, params->site_id, error);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *detail = NULL;
  CfCsvReader reader;

  if (site == NULL)
    return NULL;
  import.tags = cfd_tags_list (tx, by->organisation_id, error);
  import.attributes = import.tags != NULL ? cfd_attributes_list (tx, by->organisation_id, error) : NULL;
  if (import.attributes == NULL)
    return NULL;
  import.columns = g_array_new (FALSE, FALSE, sizeof (Column));
  import.result = cf_struct_new (&cf_visitor_import_result_shape);
  import.result->problems = cf_structs_new ();
  cf_csv_reader_init (&reader, params->csv);
  if (!read_head (&import, &reader, cells, error) || !read_rows (&import, &reader, cells, error))
    return NULL;
  detail = g_strdup_printf ("added: %" G_GINT64_FORMAT "\nchanged: %" G_GINT64_FORMAT "\nleft out: %u", import.result->added,
                            import.result->changed, import.result->problems->len);
  if (!cfd_audit_note (tx, by, "visitor.import", &site->parent, site->name, detail, error))
    return NULL;
  return g_steal_pointer (&import.result);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "person-export.h"

#include "backend/db/lookup.h"
#include "backend/features/audit/audit-service.h"
#include "backend/features/automation/met-service.h"
#include "backend/features/files/file-service.h"
#include "backend/features/monitor/visit-service.h"
#include "person-store.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/json.h"
#include "protocol/records/file.h"
#include "protocol/records/visitor.h"

#include <string.h>

/* A page stops growing here, so that its frame stays well below what clients take. */
#define PAGE_BYTES (512 * 1024)
#define AT_ONCE 100
/* In the place of a record's type: what there is beside records. */
#define VISITS "visits"
#define TRIGGERS "triggers"
#define GOALS "goals"
/* An id, or two with a space between. */
#define PLACE_LENGTH (2 * CF_ID_LENGTH + 1)
/* In the place of an id: before the first. */
#define BEGINNING "-"

/* Where a page begins: behind one thing of one kind of one visitor. Also what "next" says. */
typedef struct
{
  guint visitor; /* of the person's */
  const char *kind;
  char after[PLACE_LENGTH + 1];
} Place;

typedef struct
{
  CfdTx *tx;
  const CfdCaller *by;
  CfPersonExportResult *result;
  GPtrArray *ids;
  Place from; /* what comes before is known; kind NULL = nothing is */
  gsize bytes;
} Page;

static const char *const extras[] = { VISITS, TRIGGERS, GOALS };

static const char *
find_kind (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (extras); i++)
    if (g_str_equal (name, extras[i]))
      return extras[i];
  for (const CfdPersonPart *part = cfd_person_parts; part->shape != NULL; part++)
    if (g_str_equal (part->shape->name, name))
      return part->shape->name;
  return NULL;
}

static gboolean
is_place (const char *text)
{
  g_auto (GStrv) ids = g_strsplit (text, " ", 2);

  if (g_str_equal (text, BEGINNING))
    return TRUE;
  return ids[0] != NULL && cf_id_is_valid (ids[0]) && (ids[1] == NULL || cf_id_is_valid (ids[1]));
}

/* "<number> <kind> <place in it>" */
static gboolean
read_place (const char *text, guint n_visitors, Place *place, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 3);
  guint64 visitor;

  if (g_strv_length (words) == 3 && g_ascii_string_to_unsigned (words[0], 10, 0, n_visitors - 1, &visitor, NULL)
      && is_place (words[2]))
    {
      place->visitor = visitor;
      place->kind = find_kind (words[1]);
      g_strlcpy (place->after, g_str_equal (words[2], BEGINNING) ? "" : words[2], sizeof place->after);
    }
  if (place->kind == NULL)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "after: expected \"next\" of the page before");
  return place->kind != NULL;
}

static void
stop_at (Page *page, guint visitor, const char *kind, const char *id)
{
  page->result->more = TRUE;
  page->result->next = g_strdup_printf ("%u %s %s", visitor, kind, id);
}

static gsize
weigh (gconstpointer value)
{
  g_autoptr (GString) json = g_string_new (NULL);

  cf_json_encode (json, value, CF_AUDIENCE_STAFF);
  return json->len;
}

static gboolean
add_link (Page *page, const CfFile *file, GError **error)
{
  g_autoptr (CfFileResult) linked = NULL;
  CfExportedFile *exported;

  if (file->state != CF_FILE_READY)
    return TRUE;
  linked = cfd_files_link (page->tx, page->by, file->parent.id, error);
  if (linked == NULL)
    return FALSE;
  exported = cf_struct_new (&cf_exported_file_shape);
  exported->id = g_strdup (file->parent.id);
  exported->link = g_strdup (linked->link);
  exported->expires_at = linked->expires_at;
  g_ptr_array_add (page->result->files, exported);
  return TRUE;
}

/* Returns: (transfer none): where what is of that kind goes */
static GPtrArray *
list_of (Page *page, const char *kind)
{
  if (g_str_equal (kind, VISITS))
    return page->result->visits;
  if (g_str_equal (kind, TRIGGERS))
    return page->result->triggers;
  return g_str_equal (kind, GOALS) ? page->result->goals : page->result->records;
}

static gboolean
add (Page *page, const char *kind, gpointer value, GError **error)
{
  page->bytes += weigh (value);
  g_ptr_array_add (list_of (page, kind), cf_struct_ref (value));
  return ((const CfStruct *) value)->shape != &cf_file_shape || add_link (page, value, error);
}

/* Returns: (transfer full): by which one is found again among those of its kind */
static char *
place_of (const char *kind, gconstpointer value)
{
  if (g_str_equal (kind, VISITS))
    return g_strdup (((const CfVisit *) value)->id);
  if (g_str_equal (kind, TRIGGERS) || g_str_equal (kind, GOALS))
    return cfd_met_place (value);
  return g_strdup (CF_RECORD (value)->id);
}

/* Returns: (transfer full): without those up to @last */
static GPtrArray *
behind (const char *kind, GPtrArray *all, const char *last)
{
  guint n = 0;

  for (; all != NULL && n < all->len; n++)
    {
      g_autofree char *place = place_of (kind, all->pdata[n]);

      if (strcmp (place, last) > 0)
        break;
    }
  if (n > 0)
    g_ptr_array_remove_range (all, 0, n);
  return all;
}

/* @part: (nullable): NULL of what is no record. Returns: (transfer full): some of one kind; fewer than AT_ONCE, or more, are all that are left */
static GPtrArray *
read_some (Page *page, const char *whose, const char *kind, const CfdPersonPart *part, const char *last, GError **error)
{
  if (part != NULL)
    return cfd_person_store_some (page->tx, part, whose, last, AT_ONCE, error);
  if (g_str_equal (kind, VISITS))
    return cfd_visits_all (page->tx, whose, last, AT_ONCE, error);
  if (g_str_equal (kind, TRIGGERS))
    return behind (kind, cfd_met_triggers (page->tx, page->by, whose, error), last);
  return behind (kind, cfd_reached_goals (page->tx, page->by, whose, error), last);
}

/* Some of one kind. @last: (inout): behind which to go on; "" behind all */
static gboolean
add_some (Page *page, guint visitor, const char *kind, const CfdPersonPart *part, char *last, GError **error)
{
  g_autoptr (GPtrArray) some = read_some (page, page->ids->pdata[visitor], kind, part, last, error);
  guint i;

  if (some == NULL)
    return FALSE;
  for (i = 0; i < some->len && page->bytes < PAGE_BYTES; i++)
    {
      g_autofree char *place = place_of (kind, some->pdata[i]);

      g_strlcpy (last, place, PLACE_LENGTH + 1);
      if (!add (page, kind, some->pdata[i], error))
        return FALSE;
    }
  if (i == some->len && some->len != AT_ONCE)
    *last = '\0';
  return TRUE;
}

/* All of one kind, or as much as there is room for. */
static gboolean
add_kind (Page *page, guint visitor, const char *kind, const CfdPersonPart *part, GError **error)
{
  char last[PLACE_LENGTH + 1] = "";
  gboolean full = page->bytes >= PAGE_BYTES;

  if (page->from.kind != NULL && !g_str_equal (page->from.kind, kind))
    return TRUE;
  if (page->from.kind != NULL)
    g_strlcpy (last, page->from.after, sizeof last);
  page->from.kind = NULL;
  while (!full)
    {
      if (!add_some (page, visitor, kind, part, last, error))
        return FALSE;
      if (*last == '\0')
        return TRUE;
      full = page->bytes >= PAGE_BYTES;
    }
  stop_at (page, visitor, kind, *last != '\0' ? last : BEGINNING);
  return TRUE;
}

/* All of one visitor, or as much as there is room for. */
static gboolean
add_visitor (Page *page, guint visitor, GError **error)
{
  for (const CfdPersonPart *part = cfd_person_parts; part->shape != NULL && !page->result->more; part++)
    if (!add_kind (page, visitor, part->shape->name, part, error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (extras) && !page->result->more; i++)
    if (!add_kind (page, visitor, extras[i], NULL, error))
      return FALSE;
  return TRUE;
}

static gboolean
fill (Page *page, GError **error)
{
  for (guint visitor = page->from.visitor; visitor < page->ids->len && !page->result->more; visitor++)
    if (!add_visitor (page, visitor, error))
      return FALSE;
  return TRUE;
}

/* Like a list of visitors, it carries what somebody has told out of the house. */
static gboolean
note (Page *page, GError **error)
{
  g_autoptr (CfVisitor) visitor = cfd_tx_require (page->tx, &cf_visitor_shape, page->by->organisation_id, page->ids->pdata[0], error);

  return visitor != NULL && cfd_audit_note (page->tx, page->by, "person.export", &visitor->parent, visitor->name, NULL, error);
}

/* @may: (out): whether there is somebody, erased or not, on a site that @by sees: one person is on one site */
static gboolean
may_see (CfdTx *tx, const CfdCaller *by, const GPtrArray *ids, gboolean *may, GError **error)
{
  g_autoptr (CfVisitor) visitor = NULL;

  if (ids->len > 0 && !cfd_tx_lookup (tx, &cf_visitor_shape, ids->pdata[0], &visitor, error))
    return FALSE;
  *may = visitor != NULL && cfd_caller_sees (by, visitor->site_id);
  return TRUE;
}

/**
 * cfd_person_export:
 * All that is known of one person: of the visitor and of all who were merged with them. Noted in the audit log.
 *
 * Returns: (transfer full): one page
 */
CfPersonExportResult *
cfd_person_export (CfdTx *tx, const CfdCaller *by, const CfPersonExportParams *params, GError **error)
{
  g_autoptr (CfPersonExportResult) result = cf_struct_new (&cf_person_export_result_shape);
  g_autoptr (GPtrArray) ids = cfd_person_store_ids (tx, by->organisation_id, params->id, error);
  Page page = { .tx = tx, .by = by, .result = result, .ids = ids };
  gboolean may;

  if (ids == NULL)
    return NULL;
  if (!may_see (tx, by, ids, &may, error))
    return NULL;
  if (!may)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such visitor");
      return NULL;
    }
  result->id = g_strdup (ids->pdata[0]);
  result->exported_at = cfd_tx_now (tx);
  result->records = cf_structs_new ();
  result->visits = cf_structs_new ();
  result->triggers = cf_structs_new ();
  result->goals = cf_structs_new ();
  result->files = cf_structs_new ();
  if ((params->after != NULL && !read_place (params->after, ids->len, &page.from, error)) || !note (&page, error) || !fill (&page, error))
    return NULL;
  return g_steal_pointer (&result);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-csv.h"

#include "protocol/csv.h"
#include "protocol/records/attribute.h"
#include "protocol/records/tag.h"

#include <string.h>

static const char *const names[] = {
  "id", "name", "email", "phone", "company", "note", "tags", "state", "site_id", "locale", "time_zone", "created_at", "merged_into",
};

/**
 * cfd_visitor_csv_column:
 * Returns: which of the fixed columns is called @name, or -1. Capitals do not count.
 */
int
cfd_visitor_csv_column (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (names[i], name) == 0)
      return i;
  return -1;
}

/**
 * cfd_visitor_csv_add_head:
 * @attributes: the organisation's, of CfAttribute
 */
void
cfd_visitor_csv_add_head (GString *out, const GPtrArray *attributes)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_string_append_printf (out, "%s,", names[i]);
  for (guint i = 0; i < attributes->len; i++)
    cf_csv_add_cell (out, ((const CfAttribute *) attributes->pdata[i])->name, ',');
  g_string_truncate (out, out->len - 1);
  g_string_append (out, "\r\n");
}

/* The names of a visitor's tags with semicolons between; those that were removed have none. */
static char *
join_tags (const CfVisitor *visitor, const GPtrArray *tags)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; visitor->tags != NULL && visitor->tags[i] != NULL; i++)
    for (guint k = 0; k < tags->len; k++)
      if (strcmp (CF_RECORD (tags->pdata[k])->id, visitor->tags[i]) == 0)
        g_string_append_printf (joined, "%s%s", joined->len > 0 ? "; " : "", ((const CfTag *) tags->pdata[k])->name);
  return g_string_free (joined, FALSE);
}

/**
 * cfd_visitor_csv_add_row:
 * @tags: the organisation's, of CfTag
 * @attributes: as in the line of names
 */
void
cfd_visitor_csv_add_row (GString *out, const CfVisitor *visitor, const GPtrArray *tags, const GPtrArray *attributes)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (visitor->created_at / 1000);
  g_autofree char *made = date != NULL ? g_date_time_format (date, "%Y-%m-%dT%H:%M:%SZ") : NULL;
  g_autofree char *joined = join_tags (visitor, tags);
  const char *cells[] = {
    visitor->parent.id, visitor->name, visitor->email, visitor->phone, visitor->company, visitor->note, joined,
    cf_visitor_state_words[cf_visitor_get_state (visitor)], visitor->site_id, visitor->locale, visitor->time_zone, made, visitor->merged_into,
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (cells) == G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    cf_csv_add_cell (out, cells[i], ',');
  for (guint i = 0; i < attributes->len; i++)
    cf_csv_add_cell (out, cf_visitor_get_attribute (visitor, CF_RECORD (attributes->pdata[i])->id), ',');
  g_string_truncate (out, out->len - 1);
  g_string_append (out, "\r\n");
}

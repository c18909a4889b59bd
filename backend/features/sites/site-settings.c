/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-settings.h"

#include "backend/features/audit/audit-service.h"
#include "protocol/patch.h"
#include "protocol/sql.h"
#include "site-hours.h"

/**
 * cfd_site_settings_apply:
 * Puts what @params was given into @site.
 */
void
cfd_site_settings_apply (CfSite *site, const CfSiteConfigureParams *params)
{
  gint64 version = site->version, form_version = site->form != NULL ? site->form->version : 0;

  cf_struct_take (site, params, TRUE);
  site->version = version; /* theirs is the one that they were made from */
  if (cf_struct_has (params, "form") && site->form != NULL)
    site->form->version = form_version; /* a change makes another one */
}

/* In the words of the protocol; several lines in one. */
static char *
words_of (const CfField *field, gconstpointer value)
{
  g_auto (CfSqlValue) column = CF_SQL_INIT;
  char *words;

  cf_sql_value_get (field, value, &column);
  words = column.type == CF_SQL_INTEGER ? g_strdup_printf ("%" G_GINT64_FORMAT, column.integer) : g_strdup (column.text);
  return words != NULL ? g_strdelimit (words, "\n\r\t", ' ') : NULL;
}

static void
describe_field (GString *detail, const char *name, const CfField *field, gconstpointer before, gconstpointer after)
{
  g_autofree char *old = words_of (field, before), *new = words_of (field, after);

  cfd_audit_change (detail, name, old, new);
}

/* Lists are told of as a whole: who wants them reads the settings. */
static void
describe_list (GString *detail, const char *name, const CfField *field, gconstpointer before, gconstpointer after)
{
  const GPtrArray *old = cf_field_at (GPtrArray *, before, field), *new = cf_field_at (GPtrArray *, after, field);

  cfd_audit_number (detail, name, old != NULL ? old->len : 0, new != NULL ? new->len : 0);
}

static void
describe_section (GString *detail, const CfField *section, gconstpointer before, gconstpointer after)
{
  g_autoptr (CfStruct) nothing = cf_struct_new (section->shape);

  before = before != NULL ? before : nothing;
  after = after != NULL ? after : nothing;
  for (guint i = 0; i < section->shape->n_fields; i++)
    {
      const CfField *field = &section->shape->fields[i];
      g_autofree char *name = g_strconcat (section->name, ".", field->name, NULL);

      if (field->kind == CF_KIND_STRUCTS)
        describe_list (detail, name, field, before, after);
      else
        describe_field (detail, name, field, before, after);
    }
}

/**
 * cfd_site_settings_describe:
 * A line for each thing that is another in @after than in @before.
 */
void
cfd_site_settings_describe (GString *detail, const CfSite *before, const CfSite *after)
{
  for (guint i = 0; i < cf_site_shape.n_fields; i++)
    {
      const CfField *field = &cf_site_shape.fields[i];

      if (field->kind == CF_KIND_STRUCT)
        describe_section (detail, field, cf_field_at (gpointer, before, field), cf_field_at (gpointer, after, field));
      else
        describe_field (detail, field->name, field, before, after);
    }
}

/**
 * cfd_site_settings_of:
 * Returns: (transfer full): the document of @site.
 */
CfSiteSettings *
cfd_site_settings_of (const CfSite *site, gint64 now)
{
  CfSiteSettings *settings = cf_struct_new (&cf_site_settings_shape);

  settings->id = g_strdup (site->parent.id);
  cf_struct_take (settings, site, FALSE);
  settings->now = cfd_site_hours_at (site->hours, now);
  return settings;
}

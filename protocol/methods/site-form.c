/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-form.h"

const char *const cf_form_kind_words[] = { "text", "name", "email", "phone", "choice", "checkbox", "date", "department", NULL };

const char *const cf_form_asked_words[] = { "", "open", "closed", NULL };

static const CfField field_fields[] = {
  CF_ROW (CfFormField, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfFormField, kind, CF_KIND_ENUM, "kind", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .words = cf_form_kind_words),
  CF_ROW (CfFormField, label, CF_KIND_STRING, "label", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_FORM_LABEL_MAX),
  CF_ROW (CfFormField, required, CF_KIND_BOOLEAN, "required", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfFormField, asked, CF_KIND_ENUM, "asked", 0, CF_AUDIENCE_ALL, .words = cf_form_asked_words, .help = "Within the hours of the site alone, or outside them."),
  CF_ROW (CfFormField, during, CF_KIND_BOOLEAN, "during", 0, CF_AUDIENCE_ALL, .help = "In the conversation, not before it."),
  CF_ROW (CfFormField, choices, CF_KIND_STRINGS, "choices", 0, CF_AUDIENCE_ALL, .min = 1, .max = CF_FORM_LABEL_MAX),
  CF_ROW (CfFormField, shown_when, CF_KIND_ID, "shown_when", 0, CF_AUDIENCE_ALL, .help = "A field above, a choice, a checkbox or a department."),
  CF_ROW (CfFormField, shown_is, CF_KIND_STRING, "shown_is", 0, CF_AUDIENCE_ALL, .min = 1, .max = CF_FORM_LABEL_MAX, .help = "What that field has to say."),
  CF_ROW (CfFormField, departments, CF_KIND_STRINGS, "departments", 0, CF_AUDIENCE_STAFF, .min = 1, .max = 36, .help = "Ids; none = all that serve the site."),
  CF_ROW (CfFormField, offered, CF_KIND_STRUCTS, "offered", 0, CF_AUDIENCE_ALL, .shape = &cf_form_department_shape, .max = CF_FORM_DEPARTMENTS_MAX,
          .help = "The server's to say: the departments among which visitors choose now."),
};

const CfShape cf_form_field_shape = {
  .name = "form_field",
  .size = sizeof (CfFormField),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (field_fields),
};

static const CfField fields[] = {
  CF_ROW (CfSiteForm, on, CF_KIND_BOOLEAN, "on", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfSiteForm, version, CF_KIND_INTEGER, "version", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64,
          .help = "The server's to say; answers name it."),
  CF_ROW (CfSiteForm, title, CF_KIND_STRING, "title", 0, CF_AUDIENCE_ALL, .max = CF_FORM_TITLE_MAX),
  CF_ROW (CfSiteForm, hint, CF_KIND_TEXT, "hint", 0, CF_AUDIENCE_ALL, .max = CF_FORM_HINT_MAX),
  CF_ROW (CfSiteForm, fields, CF_KIND_STRUCTS, "fields", 0, CF_AUDIENCE_ALL, .shape = &cf_form_field_shape, .max = CF_FORM_FIELDS_MAX),
};

const CfShape cf_site_form_shape = {
  .name = "site_form",
  .size = sizeof (CfSiteForm),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (fields),
};

/**
 * cf_form_kind_is_once:
 * Returns: whether a form asks for it once at most: who the visitor is, how to reach them, and where their conversation goes.
 */
gboolean
cf_form_kind_is_once (CfFormKind kind)
{
  return kind == CF_FORM_NAME || kind == CF_FORM_EMAIL || kind == CF_FORM_PHONE || kind == CF_FORM_DEPARTMENT;
}

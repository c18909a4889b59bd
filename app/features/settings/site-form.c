/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-form.h"

#include "protocol/id.h"

#include <glib/gi18n.h>

static guint
place_of (const CfSiteForm *form, const char *id)
{
  for (guint i = 0; i < form->fields->len; i++)
    if (g_strcmp0 (((const CfFormField *) form->fields->pdata[i])->id, id) == 0)
      return i;
  return form->fields->len;
}

/**
 * cfa_site_form_find:
 * Returns: (nullable): the field with that id
 */
const CfFormField *
cfa_site_form_find (const CfSiteForm *form, const char *id)
{
  guint place = form->fields != NULL ? place_of (form, id) : 0;

  return form->fields != NULL && place < form->fields->len ? form->fields->pdata[place] : NULL;
}

/**
 * cfa_site_form_has:
 * Returns: whether it asks for something that is asked for once at most, as the server has it, and asks already.
 */
gboolean
cfa_site_form_has (const CfSiteForm *form, CfFormKind kind)
{
  for (guint i = 0; cf_form_kind_is_once (kind) && form->fields != NULL && i < form->fields->len; i++)
    if (((const CfFormField *) form->fields->pdata[i])->kind == kind)
      return TRUE;
  return FALSE;
}

static const char *
first_label (CfFormKind kind)
{
  switch (kind)
    {
    case CF_FORM_NAME:
      return _("Your name");
    case CF_FORM_EMAIL:
      return _("Your email address");
    case CF_FORM_PHONE:
      return _("Your phone number");
    case CF_FORM_CHOICE:
      return _("What is it about?");
    case CF_FORM_CHECKBOX:
      return _("I agree");
    case CF_FORM_DATE:
      return _("On which day?");
    case CF_FORM_DEPARTMENT:
      return _("Department");
    case CF_FORM_TEXT:
      break;
    }
  return _("Your question in one line");
}

/**
 * cfa_site_form_add:
 * At the end, in words that the person can change.
 */
void
cfa_site_form_add (CfSiteForm *form, CfFormKind kind)
{
  CfFormField *field = cf_struct_new (&cf_form_field_shape);

  field->id = cf_id_new ();
  field->kind = kind;
  field->label = g_strdup (first_label (kind));
  if (kind == CF_FORM_CHOICE)
    {
      const char *choices[] = { _("An order"), _("Something else"), NULL };

      field->choices = g_strdupv ((char **) choices);
    }
  g_ptr_array_add (form->fields, field);
}

void
cfa_site_form_remove (CfSiteForm *form, const char *id)
{
  guint place = place_of (form, id);

  if (place < form->fields->len)
    g_ptr_array_remove_index (form->fields, place);
  cfa_site_form_tidy (form);
}

/**
 * cfa_site_form_move:
 * @by: 1 = down, -1 = up; beyond an end it stays
 */
void
cfa_site_form_move (CfSiteForm *form, const char *id, int by)
{
  guint place = place_of (form, id), other = place + by;

  if (place < form->fields->len && other < form->fields->len)
    {
      gpointer field = form->fields->pdata[place];

      form->fields->pdata[place] = form->fields->pdata[other];
      form->fields->pdata[other] = field;
    }
  cfa_site_form_tidy (form);
}

/* Whether one of the first @n fields can say what @field waits for. */
static gboolean
can_be_shown (const CfSiteForm *form, const CfFormField *field, guint n)
{
  guint place = place_of (form, field->shown_when);
  const CfFormField *other = place < n ? form->fields->pdata[place] : NULL;

  if (other == NULL || (other->during && !field->during))
    return FALSE;
  if (other->kind == CF_FORM_CHECKBOX)
    return TRUE;
  if (other->kind == CF_FORM_DEPARTMENT)
    return other->departments == NULL || other->departments[0] == NULL || (field->shown_is != NULL && g_strv_contains ((const char *const *) other->departments, field->shown_is));
  return other->choices != NULL && field->shown_is != NULL && g_strv_contains ((const char *const *) other->choices, field->shown_is);
}

/**
 * cfa_site_form_tidy:
 * A condition that can never be true any more, because the other field was moved below, is asked later or can't say that any longer, goes: the field is always
 * shown then. The server would refuse the whole form.
 */
void
cfa_site_form_tidy (CfSiteForm *form)
{
  for (guint i = 0; i < form->fields->len; i++)
    {
      CfFormField *field = form->fields->pdata[i];

      if (field->shown_when == NULL || can_be_shown (form, field, i))
        continue;
      g_clear_pointer (&field->shown_when, g_free);
      g_clear_pointer (&field->shown_is, g_free);
    }
  if (form->fields->len == 0)
    form->on = FALSE;
}

/**
 * cfa_form_kind_name:
 * Returns: what a field asks for, in the person's language.
 */
const char *
cfa_form_kind_name (CfFormKind kind)
{
  switch (kind)
    {
    case CF_FORM_NAME:
      return C_("form", "Name");
    case CF_FORM_EMAIL:
      return C_("form", "Email address");
    case CF_FORM_PHONE:
      return C_("form", "Phone number");
    case CF_FORM_CHOICE:
      return C_("form", "Choice");
    case CF_FORM_CHECKBOX:
      return C_("form", "Checkbox");
    case CF_FORM_DATE:
      return C_("form", "Date");
    case CF_FORM_DEPARTMENT:
      return _("Department");
    case CF_FORM_TEXT:
      break;
    }
  return C_("form", "Text");
}

/**
 * cfa_form_value_words:
 * Returns: (transfer full): an answer as people read it.
 */
char *
cfa_form_value_words (CfFormKind kind, const char *value)
{
  g_autofree char *noon = NULL;
  g_autoptr (GDateTime) day = NULL;

  if (kind == CF_FORM_CHECKBOX)
    return g_strdup (g_strcmp0 (value, CF_FORM_YES) == 0 ? C_("checkbox", "Yes") : C_("checkbox", "No"));
  if (kind != CF_FORM_DATE)
    return g_strdup (value);
  noon = g_strconcat (value, "T12:00:00Z", NULL);
  day = g_date_time_new_from_iso8601 (noon, NULL);
  return day != NULL ? g_date_time_format (day, "%x") : g_strdup (value);
}

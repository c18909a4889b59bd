/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-form.h"

#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/records/attribute.h"

#include <string.h>

static guint
count (const GPtrArray *list)
{
  return list != NULL ? list->len : 0;
}

static const CfFormField *
field_at (const CfSiteForm *form, guint i)
{
  return form->fields->pdata[i];
}

/* Among the first @n fields. */
static const CfFormField *
find_field (const CfSiteForm *form, guint n, const char *id)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (field_at (form, i)->id, id) == 0)
      return field_at (form, i);
  return NULL;
}

/* Returns: (nullable): the department that a visitor can choose there now. */
static const CfFormDepartment *
find_offered (const CfFormField *field, const char *id)
{
  for (guint i = 0; i < count (field->offered); i++)
    if (strcmp (((const CfFormDepartment *) field->offered->pdata[i])->id, id) == 0)
      return field->offered->pdata[i];
  return NULL;
}

static gboolean
can_say (const CfFormField *field, const char *value)
{
  if (field->kind == CF_FORM_CHECKBOX)
    return strcmp (value, CF_FORM_YES) == 0 || strcmp (value, CF_FORM_NO) == 0;
  if (field->kind == CF_FORM_DEPARTMENT)
    return find_offered (field, value) != NULL;
  return field->choices != NULL && g_strv_contains ((const char *const *) field->choices, value);
}

/* What others can wait for. */
static gboolean
is_condition (const CfFormField *field)
{
  return field->kind == CF_FORM_CHOICE || field->kind == CF_FORM_CHECKBOX || field->kind == CF_FORM_DEPARTMENT;
}

/* Departments come and go: one that is not offered now may be again. */
static gboolean
may_say (const CfFormField *field, const char *value)
{
  if (field->kind != CF_FORM_DEPARTMENT)
    return can_say (field, value);
  if (field->departments == NULL || field->departments[0] == NULL)
    return cf_id_is_valid (value);
  return g_strv_contains ((const char *const *) field->departments, value);
}

static gboolean
check_choices (const CfFormField *field, guint i, GError **error)
{
  guint n = field->choices != NULL ? g_strv_length (field->choices) : 0;

  if (field->kind != CF_FORM_CHOICE && n > 0)
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "form.fields[%u].choices: got some for a %s, which has none", i, cf_form_kind_words[field->kind]);
  else if (field->kind == CF_FORM_CHOICE && n == 0)
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "form.fields[%u].choices: missing, expected at least one", i);
  else if (field->kind != CF_FORM_DEPARTMENT && (field->departments != NULL || field->offered != NULL))
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "form.fields[%u].departments: got some for a %s, which has none", i, cf_form_kind_words[field->kind]);
  else if (n > CF_FORM_CHOICES_MAX)
    g_set_error (error, CF_ERROR, CF_ERROR_TOO_LARGE, "form.fields[%u].choices: got %u, expected at most %d", i, n, CF_FORM_CHOICES_MAX);
  else
    {
      for (guint j = 1; j < n; j++)
        for (guint k = 0; k < j; k++)
          if (strcmp (field->choices[j], field->choices[k]) == 0)
            {
              g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "form.fields[%u].choices: got \"%s\" twice", i, field->choices[j]);
              return FALSE;
            }
      return TRUE;
    }
  return FALSE;
}

/* Only on what stands above, so that no field waits for itself. */
static gboolean
check_condition (const CfSiteForm *form, const CfFormField *field, guint i, GError **error)
{
  const CfFormField *other = field->shown_when != NULL ? find_field (form, i, field->shown_when) : NULL;

  if (field->shown_when == NULL && field->shown_is == NULL)
    return TRUE;
  if (field->shown_when == NULL)
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "form.fields[%u].shown_is: got a value without shown_when", i);
  else if (other == NULL || !is_condition (other))
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "form.fields[%u].shown_when: expected the id of a choice, checkbox or department above it", i);
  else if (other->during && !field->during)
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "form.fields[%u].shown_when: got \"%s\", which is asked later, in the conversation", i, other->label);
  else if (field->shown_is == NULL || !may_say (other, field->shown_is))
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "form.fields[%u].shown_is: got \"%s\", which \"%s\" never says", i,
                 field->shown_is != NULL ? field->shown_is : "", other->label);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_once (const CfSiteForm *form, const CfFormField *field, guint i, GError **error)
{
  if (find_field (form, i, field->id) != NULL)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "form.fields[%u].id: is another field's", i);
      return FALSE;
    }
  for (guint j = 0; cf_form_kind_is_once (field->kind) && j < i; j++)
    if (field_at (form, j)->kind == field->kind)
      {
        g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "form.fields[%u].kind: got %s twice", i, cf_form_kind_words[field->kind]);
        return FALSE;
      }
  return TRUE;
}

/**
 * cfd_site_form_check:
 * @form: as decoded: its sizes are within limits
 *
 * Returns: FALSE with an error that names the field with which the form can't be shown.
 */
gboolean
cfd_site_form_check (const CfSiteForm *form, GError **error)
{
  if (form->on && count (form->fields) == 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "form.fields: missing, expected at least one in a form that is on");
      return FALSE;
    }
  for (guint i = 0; i < count (form->fields); i++)
    if (!check_once (form, field_at (form, i), i, error) || !check_choices (field_at (form, i), i, error)
        || !check_condition (form, field_at (form, i), i, error))
      return FALSE;
  return TRUE;
}

/* Where no department is left, there is nothing to choose. */
static gboolean
is_asked_at (const CfFormField *field, gboolean closed)
{
  return field->asked != (closed ? CF_FORM_OPEN : CF_FORM_CLOSED) && (field->kind != CF_FORM_DEPARTMENT || count (field->offered) > 0);
}

/* Returns: (nullable): what was said to a field; of a checkbox nothing is no. */
static const char *
value_of (const CfFormReply *reply, const CfFormField *field)
{
  for (guint i = 0; reply != NULL && i < count (reply->values); i++)
    {
      const CfFormValue *value = reply->values->pdata[i];

      if (strcmp (value->field, field->id) == 0)
        return value->value;
    }
  return field->kind == CF_FORM_CHECKBOX ? CF_FORM_NO : NULL;
}

static gboolean
is_shown (const CfSiteForm *form, const CfFormReply *reply, const CfFormField *field)
{
  const CfFormField *other = field->shown_when != NULL ? find_field (form, form->fields->len, field->shown_when) : NULL;

  if (field->during || !is_asked_at (field, reply != NULL && reply->closed))
    return FALSE;
  return other == NULL || (is_shown (form, reply, other) && g_strcmp0 (value_of (reply, other), field->shown_is) == 0);
}

/* Each value is that of one field, which was shown. */
static gboolean
check_places (const CfSiteForm *form, const CfFormReply *reply, GError **error)
{
  for (guint i = 0; reply != NULL && i < count (reply->values); i++)
    {
      const CfFormValue *value = reply->values->pdata[i];
      const CfFormField *field = find_field (form, count (form->fields), value->field);

      if (field == NULL)
        g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "form.values[%u].field: the form has no such field", i);
      else if (!is_shown (form, reply, field))
        g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "form.values[%u]: got \"%s\", which is not asked after the other answers", i, field->label);
      else
        {
          for (guint j = 0; j < i; j++)
            if (strcmp (((const CfFormValue *) reply->values->pdata[j])->field, value->field) == 0)
              {
                g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "form.values[%u]: got \"%s\" twice", i, field->label);
                return FALSE;
              }
          continue;
        }
      return FALSE;
    }
  return TRUE;
}

/* @value: (nullable). What contact details look like is the visitors' to say. */
static gboolean
check_value (const CfFormField *field, const char *value, GError **error)
{
  if (field->required && (value == NULL || (field->kind == CF_FORM_CHECKBOX && strcmp (value, CF_FORM_YES) != 0)))
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "form: \"%s\" is missing", field->label);
  else if (value != NULL && is_condition (field) && !can_say (field, value))
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "form: got \"%s\" for \"%s\", expected %s", value, field->label,
                 field->kind == CF_FORM_CHECKBOX ? "yes or no" : field->kind == CF_FORM_CHOICE ? "one of its choices" : "the id of a department that it offers");
  else if (value != NULL && field->kind == CF_FORM_DATE && !cf_date_is_valid (value))
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "form: got \"%s\" for \"%s\", expected a date such as 2026-11-21", value, field->label);
  else
    return TRUE;
  return FALSE;
}

static CfFormAnswer *
new_answer (const CfFormField *field, const char *value)
{
  CfFormAnswer *answer = cf_struct_new (&cf_form_answer_shape);

  answer->field = g_strdup (field->id);
  answer->label = g_strdup (field->label);
  answer->kind = field->kind;
  if (field->kind == CF_FORM_DEPARTMENT)
    answer->department_id = g_strdup (value);
  answer->value = g_strdup (field->kind == CF_FORM_DEPARTMENT ? find_offered (field, value)->name : value);
  return answer;
}

/**
 * cfd_site_form_take:
 * @form: (nullable): what the site asks
 * @reply: (nullable): nothing was said
 *
 * What was said to a form that has been switched off meanwhile is passed over. Whether the site was closed is what the visitor has met: it may
 * have opened while they wrote.
 *
 * Returns: (transfer full): of CfFormAnswer, in the order of the form; NULL with CF_ERROR_CONFLICT when another form was filled in, with
 *   CF_ERROR_INVALID when this one was filled in wrongly.
 */
GPtrArray *
cfd_site_form_take (const CfSiteForm *form, const CfFormReply *reply, GError **error)
{
  g_autoptr (GPtrArray) answers = cf_structs_new ();

  if (form == NULL || !form->on)
    return g_steal_pointer (&answers);
  if (reply != NULL && reply->version != form->version)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "form.version: got answers to %" G_GINT64_FORMAT ", the form is at %" G_GINT64_FORMAT
                   " now; ask again", reply->version, form->version);
      return NULL;
    }
  if (!check_places (form, reply, error))
    return NULL;
  for (guint i = 0; i < count (form->fields); i++)
    {
      const CfFormField *field = field_at (form, i);
      const char *value = is_shown (form, reply, field) ? value_of (reply, field) : NULL;

      if (!is_shown (form, reply, field))
        continue;
      if (!check_value (field, value, error))
        return NULL;
      if (value != NULL)
        g_ptr_array_add (answers, new_answer (field, value));
    }
  return g_steal_pointer (&answers);
}

static gboolean
is_said (const char *text)
{
  return text != NULL && *text != '\0';
}

/* A contact detail that is nobody's question any more. */
static gboolean
is_known (const CfFormField *field, const CfVisitor *visitor)
{
  switch (field->kind)
    {
    case CF_FORM_NAME:
      return is_said (visitor->name);
    case CF_FORM_EMAIL:
      return is_said (visitor->email);
    case CF_FORM_PHONE:
      return is_said (visitor->phone);
    case CF_FORM_TEXT:
    case CF_FORM_CHOICE:
    case CF_FORM_CHECKBOX:
    case CF_FORM_DATE:
    case CF_FORM_DEPARTMENT:
      break;
    }
  return FALSE;
}

/* What a conversation keeps is only what was asked: a condition on something else does not hold. */
static gboolean
has_said (const CfConversation *conversation, const char *id, const char *value)
{
  for (guint i = 0; conversation->answers != NULL && i < count (conversation->answers->list); i++)
    {
      const CfFormAnswer *answer = conversation->answers->list->pdata[i];

      if (g_strcmp0 (answer->field, id) == 0)
        return value == NULL || strcmp (answer->department_id != NULL ? answer->department_id : answer->value, value) == 0;
    }
  return FALSE;
}

/* Where it goes is no question any more once somebody has it. */
static gboolean
is_settled (const CfFormField *field, const CfConversation *conversation)
{
  return field->kind == CF_FORM_DEPARTMENT && conversation->assignee_id != NULL;
}

/**
 * cfd_site_form_next:
 * @form: (nullable): what the site asks
 * @closed: whether it is outside its hours
 * @visitor: whom
 * @conversation: with what it keeps of the answers so far
 *
 * Returns: (nullable): the first field that is asked in a conversation, is not known, and was neither answered nor passed over in this one.
 */
const CfFormField *
cfd_site_form_next (const CfSiteForm *form, gboolean closed, const CfVisitor *visitor, const CfConversation *conversation)
{
  const char *const *done = (const char *const *) conversation->questions_done;

  /* Forms change: no conversation keeps more than one form can ask. */
  if (form == NULL || !form->on || (done != NULL && g_strv_length (conversation->questions_done) >= CF_FORM_FIELDS_MAX)
      || (conversation->answers != NULL && count (conversation->answers->list) >= CF_FORM_FIELDS_MAX))
    return NULL;
  for (guint i = 0; i < count (form->fields); i++)
    {
      const CfFormField *field = field_at (form, i);

      if (field->during && is_asked_at (field, closed) && !is_known (field, visitor) && !is_settled (field, conversation) && (done == NULL || !g_strv_contains (done, field->id))
          && !has_said (conversation, field->id, NULL) && (field->shown_when == NULL || has_said (conversation, field->shown_when, field->shown_is)))
        return field;
    }
  return NULL;
}

/**
 * cfd_site_form_answer:
 * @form: (nullable): what the site asks
 * @id: of a field
 * @value: (nullable): what the visitor says to it in the conversation; NULL when they pass over it
 * @answer: (out) (transfer full) (nullable): what is kept of that
 *
 * Returns: FALSE with CF_ERROR_CONFLICT when the site does not ask that any more, with CF_ERROR_INVALID when the answer is no good.
 */
gboolean
cfd_site_form_answer (const CfSiteForm *form, const char *id, const char *value, CfFormAnswer **answer, GError **error)
{
  const CfFormField *field = form != NULL && form->on ? find_field (form, count (form->fields), id) : NULL;

  *answer = NULL;
  if (field == NULL || !field->during || (field->kind == CF_FORM_DEPARTMENT && count (field->offered) == 0))
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "field: the site does not ask that in conversations any more");
      return FALSE;
    }
  if (!check_value (field, value, error))
    return FALSE;
  if (value != NULL)
    *answer = new_answer (field, value);
  return TRUE;
}

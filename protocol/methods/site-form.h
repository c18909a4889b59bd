/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "form-department.h"

G_BEGIN_DECLS

/* What a field asks for. The first three after text are how the visitor can be reached: they become part of who the visitor is. */
typedef enum
{
  CF_FORM_TEXT, /* one line */
  CF_FORM_NAME,
  CF_FORM_EMAIL,
  CF_FORM_PHONE,
  CF_FORM_CHOICE,   /* one of its choices */
  CF_FORM_CHECKBOX, /* CF_FORM_YES or CF_FORM_NO; where it is required: the first */
  CF_FORM_DATE,     /* "2026-11-21" */
  CF_FORM_DEPARTMENT, /* the id of one that is offered, to which the conversation goes */
} CfFormKind;

extern const char *const cf_form_kind_words[];

gboolean cf_form_kind_is_once (CfFormKind kind);

/* When it is asked: a site can want to know other things while nobody is there. */
typedef enum
{
  CF_FORM_ALWAYS, /* the empty word */
  CF_FORM_OPEN,
  CF_FORM_CLOSED, /* outside the hours */
} CfFormAsked;

extern const char *const cf_form_asked_words[];

#define CF_FORM_YES         "yes"
#define CF_FORM_NO          "no"
#define CF_FORM_FIELDS_MAX  20
#define CF_FORM_CHOICES_MAX 20
#define CF_FORM_LABEL_MAX   100
#define CF_FORM_TITLE_MAX   60
#define CF_FORM_HINT_MAX    300

/**
 * CfFormField:
 * One question of a form.
 */
typedef struct
{
  CfStruct parent;
  char *id; /* stays when the field is called something else or moved */
  CfFormKind kind;
  char *label;
  gboolean required;
  CfFormAsked asked;
  gboolean during; /* in the conversation, not before it */
  char **choices; /* of CF_FORM_CHOICE */
  char *shown_when; /* the id of a field above, of CF_FORM_CHOICE, _CHECKBOX or _DEPARTMENT; NULL = always shown */
  char *shown_is; /* the value that it has then */
  char **departments; /* of CF_FORM_DEPARTMENT: ids of those among which visitors choose, in their order; none = all that serve the site */
  GPtrArray *offered; /* of CfFormDepartment: which ones these are now, and what they are called; the server says it; (nullable) */
} CfFormField;

extern const CfShape cf_form_field_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfFormField, cf_struct_unref)

/**
 * CfSiteForm:
 * What visitors are asked before a conversation begins, and while it goes on.
 */
typedef struct
{
  CfStruct parent;
  gboolean on;
  gint64 version; /* of the settings that this form came with; the server says it */
  char *title;
  char *hint;
  GPtrArray *fields; /* of CfFormField; (nullable) */
} CfSiteForm;

extern const CfShape cf_site_form_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSiteForm, cf_struct_unref)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "site-form.h"

G_BEGIN_DECLS

/* Of one value, in characters. */
#define CF_FORM_VALUE_MAX 300

/**
 * CfFormValue:
 * What a visitor says to one field.
 */
typedef struct
{
  CfStruct parent;
  char *field; /* its id */
  char *value;
} CfFormValue;

extern const CfShape cf_form_value_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfFormValue, cf_struct_unref)

/**
 * CfFormReply:
 * A form that was filled in.
 */
typedef struct
{
  CfStruct parent;
  gint64 version; /* of the form that was shown */
  gboolean closed; /* what is asked outside the hours was */
  GPtrArray *values; /* of CfFormValue; (nullable) */
} CfFormReply;

extern const CfShape cf_form_reply_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfFormReply, cf_struct_unref)

/**
 * CfFormAnswer:
 * What is kept of one value: in the words in which it was asked, whatever becomes of the form.
 */
typedef struct
{
  CfStruct parent;
  char *field; /* its id; NULL in what was kept before that was */
  char *label;
  CfFormKind kind;
  char *value; /* of a department what it was called */
  char *department_id; /* of a department: which one it was */
} CfFormAnswer;

extern const CfShape cf_form_answer_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfFormAnswer, cf_struct_unref)

/**
 * CfFormAnswers:
 * What a conversation keeps of the form of its site.
 */
typedef struct
{
  CfStruct parent;
  GPtrArray *list; /* of CfFormAnswer, as they were asked; (nullable) */
} CfFormAnswers;

extern const CfShape cf_form_answers_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfFormAnswers, cf_struct_unref)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form-reply.h"

static const CfField value_fields[] = {
  CF_ROW (CfFormValue, field, CF_KIND_ID, "field", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfFormValue, value, CF_KIND_STRING, "value", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_FORM_VALUE_MAX),
};

const CfShape cf_form_value_shape = {
  .name = "form_value",
  .size = sizeof (CfFormValue),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (value_fields),
};

static const CfField reply_fields[] = {
  CF_ROW (CfFormReply, version, CF_KIND_INTEGER, "version", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64,
          .help = "Of the form that was shown; another than the site's is a conflict."),
  CF_ROW (CfFormReply, closed, CF_KIND_BOOLEAN, "closed", 0, CF_AUDIENCE_ALL, .help = "What is asked outside the hours was shown."),
  CF_ROW (CfFormReply, values, CF_KIND_STRUCTS, "values", 0, CF_AUDIENCE_ALL, .shape = &cf_form_value_shape, .max = CF_FORM_FIELDS_MAX),
};

const CfShape cf_form_reply_shape = {
  .name = "form_reply",
  .size = sizeof (CfFormReply),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (reply_fields),
};

static const CfField answer_fields[] = {
  CF_ROW (CfFormAnswer, field, CF_KIND_ID, "field", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfFormAnswer, label, CF_KIND_STRING, "label", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 1, .max = CF_FORM_LABEL_MAX),
  CF_ROW (CfFormAnswer, kind, CF_KIND_ENUM, "kind", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .words = cf_form_kind_words),
  CF_ROW (CfFormAnswer, value, CF_KIND_STRING, "value", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 1, .max = CF_FORM_VALUE_MAX),
  CF_ROW (CfFormAnswer, department_id, CF_KIND_ID, "department_id", 0, CF_AUDIENCE_STAFF),
};

const CfShape cf_form_answer_shape = {
  .name = "form_answer",
  .size = sizeof (CfFormAnswer),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (answer_fields),
};

static const CfField answers_fields[] = {
  CF_ROW (CfFormAnswers, list, CF_KIND_STRUCTS, "list", 0, CF_AUDIENCE_STAFF, .shape = &cf_form_answer_shape, .max = CF_FORM_FIELDS_MAX),
};

const CfShape cf_form_answers_shape = {
  .name = "form_answers",
  .size = sizeof (CfFormAnswers),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (answers_fields),
};

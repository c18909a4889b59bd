/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../shape.h"

G_BEGIN_DECLS

/* How visitors are asked what they think of a conversation that is over. */
typedef enum
{
  CF_SURVEY_STARS,  /* 1 to 5 */
  CF_SURVEY_THUMBS, /* 0 or 1: down, up */
  CF_SURVEY_SCALE,  /* 0 to 10 */
} CfSurveyKind;

extern const char *const cf_survey_kind_words[];

#define CF_SURVEY_SCORE_MAX 10

gint64 cf_survey_kind_max    (CfSurveyKind kind);
gint64 cf_survey_kind_rating (CfSurveyKind kind, gint64 score);

/**
 * CfSurveyAnswer:
 * What a visitor has said where they were not asked for stars.
 */
typedef struct
{
  CfStruct parent;
  CfSurveyKind kind;
  gint64 score; /* 0 or 1; 0 to 10 */
} CfSurveyAnswer;

extern const CfShape cf_survey_answer_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSurveyAnswer, cf_struct_unref)

/**
 * CfSiteSurvey:
 * What visitors are asked when a conversation is over. Empty, as without the section: for stars.
 */
typedef struct
{
  CfStruct parent;
  gboolean off; /* nobody is asked */
  CfSurveyKind kind;
} CfSiteSurvey;

extern const CfShape cf_site_survey_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSiteSurvey, cf_struct_unref)

G_END_DECLS

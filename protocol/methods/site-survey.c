/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-survey.h"

#define STARS_MAX 5

const char *const cf_survey_kind_words[] = { "stars", "thumbs", "scale", NULL };

static const CfField answer_fields[] = {
  CF_ROW (CfSurveyAnswer, kind, CF_KIND_ENUM, "kind", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .words = cf_survey_kind_words),
  CF_ROW (CfSurveyAnswer, score, CF_KIND_INTEGER, "score", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 0, .max = CF_SURVEY_SCORE_MAX),
};

const CfShape cf_survey_answer_shape = {
  .name = "survey_answer",
  .size = sizeof (CfSurveyAnswer),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (answer_fields),
};

static const CfField fields[] = {
  CF_ROW (CfSiteSurvey, off, CF_KIND_BOOLEAN, "off", 0, CF_AUDIENCE_ALL, .help = "Nobody is asked."),
  CF_ROW (CfSiteSurvey, kind, CF_KIND_ENUM, "kind", 0, CF_AUDIENCE_ALL, .words = cf_survey_kind_words, .help = "1 to 5, down or up, 0 to 10."),
};

const CfShape cf_site_survey_shape = {
  .name = "site_survey",
  .size = sizeof (CfSiteSurvey),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (fields),
};

/**
 * cf_survey_kind_max:
 * Returns: the best that can be said. The worst is 1 star, else 0.
 */
gint64
cf_survey_kind_max (CfSurveyKind kind)
{
  return kind == CF_SURVEY_SCALE ? CF_SURVEY_SCORE_MAX : kind == CF_SURVEY_THUMBS ? 1 : STARS_MAX;
}

/**
 * cf_survey_kind_rating:
 * @score: within the limits of @kind
 *
 * Returns: in stars, 1 to 5, by which all ratings are counted together: 7 of 10 and more are good (4 or 5).
 */
gint64
cf_survey_kind_rating (CfSurveyKind kind, gint64 score)
{
  switch (kind)
    {
    case CF_SURVEY_THUMBS: return score > 0 ? STARS_MAX : 1;
    case CF_SURVEY_SCALE: return CLAMP ((score + 1) / 2, 1, STARS_MAX);
    case CF_SURVEY_STARS: break;
    }
  return score;
}

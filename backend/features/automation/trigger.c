/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trigger.h"

#include "backend/features/monitor/visit-service.h"
#include "glob.h"

#include <stdlib.h>
#include <string.h>

static CfdTruth
truth (gboolean so)
{
  return so ? CFD_TRUTH_YES : CFD_TRUTH_NO;
}

/* Of what can be counted. */
static CfdTruth
measure (const CfTriggerCondition *condition, gint64 number, gint64 wanted)
{
  return truth (condition->how == CF_TRIGGER_AT_MOST ? number <= wanted : number >= wanted);
}

static CfdTruth
count (const CfTriggerCondition *condition, gint64 number)
{
  return measure (condition, number, g_ascii_strtoll (condition->value, NULL, 10));
}

/* Nothing at all is like no value, and matches none. */
static CfdTruth
compare (const CfTriggerCondition *condition, const char *text, gboolean (*matches) (const char *, const char *))
{
  switch (condition->how)
    {
    case CF_TRIGGER_IS:
      return truth (text != NULL && g_ascii_strcasecmp (text, condition->value) == 0);
    case CF_TRIGGER_IS_NOT:
      return truth (text == NULL || g_ascii_strcasecmp (text, condition->value) != 0);
    case CF_TRIGGER_MATCHES:
      return truth (text != NULL && matches (condition->value, text));
    case CF_TRIGGER_MATCHES_NOT:
      return truth (text == NULL || !matches (condition->value, text));
    case CF_TRIGGER_AT_LEAST:
    case CF_TRIGGER_AT_MOST:
      break;
    }
  return CFD_TRUTH_NO;
}

static CfdTruth
judge_utm (const CfTriggerCondition *condition, const char *landing)
{
  g_autofree char *name = g_strconcat ("utm_", condition->name, NULL);
  g_autofree char *value = cfd_visits_parameter (landing, name);

  return compare (condition, value, cfd_glob_matches);
}

static const CfVisitEvent *
find_event (const GPtrArray *events, const char *name)
{
  for (guint i = 0; events != NULL && i < events->len; i++)
    if (strcmp (((const CfVisitEvent *) events->pdata[i])->name, name) == 0)
      return events->pdata[i];
  return NULL;
}

static CfdTruth
judge_value (const CfTriggerCondition *condition, const CfVisitEvent *event)
{
  gint64 wanted;

  return event != NULL && cf_hundredths_read (condition->value, &wanted) ? measure (condition, event->value, wanted) : CFD_TRUTH_NO;
}

/* "pt" is "pt-BR" too; what the browser prefers comes first. */
static CfdTruth
judge_language (const CfTriggerCondition *condition, const char *languages)
{
  const char *first = languages != NULL ? languages : "";
  gsize length = strcspn (first, ", "), wanted = strlen (condition->value);
  gboolean same = length >= wanted && g_ascii_strncasecmp (first, condition->value, wanted) == 0 && (length == wanted || first[wanted] == '-');

  return truth (same == (condition->how == CF_TRIGGER_IS));
}

/* A number is compared as one, a date sorts as it is written. */
static CfdTruth
judge_attribute (const CfTriggerCondition *condition, const CfVisitor *visitor)
{
  const char *value = visitor != NULL ? cf_visitor_get_attribute (visitor, condition->name) : NULL;
  char *end, *wanted_end;
  double number, wanted;
  int order;

  if (condition->how == CF_TRIGGER_IS || condition->how == CF_TRIGGER_IS_NOT)
    return compare (condition, value, cfd_glob_matches);
  if (value == NULL)
    return CFD_TRUTH_NO;
  number = g_ascii_strtod (value, &end);
  wanted = g_ascii_strtod (condition->value, &wanted_end);
  order = *end == '\0' && *wanted_end == '\0' ? (number > wanted) - (number < wanted) : strcmp (value, condition->value);
  return truth (condition->how == CF_TRIGGER_AT_LEAST ? order >= 0 : order <= 0);
}

static CfdTruth
judge_hour (const CfTriggerCondition *condition, guint minutes)
{
  guint from, to;
  gboolean within;

  if (!cf_trigger_hours_read (condition->value, &from, &to))
    return CFD_TRUTH_NO;
  within = from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
  return truth (within == (condition->how == CF_TRIGGER_IS));
}

/**
 * cfd_trigger_judge_condition:
 * @condition: checked before
 */
CfdTruth
cfd_trigger_judge_condition (const CfTriggerCondition *condition, const CfdTriggerFacts *facts)
{
  if (cf_trigger_kind_is_page (condition->kind) && !facts->page)
    return CFD_TRUTH_UNKNOWN;
  switch (condition->kind)
    {
    case CF_TRIGGER_PAGE_TIME:
      return count (condition, facts->page_seconds);
    case CF_TRIGGER_SITE_TIME:
      return count (condition, facts->site_seconds);
    case CF_TRIGGER_PAGES:
      return count (condition, facts->pages);
    case CF_TRIGGER_URL:
      return compare (condition, facts->url, cfd_glob_matches_url);
    case CF_TRIGGER_REFERRER:
      return compare (condition, facts->referrer, cfd_glob_matches_url);
    case CF_TRIGGER_UTM:
      return judge_utm (condition, facts->landing);
    case CF_TRIGGER_SCROLL:
    case CF_TRIGGER_EXIT:
      return CFD_TRUTH_UNKNOWN;
    case CF_TRIGGER_EVENT:
      return truth ((find_event (facts->events, condition->name) != NULL) == (strcmp (condition->value, "yes") == 0));
    case CF_TRIGGER_EVENT_VALUE:
      return judge_value (condition, find_event (facts->events, condition->name));
    case CF_TRIGGER_LANGUAGE:
      return judge_language (condition, facts->languages);
    case CF_TRIGGER_RETURNING:
      return truth (facts->returning == (strcmp (condition->value, "yes") == 0));
    case CF_TRIGGER_ATTRIBUTE:
      return judge_attribute (condition, facts->visitor);
    case CF_TRIGGER_COUNTRY:
      return compare (condition, facts->country, cfd_glob_matches);
    case CF_TRIGGER_HOUR:
      return judge_hour (condition, facts->minutes);
    case CF_TRIGGER_AGENTS:
      return facts->agents < 0 ? CFD_TRUTH_UNKNOWN : count (condition, facts->agents);
    }
  return CFD_TRUTH_UNKNOWN;
}

/**
 * cfd_trigger_judge:
 * @rules: checked before
 *
 * Returns: unknown when it depends on what is not known
 */
CfdTruth
cfd_trigger_judge (const CfTriggerRules *rules, const CfdTriggerFacts *facts)
{
  gboolean unknown = FALSE;

  for (guint i = 0; rules->conditions != NULL && i < rules->conditions->len; i++)
    {
      CfdTruth one = cfd_trigger_judge_condition (rules->conditions->pdata[i], facts);

      if (one == (rules->any ? CFD_TRUTH_YES : CFD_TRUTH_NO))
        return one;
      unknown |= one == CFD_TRUTH_UNKNOWN;
    }
  return unknown ? CFD_TRUTH_UNKNOWN : truth (!rules->any);
}

/**
 * cfd_trigger_is_for:
 * @sites: (nullable): of a trigger or a goal; NULL for all
 */
gboolean
cfd_trigger_is_for (char *const *sites, const char *site_id)
{
  return sites == NULL || sites[0] == NULL || g_strv_contains ((const char *const *) sites, site_id);
}

/**
 * cfd_trigger_speaks:
 * Returns: whether the visitor sees anything of it. Who talks with somebody already is not spoken to by anything else.
 */
gboolean
cfd_trigger_speaks (const CfTrigger *trigger)
{
  return trigger->actions != NULL && (trigger->actions->message != NULL || trigger->actions->bubble != NULL || trigger->actions->open);
}

gboolean
cfd_trigger_asks_for (const CfTriggerRules *rules, CfTriggerKind kind)
{
  for (guint i = 0; rules->conditions != NULL && i < rules->conditions->len; i++)
    if (((const CfTriggerCondition *) rules->conditions->pdata[i])->kind == kind)
      return TRUE;
  return FALSE;
}

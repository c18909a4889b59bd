/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trigger-rules.h"

#include "../error.h"
#include "../id.h"

#include <string.h>

/* What the value of a kind is. */
typedef enum
{
  VALUE_NUMBER, /* whole, from 1 to a limit */
  VALUE_COUNT,  /* whole, from 0 */
  VALUE_TEXT,
  VALUE_YES,    /* "yes" */
  VALUE_YES_NO,
  VALUE_AMOUNT, /* "12" or "12.50" */
  VALUE_HOURS,  /* "09:00-17:30"; "22:00-06:00" goes over midnight */
} Value;

/* What the name of a kind is. */
typedef enum
{
  NAME_NONE,
  NAME_UTM,
  NAME_EVENT,
  NAME_ID,
} Name;

typedef struct
{
  guint hows; /* bits of CfTriggerHow */
  Value value;
  gint64 max;
  Name name;
  gboolean page;   /* the page judges it */
  gboolean stored; /* so does whoever looks at the visit later */
} Rule;

#define BIT(how) (1u << (how))
#define ENOUGH   BIT (CF_TRIGGER_AT_LEAST)
#define MEASURED (BIT (CF_TRIGGER_AT_LEAST) | BIT (CF_TRIGGER_AT_MOST))
#define NAMED    (BIT (CF_TRIGGER_IS) | BIT (CF_TRIGGER_IS_NOT))
#define MATCHED  (BIT (CF_TRIGGER_MATCHES) | BIT (CF_TRIGGER_MATCHES_NOT))

const char *const cf_trigger_kind_words[] = {
  "page_time", "site_time", "pages", "url", "referrer", "utm", "scroll", "exit", "event", "event_value", "language", "returning", "attribute",
  "country", "hour", "agents", NULL,
};
const char *const cf_trigger_how_words[] = { "is", "is_not", "at_least", "at_most", "matches", "matches_not", NULL };
const char *const cf_trigger_utm_words[] = { "source", "medium", "campaign", "term", "content", NULL };

static const Rule kinds[] = {
  [CF_TRIGGER_PAGE_TIME] = { ENOUGH, VALUE_NUMBER, CF_TRIGGER_SECONDS_MAX, NAME_NONE, TRUE, TRUE },
  [CF_TRIGGER_SITE_TIME] = { ENOUGH, VALUE_NUMBER, CF_TRIGGER_SECONDS_MAX, NAME_NONE, TRUE, TRUE },
  [CF_TRIGGER_PAGES] = { MEASURED, VALUE_NUMBER, CF_TRIGGER_PAGES_MAX, NAME_NONE, TRUE, TRUE },
  [CF_TRIGGER_URL] = { MATCHED, VALUE_TEXT, 0, NAME_NONE, TRUE, TRUE },
  [CF_TRIGGER_REFERRER] = { MATCHED, VALUE_TEXT, 0, NAME_NONE, TRUE, TRUE },
  [CF_TRIGGER_UTM] = { NAMED | MATCHED, VALUE_TEXT, 0, NAME_UTM, TRUE, TRUE },
  [CF_TRIGGER_SCROLL] = { ENOUGH, VALUE_NUMBER, 100, NAME_NONE, TRUE, FALSE },
  [CF_TRIGGER_EXIT] = { BIT (CF_TRIGGER_IS), VALUE_YES, 0, NAME_NONE, TRUE, FALSE },
  [CF_TRIGGER_EVENT] = { BIT (CF_TRIGGER_IS), VALUE_YES_NO, 0, NAME_EVENT, TRUE, TRUE },
  [CF_TRIGGER_EVENT_VALUE] = { MEASURED, VALUE_AMOUNT, 0, NAME_EVENT, TRUE, TRUE },
  [CF_TRIGGER_LANGUAGE] = { NAMED, VALUE_TEXT, 0, NAME_NONE, TRUE, TRUE },
  [CF_TRIGGER_RETURNING] = { BIT (CF_TRIGGER_IS), VALUE_YES_NO, 0, NAME_NONE, FALSE, TRUE },
  [CF_TRIGGER_ATTRIBUTE] = { NAMED | MEASURED, VALUE_TEXT, 0, NAME_ID, FALSE, TRUE },
  [CF_TRIGGER_COUNTRY] = { NAMED, VALUE_TEXT, 0, NAME_NONE, FALSE, TRUE },
  [CF_TRIGGER_HOUR] = { NAMED, VALUE_HOURS, 0, NAME_NONE, FALSE, TRUE },
  [CF_TRIGGER_AGENTS] = { MEASURED, VALUE_COUNT, CF_TRIGGER_AGENTS_MAX, NAME_NONE, FALSE, FALSE },
};

static const CfField condition_fields[] = {
  CF_ROW (CfTriggerCondition, kind, CF_KIND_ENUM, "kind", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .words = cf_trigger_kind_words),
  CF_ROW (CfTriggerCondition, how, CF_KIND_ENUM, "how", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .words = cf_trigger_how_words),
  CF_ROW (CfTriggerCondition, name, CF_KIND_STRING, "name", 0, CF_AUDIENCE_ALL, .min = 1, .max = CF_EVENT_NAME_MAX,
          .help = "Of an event, an attribute or a part of the campaign."),
  CF_ROW (CfTriggerCondition, value, CF_KIND_STRING, "value", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_TRIGGER_VALUE_MAX),
};

const CfShape cf_trigger_condition_shape = {
  .name = "trigger_condition",
  .size = sizeof (CfTriggerCondition),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (condition_fields),
};

static const CfField rules_fields[] = {
  CF_ROW (CfTriggerRules, any, CF_KIND_BOOLEAN, "any", 0, CF_AUDIENCE_STAFF, .help = "One condition is enough."),
  CF_ROW (CfTriggerRules, conditions, CF_KIND_STRUCTS, "conditions", 0, CF_AUDIENCE_STAFF, .shape = &cf_trigger_condition_shape,
          .max = CF_TRIGGER_CONDITIONS_MAX),
};

const CfShape cf_trigger_rules_shape = {
  .name = "trigger_rules",
  .size = sizeof (CfTriggerRules),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (rules_fields),
};

static const CfField actions_fields[] = {
  CF_ROW (CfTriggerActions, message, CF_KIND_TEXT, "message", 0, CF_AUDIENCE_STAFF, .min = 1, .max = CF_TRIGGER_TEXT_MAX),
  CF_ROW (CfTriggerActions, agent_id, CF_KIND_ID, "agent_id", 0, CF_AUDIENCE_STAFF, .help = "Who says it."),
  CF_ROW (CfTriggerActions, author_name, CF_KIND_STRING, "author_name", 0, CF_AUDIENCE_STAFF, .min = 1, .max = CF_TRIGGER_NAME_MAX,
          .help = "Who says it when no agent does."),
  CF_ROW (CfTriggerActions, bubble, CF_KIND_STRING, "bubble", 0, CF_AUDIENCE_STAFF, .min = 1, .max = CF_TRIGGER_BUBBLE_MAX),
  CF_ROW (CfTriggerActions, open, CF_KIND_BOOLEAN, "open", 0, CF_AUDIENCE_STAFF, .help = "The panel opens."),
  CF_ROW (CfTriggerActions, tags, CF_KIND_STRINGS, "tags", 0, CF_AUDIENCE_STAFF, .min = 1, .max = 36, .help = "Ids of tags, for the visitor."),
  CF_ROW (CfTriggerActions, department_id, CF_KIND_ID, "department_id", 0, CF_AUDIENCE_STAFF, .help = "Of the conversation that begins by it."),
  CF_ROW (CfTriggerActions, notify, CF_KIND_STRINGS, "notify", 0, CF_AUDIENCE_STAFF, .min = 1, .max = 36, .help = "Ids of agents."),
};

const CfShape cf_trigger_actions_shape = {
  .name = "trigger_actions",
  .size = sizeof (CfTriggerActions),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (actions_fields),
};

/**
 * cf_trigger_kind_is_page:
 * Returns: whether the page judges it; else the server does.
 */
gboolean
cf_trigger_kind_is_page (CfTriggerKind kind)
{
  return kinds[kind].page;
}

/**
 * cf_trigger_kind_is_stored:
 * Returns: whether it can still be judged of a visit that is over.
 */
gboolean
cf_trigger_kind_is_stored (CfTriggerKind kind)
{
  return kinds[kind].stored;
}

gboolean
cf_trigger_kind_takes (CfTriggerKind kind, CfTriggerHow how)
{
  return (kinds[kind].hows & BIT (how)) != 0;
}

static gboolean
clock_read (const char *text, guint *minutes)
{
  if (!g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]) || text[2] != ':' || !g_ascii_isdigit (text[3]) || !g_ascii_isdigit (text[4]))
    return FALSE;
  *minutes = (text[0] - '0') * 600 + (text[1] - '0') * 60 + (text[3] - '0') * 10 + (text[4] - '0');
  return text[3] < '6' && *minutes <= 24 * 60;
}

/**
 * cf_trigger_hours_read:
 * @value: as "09:00-17:30"
 * @from: (out): minutes since midnight
 * @to: (out): likewise, not included; less than @from when midnight lies in between
 */
gboolean
cf_trigger_hours_read (const char *value, guint *from, guint *to)
{
  return strlen (value) == 11 && value[5] == '-' && clock_read (value, from) && clock_read (value + 6, to) && *from != *to;
}

/**
 * cf_hundredths_read:
 * @text: "12", "12.5" or "12.50"
 */
gboolean
cf_hundredths_read (const char *text, gint64 *hundredths)
{
  gsize whole = strspn (text, "0123456789"), rest = 0;
  guint scale = 100;

  if (text[whole] == '.')
    rest = strspn (text + whole + 1, "0123456789");
  if (whole == 0 || whole > 10 || rest > 2 || (text[whole] == '.' && rest == 0) || text[whole + (rest > 0 ? rest + 1 : 0)] != '\0')
    return FALSE;
  *hundredths = 0;
  for (gsize i = 0; i < whole; i++)
    *hundredths = *hundredths * 10 + (text[i] - '0');
  *hundredths *= 100;
  for (gsize i = 0; i < rest; i++)
    *hundredths += (text[whole + 1 + i] - '0') * (scale /= 10);
  return *hundredths <= CF_EVENT_VALUE_MAX;
}

static gboolean
is_whole (const char *text, gint64 min, gint64 max)
{
  guint64 number;

  return g_ascii_string_to_unsigned (text, 10, min, max, &number, NULL) && g_ascii_isdigit (*text);
}

static gboolean
check_name (const CfTriggerCondition *condition, GError **error)
{
  const char *expected = NULL;

  switch (kinds[condition->kind].name)
    {
    case NAME_NONE:
      if (condition->name != NULL)
        expected = "none";
      break;
    case NAME_UTM:
      if (condition->name == NULL || !g_strv_contains (cf_trigger_utm_words, condition->name))
        expected = "source, medium, campaign, term or content";
      break;
    case NAME_EVENT:
      if (condition->name == NULL)
        expected = "what the page calls it";
      break;
    case NAME_ID:
      if (condition->name == NULL || !cf_id_is_valid (condition->name))
        expected = "the id of an attribute";
      break;
    }
  if (expected != NULL)
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "name: got \"%s\" for %s, expected %s", condition->name != NULL ? condition->name : "",
                 cf_trigger_kind_words[condition->kind], expected);
  return expected == NULL;
}

static gboolean
check_value (const CfTriggerCondition *condition, GError **error)
{
  const Rule *rule = &kinds[condition->kind];
  const char *value = condition->value, *expected = NULL;
  g_autofree char *range = NULL;
  gint64 amount;
  guint from, to;

  switch (rule->value)
    {
    case VALUE_NUMBER:
    case VALUE_COUNT:
      if (!is_whole (value, rule->value == VALUE_NUMBER, rule->max))
        expected = range = g_strdup_printf ("a whole number from %d to %" G_GINT64_FORMAT, rule->value == VALUE_NUMBER, rule->max);
      break;
    case VALUE_TEXT:
      break;
    case VALUE_YES:
      if (strcmp (value, "yes") != 0)
        expected = "yes";
      break;
    case VALUE_YES_NO:
      if (strcmp (value, "yes") != 0 && strcmp (value, "no") != 0)
        expected = "yes or no";
      break;
    case VALUE_AMOUNT:
      if (!cf_hundredths_read (value, &amount))
        expected = "an amount such as 50 or 12.50";
      break;
    case VALUE_HOURS:
      if (!cf_trigger_hours_read (value, &from, &to))
        expected = "hours such as 09:00-17:30";
      break;
    }
  if (expected != NULL)
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "value: got \"%s\" for %s, expected %s", value, cf_trigger_kind_words[condition->kind], expected);
  return expected == NULL;
}

/**
 * cf_trigger_condition_check:
 * @condition: as decoded: its sizes are within limits
 *
 * The one rule for both ends. Returns: FALSE with CF_ERROR_INVALID that names the field and says what was expected.
 */
gboolean
cf_trigger_condition_check (const CfTriggerCondition *condition, GError **error)
{
  if (!cf_trigger_kind_takes (condition->kind, condition->how))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "how: got %s, which %s can't be", cf_trigger_how_words[condition->how],
                   cf_trigger_kind_words[condition->kind]);
      return FALSE;
    }
  return check_name (condition, error) && check_value (condition, error);
}

/**
 * cf_trigger_rules_check:
 * Returns: FALSE with an error that names the condition. There is at least one.
 */
gboolean
cf_trigger_rules_check (const CfTriggerRules *rules, GError **error)
{
  if (rules->conditions == NULL || rules->conditions->len == 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "rules.conditions: missing, expected at least one");
      return FALSE;
    }
  for (guint i = 0; i < rules->conditions->len; i++)
    if (!cf_trigger_condition_check (rules->conditions->pdata[i], error))
      {
        g_prefix_error (error, "rules.conditions[%u].", i);
        return FALSE;
      }
  return TRUE;
}

static guint
count (char *const *list)
{
  return list != NULL ? g_strv_length ((char **) list) : 0;
}

/**
 * cf_trigger_actions_check:
 * Returns: FALSE with an error when nothing is done, or two things that don't go together. Whether what it names exists is the server's to say.
 */
gboolean
cf_trigger_actions_check (const CfTriggerActions *actions, GError **error)
{
  const char *problem = NULL;

  if (actions->message == NULL && actions->bubble == NULL && !actions->open && count (actions->tags) == 0 && actions->department_id == NULL
      && count (actions->notify) == 0)
    problem = "actions: expected at least one thing to do";
  else if (actions->message != NULL && actions->bubble != NULL)
    problem = "actions.bubble: got one beside a message, which is shown there by itself";
  else if (actions->agent_id != NULL && actions->author_name != NULL)
    problem = "actions.author_name: got one beside agent_id, expected one of them";
  else if (count (actions->tags) > CF_TRIGGER_TAGS_MAX)
    problem = "actions.tags: expected at most " G_STRINGIFY (CF_TRIGGER_TAGS_MAX);
  else if (count (actions->notify) > CF_TRIGGER_NOTIFY_MAX)
    problem = "actions.notify: expected at most " G_STRINGIFY (CF_TRIGGER_NOTIFY_MAX);
  if (problem != NULL)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, problem);
  return problem == NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trigger-words.h"

#include <glib/gi18n.h>
#include <string.h>

const char *
cfa_trigger_kind_name (CfTriggerKind kind)
{
  static const char *const names[] = {
    [CF_TRIGGER_PAGE_TIME] = N_("Time on this page"),
    [CF_TRIGGER_SITE_TIME] = N_("Time on the site"),
    [CF_TRIGGER_PAGES] = N_("Pages seen"),
    [CF_TRIGGER_URL] = N_("Address of the page"),
    [CF_TRIGGER_REFERRER] = N_("Came from the address"),
    [CF_TRIGGER_UTM] = N_("Campaign"),
    [CF_TRIGGER_SCROLL] = N_("Scrolled down"),
    [CF_TRIGGER_EXIT] = N_("About to leave"),
    [CF_TRIGGER_EVENT] = N_("Event"),
    [CF_TRIGGER_EVENT_VALUE] = N_("Value of an event"),
    [CF_TRIGGER_LANGUAGE] = N_("Language"),
    [CF_TRIGGER_RETURNING] = N_("Has been here before"),
    [CF_TRIGGER_ATTRIBUTE] = N_("Attribute"),
    [CF_TRIGGER_COUNTRY] = N_("Country"),
    [CF_TRIGGER_HOUR] = N_("Time of day"),
    [CF_TRIGGER_AGENTS] = N_("Agents online"),
  };

  return kind < G_N_ELEMENTS (names) ? _(names[kind]) : "";
}

const char *
cfa_trigger_how_name (CfTriggerHow how)
{
  static const char *const names[] = {
    [CF_TRIGGER_IS] = N_("is"),
    [CF_TRIGGER_IS_NOT] = N_("is not"),
    [CF_TRIGGER_AT_LEAST] = N_("is at least"),
    [CF_TRIGGER_AT_MOST] = N_("is at most"),
    [CF_TRIGGER_MATCHES] = N_("is like"),
    [CF_TRIGGER_MATCHES_NOT] = N_("is not like"),
  };

  return how < G_N_ELEMENTS (names) ? _(names[how]) : "";
}

/**
 * cfa_trigger_utm_name:
 * @part: of the campaign, one of cf_trigger_utm_words
 */
const char *
cfa_trigger_utm_name (const char *part)
{
  static const struct { const char *part, *name; } names[] = {
    { "source", N_("Source of the campaign") },
    { "medium", N_("Medium of the campaign") },
    { "campaign", N_("Name of the campaign") },
    { "term", N_("Search term of the campaign") },
    { "content", N_("Content of the campaign") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i].part, part) == 0)
      return _(names[i].name);
  return _("Campaign");
}

const char *
cfa_trigger_cap_name (CfTriggerCap cap)
{
  switch (cap)
    {
    case CF_TRIGGER_CAP_DAYS:
      return _("Once in some days");
    case CF_TRIGGER_CAP_EVER:
      return _("Once and never again");
    default:
      return _("Once in a visit");
    }
}

/* What stands above the field for the value. */
const char *
cfa_trigger_value_title (CfTriggerKind kind)
{
  switch (kind)
    {
    case CF_TRIGGER_PAGE_TIME:
    case CF_TRIGGER_SITE_TIME:
      return _("Seconds");
    case CF_TRIGGER_SCROLL:
      return _("Per cent of the page");
    case CF_TRIGGER_URL:
      return _("Address; * stands for anything, as in /prices*");
    case CF_TRIGGER_REFERRER:
      return _("Address; * stands for anything, as in *.example/*");
    case CF_TRIGGER_UTM:
      return _("Value; * may stand for anything");
    case CF_TRIGGER_EVENT_VALUE:
      return _("Amount, such as 50 or 12.50");
    case CF_TRIGGER_LANGUAGE:
      return _("Language, such as pt or pt-BR");
    case CF_TRIGGER_COUNTRY:
      return _("Country, in English");
    case CF_TRIGGER_HOUR:
      return _("Hours, such as 09:00-17:30");
    case CF_TRIGGER_PAGES:
    case CF_TRIGGER_AGENTS:
      return _("Number");
    default:
      return _("Value");
    }
}

gboolean
cfa_trigger_kind_is_yes_no (CfTriggerKind kind)
{
  return kind == CF_TRIGGER_EXIT || kind == CF_TRIGGER_EVENT || kind == CF_TRIGGER_RETURNING;
}

static char *
rule_whole (const char *text, guint64 min, guint64 max)
{
  guint64 number;

  if (g_ascii_isdigit (*text) && g_ascii_string_to_unsigned (text, 10, min, max, &number, NULL))
    return NULL;
  return g_strdup_printf (_("A whole number from %u to %u is needed."), (guint) min, (guint) max);
}

static char *
rule_seconds (const char *text)
{
  return rule_whole (text, 1, CF_TRIGGER_SECONDS_MAX);
}

static char *
rule_pages (const char *text)
{
  return rule_whole (text, 1, CF_TRIGGER_PAGES_MAX);
}

static char *
rule_percent (const char *text)
{
  return rule_whole (text, 1, 100);
}

static char *
rule_agents (const char *text)
{
  return rule_whole (text, 0, CF_TRIGGER_AGENTS_MAX);
}

static char *
rule_hours (const char *text)
{
  guint from, to;

  return cf_trigger_hours_read (text, &from, &to) ? NULL : g_strdup (_("Two times are needed, such as 09:00-17:30."));
}

static char *
rule_text (const char *text)
{
  return *text != '\0' ? cfa_rule_length (text, CF_TRIGGER_VALUE_MAX) : g_strdup (_("Something to compare with is needed."));
}

static char *
rule_number (const char *text)
{
  return *text != '\0' ? cfa_rule_number (text) : rule_text (text);
}

static char *
rule_date (const char *text)
{
  return *text != '\0' ? cfa_rule_date (text) : rule_text (text);
}

/**
 * cfa_trigger_value_rule:
 * @attribute: (nullable): what a condition of CF_TRIGGER_ATTRIBUTE is about
 */
CfaRule
cfa_trigger_value_rule (CfTriggerKind kind, const CfAttribute *attribute)
{
  switch (kind)
    {
    case CF_TRIGGER_PAGE_TIME:
    case CF_TRIGGER_SITE_TIME:
      return rule_seconds;
    case CF_TRIGGER_PAGES:
      return rule_pages;
    case CF_TRIGGER_SCROLL:
      return rule_percent;
    case CF_TRIGGER_EVENT_VALUE:
      return cfa_rule_amount;
    case CF_TRIGGER_HOUR:
      return rule_hours;
    case CF_TRIGGER_AGENTS:
      return rule_agents;
    case CF_TRIGGER_URL:
    case CF_TRIGGER_REFERRER:
      return cfa_rule_pattern;
    case CF_TRIGGER_ATTRIBUTE:
      return attribute != NULL && attribute->kind == CF_ATTRIBUTE_NUMBER ? rule_number
             : attribute != NULL && attribute->kind == CF_ATTRIBUTE_DATE ? rule_date : rule_text;
    default:
      return rule_text;
    }
}

/* Returns: (transfer full): what it is about, "Source of the campaign" */
static char *
subject_of (const CfTriggerCondition *condition, const CfAttribute *attribute)
{
  const char *name = condition->name != NULL ? condition->name : "";

  switch (condition->kind)
    {
    case CF_TRIGGER_UTM:
      return g_strdup (cfa_trigger_utm_name (name));
    case CF_TRIGGER_EVENT_VALUE:
      /* Translators: an event of the page, such as "order", has a value, such as 12.50 */
      return g_strdup_printf (_("Value of “%s”"), name);
    case CF_TRIGGER_ATTRIBUTE:
      return g_strdup (attribute != NULL ? attribute->name : _("An attribute that is no longer there"));
    default:
      return g_strdup (cfa_trigger_kind_name (condition->kind));
    }
}

static char *
value_of (const CfTriggerCondition *condition)
{
  const char *value = condition->value != NULL ? condition->value : "";

  switch (condition->kind)
    {
    case CF_TRIGGER_PAGE_TIME:
    case CF_TRIGGER_SITE_TIME:
      /* Translators: seconds; the blank does not break */
      return g_strdup_printf (_("%s s"), value);
    case CF_TRIGGER_SCROLL:
      /* Translators: per cent; the blank does not break */
      return g_strdup_printf (_("%s %%"), value);
    default:
      if (g_str_equal (value, "yes") || g_str_equal (value, "no"))
        return g_strdup (g_str_equal (value, "yes") ? _("Yes") : _("No"));
      return g_strdup (value);
    }
}

/**
 * cfa_trigger_condition_words:
 * @attribute: (nullable): what a condition of CF_TRIGGER_ATTRIBUTE is about
 *
 * Returns: (transfer full): "Time on this page is at least 30 s"
 */
char *
cfa_trigger_condition_words (const CfTriggerCondition *condition, const CfAttribute *attribute)
{
  gboolean no = g_strcmp0 (condition->value, "no") == 0;
  g_autofree char *subject = subject_of (condition, attribute), *value = value_of (condition);

  switch (condition->kind)
    {
    case CF_TRIGGER_EXIT:
      return g_strdup (_("The visitor is about to leave"));
    case CF_TRIGGER_RETURNING:
      return g_strdup (no ? _("It is the first visit") : _("The visitor has been here before"));
    case CF_TRIGGER_EVENT:
      return g_strdup_printf (no ? _("“%s” has not happened") : _("“%s” has happened"), condition->name != NULL ? condition->name : "");
    default:
      /* Translators: what is compared, how, and with what: "Time on this page", "is at least", "30 s" */
      return g_strdup_printf (_("%1$s %2$s %3$s"), subject, cfa_trigger_how_name (condition->how), value);
    }
}

static void
append (GString *words, char *more)
{
  g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", more);
  g_free (more);
}

/**
 * cfa_trigger_number_words:
 * Returns: (transfer full): "120 times shown · 14 answered · 3 reached a goal"
 */
char *
cfa_trigger_number_words (const CfTriggerNumber *number)
{
  GString *words = g_string_new (NULL);

  append (words, g_strdup_printf (ngettext ("shown %u time", "shown %u times", number->shown), (guint) number->shown));
  append (words, g_strdup_printf (ngettext ("%u has answered", "%u have answered", number->answered), (guint) number->answered));
  append (words, g_strdup_printf (ngettext ("%u has reached a goal", "%u have reached a goal", number->converted), (guint) number->converted));
  return g_string_free (words, FALSE);
}

char *
cfa_rule_event (const char *text)
{
  return *text != '\0' ? cfa_rule_length (text, CF_EVENT_NAME_MAX) : g_strdup (_("The name is needed that the page gives the event, such as order."));
}

char *
cfa_rule_pattern (const char *text)
{
  return *text != '\0' ? cfa_rule_length (text, CF_GOAL_PATTERN_MAX) : g_strdup (_("An address is needed, such as /thanks*; a star stands for anything."));
}

char *
cfa_rule_amount (const char *text)
{
  gint64 hundredths;

  return cf_hundredths_read (text, &hundredths) ? NULL : g_strdup (_("An amount is needed, such as 50 or 12.50."));
}

/**
 * cfa_amount_words:
 * Returns: (transfer full): as it is typed: "12.50", or "12" where nothing is behind the point
 */
char *
cfa_amount_words (gint64 hundredths)
{
  if (hundredths % 100 == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, hundredths / 100);
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", hundredths / 100, (int) (hundredths % 100));
}

/**
 * cfa_trigger_condition_is_complete:
 * @condition: as it is being typed
 */
gboolean
cfa_trigger_condition_is_complete (const CfTriggerCondition *condition)
{
  return condition->value != NULL && cf_trigger_condition_check (condition, NULL);
}

static guint
count (char *const *ids)
{
  return ids != NULL ? g_strv_length ((char **) ids) : 0;
}

static gboolean
does_nothing (const CfTriggerActions *actions)
{
  return actions->message == NULL && actions->bubble == NULL && !actions->open && actions->tags == NULL && actions->department_id == NULL
         && actions->notify == NULL;
}

/**
 * cfa_trigger_find_problem:
 * Returns: (transfer full) (nullable): why it cannot be saved as it stands, and what to do
 */
char *
cfa_trigger_find_problem (const CfTrigger *trigger)
{
  char *problem = cfa_rule_name (trigger->name != NULL ? trigger->name : "");
  g_autoptr (GError) error = NULL;

  if (problem != NULL)
    return problem;
  if (trigger->rules->conditions == NULL || trigger->rules->conditions->len == 0)
    return g_strdup (_("Say when: add at least one condition."));
  for (guint i = 0; i < trigger->rules->conditions->len; i++)
    {
      const CfTriggerCondition *condition = trigger->rules->conditions->pdata[i];

      if (!cfa_trigger_condition_is_complete (condition))
        return g_strdup_printf (_("Something is missing in the condition “%s”."), cfa_trigger_kind_name (condition->kind));
    }
  if (does_nothing (trigger->actions))
    return g_strdup (_("Say what happens then: a message, a bubble or something else."));
  if (trigger->actions->message != NULL && (problem = cfa_rule_length (trigger->actions->message, CF_TRIGGER_TEXT_MAX)) != NULL)
    return problem;
  if (trigger->actions->bubble != NULL && (problem = cfa_rule_length (trigger->actions->bubble, CF_TRIGGER_BUBBLE_MAX)) != NULL)
    return problem;
  if (count (trigger->actions->tags) > CF_TRIGGER_TAGS_MAX)
    return g_strdup_printf (_("At most %d tags can be given."), CF_TRIGGER_TAGS_MAX);
  if (count (trigger->actions->notify) > CF_TRIGGER_NOTIFY_MAX)
    return g_strdup_printf (_("At most %d colleagues can be called."), CF_TRIGGER_NOTIFY_MAX);
  return cf_trigger_actions_check (trigger->actions, &error) ? NULL : g_strdup (error->message);
}

/**
 * cfa_goal_words:
 * Returns: (transfer full): what reaches it: "A page like /thanks" and a star
 */
char *
cfa_goal_words (const CfGoal *goal)
{
  return g_strdup_printf (goal->kind == CF_GOAL_EVENT ? _("The event “%s”") : _("A page like %s"), goal->pattern != NULL ? goal->pattern : "");
}

/**
 * cfa_goal_number_words:
 * @number: of all sites and agents together
 *
 * Returns: (transfer full): "Reached 12 times · 5 of them after a conversation · worth 480"
 */
char *
cfa_goal_number_words (const CfGoalNumber *number)
{
  GString *words = g_string_new (NULL);

  append (words, g_strdup_printf (ngettext ("reached %u time", "reached %u times", number->reached), (guint) number->reached));
  append (words, g_strdup_printf (ngettext ("%u after a conversation", "%u after a conversation", number->with_conversation), (guint) number->with_conversation));
  if (number->value > 0)
    {
      g_autofree char *amount = cfa_amount_words (number->value);

      /* Translators: an amount of money, or of whatever the team counts in */
      append (words, g_strdup_printf (_("worth %s"), amount));
    }
  return g_string_free (words, FALSE);
}

char *
cfa_goal_find_problem (const CfGoal *goal)
{
  char *problem = cfa_rule_name (goal->name != NULL ? goal->name : "");

  if (problem == NULL)
    problem = (goal->kind == CF_GOAL_EVENT ? cfa_rule_event : cfa_rule_pattern) (goal->pattern != NULL ? goal->pattern : "");
  return problem;
}

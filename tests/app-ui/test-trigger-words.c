/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/features/automation/trigger-templates.h"
#include "app/features/automation/trigger-words.h"

#include <string.h>

static CfTriggerCondition *
new_condition (CfTriggerKind kind, CfTriggerHow how, const char *name, const char *value)
{
  CfTriggerCondition *condition = cf_struct_new (&cf_trigger_condition_shape);

  condition->kind = kind;
  condition->how = how;
  condition->name = g_strdup (name);
  condition->value = g_strdup (value);
  return condition;
}

static void
assert_words (CfTriggerKind kind, CfTriggerHow how, const char *name, const char *value, const char *words)
{
  g_autoptr (CfTriggerCondition) condition = new_condition (kind, how, name, value);
  g_autofree char *got = cfa_trigger_condition_words (condition, NULL);

  g_assert_true (cf_trigger_condition_check (condition, NULL));
  g_assert_cmpstr (got, ==, words);
}

static void
test_words (void)
{
  assert_words (CF_TRIGGER_PAGE_TIME, CF_TRIGGER_AT_LEAST, NULL, "30", "Time on this page is at least 30 s");
  assert_words (CF_TRIGGER_SCROLL, CF_TRIGGER_AT_LEAST, NULL, "80", "Scrolled down is at least 80 %");
  assert_words (CF_TRIGGER_UTM, CF_TRIGGER_IS, "medium", "cpc", "Medium of the campaign is cpc");
  assert_words (CF_TRIGGER_EVENT, CF_TRIGGER_IS, "cart", "no", "“cart” has not happened");
  assert_words (CF_TRIGGER_EVENT_VALUE, CF_TRIGGER_AT_MOST, "cart", "12.50", "Value of “cart” is at most 12.50");
  assert_words (CF_TRIGGER_EXIT, CF_TRIGGER_IS, NULL, "yes", "The visitor is about to leave");
  assert_words (CF_TRIGGER_RETURNING, CF_TRIGGER_IS, NULL, "no", "It is the first visit");
}

/* No kind and no comparison of the protocol is without a word; each two differ. */
static void
test_all_named (void)
{
  for (guint i = 0; cf_trigger_kind_words[i] != NULL; i++)
    for (guint j = 0; j <= i; j++)
      g_assert_true ((strcmp (cfa_trigger_kind_name (i), cfa_trigger_kind_name (j)) == 0) == (i == j) && *cfa_trigger_kind_name (i) != '\0');
  for (guint i = 0; cf_trigger_how_words[i] != NULL; i++)
    g_assert_cmpstr (cfa_trigger_how_name (i), !=, "");
  for (guint i = 0; cf_trigger_utm_words[i] != NULL; i++)
    g_assert_cmpstr (cfa_trigger_utm_name (cf_trigger_utm_words[i]), !=, cfa_trigger_utm_name ("nothing"));
}

/* What the fields let pass, and nothing else, is what the server takes. */
static void
test_rules (void)
{
  static const char *const values[] = { "1", "0", "30", "100", "101", "1000", "1001", "86400", "86401", "-1", "1.5", "x", "12.50", "12.505", "09:00-17:30",
                                        "22:00-06:00", "9-17", "09:00-09:00", "24:10-10:00", "/prices*", "Portugal" };

  for (guint kind = 0; cf_trigger_kind_words[kind] != NULL; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (values) && !cfa_trigger_kind_is_yes_no (kind); i++)
      {
        const char *name = kind == CF_TRIGGER_UTM ? "medium" : kind == CF_TRIGGER_EVENT_VALUE ? "cart"
                           : kind == CF_TRIGGER_ATTRIBUTE ? "0190a000-0000-7000-8000-0000000000e1" : NULL;
        g_autoptr (CfTriggerCondition) condition = new_condition (kind, 0, name, values[i]);
        g_autofree char *problem = cfa_trigger_value_rule (kind, NULL) (values[i]);

        while (!cf_trigger_kind_takes (kind, condition->how))
          condition->how++;
        g_test_message ("%s: %s", cf_trigger_kind_words[kind], values[i]);
        g_assert_true (cf_trigger_condition_check (condition, NULL) == (problem == NULL));
      }
  for (guint kind = 0; cf_trigger_kind_words[kind] != NULL; kind++)
    {
      g_autofree char *problem = cfa_trigger_value_rule (kind, NULL) ("");

      g_assert_nonnull (problem);
    }
}

static void
test_attribute (void)
{
  g_autoptr (CfAttribute) attribute = cf_struct_new (&cf_attribute_shape);
  g_autoptr (CfTriggerCondition) condition = new_condition (CF_TRIGGER_ATTRIBUTE, CF_TRIGGER_IS, "0190a000-0000-7000-8000-0000000000e2", "12");
  g_autofree char *words = NULL, *lost = NULL, *problem = NULL, *fine = NULL;

  attribute->name = g_strdup ("Customer number");
  attribute->kind = CF_ATTRIBUTE_NUMBER;
  words = cfa_trigger_condition_words (condition, attribute);
  lost = cfa_trigger_condition_words (condition, NULL);
  problem = cfa_trigger_value_rule (CF_TRIGGER_ATTRIBUTE, attribute) ("twelve");
  fine = cfa_trigger_value_rule (CF_TRIGGER_ATTRIBUTE, attribute) ("12");
  g_assert_cmpstr (words, ==, "Customer number is 12");
  g_assert_cmpstr (lost, ==, "An attribute that is no longer there is 12");
  g_assert_nonnull (problem);
  g_assert_null (fine);
}

/* What one begins with can be saved as it is; what is empty says what is missing. */
static void
test_templates (void)
{
  for (guint i = 0; i < CFA_TRIGGER_TEMPLATES; i++)
    {
      g_autoptr (CfTrigger) trigger = cfa_trigger_template_new (i);
      g_autofree char *problem = cfa_trigger_find_problem (trigger);

      g_assert_null (problem);
      g_assert_true (cf_trigger_rules_check (trigger->rules, NULL) && cf_trigger_actions_check (trigger->actions, NULL));
      g_assert_cmpstr (cfa_trigger_template_about (i), !=, "");
    }
}

static void
assert_problem (CfTrigger *trigger, const char *part)
{
  g_autofree char *problem = cfa_trigger_find_problem (trigger);

  g_assert_nonnull (problem);
  g_assert_nonnull (strstr (problem, part));
}

static void
test_problems (void)
{
  g_autoptr (CfTrigger) trigger = cfa_trigger_template_new (CFA_TRIGGER_TEMPLATES);

  assert_problem (trigger, "A name is needed");
  trigger->name = g_strdup ("x");
  assert_problem (trigger, "add at least one condition");
  g_ptr_array_add (trigger->rules->conditions, new_condition (CF_TRIGGER_PAGES, CF_TRIGGER_AT_LEAST, NULL, NULL));
  assert_problem (trigger, "“Pages seen”");
  ((CfTriggerCondition *) trigger->rules->conditions->pdata[0])->value = g_strdup ("2");
  assert_problem (trigger, "what happens then");
  trigger->actions->bubble = g_strnfill (CF_TRIGGER_BUBBLE_MAX + 1, 'x');
  assert_problem (trigger, "1 character too long");
}

static void
test_amounts (void)
{
  static const struct { gint64 hundredths; const char *words; } all[] = { { 0, "0" }, { 5, "0.05" }, { 1250, "12.50" }, { 120000, "1200" } };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *words = cfa_amount_words (all[i].hundredths);
      gint64 again = -1;

      g_assert_cmpstr (words, ==, all[i].words);
      g_assert_true (cf_hundredths_read (words, &again));
      g_assert_cmpint (again, ==, all[i].hundredths);
    }
}

static void
test_goals (void)
{
  g_autoptr (CfGoal) goal = cf_struct_new (&cf_goal_shape);
  g_autofree char *nameless = cfa_goal_find_problem (goal), *nowhere = NULL, *fine = NULL, *words = NULL;

  g_assert_nonnull (nameless);
  goal->name = g_strdup ("Order");
  nowhere = cfa_goal_find_problem (goal);
  g_assert_nonnull (strstr (nowhere, "address"));
  goal->pattern = g_strdup ("/thanks*");
  fine = cfa_goal_find_problem (goal);
  words = cfa_goal_words (goal);
  g_assert_null (fine);
  g_assert_cmpstr (words, ==, "A page like /thanks*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trigger-words/words", test_words);
  g_test_add_func ("/trigger-words/all-named", test_all_named);
  g_test_add_func ("/trigger-words/rules", test_rules);
  g_test_add_func ("/trigger-words/attribute", test_attribute);
  g_test_add_func ("/trigger-words/templates", test_templates);
  g_test_add_func ("/trigger-words/problems", test_problems);
  g_test_add_func ("/trigger-words/amounts", test_amounts);
  g_test_add_func ("/trigger-words/goals", test_goals);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "automation.h"

#include "dummy.h"

#include "app/features/automation/trigger-templates.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/methods/goal-params.h"
#include "protocol/methods/results.h"
#include "protocol/methods/trigger-params.h"

#define MANY 60

static void
add_trigger (DummyTeam *team, guint template, const char *name, gint64 place, gboolean enabled)
{
  CfTrigger *trigger = cfa_trigger_template_new (template);

  if (name != NULL)
    {
      g_free (trigger->name);
      trigger->name = g_strdup (name);
    }
  trigger->place = place;
  trigger->enabled = enabled;
  trigger->version = 1;
  dummy_team_keep (team, trigger);
}

static void
add_goal (DummyTeam *team, const char *name, CfGoalKind kind, const char *pattern, gint64 value)
{
  CfGoal *goal = cf_struct_new (&cf_goal_shape);

  goal->parent.id = cf_id_new ();
  goal->name = g_strdup (name);
  goal->enabled = TRUE;
  goal->kind = kind;
  goal->pattern = g_strdup (pattern);
  goal->value = value;
  goal->value_of_event = kind == CF_GOAL_EVENT;
  goal->days = CF_GOAL_DAYS_DEFAULT;
  goal->version = 1;
  dummy_team_keep (team, goal);
}

void
dummy_automation_fill (DummyTeam *team)
{
  for (guint i = 0; i < CFA_TRIGGER_TEMPLATES - 1; i++)
    add_trigger (team, i, i == 1 && dummy_wants ("long") ? "Maximiliane von Habsburg-Lothringen has asked for a trigger with a name that does not fit" : NULL, i, i != 2);
  for (guint i = 0; dummy_wants ("many") && i < MANY; i++)
    {
      g_autofree char *name = g_strdup_printf ("Trigger %02u", i);

      add_trigger (team, i % CFA_TRIGGER_TEMPLATES, name, CFA_TRIGGER_TEMPLATES + i, TRUE);
    }
  add_goal (team, "Order", CF_GOAL_EVENT, "order", 0);
  add_goal (team, "Offer asked for", CF_GOAL_URL, "/thanks*", 1250);
}

static void
conflict (GTask *task)
{
  g_task_return_new_error (task, CF_ERROR, CF_ERROR_CONFLICT, "version: Ana has changed it; look at it, then save again");
}

static void
save (DummyTeam *team, const CfShape *shape, const char *id, gint64 version, gpointer record, GTask *task)
{
  CfaRecordItem *item = cfa_record_list_find (dummy_team_get (team, shape), id);
  gint64 have = item != NULL ? cf_field_at (gint64, cfa_record_item_get (item), cf_shape_field (shape, "version")) : 0;

  if (version != have)
    {
      cf_struct_unref (record);
      conflict (task);
      return;
    }
  cf_field_at (gint64, record, cf_shape_field (shape, "version")) = have + 1;
  dummy_team_keep (team, record);
  g_task_return_pointer (task, cf_struct_new (&cf_records_result_shape), cf_struct_unref);
}

static void
save_trigger (DummyTeam *team, const CfTriggerSaveParams *params, GTask *task)
{
  CfaRecordList *list = dummy_team_get (team, &cf_trigger_shape);
  CfaRecordItem *item = cfa_record_list_find (list, params->id);
  CfTrigger *trigger = cf_struct_new (&cf_trigger_shape);

  trigger->parent.id = g_strdup (params->id);
  trigger->name = g_strdup (params->name);
  trigger->enabled = params->enabled;
  trigger->sites = g_strdupv (params->sites);
  trigger->rules = cf_struct_ref (params->rules);
  trigger->actions = cf_struct_ref (params->actions);
  trigger->cap = params->cap;
  trigger->cap_days = params->cap_days;
  trigger->place = item != NULL ? ((const CfTrigger *) cfa_record_item_get (item))->place : g_list_model_get_n_items (G_LIST_MODEL (list));
  save (team, &cf_trigger_shape, params->id, params->version, trigger, task);
}

static void
save_goal (DummyTeam *team, const CfGoalSaveParams *params, GTask *task)
{
  CfGoal *goal = cf_struct_new (&cf_goal_shape);

  goal->parent.id = g_strdup (params->id);
  goal->name = g_strdup (params->name);
  goal->enabled = params->enabled;
  goal->sites = g_strdupv (params->sites);
  goal->kind = params->kind;
  goal->pattern = g_strdup (params->pattern);
  goal->value = params->value;
  goal->value_of_event = params->value_of_event;
  goal->each_time = params->each_time;
  goal->days = params->days;
  save (team, &cf_goal_shape, params->id, params->version, goal, task);
}

static void
reorder (DummyTeam *team, const CfTriggerReorderParams *params, GTask *task)
{
  for (guint i = 0; params->ids[i] != NULL; i++)
    {
      CfaRecordItem *item = cfa_record_list_find (dummy_team_get (team, &cf_trigger_shape), params->ids[i]);
      CfTrigger *trigger = item != NULL ? cf_struct_copy (cfa_record_item_get (item)) : NULL;

      if (trigger == NULL)
        continue;
      trigger->place = i;
      dummy_team_keep (team, trigger);
    }
  g_task_return_pointer (task, cf_struct_new (&cf_records_result_shape), cf_struct_unref);
}

static void
try (const CfTriggerDryRunParams *params, GTask *task)
{
  static const struct { const char *name, *url; } examples[] = {
    { "Ana Sousa", "https://northwind.example/prices" }, { NULL, "https://northwind.example/prices/small?utm_medium=cpc" },
    { "ليلى حداد", "https://northwind.example/pricing" },
  };
  CfTriggerDryRunResult *answer = cf_struct_new (&cf_trigger_dry_run_result_shape);
  g_autoptr (GStrvBuilder) unjudged = g_strv_builder_new ();

  answer->visits = 1840;
  answer->matched = 37;
  answer->examples = cf_structs_new ();
  for (guint i = 0; i < params->rules->conditions->len; i++)
    {
      const CfTriggerCondition *condition = params->rules->conditions->pdata[i];

      if (!cf_trigger_kind_is_stored (condition->kind))
        g_strv_builder_add (unjudged, cf_trigger_kind_words[condition->kind]);
    }
  answer->unjudged = g_strv_builder_end (unjudged);
  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      CfTriggerExample *example = cf_struct_new (&cf_trigger_example_shape);

      example->name = g_strdup (examples[i].name);
      example->url = g_strdup (examples[i].url);
      example->at = G_GINT64_CONSTANT (1767000000000) - i * 5400000;
      g_ptr_array_add (answer->examples, example);
    }
  g_task_return_pointer (task, answer, cf_struct_unref);
}

static void
count_triggers (DummyTeam *team, gint64 days, GTask *task)
{
  GListModel *all = G_LIST_MODEL (dummy_team_get (team, &cf_trigger_shape));
  CfTriggerNumbersResult *answer = cf_struct_new (&cf_trigger_numbers_result_shape);

  answer->triggers = cf_structs_new ();
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (all, i);
      CfTriggerNumber *number = cf_struct_new (&cf_trigger_number_shape);

      number->trigger_id = g_strdup (cfa_record_item_get_id (item));
      number->shown = 4 * days;
      number->answered = days / 2;
      number->converted = 1;
      g_ptr_array_add (answer->triggers, number);
    }
  g_task_return_pointer (task, answer, cf_struct_unref);
}

/* Each on two sites, so that they have to be added up. */
static void
count_goals (DummyTeam *team, gint64 days, GTask *task)
{
  GListModel *all = G_LIST_MODEL (dummy_team_get (team, &cf_goal_shape));
  CfGoalNumbersResult *answer = cf_struct_new (&cf_goal_numbers_result_shape);

  answer->goals = cf_structs_new ();
  for (guint i = 0; i < 2 * g_list_model_get_n_items (all); i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (all, i / 2);
      CfGoalNumber *number = cf_struct_new (&cf_goal_number_shape);

      number->goal_id = g_strdup (cfa_record_item_get_id (item));
      number->reached = days;
      number->with_conversation = 2;
      number->value = 1050;
      g_ptr_array_add (answer->goals, number);
    }
  g_task_return_pointer (task, answer, cf_struct_unref);
}

/* Returns: whether the method is one of these. */
gboolean
dummy_automation_call (DummyTeam *team, const char *method, gconstpointer params, GTask *task)
{
  if (g_str_equal (method, "trigger.save"))
    save_trigger (team, params, task);
  else if (g_str_equal (method, "goal.save"))
    save_goal (team, params, task);
  else if (g_str_equal (method, "trigger.reorder"))
    reorder (team, params, task);
  else if (g_str_equal (method, "trigger.dry_run"))
    try (params, task);
  else if (g_str_equal (method, "trigger.numbers"))
    count_triggers (team, ((const CfNumbersParams *) params)->days, task);
  else if (g_str_equal (method, "goal.numbers"))
    count_goals (team, ((const CfNumbersParams *) params)->days, task);
  else
    return FALSE;
  return TRUE;
}

/* Somebody else saves the trigger or goal of that name meanwhile: it is off afterwards. */
void
dummy_automation_steal (DummyTeam *team, const char *name)
{
  const CfShape *const shapes[] = { &cf_trigger_shape, &cf_goal_shape };

  for (guint i = 0; i < 2 * MANY; i++)
    {
      const CfShape *shape = shapes[i / MANY];
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (G_LIST_MODEL (dummy_team_get (team, shape)), i % MANY);
      CfRecord *record = NULL;

      if (item == NULL || !g_str_equal (cf_field_at (char *, cfa_record_item_get (item), cf_shape_field (shape, "name")), name))
        continue;
      record = cf_struct_copy (cfa_record_item_get (item));
      cf_field_at (gboolean, record, cf_shape_field (shape, "enabled")) = FALSE;
      cf_field_at (gint64, record, cf_shape_field (shape, "version"))++;
      g_free (cf_field_at (char *, record, cf_shape_field (shape, "changed_by")));
      cf_field_at (char *, record, cf_shape_field (shape, "changed_by")) = g_strdup ("Chidi Okafor");
      dummy_team_keep (team, record);
      return;
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "goal-editor.h"

#include "app/accessible-name.h"
#include "app/features/session/reach.h"
#include "app/features/settings/field.h"
#include "app/features/settings/ids-row.h"
#include "app/features/settings/record-editor.h"
#include "app/features/settings/setting-rows.h"
#include "automation-params.h"
#include "trigger-words.h"

#include "protocol/id.h"
#include "protocol/records/site.h"

#include <glib/gi18n.h>

struct _CfaGoalEditor
{
  GObject parent_instance;

  CfaField *name;
  GtkWidget *enabled;
  GtkWidget *sites;
  GtkWidget *kind;
  CfaField *pattern;
  CfaField *value;
  GtkWidget *value_of_event;
  GtkWidget *value_of_event_row;
  GtkWidget *each_time;
  GtkWidget *days;
};

G_DEFINE_FINAL_TYPE (CfaGoalEditor, cfa_goal_editor, G_TYPE_OBJECT)

static void
replace (char **slot, char *text)
{
  g_free (*slot);
  *slot = text;
}

static gpointer
read_form (GObject *form, gconstpointer saved)
{
  CfaGoalEditor *self = CFA_GOAL_EDITOR (form);
  CfGoal *goal = cf_struct_copy (saved);
  g_autofree char *value = cfa_field_dup_text (self->value);

  replace (&goal->name, cfa_field_dup_text (self->name));
  replace (&goal->pattern, cfa_field_dup_text (self->pattern));
  g_strfreev (goal->sites);
  goal->sites = cfa_ids_row_dup (CFA_IDS_ROW (self->sites));
  goal->enabled = gtk_switch_get_active (GTK_SWITCH (self->enabled));
  goal->kind = adw_combo_row_get_selected (ADW_COMBO_ROW (self->kind));
  if (!cf_hundredths_read (value, &goal->value))
    goal->value = 0;
  goal->value_of_event = goal->kind == CF_GOAL_EVENT && gtk_switch_get_active (GTK_SWITCH (self->value_of_event));
  goal->each_time = gtk_switch_get_active (GTK_SWITCH (self->each_time));
  goal->days = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->days));
  return goal;
}

static void
set_field (CfaField *field, const char *text)
{
  cfa_field_reset (field);
  cfa_field_set_value (field, text);
}

static void
fill_form (GObject *form, gconstpointer saved)
{
  CfaGoalEditor *self = CFA_GOAL_EDITOR (form);
  const CfGoal *goal = saved;
  g_autofree char *value = goal->value > 0 ? cfa_amount_words (goal->value) : NULL;

  set_field (self->name, goal->name);
  set_field (self->pattern, goal->pattern);
  set_field (self->value, value);
  gtk_switch_set_active (GTK_SWITCH (self->enabled), goal->enabled);
  cfa_ids_row_set (CFA_IDS_ROW (self->sites), goal->sites);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->kind), goal->kind);
  gtk_switch_set_active (GTK_SWITCH (self->value_of_event), goal->value_of_event);
  gtk_switch_set_active (GTK_SWITCH (self->each_time), goal->each_time);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->days), goal->days);
}

static char *
find_problem (GObject *form, gconstpointer record)
{
  CfaGoalEditor *self = CFA_GOAL_EDITOR (form);
  char *problem = cfa_goal_find_problem (record);

  if (problem == NULL && !cfa_field_is_fine (self->value))
    problem = g_strdup (_("The value is no amount."));
  return problem;
}

static void
follow_form (GObject *form, gconstpointer record)
{
  CfaGoalEditor *self = CFA_GOAL_EDITOR (form);
  gboolean event = ((const CfGoal *) record)->kind == CF_GOAL_EVENT;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (cfa_field_get_row (self->pattern)),
                                 event ? _("Name of the event, as the page calls it") : _("Address; * stands for anything, as in /thanks*"));
  cfa_field_set_rule (self->pattern, event ? cfa_rule_event : cfa_rule_pattern);
  gtk_widget_set_visible (self->value_of_event_row, event);
}

static gpointer
make_params (gconstpointer record, gint64 version)
{
  return cfa_goal_save_params (record, version);
}

static const CfaRecordForm goal_form = {
  .save = "goal.save", .remove = "goal.remove",
  .new_title = N_("New goal"), .change_title = N_("Change a goal"), .remove_label = N_("Remove this goal"), .removed = N_("Removed the goal “%s”"),
  .read = read_form, .fill = fill_form, .problem = find_problem, .follow = follow_form, .params = make_params,
};

static char *
rule_value (const char *text)
{
  return *text != '\0' ? cfa_rule_amount (text) : NULL;
}

static void
cfa_goal_editor_dispose (GObject *object)
{
  CfaGoalEditor *self = CFA_GOAL_EDITOR (object);

  g_clear_object (&self->name);
  g_clear_object (&self->pattern);
  g_clear_object (&self->value);
  G_OBJECT_CLASS (cfa_goal_editor_parent_class)->dispose (object);
}

static void
cfa_goal_editor_class_init (CfaGoalEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_goal_editor_dispose;
}

static void
cfa_goal_editor_init (CfaGoalEditor *self)
{
}

static CfaField *
add_field (AdwPreferencesGroup *group, const char *title, CfaRule rule)
{
  CfaField *field = cfa_field_new (g_object_new (ADW_TYPE_ENTRY_ROW, "title", title, NULL), rule, FALSE);

  adw_preferences_group_add (group, cfa_field_get_row (field));
  adw_preferences_group_add (group, cfa_field_get_note (field));
  return field;
}

static GtkWidget *
new_head (CfaGoalEditor *self, CfaSession *session)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  const char *const kinds[] = { _("A page is seen"), _("An event happens"), NULL };

  adw_preferences_group_set_title (group, _("Goal"));
  self->name = add_field (group, _("Name"), cfa_rule_name);
  adw_preferences_group_add (group, cfa_setting_switch (_("On"), NULL, &self->enabled));
  self->sites = cfa_ids_row_new (session, &cf_site_shape, _("Sites"), _("All sites"));
  adw_preferences_group_add (group, self->sites);
  self->kind = cfa_setting_choice (_("Reached when"), kinds);
  adw_preferences_group_add (group, self->kind);
  self->pattern = add_field (group, _("Address; * stands for anything, as in /thanks*"), cfa_rule_pattern);
  cfa_accessible_name_inside (GTK_WIDGET (group), GTK_TYPE_LIST_BOX, _("Goal"));
  return GTK_WIDGET (group);
}

static GtkWidget *
new_value (CfaGoalEditor *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, _("What it counts"));
  self->value = add_field (group, _("Value of one (may be empty)"), rule_value);
  self->value_of_event_row = cfa_setting_switch (_("Value of the event"), _("What the page says it is worth goes before the value above"), &self->value_of_event);
  adw_preferences_group_add (group, self->value_of_event_row);
  adw_preferences_group_add (group, cfa_setting_switch (_("Each time"), _("Otherwise once in a visit"), &self->each_time));
  adw_preferences_group_add (group, cfa_setting_spin (_("Days before"), _("So long before, a conversation or a trigger has its part in it"),
                                                      CF_GOAL_DAYS_MAX, 1, &self->days));
  cfa_accessible_name_inside (GTK_WIDGET (group), GTK_TYPE_LIST_BOX, _("What it counts"));
  cfa_accessible_name_inside (self->days, GTK_TYPE_BUTTON, _("More or fewer"));
  return GTK_WIDGET (group);
}

/* Each of these says it when the person has changed something. */
static void
watch (CfaGoalEditor *self, CfaRecordEditor *editor)
{
  const struct { gpointer object; const char *signal; } all[] = {
    { self->name, "changed" }, { self->enabled, "notify::active" }, { self->sites, "changed" }, { self->kind, "notify::selected" },
    { self->pattern, "changed" }, { self->value, "changed" }, { self->value_of_event, "notify::active" }, { self->each_time, "notify::active" },
    { self->days, "value-changed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_signal_connect_object (all[i].object, all[i].signal, G_CALLBACK (cfa_record_editor_look), editor, G_CONNECT_SWAPPED);
}

static CfGoal *
new_goal (CfaSession *session)
{
  CfGoal *goal = cf_struct_new (&cf_goal_shape);

  goal->parent.id = cf_id_new (); /* made once: saved again it makes no second */
  goal->enabled = TRUE;
  goal->days = CF_GOAL_DAYS_DEFAULT;
  goal->sites = g_strdupv ((char **) cfa_reach_get_sites (session));
  return goal;
}

/**
 * cfa_goal_editor_open:
 * @group: the list of goals
 * @item: (nullable): what is changed; NULL for a new one
 */
void
cfa_goal_editor_open (CfaRecordGroup *group, CfaSession *session, CfaRecordItem *item)
{
  CfaGoalEditor *self = g_object_new (CFA_TYPE_GOAL_EDITOR, NULL);
  CfGoal *saved = item != NULL ? cf_struct_copy (cfa_record_item_get (item)) : new_goal (session);
  CfaRecordEditor *editor = cfa_record_editor_new (group, session, item, saved, &goal_form, G_OBJECT (self));

  cfa_record_editor_add (editor, new_head (self, session));
  cfa_record_editor_add (editor, new_value (self));
  watch (self, editor);
  cfa_record_editor_present (editor);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trigger-editor.h"

#include "actions-group.h"
#include "app/accessible-name.h"
#include "app/features/session/reach.h"
#include "app/features/settings/field.h"
#include "app/features/settings/ids-row.h"
#include "app/features/settings/record-editor.h"
#include "app/features/settings/setting-rows.h"
#include "automation-params.h"
#include "conditions-group.h"
#include "dry-run-group.h"
#include "trigger-words.h"

#include "protocol/records/site.h"

#include <glib/gi18n.h>

#define DAYS_FIRST 7 /* what a limit in days begins with */

struct _CfaTriggerEditor
{
  GObject parent_instance;

  CfaField *name;
  GtkWidget *enabled;
  GtkWidget *sites;
  CfaConditionsGroup *conditions;
  CfaActionsGroup *actions;
  GtkWidget *cap;
  GtkWidget *cap_days;
  GtkWidget *cap_days_row;
  CfaDryRunGroup *dry_run;
};

G_DEFINE_FINAL_TYPE (CfaTriggerEditor, cfa_trigger_editor, G_TYPE_OBJECT)

static gpointer
read_form (GObject *form, gconstpointer saved)
{
  CfaTriggerEditor *self = CFA_TRIGGER_EDITOR (form);
  CfTrigger *trigger = cf_struct_copy (saved);

  g_free (trigger->name);
  g_strfreev (trigger->sites);
  g_clear_pointer (&trigger->rules, cf_struct_unref);
  g_clear_pointer (&trigger->actions, cf_struct_unref);
  trigger->name = cfa_field_dup_text (self->name);
  trigger->enabled = gtk_switch_get_active (GTK_SWITCH (self->enabled));
  trigger->sites = cfa_ids_row_dup (CFA_IDS_ROW (self->sites));
  trigger->rules = cfa_conditions_group_dup (self->conditions);
  trigger->actions = cfa_actions_group_dup (self->actions);
  trigger->cap = adw_combo_row_get_selected (ADW_COMBO_ROW (self->cap));
  trigger->cap_days = trigger->cap == CF_TRIGGER_CAP_DAYS ? gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->cap_days)) : 0;
  return trigger;
}

static void
fill_form (GObject *form, gconstpointer saved)
{
  CfaTriggerEditor *self = CFA_TRIGGER_EDITOR (form);
  const CfTrigger *trigger = saved;

  cfa_field_reset (self->name);
  cfa_field_set_value (self->name, trigger->name);
  gtk_switch_set_active (GTK_SWITCH (self->enabled), trigger->enabled);
  cfa_ids_row_set (CFA_IDS_ROW (self->sites), trigger->sites);
  cfa_conditions_group_set (self->conditions, trigger->rules);
  cfa_actions_group_set (self->actions, trigger->actions);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->cap), trigger->cap);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->cap_days), trigger->cap_days > 0 ? trigger->cap_days : DAYS_FIRST);
}

static char *
find_problem (GObject *form, gconstpointer record)
{
  const CfTrigger *trigger = record;
  char *problem = cfa_trigger_find_problem (trigger);

  if (problem == NULL && cfa_actions_group_is_wordless (CFA_TRIGGER_EDITOR (form)->actions))
    problem = g_strdup (_("Write what it says."));
  if (problem == NULL && trigger->cap == CF_TRIGGER_CAP_DAYS && trigger->cap_days == 0)
    problem = g_strdup (_("Say in how many days it may act once."));
  return problem;
}

static void
follow_form (GObject *form, gconstpointer record)
{
  CfaTriggerEditor *self = CFA_TRIGGER_EDITOR (form);
  const CfTrigger *trigger = record;

  gtk_widget_set_visible (self->cap_days_row, trigger->cap == CF_TRIGGER_CAP_DAYS);
  cfa_dry_run_group_set (self->dry_run, trigger);
}

static gpointer
make_params (gconstpointer record, gint64 version)
{
  return cfa_trigger_save_params (record, version);
}

static const CfaRecordForm trigger_form = {
  .save = "trigger.save", .remove = "trigger.remove",
  .new_title = N_("New trigger"), .change_title = N_("Change a trigger"), .remove_label = N_("Remove this trigger"),
  .removed = N_("Removed the trigger “%s”"),
  .read = read_form, .fill = fill_form, .problem = find_problem, .follow = follow_form, .params = make_params,
};

static void
cfa_trigger_editor_dispose (GObject *object)
{
  g_clear_object (&CFA_TRIGGER_EDITOR (object)->name);
  G_OBJECT_CLASS (cfa_trigger_editor_parent_class)->dispose (object);
}

static void
cfa_trigger_editor_class_init (CfaTriggerEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_trigger_editor_dispose;
}

static void
cfa_trigger_editor_init (CfaTriggerEditor *self)
{
}

static AdwPreferencesGroup *
new_group (const char *title, const char *description)
{
  return g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", title, "description", description, NULL);
}

static GtkWidget *
new_head (CfaTriggerEditor *self, CfaSession *session)
{
  AdwPreferencesGroup *group = new_group (_("Trigger"), NULL);

  self->name = cfa_field_new (g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Name"), NULL), cfa_rule_name, FALSE);
  adw_preferences_group_add (group, cfa_field_get_row (self->name));
  adw_preferences_group_add (group, cfa_field_get_note (self->name));
  adw_preferences_group_add (group, cfa_setting_switch (_("On"), NULL, &self->enabled));
  self->sites = cfa_ids_row_new (session, &cf_site_shape, _("Sites"), _("All sites"));
  adw_preferences_group_add (group, self->sites);
  cfa_accessible_name_inside (GTK_WIDGET (group), GTK_TYPE_LIST_BOX, _("Trigger"));
  return GTK_WIDGET (group);
}

static GtkWidget *
new_limits (CfaTriggerEditor *self)
{
  AdwPreferencesGroup *group = new_group (_("How often"), _("For one visitor. Whoever is asked too often does not come back."));
  const char *words[CF_TRIGGER_CAP_EVER + 2] = { NULL };

  for (guint i = 0; i <= CF_TRIGGER_CAP_EVER; i++)
    words[i] = cfa_trigger_cap_name (i);
  self->cap = cfa_setting_choice (_("It acts"), words);
  self->cap_days_row = cfa_setting_spin (_("Days"), NULL, CF_TRIGGER_CAP_DAYS_MAX, 1, &self->cap_days);
  adw_preferences_group_add (group, self->cap);
  adw_preferences_group_add (group, self->cap_days_row);
  cfa_accessible_name_inside (GTK_WIDGET (group), GTK_TYPE_LIST_BOX, _("How often"));
  cfa_accessible_name_inside (self->cap_days, GTK_TYPE_BUTTON, _("More or fewer"));
  return GTK_WIDGET (group);
}

/* Each of these says it when the person has changed something. */
static void
watch (CfaTriggerEditor *self, CfaRecordEditor *editor)
{
  const struct { gpointer object; const char *signal; } all[] = {
    { self->name, "changed" }, { self->enabled, "notify::active" }, { self->sites, "changed" }, { self->conditions, "changed" },
    { self->actions, "changed" }, { self->cap, "notify::selected" }, { self->cap_days, "value-changed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_signal_connect_object (all[i].object, all[i].signal, G_CALLBACK (cfa_record_editor_look), editor, G_CONNECT_SWAPPED);
}

/**
 * cfa_trigger_editor_open:
 * @group: the list of triggers
 * @item: (nullable): what is changed; NULL for a new one
 * @trigger: as it is, or what a new one begins with
 */
void
cfa_trigger_editor_open (CfaRecordGroup *group, CfaSession *session, CfaRecordItem *item, const CfTrigger *trigger)
{
  CfaTriggerEditor *self = g_object_new (CFA_TYPE_TRIGGER_EDITOR, NULL);
  CfTrigger *saved = cf_struct_copy (trigger);
  CfaRecordEditor *editor;

  if (item == NULL)
    saved->sites = g_strdupv ((char **) cfa_reach_get_sites (session)); /* no template names any */
  editor = cfa_record_editor_new (group, session, item, saved, &trigger_form, G_OBJECT (self));
  self->conditions = CFA_CONDITIONS_GROUP (cfa_conditions_group_new (session));
  self->actions = CFA_ACTIONS_GROUP (cfa_actions_group_new (session));
  self->dry_run = CFA_DRY_RUN_GROUP (cfa_dry_run_group_new (session));
  cfa_record_editor_add (editor, new_head (self, session));
  cfa_record_editor_add (editor, GTK_WIDGET (self->conditions));
  cfa_record_editor_add (editor, GTK_WIDGET (self->actions));
  cfa_record_editor_add (editor, new_limits (self));
  cfa_record_editor_add (editor, GTK_WIDGET (self->dry_run));
  watch (self, editor);
  cfa_record_editor_present (editor);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "macro-actions.h"

#include "app/accessible-name.h"

#include "protocol/records/agent.h"
#include "protocol/records/department.h"
#include "protocol/records/tag.h"

#include <glib/gi18n.h>

struct _CfaMacroActions
{
  GObject parent_instance;
  CfaSession *session;
  AdwPreferencesGroup *group; /* not owned: it owns the rows */
  GPtrArray *add;             /* of GtkCheckButton, with the "id" of a tag */
  GPtrArray *remove;          /* the same tags in the same order */
  AdwExpanderRow *add_row;
  AdwExpanderRow *remove_row;
  AdwComboRow *department;
  GPtrArray *departments; /* of CfRecord, in the order of the row, behind "as it is" */
  AdwComboRow *assign;
  AdwComboRow *agent;
  GPtrArray *agents; /* of CfRecord, in the order of the row */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (CfaMacroActions, cfa_macro_actions, G_TYPE_OBJECT)

/* How many are chosen, beside the title. */
static void
count (AdwExpanderRow *row, const GPtrArray *checks)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < checks->len; i++)
    if (gtk_check_button_get_active (checks->pdata[i]))
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", (const char *) g_object_get_data (checks->pdata[i], "name"));
  adw_expander_row_set_subtitle (row, names->str);
}

static void
changed (CfaMacroActions *self)
{
  count (self->add_row, self->add);
  count (self->remove_row, self->remove);
  gtk_widget_set_visible (GTK_WIDGET (self->agent), adw_combo_row_get_selected (self->assign) == CF_MACRO_ASSIGN_AGENT);
  g_signal_emit (self, changed_signal, 0);
}

/* Nobody can want a tag both to be there and not to be there: the last word counts. */
static void
on_toggled (CfaMacroActions *self, GtkCheckButton *check)
{
  gboolean adds = g_ptr_array_find (self->add, check, NULL);
  guint place;

  if (gtk_check_button_get_active (check) && g_ptr_array_find (adds ? self->add : self->remove, check, &place))
    {
      GPtrArray *others = adds ? self->remove : self->add;

      if (place < others->len)
        gtk_check_button_set_active (others->pdata[place], FALSE);
    }
  changed (self);
}

static AdwExpanderRow *
add_tags (CfaMacroActions *self, const char *title, char *const *chosen, GPtrArray *checks)
{
  g_autoptr (GPtrArray) tags = cfa_directory_list (cfa_session_get_directory (self->session), &cf_tag_shape);
  GtkWidget *row = adw_expander_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  for (guint i = 0; i < tags->len; i++)
    {
      const CfTag *tag = tags->pdata[i];
      GtkWidget *line = adw_action_row_new (), *check = gtk_check_button_new ();
      g_autofree char *markup = g_markup_escape_text (tag->name, -1), *said = g_strdup_printf ("%s: %s", title, tag->name);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), markup);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), chosen != NULL && g_strv_contains ((const char *const *) chosen, tag->parent.id));
      gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
      g_object_set_data_full (G_OBJECT (check), "id", g_strdup (tag->parent.id), g_free);
      g_object_set_data_full (G_OBJECT (check), "name", g_strdup (markup), g_free);
      g_signal_connect_object (check, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
      adw_action_row_add_prefix (ADW_ACTION_ROW (line), check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (line), check);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), line);
      g_ptr_array_add (checks, check);
    }
  gtk_widget_set_visible (row, tags->len > 0);
  adw_preferences_group_add (self->group, row);
  return ADW_EXPANDER_ROW (row);
}

/* @words: taken. */
static AdwComboRow *
add_combo (CfaMacroActions *self, const char *title, GtkStringList *words, guint selected)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) owned = words;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (owned));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  cfa_accessible_name_inside (row, GTK_TYPE_LIST_VIEW, title);
  adw_preferences_group_add (self->group, row);
  return ADW_COMBO_ROW (row);
}

static guint
index_of (const GPtrArray *records, const char *id)
{
  for (guint i = 0; id != NULL && i < records->len; i++)
    if (g_strcmp0 (CF_RECORD (records->pdata[i])->id, id) == 0)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

static void
add_department (CfaMacroActions *self, const CfMacro *macro)
{
  GtkStringList *words = gtk_string_list_new (NULL);
  guint place;

  self->departments = cfa_directory_list (cfa_session_get_directory (self->session), &cf_department_shape);
  place = index_of (self->departments, macro->department_id);
  gtk_string_list_append (words, _("Leave as it is"));
  for (guint i = 0; i < self->departments->len; i++)
    gtk_string_list_append (words, ((CfDepartment *) self->departments->pdata[i])->name);
  self->department = add_combo (self, _("Move to department"), words, place != GTK_INVALID_LIST_POSITION ? place + 1 : 0);
  gtk_widget_set_visible (GTK_WIDGET (self->department), self->departments->len > 0);
}

static void
add_agents (CfaMacroActions *self, const CfMacro *macro)
{
  const char *assigns[] = { _("Leave as it is"), _("To me"), _("To nobody"), _("To a certain agent"), NULL };
  g_autoptr (GPtrArray) all = cfa_directory_list (cfa_session_get_directory (self->session), &cf_agent_shape);
  GtkStringList *words = gtk_string_list_new (NULL);
  guint place;

  self->assign = add_combo (self, _("Assign"), gtk_string_list_new (assigns), macro->assign);
  self->agents = cf_structs_new ();
  for (guint i = 0; i < all->len; i++)
    {
      const CfAgent *agent = all->pdata[i];

      if (agent->disabled && g_strcmp0 (agent->parent.id, macro->assignee_id) != 0)
        continue;
      g_ptr_array_add (self->agents, cf_struct_ref (all->pdata[i]));
      gtk_string_list_append (words, agent->name);
    }
  place = index_of (self->agents, macro->assignee_id);
  self->agent = add_combo (self, _("Agent"), words, place != GTK_INVALID_LIST_POSITION ? place : 0);
}

static void
replace_ids (char ***slot, const GPtrArray *checks)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < checks->len; i++)
    if (gtk_check_button_get_active (checks->pdata[i]))
      g_ptr_array_add (ids, g_object_get_data (checks->pdata[i], "id"));
  g_ptr_array_add (ids, NULL);
  g_strfreev (*slot);
  *slot = ids->len > 1 ? g_strdupv ((char **) ids->pdata) : NULL;
}

static void
cfa_macro_actions_finalize (GObject *object)
{
  CfaMacroActions *self = CFA_MACRO_ACTIONS (object);

  g_clear_object (&self->session);
  g_ptr_array_unref (self->add);
  g_ptr_array_unref (self->remove);
  g_clear_pointer (&self->departments, g_ptr_array_unref);
  g_clear_pointer (&self->agents, g_ptr_array_unref);
  G_OBJECT_CLASS (cfa_macro_actions_parent_class)->finalize (object);
}

static void
cfa_macro_actions_class_init (CfaMacroActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_macro_actions_finalize;
  changed_signal = g_signal_new ("changed", CFA_TYPE_MACRO_ACTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfa_macro_actions_init (CfaMacroActions *self)
{
  self->add = g_ptr_array_new ();
  self->remove = g_ptr_array_new ();
}

/**
 * cfa_macro_actions_new:
 * @group: gets the rows
 * @macro: what they show at first
 */
CfaMacroActions *
cfa_macro_actions_new (CfaSession *session, AdwPreferencesGroup *group, const CfMacro *macro)
{
  CfaMacroActions *self = g_object_new (CFA_TYPE_MACRO_ACTIONS, NULL);

  self->session = g_object_ref (session);
  self->group = group;
  self->add_row = add_tags (self, _("Add tags"), macro->add_tags, self->add);
  self->remove_row = add_tags (self, _("Remove tags"), macro->remove_tags, self->remove);
  add_department (self, macro);
  add_agents (self, macro);
  g_signal_connect_object (self->department, "notify::selected", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->assign, "notify::selected", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->agent, "notify::selected", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  changed (self);
  return self;
}

/**
 * cfa_macro_actions_read:
 * @macro: to be written; gets what the rows say
 */
void
cfa_macro_actions_read (CfaMacroActions *self, CfMacro *macro)
{
  guint department = adw_combo_row_get_selected (self->department), agent = adw_combo_row_get_selected (self->agent);

  replace_ids (&macro->add_tags, self->add);
  replace_ids (&macro->remove_tags, self->remove);
  g_free (macro->department_id);
  macro->department_id = department > 0 && department <= self->departments->len
                         ? g_strdup (CF_RECORD (self->departments->pdata[department - 1])->id) : NULL;
  macro->assign = adw_combo_row_get_selected (self->assign);
  g_free (macro->assignee_id);
  macro->assignee_id = macro->assign == CF_MACRO_ASSIGN_AGENT && agent < self->agents->len
                       ? g_strdup (CF_RECORD (self->agents->pdata[agent])->id) : NULL;
}

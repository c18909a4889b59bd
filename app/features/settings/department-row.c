/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "department-row.h"

#include "app/accessible-name.h"
#include "change.h"
#include "culprit.h"
#include "field.h"
#include "labels.h"

#include "protocol/methods/department-params.h"

#include <glib/gi18n.h>

#define CAPACITY_MAX 1000

struct _CfaDepartmentRow
{
  AdwExpanderRow parent_instance;

  CfaSession *session;
  CfaRecordItem *item;
  GListModel *agents;
  gboolean updating;

  CfaField *name;
  GtkWidget *assignment;
  GtkWidget *capacity;
  GtkWidget *capacity_row;
  GtkWidget *remove_row; /* held, because it is taken out and put in again */
  GPtrArray *members; /* of GtkCheckButton, not owned; each knows its agent's id */
};

G_DEFINE_FINAL_TYPE (CfaDepartmentRow, cfa_department_row, ADW_TYPE_EXPANDER_ROW)

static const CfDepartment *
record (CfaDepartmentRow *self)
{
  return cfa_record_item_get (self->item);
}

static gboolean
is_member (const CfDepartment *department, const char *agent_id)
{
  return department->members != NULL && g_strv_contains ((const char *const *) department->members, agent_id);
}

/* @field is the one that @params changes; what it was makes the way back. */
static void
run (CfaDepartmentRow *self, CfDepartmentUpdateParams *params, const char *field, char *done)
{
  CfDepartmentUpdateParams *undo = cf_struct_new (&cf_department_update_params_shape);
  CfaChange change = {
    .method = "department.update", .params = params, .undo_method = "department.update", .undo_params = undo, .done = done,
    .item = self->item, .asker = G_OBJECT (self),
  };

  params->id = g_strdup (record (self)->parent.id);
  undo->id = g_strdup (params->id);
  undo->name = g_strdup (record (self)->name);
  undo->assignment = record (self)->assignment;
  undo->capacity = record (self)->capacity;
  undo->members = g_strdupv (record (self)->members);
  cf_struct_give (params, field);
  cf_struct_give (undo, field);
  cfa_change_run (GTK_WIDGET (self), self->session, &change);
}

static void
on_name (CfaDepartmentRow *self, const char *text)
{
  CfDepartmentUpdateParams *params = cf_struct_new (&cf_department_update_params_shape);

  params->name = g_strdup (text);
  run (self, params, "name", g_strdup_printf (_("The department is called “%s” now"), text));
}

static void
on_assignment (CfaDepartmentRow *self)
{
  CfDepartmentUpdateParams *params;
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (self->assignment));

  if (self->updating || chosen == (guint) record (self)->assignment)
    return;
  params = cf_struct_new (&cf_department_update_params_shape);
  params->assignment = chosen;
  run (self, params, "assignment", g_strdup_printf (_("New conversations of “%s”: %s"), record (self)->name, cfa_label_assignment (chosen)));
}

static void
on_capacity (CfaDepartmentRow *self)
{
  CfDepartmentUpdateParams *params;
  int value = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->capacity));

  if (self->updating || value == record (self)->capacity)
    return;
  params = cf_struct_new (&cf_department_update_params_shape);
  params->capacity = value;
  run (self, params, "capacity", g_strdup_printf (ngettext ("%d conversation at a time for each of “%s”", "%d conversations at a time for each of “%s”", value),
                                                  value, record (self)->name));
}

/* The order of the members is that of their turns: who comes new is last. */
static void
on_member (CfaDepartmentRow *self, GtkCheckButton *check)
{
  const char *id = g_object_get_data (G_OBJECT (check), "id");
  const char *name = g_object_get_data (G_OBJECT (check), "name");
  gboolean in = gtk_check_button_get_active (check);
  CfDepartmentUpdateParams *params;
  g_autoptr (GStrvBuilder) members = NULL;

  if (self->updating || in == is_member (record (self), id))
    return;
  members = g_strv_builder_new ();
  for (char **p = record (self)->members; p != NULL && *p != NULL; p++)
    if (!g_str_equal (*p, id))
      g_strv_builder_add (members, *p);
  if (in)
    g_strv_builder_add (members, id);
  params = cf_struct_new (&cf_department_update_params_shape);
  params->members = g_strv_builder_end (members);
  run (self, params, "members", g_strdup_printf (in ? _("%s answers for “%s” now") : _("%s does not answer for “%s” any more"),
                                                 name, record (self)->name));
}

static void
on_remove (CfaDepartmentRow *self)
{
  g_autofree char *done = g_strdup_printf (_("Removed the department “%s”"), record (self)->name);

  cfa_change_remove (GTK_WIDGET (self), self->session, "department.remove", record (self)->parent.id, done);
}

static void
add_member (CfaDepartmentRow *self, const CfAgent *agent)
{
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *escaped = g_markup_escape_text (agent->name, -1);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", escaped, "activatable-widget", check, NULL);

  g_object_set_data_full (G_OBJECT (check), "id", g_strdup (agent->parent.id), g_free);
  g_object_set_data_full (G_OBJECT (check), "name", g_strdup (agent->name), g_free);
  g_object_set_data (G_OBJECT (check), "row", row);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  if (agent->disabled)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Cannot sign in"));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->members, check);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_member), self, G_CONNECT_SWAPPED);
}

/* Only where they are looked at: a team has many members, and departments. */
static void
list_members (CfaDepartmentRow *self)
{
  for (guint i = 0; i < self->members->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_object_get_data (self->members->pdata[i], "row"));
  g_ptr_array_set_size (self->members, 0);
  adw_expander_row_remove (ADW_EXPANDER_ROW (self), self->remove_row);
  for (guint i = 0; adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)) && i < g_list_model_get_n_items (self->agents); i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (self->agents, i);
      const CfAgent *agent = cfa_record_item_get (item);

      if (!agent->disabled || is_member (record (self), agent->parent.id))
        add_member (self, agent);
    }
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->remove_row); /* the last thing that one comes upon */
}

static void
update_members (CfaDepartmentRow *self, gboolean may)
{
  for (guint i = 0; i < self->members->len; i++)
    {
      GtkWidget *check = self->members->pdata[i];

      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_member (record (self), g_object_get_data (G_OBJECT (check), "id")));
      gtk_widget_set_sensitive (g_object_get_data (G_OBJECT (check), "row"), may);
    }
}

static void
update_titles (CfaDepartmentRow *self)
{
  guint n = record (self)->members != NULL ? g_strv_length (record (self)->members) : 0;
  g_autofree char *name = g_markup_escape_text (record (self)->name, -1);
  g_autofree char *count = g_strdup_printf (ngettext ("%u member", "%u members", n), n);
  g_autofree char *words = g_strdup_printf ("%s · %s", n > 0 ? count : _("Nobody yet"), cfa_label_assignment (record (self)->assignment));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), words);
}

static void
update (CfaDepartmentRow *self)
{
  gboolean may = cfa_change_allowed (self->session, CF_ROLE_SUPERVISOR);

  if (cfa_record_item_is_gone (self->item))
    return;
  self->updating = TRUE;
  update_titles (self);
  cfa_field_set_value (self->name, record (self)->name);
  cfa_culprit_ask (self->session, record (self)->parent.id, self->name);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->assignment), record (self)->assignment);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->capacity), record (self)->capacity);
  gtk_widget_set_visible (self->capacity_row, record (self)->assignment != CF_ASSIGNMENT_OFF);
  gtk_widget_set_sensitive (cfa_field_get_row (self->name), may);
  gtk_widget_set_sensitive (self->assignment, may);
  gtk_widget_set_sensitive (self->capacity_row, may);
  gtk_widget_set_sensitive (self->remove_row, may);
  update_members (self, may);
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, record (self)->name);
  self->updating = FALSE;
}

static void
on_expanded (CfaDepartmentRow *self)
{
  list_members (self);
  update (self);
}

static void
cfa_department_row_dispose (GObject *object)
{
  CfaDepartmentRow *self = CFA_DEPARTMENT_ROW (object);

  g_clear_object (&self->name);
  g_clear_object (&self->session);
  g_clear_object (&self->item);
  g_clear_object (&self->agents);
  g_clear_object (&self->remove_row);
  G_OBJECT_CLASS (cfa_department_row_parent_class)->dispose (object);
}

static void
cfa_department_row_finalize (GObject *object)
{
  g_ptr_array_unref (CFA_DEPARTMENT_ROW (object)->members);
  G_OBJECT_CLASS (cfa_department_row_parent_class)->finalize (object);
}

static void
cfa_department_row_class_init (CfaDepartmentRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_department_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_department_row_finalize;
}

static void
make_assignment (CfaDepartmentRow *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  for (int i = CF_ASSIGNMENT_OFF; i <= CF_ASSIGNMENT_LEAST_BUSY; i++)
    gtk_string_list_append (words, cfa_label_assignment (i));
  self->assignment = g_object_new (ADW_TYPE_COMBO_ROW, "title", _("New conversations go"), "model", words, NULL);
  cfa_accessible_name_inside (self->assignment, GTK_TYPE_LIST_VIEW, _("New conversations go"));
  self->capacity = gtk_spin_button_new_with_range (0, CAPACITY_MAX, 1);
  gtk_widget_set_valign (self->capacity, GTK_ALIGN_CENTER);
  cfa_accessible_name_inside (self->capacity, GTK_TYPE_BUTTON, _("More or fewer"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->capacity), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Conversations at a time"), -1);
  self->capacity_row = g_object_new (ADW_TYPE_ACTION_ROW, "title", _("At a time"), "subtitle",
                                     _("Open conversations for each member; 0 is no limit"), NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->capacity_row), self->capacity);
}

static void
cfa_department_row_init (CfaDepartmentRow *self)
{
  GtkWidget *remove = gtk_button_new_with_label (_("Remove"));
  GtkWidget *rows[5];

  self->members = g_ptr_array_new ();
  self->name = cfa_field_new (g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Name"), NULL), cfa_rule_name, TRUE);
  make_assignment (self);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  self->remove_row = g_object_new (ADW_TYPE_ACTION_ROW, "title", _("Remove this department"), "subtitle",
                                   _("Its open conversations must be moved or closed first"), NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->remove_row), remove);
  g_object_ref_sink (self->remove_row);
  rows[0] = cfa_field_get_row (self->name);
  rows[1] = cfa_field_get_note (self->name);
  rows[2] = self->assignment;
  rows[3] = self->capacity_row;
  rows[4] = self->remove_row;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (self), rows[i]);
  g_signal_connect_object (self->name, "apply", G_CALLBACK (on_name), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->assignment, "notify::selected", G_CALLBACK (on_assignment), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->capacity, "value-changed", G_CALLBACK (on_capacity), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (on_remove), self, G_CONNECT_SWAPPED);
}

/**
 * cfa_department_row_new:
 * Returns: (transfer floating): the row of a CfDepartment.
 */
GtkWidget *
cfa_department_row_new (CfaSession *session, CfaRecordItem *item)
{
  CfaDepartmentRow *self = g_object_new (CFA_TYPE_DEPARTMENT_ROW, NULL);

  self->session = g_object_ref (session);
  self->item = g_object_ref (item);
  self->agents = g_object_ref (G_LIST_MODEL (cfa_session_get_records (session, &cf_agent_shape)));
  g_signal_connect (self, "notify::expanded", G_CALLBACK (on_expanded), NULL);
  g_signal_connect_object (self->agents, "items-changed", G_CALLBACK (on_expanded), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

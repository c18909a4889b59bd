/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conditions-group.h"

#include "app/accessible-name.h"
#include "app/features/settings/setting-rows.h"
#include "condition-row.h"
#include "trigger-words.h"

#include <glib/gi18n.h>

struct _CfaConditionsGroup
{
  AdwPreferencesGroup parent_instance;

  CfaSession *session;
  gboolean updating;
  GtkWidget *add;     /* GtkMenuButton */
  GtkWidget *any;     /* AdwComboRow */
  GPtrArray *rows;    /* of CfaConditionRow, not owned */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (CfaConditionsGroup, cfa_conditions_group, ADW_TYPE_PREFERENCES_GROUP)

/* In the order in which they are thought of. */
static const CfTriggerKind kinds[] = {
  CF_TRIGGER_URL, CF_TRIGGER_PAGE_TIME, CF_TRIGGER_SITE_TIME, CF_TRIGGER_PAGES, CF_TRIGGER_SCROLL, CF_TRIGGER_EXIT, CF_TRIGGER_RETURNING,
  CF_TRIGGER_REFERRER, CF_TRIGGER_UTM, CF_TRIGGER_EVENT, CF_TRIGGER_EVENT_VALUE, CF_TRIGGER_ATTRIBUTE, CF_TRIGGER_COUNTRY, CF_TRIGGER_LANGUAGE,
  CF_TRIGGER_HOUR, CF_TRIGGER_AGENTS,
};

static void
update (CfaConditionsGroup *self)
{
  gtk_widget_set_visible (self->any, self->rows->len > 1);
  gtk_widget_set_sensitive (self->add, self->rows->len < CF_TRIGGER_CONDITIONS_MAX);
}

static void
changed (CfaConditionsGroup *self)
{
  if (!self->updating)
    g_signal_emit (self, changed_signal, 0);
}

static void
on_removed (CfaConditionsGroup *self, GtkWidget *row)
{
  guint place = 0;

  g_ptr_array_find (self->rows, row, &place);
  g_ptr_array_remove_index (self->rows, place);
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), row);
  update (self);
  if (self->rows->len > 0)
    gtk_widget_grab_focus (self->rows->pdata[MIN (place, self->rows->len - 1)]);
  else
    gtk_widget_grab_focus (self->add);
  changed (self);
}

static GtkWidget *
append (CfaConditionsGroup *self, const CfTriggerCondition *condition)
{
  GtkWidget *row = cfa_condition_row_new (self->session, condition);

  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_signal_connect_object (row, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "removed", G_CALLBACK (on_removed), self, G_CONNECT_SWAPPED);
  return row;
}

/* When the menu has gone, which gives the focus back to its button. */
static void
look_at_last (gpointer data)
{
  g_autoptr (CfaConditionsGroup) self = data;

  if (self->rows->len > 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_child_focus (self->rows->pdata[self->rows->len - 1], GTK_DIR_TAB_FORWARD);
}

/* The new row is open: what is compared is what one looks at next. */
static void
on_add (GtkWidget *widget, const char *name, GVariant *kind)
{
  CfaConditionsGroup *self = CFA_CONDITIONS_GROUP (widget);
  g_autoptr (CfTriggerCondition) condition = cf_struct_new (&cf_trigger_condition_shape);

  condition->kind = g_variant_get_int32 (kind);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (append (self, condition)), TRUE);
  update (self);
  changed (self);
  g_idle_add_once (look_at_last, g_object_ref (self));
}

static void
make_menu (CfaConditionsGroup *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (cfa_trigger_kind_name (kinds[i]), NULL);

      g_menu_item_set_action_and_target (item, "conditions.add", "i", (gint32) kinds[i]);
      g_menu_append_item (menu, item);
    }
  self->add = gtk_menu_button_new ();
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->add), G_MENU_MODEL (menu));
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->add), _("Add a condition"));
  cfa_accessible_name_inside (self->add, GTK_TYPE_MENU_BUTTON, _("Add a condition"));
  gtk_widget_set_valign (self->add, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->add, "flat");
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), self->add);
}

static void
cfa_conditions_group_dispose (GObject *object)
{
  g_clear_object (&CFA_CONDITIONS_GROUP (object)->session);
  G_OBJECT_CLASS (cfa_conditions_group_parent_class)->dispose (object);
}

static void
cfa_conditions_group_finalize (GObject *object)
{
  g_ptr_array_unref (CFA_CONDITIONS_GROUP (object)->rows);
  G_OBJECT_CLASS (cfa_conditions_group_parent_class)->finalize (object);
}

static void
cfa_conditions_group_class_init (CfaConditionsGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_conditions_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_conditions_group_finalize;
  changed_signal = g_signal_new ("changed", CFA_TYPE_CONDITIONS_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "conditions.add", "i", on_add);
}

static void
cfa_conditions_group_init (CfaConditionsGroup *self)
{
  const char *const words[] = { _("All of these are so"), _("One of these is so"), NULL };

  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("When"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _("What a visitor does, and who it is."));
  make_menu (self);
  self->any = cfa_setting_choice (_("It acts when"), words);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->any);
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("When"));
  g_signal_connect_object (self->any, "notify::selected", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * cfa_conditions_group_new:
 * Returns: (transfer floating): the group, with nothing in it.
 */
GtkWidget *
cfa_conditions_group_new (CfaSession *session)
{
  CfaConditionsGroup *self = g_object_new (CFA_TYPE_CONDITIONS_GROUP, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

/**
 * cfa_conditions_group_set:
 * @rules: (nullable): NULL for none
 */
void
cfa_conditions_group_set (CfaConditionsGroup *self, const CfTriggerRules *rules)
{
  self->updating = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; rules != NULL && rules->conditions != NULL && i < rules->conditions->len; i++)
    append (self, rules->conditions->pdata[i]);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->any), rules != NULL && rules->any);
  self->updating = FALSE;
  update (self);
}

/**
 * cfa_conditions_group_dup:
 * Returns: (transfer full): as they stand, be they complete or not
 */
CfTriggerRules *
cfa_conditions_group_dup (CfaConditionsGroup *self)
{
  CfTriggerRules *rules = cf_struct_new (&cf_trigger_rules_shape);

  rules->any = self->rows->len > 1 && adw_combo_row_get_selected (ADW_COMBO_ROW (self->any)) == 1;
  rules->conditions = cf_structs_new ();
  for (guint i = 0; i < self->rows->len; i++)
    g_ptr_array_add (rules->conditions, cfa_condition_row_dup (self->rows->pdata[i]));
  return rules;
}

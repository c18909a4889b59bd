/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "setting-rows.h"

#include "app/accessible-name.h"

static GtkWidget *
new_row (const char *title, const char *subtitle, GtkWidget *control)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "subtitle", subtitle != NULL ? subtitle : "", NULL);

  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  return row;
}

/**
 * cfa_setting_switch:
 * @control: (out) (transfer none): a GtkSwitch
 *
 * Returns: (transfer floating): a row that is switched on and off; the same for those below.
 */
GtkWidget *
cfa_setting_switch (const char *title, const char *subtitle, GtkWidget **control)
{
  GtkWidget *row;

  *control = gtk_switch_new ();
  row = new_row (title, subtitle, *control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), *control); /* names it too */
  return row;
}

/**
 * cfa_setting_spin:
 * @control: (out) (transfer none): a GtkSpinButton from 0 to @max
 */
GtkWidget *
cfa_setting_spin (const char *title, const char *subtitle, double max, double step, GtkWidget **control)
{
  GtkWidget *row;

  *control = gtk_spin_button_new_with_range (0, max, step);
  row = new_row (title, subtitle, *control);
  gtk_accessible_update_property (GTK_ACCESSIBLE (*control), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  cfa_accessible_name_inside (*control, GTK_TYPE_TEXT, title);
  return row;
}

/* @words: NULL-terminated, translated */
GtkWidget *
cfa_setting_choice (const char *title, const char *const *words)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (words);
  GtkWidget *row = g_object_new (ADW_TYPE_COMBO_ROW, "title", title, "model", model, NULL);

  cfa_accessible_name_inside (row, GTK_TYPE_LIST_VIEW, title);
  return row;
}

/* Returns: (transfer floating): a small button that takes something away; @name says what. */
GtkWidget *
cfa_setting_remove (const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  g_object_set (button, "valign", GTK_ALIGN_CENTER, "tooltip-text", name, NULL);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

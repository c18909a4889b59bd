/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "accessible-name.h"

/**
 * cfa_accessible_name_inside:
 * @widget: a row or group of the toolkit, which leaves some of its inner widgets without a name for screen readers
 * @type: of those to name
 */
void
cfa_accessible_name_inside (GtkWidget *widget, GType type, const char *name)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    cfa_accessible_name_inside (child, type, name);
}

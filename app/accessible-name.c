/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "accessible-name.h"

#include <glib/gi18n.h>
#include <string.h>

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

/**
 * cfa_accessible_name_toasts:
 * To be called when a toast has been added: the toolkit leaves the button that closes it without a name.
 */
void
cfa_accessible_name_toasts (AdwToastOverlay *overlay)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (overlay)); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (strcmp (G_OBJECT_TYPE_NAME (child), "AdwToastWidget") == 0)
      for (GtkWidget *part = gtk_widget_get_first_child (child); part != NULL; part = gtk_widget_get_next_sibling (part))
        if (GTK_IS_BUTTON (part) && gtk_widget_has_css_class (part, "circular"))
          cfa_accessible_name_inside (part, GTK_TYPE_BUTTON, _("Close"));
}

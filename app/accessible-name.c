/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "accessible-name.h"

#include <glib/gi18n.h>

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

static void
name_closing (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_button_get_icon_name (GTK_BUTTON (widget)) != NULL)
    cfa_accessible_name_inside (widget, GTK_TYPE_BUTTON, _("Close"));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    name_closing (child);
}

/**
 * cfa_accessible_name_toasts:
 * To be called when a toast has been added: the toolkit leaves the button that closes it without a name.
 */
void
cfa_accessible_name_toasts (AdwToastOverlay *overlay)
{
  GtkWidget *page = adw_toast_overlay_get_child (overlay);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (overlay)); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (child != page)
      name_closing (child);
}

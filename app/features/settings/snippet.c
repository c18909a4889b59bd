/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "snippet.h"

#include <glib/gi18n.h>

/**
 * cfa_snippet_new:
 * @server: base address
 * @key: the site's
 *
 * Returns: (transfer full): the line that brings the widget into a page.
 */
char *
cfa_snippet_new (const char *server, const char *key)
{
  return g_strdup_printf ("<script src=\"%s/widget.js\" data-site=\"%s\" async></script>", server, key);
}

/**
 * cfa_snippet_new_label:
 * Returns: (transfer floating): a label that shows it as it is, to be selected.
 */
GtkWidget *
cfa_snippet_new_label (void)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  GtkWidget *label = gtk_label_new (NULL);

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  g_object_set (label, "selectable", TRUE, "wrap", TRUE, "wrap-mode", PANGO_WRAP_CHAR, "xalign", 0.0, "attributes", attributes, NULL);
  gtk_widget_set_direction (label, GTK_TEXT_DIR_LTR); /* code */
  gtk_widget_add_css_class (label, "snippet");
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Snippet"), -1);
  return label;
}

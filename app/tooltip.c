/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tooltip.h"

/**
 * cfa_tooltip_set:
 * @widget: one whose tooltip is told again and again, as in a row of a list
 * @text: (nullable): the words
 *
 * GTK asks the display where the pointer is each time that a tooltip is set, be it the same; a list that scrolls cannot wait for that.
 */
void
cfa_tooltip_set (GtkWidget *widget, const char *text)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    gtk_widget_set_tooltip_text (widget, text);
}

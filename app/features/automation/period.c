/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "period.h"

#include "app/accessible-name.h"

#include <glib/gi18n.h>

#define CHOSEN_FIRST 1

static const gint64 periods[] = { 7, 30, 90, 365 };

/**
 * cfa_period_fill:
 * @row: with a title
 */
void
cfa_period_fill (AdwComboRow *row)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    {
      g_autofree char *line = g_strdup_printf (ngettext ("The last %u day", "The last %u days", periods[i]), (guint) periods[i]);

      gtk_string_list_append (words, line);
    }
  adw_combo_row_set_model (row, G_LIST_MODEL (words));
  adw_combo_row_set_selected (row, CHOSEN_FIRST);
  cfa_accessible_name_inside (GTK_WIDGET (row), GTK_TYPE_LIST_VIEW, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
}

gint64
cfa_period_get_days (AdwComboRow *row)
{
  guint chosen = adw_combo_row_get_selected (row);

  return periods[chosen < G_N_ELEMENTS (periods) ? chosen : CHOSEN_FIRST];
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quiet-day-row.h"

#include <glib/gi18n.h>

#define CFA_TYPE_QUIET_DAY_ROW (cfa_quiet_day_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaQuietDayRow, cfa_quiet_day_row, CFA, QUIET_DAY_ROW, AdwEntryRow)

/* The quiet ranges of one weekday, written as "19:00-08:00, 12:00-13:00". What is no such list is not taken. */
struct _CfaQuietDayRow
{
  AdwEntryRow parent_instance;

  CfaAlertSettings *settings;
  guint day;
};

G_DEFINE_FINAL_TYPE (CfaQuietDayRow, cfa_quiet_day_row, ADW_TYPE_ENTRY_ROW)

static gboolean
parse (const char *text, CfaQuietDay *day)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", CFA_QUIET_RANGES_MAX + 1);

  day->n = 0;
  for (char **part = parts; *part != NULL; part++)
    {
      if (*g_strstrip (*part) == '\0' && parts[1] == NULL)
        continue;
      if (day->n == CFA_QUIET_RANGES_MAX || !cfa_quiet_range_parse (*part, &day->ranges[day->n]))
        return FALSE;
      day->n++;
    }
  return TRUE;
}

static char *
format (const CfaQuietDay *day)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < day->n; i++)
    {
      g_autofree char *range = cfa_quiet_range_format (&day->ranges[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", range);
    }
  return g_string_free (text, FALSE);
}

static gboolean
same (const CfaQuietDay *one, const CfaQuietDay *other)
{
  if (one->n != other->n)
    return FALSE;
  for (guint i = 0; i < one->n; i++)
    if (one->ranges[i].from != other->ranges[i].from || one->ranges[i].to != other->ranges[i].to)
      return FALSE;
  return TRUE;
}

static void
on_changed (CfaQuietDayRow *self)
{
  CfaQuietDay *kept = &cfa_alert_settings_get (self->settings)->quiet_days[self->day];
  CfaQuietDay day;
  gboolean good = parse (gtk_editable_get_text (GTK_EDITABLE (self)), &day);

  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_INVALID,
                               good ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), good ? NULL : _("Write times as 19:00-08:00, several with commas between them"));
  if (!good || same (&day, kept))
    return;
  *kept = day;
  cfa_alert_settings_changed (self->settings);
}

static void
cfa_quiet_day_row_finalize (GObject *object)
{
  g_object_unref (CFA_QUIET_DAY_ROW (object)->settings);
  G_OBJECT_CLASS (cfa_quiet_day_row_parent_class)->finalize (object);
}

static void
cfa_quiet_day_row_class_init (CfaQuietDayRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_quiet_day_row_finalize;
}

static void
cfa_quiet_day_row_init (CfaQuietDayRow *self)
{
}

/**
 * cfa_quiet_day_row_new:
 * @day: 0 = Monday
 *
 * Returns: (transfer floating): a row that shows that day's quiet hours and takes others.
 */
GtkWidget *
cfa_quiet_day_row_new (CfaAlertSettings *settings, guint day)
{
  CfaQuietDayRow *self = g_object_new (CFA_TYPE_QUIET_DAY_ROW, NULL);
  g_autoptr (GDateTime) monday = g_date_time_new_utc (2024, 1, 1, 0, 0, 0);
  g_autoptr (GDateTime) that_day = g_date_time_add_days (monday, (int) day);
  g_autofree char *name = g_date_time_format (that_day, "%A");
  g_autofree char *text = format (&cfa_alert_settings_get (settings)->quiet_days[day]);

  self->settings = g_object_ref (settings);
  self->day = day;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  gtk_editable_set_text (GTK_EDITABLE (self), text);
  g_signal_connect_swapped (self, "changed", G_CALLBACK (on_changed), self);
  return GTK_WIDGET (self);
}

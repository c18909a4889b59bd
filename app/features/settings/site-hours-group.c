/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-hours-group.h"

#include "app/accessible-name.h"
#include "culprit.h"
#include "field.h"
#include "setting-rows.h"
#include "site-day-row.h"
#include "site-rules.h"

#include <glib/gi18n.h>

#define DATE_LENGTH 10

struct _CfaSiteHoursGroup
{
  AdwPreferencesGroup parent_instance;

  CfaSiteDraft *draft;
  gboolean updating;
  GtkWidget *limited;
  CfaField *zone;
  GtkWidget *days[CF_N_DAYS];
  GtkWidget *holidays; /* AdwExpanderRow */
  GPtrArray *holiday_rows; /* not owned */
  CfaField *holiday; /* to add one */
};

G_DEFINE_FINAL_TYPE (CfaSiteHoursGroup, cfa_site_hours_group, ADW_TYPE_PREFERENCES_GROUP)

/* What most begin with: a working week, by this computer's clock. */
static void
fill_first (CfSiteHours *hours)
{
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();
  g_autofree char *problem = cfa_rule_time_zone (g_time_zone_get_identifier (here));

  if (hours->time_zone == NULL)
    hours->time_zone = g_strdup (problem == NULL ? g_time_zone_get_identifier (here) : "UTC");
  for (CfDay day = CF_DAY_MONDAY; hours->ranges->len < 5 && day <= CF_DAY_FRIDAY; day++)
    {
      CfSiteRange *range = cf_struct_new (&cf_site_range_shape);

      range->day = day;
      range->from = g_strdup ("09:00");
      range->to = g_strdup ("17:00");
      g_ptr_array_add (hours->ranges, range);
    }
}

static void
on_limited (CfaSiteHoursGroup *self)
{
  const char *name = cfa_site_draft_get (self->draft)->name;
  CfSiteHours *hours;

  if (self->updating)
    return;
  hours = cfa_site_draft_dup_hours (self->draft);
  hours->limited = gtk_switch_get_active (GTK_SWITCH (self->limited));
  if (hours->limited && hours->ranges->len == 0)
    fill_first (hours);
  cfa_site_draft_set_hours (self->draft, GTK_WIDGET (self), hours,
                            g_strdup_printf (hours->limited ? _("“%s” has business hours now") : _("“%s” is always open now"), name));
}

static void
on_zone (CfaSiteHoursGroup *self, const char *text)
{
  CfSiteHours *hours = cfa_site_draft_dup_hours (self->draft);

  g_free (hours->time_zone);
  hours->time_zone = g_strdup (text);
  cfa_site_draft_set_hours (self->draft, GTK_WIDGET (self), hours, g_strdup_printf (_("The hours are those of %s now"), text));
}

/* In the order of their dates; the same date again has another name. */
static void
put_holiday (GPtrArray *holidays, CfSiteHoliday *holiday)
{
  guint place = 0;

  while (place < holidays->len && strcmp (((const CfSiteHoliday *) holidays->pdata[place])->date, holiday->date) < 0)
    place++;
  if (place < holidays->len && g_str_equal (((const CfSiteHoliday *) holidays->pdata[place])->date, holiday->date))
    g_ptr_array_remove_index (holidays, place);
  g_ptr_array_insert (holidays, place, holiday);
}

static void
on_holiday (CfaSiteHoursGroup *self, const char *text)
{
  CfSiteHours *hours = cfa_site_draft_dup_hours (self->draft);
  CfSiteHoliday *holiday = cf_struct_new (&cf_site_holiday_shape);

  holiday->date = g_strndup (text, DATE_LENGTH);
  if (strlen (text) > DATE_LENGTH + 1)
    holiday->name = g_strstrip (g_strdup (text + DATE_LENGTH + 1));
  put_holiday (hours->holidays, holiday);
  cfa_site_draft_set_hours (self->draft, GTK_WIDGET (self), hours, g_strdup_printf (_("Closed on %s"), holiday->date));
  cfa_field_clear (self->holiday);
}

static void
on_holiday_removed (CfaSiteHoursGroup *self, GtkWidget *button)
{
  CfSiteHours *hours = cfa_site_draft_dup_hours (self->draft);
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index"));
  char *done = g_strdup_printf (_("%s is a day like others now"), ((const CfSiteHoliday *) hours->holidays->pdata[index])->date);

  g_ptr_array_remove_index (hours->holidays, index);
  cfa_site_draft_set_hours (self->draft, GTK_WIDGET (self), hours, done);
}

/* "Friday, 25 December 2026" in the person's language. */
static char *
date_words (const char *date)
{
  g_autofree char *noon = g_strconcat (date, "T12:00:00Z", NULL);
  g_autoptr (GDateTime) day = g_date_time_new_from_iso8601 (noon, NULL);

  return day != NULL ? g_date_time_format (day, "%A, %x") : g_strdup (date);
}

static void
add_holiday (CfaSiteHoursGroup *self, const CfSiteHoliday *holiday, guint index)
{
  g_autofree char *words = date_words (holiday->date), *remove = g_strdup_printf (_("Remove %s"), words);
  g_autofree char *title = g_markup_escape_text (holiday->name != NULL ? holiday->name : words, -1);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "subtitle", holiday->name != NULL ? words : "", NULL);
  GtkWidget *button = cfa_setting_remove (remove);

  g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (index));
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_holiday_removed), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self->holidays), row);
  g_ptr_array_add (self->holiday_rows, row);
}

static void
update_holidays (CfaSiteHoursGroup *self, const CfSiteHours *hours)
{
  guint n = hours->holidays->len;
  g_autofree char *count = g_strdup_printf (ngettext ("Closed on %u day", "Closed on %u days", n), n);

  for (guint i = 0; i < self->holiday_rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self->holidays), self->holiday_rows->pdata[i]);
  g_ptr_array_set_size (self->holiday_rows, 0);
  for (guint i = 0; i < n; i++)
    add_holiday (self, hours->holidays->pdata[i], i);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self->holidays), n > 0 ? count : C_("holidays", "None"));
}

static void
update (CfaSiteHoursGroup *self)
{
  g_autoptr (CfSiteHours) hours = cfa_site_draft_dup_hours (self->draft);

  self->updating = TRUE;
  gtk_switch_set_active (GTK_SWITCH (self->limited), hours->limited);
  cfa_field_set_value (self->zone, hours->time_zone);
  cfa_culprit_ask (cfa_site_draft_get_session (self->draft), cfa_site_draft_get (self->draft)->parent.id, self->zone);
  gtk_widget_set_visible (cfa_field_get_row (self->zone), hours->limited);
  for (guint i = 0; i < CF_N_DAYS; i++)
    gtk_widget_set_visible (self->days[i], hours->limited);
  gtk_widget_set_visible (self->holidays, hours->limited);
  update_holidays (self, hours);
  gtk_widget_set_sensitive (GTK_WIDGET (self), cfa_site_draft_may (self->draft));
  self->updating = FALSE;
}

static void
cfa_site_hours_group_dispose (GObject *object)
{
  CfaSiteHoursGroup *self = CFA_SITE_HOURS_GROUP (object);

  g_clear_object (&self->zone);
  g_clear_object (&self->holiday);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->holiday_rows, g_ptr_array_unref);
  G_OBJECT_CLASS (cfa_site_hours_group_parent_class)->dispose (object);
}

static void
cfa_site_hours_group_class_init (CfaSiteHoursGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_site_hours_group_dispose;
}

static void
add (CfaSiteHoursGroup *self, GtkWidget *row)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

static void
cfa_site_hours_group_init (CfaSiteHoursGroup *self)
{
  self->holiday_rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Business hours"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _("Outside of them visitors read what is set below."));
  add (self, cfa_setting_switch (_("Open at certain times only"), _("Otherwise always"), &self->limited));
  self->zone = cfa_field_new (g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Time zone, such as Europe/Lisbon"), NULL), cfa_rule_time_zone, TRUE);
  add (self, cfa_field_get_row (self->zone));
  add (self, cfa_field_get_note (self->zone));
  self->holidays = g_object_new (ADW_TYPE_EXPANDER_ROW, "title", _("Holidays"), NULL);
  self->holiday = cfa_field_new (g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Add a day, such as 2026-12-25 Christmas"), NULL), cfa_rule_holiday, TRUE);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self->holidays), cfa_field_get_row (self->holiday));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self->holidays), cfa_field_get_note (self->holiday));
  cfa_accessible_name_inside (self->holidays, GTK_TYPE_LIST_BOX, _("Holidays"));
  g_signal_connect_object (self->limited, "notify::active", G_CALLBACK (on_limited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->zone, "apply", G_CALLBACK (on_zone), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->holiday, "apply", G_CALLBACK (on_holiday), self, G_CONNECT_SWAPPED);
}

/**
 * cfa_site_hours_group_new:
 * Returns: (transfer floating): when the site is open.
 */
GtkWidget *
cfa_site_hours_group_new (CfaSiteDraft *draft)
{
  CfaSiteHoursGroup *self = g_object_new (CFA_TYPE_SITE_HOURS_GROUP, NULL);

  self->draft = g_object_ref (draft);
  for (CfDay day = CF_DAY_MONDAY; day < CF_N_DAYS; day++)
    {
      self->days[day] = cfa_site_day_row_new (draft, day);
      add (self, self->days[day]);
    }
  add (self, self->holidays);
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("Business hours"));
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

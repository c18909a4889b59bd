/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-day-row.h"

#include "app/accessible-name.h"
#include "app/css-class.h"
#include "setting-rows.h"
#include "site-rules.h"

#include <glib/gi18n.h>

#define DEFAULT_FROM "09:00"
#define DEFAULT_TO   "17:00"
#define EVENING_FROM "18:00" /* what is added after that */
#define EVENING_TO   "20:00"

/* The widgets of one range. */
typedef struct
{
  GtkWidget *row, *from, *to;
  guint index; /* in the hours of the site */
} Line;

struct _CfaSiteDayRow
{
  AdwExpanderRow parent_instance;

  CfaSiteDraft *draft;
  CfDay day;
  char *name;
  GtkWidget *add_row;
  GArray *lines; /* of Line */
};

G_DEFINE_FINAL_TYPE (CfaSiteDayRow, cfa_site_day_row, ADW_TYPE_EXPANDER_ROW)

/* In the person's language. 1 January 2024 was a Monday. */
static char *
name_of (CfDay day)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (2024, 1, 1 + day, 12, 0, 0);

  return g_date_time_format (time, "%A");
}

static char *
done_words (CfaSiteDayRow *self)
{
  return g_strdup_printf (_("“%s” has other hours on %s now"), cfa_site_draft_get (self->draft)->name, self->name);
}

static void
on_add (CfaSiteDayRow *self)
{
  CfSiteHours *hours = cfa_site_draft_dup_hours (self->draft);
  CfSiteRange *range = cf_struct_new (&cf_site_range_shape);
  gboolean first = self->lines->len == 0;

  range->day = self->day;
  range->from = g_strdup (first ? DEFAULT_FROM : EVENING_FROM);
  range->to = g_strdup (first ? DEFAULT_TO : EVENING_TO);
  g_ptr_array_add (hours->ranges, range);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
  cfa_site_draft_set_hours (self->draft, GTK_WIDGET (self), hours, done_words (self));
}

static void
on_remove (CfaSiteDayRow *self, GtkWidget *button)
{
  CfSiteHours *hours = cfa_site_draft_dup_hours (self->draft);

  g_ptr_array_remove_index (hours->ranges, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index")));
  cfa_site_draft_set_hours (self->draft, GTK_WIDGET (self), hours, done_words (self));
}

static const CfSiteRange *
range_of (CfaSiteDayRow *self, const Line *line)
{
  const CfSiteHours *hours = cfa_site_draft_get (self->draft)->hours;

  return hours->ranges->pdata[line->index];
}

/* Says what is wrong, or what one might not expect. */
static void
judge (const Line *line, const char *from, const char *to)
{
  gboolean whole = from != NULL && to != NULL;
  const char *words = !whole ? _("Write a time such as 9:30") : strcmp (from, to) == 0 ? _("Begins and ends at the same time")
                      : strcmp (to, from) < 0 ? _("Until the next day") : "";

  adw_action_row_set_subtitle (ADW_ACTION_ROW (line->row), words);
  cfa_css_class_set (line->row, "error", !whole || strcmp (from, to) == 0);
}

static void
look_at (CfaSiteDayRow *self, const Line *line, gboolean save)
{
  g_autofree char *from = cfa_clock_of (gtk_editable_get_text (GTK_EDITABLE (line->from)));
  g_autofree char *to = cfa_clock_of (gtk_editable_get_text (GTK_EDITABLE (line->to)));
  CfSiteHours *hours;
  CfSiteRange *range;

  if (from != NULL && strcmp (from, "24:00") == 0)
    g_clear_pointer (&from, g_free);
  judge (line, from, to);
  if (!save || from == NULL || to == NULL || strcmp (from, to) == 0)
    return;
  hours = cfa_site_draft_dup_hours (self->draft);
  range = hours->ranges->pdata[line->index];
  g_free (range->from);
  g_free (range->to);
  range->from = g_steal_pointer (&from);
  range->to = strcmp (to, "00:00") == 0 ? g_strdup ("24:00") : g_steal_pointer (&to);
  cfa_site_draft_set_hours (self->draft, GTK_WIDGET (self), hours, done_words (self));
}

static const Line *
line_of (CfaSiteDayRow *self, GtkWidget *entry)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      Line *line = &g_array_index (self->lines, Line, i);

      if (line->from == entry || line->to == entry)
        return line;
    }
  return NULL;
}

static void
on_typed (CfaSiteDayRow *self, GtkWidget *entry)
{
  const Line *line = line_of (self, entry);

  if (line != NULL)
    look_at (self, line, FALSE);
}

static void
on_done (CfaSiteDayRow *self, GtkWidget *entry)
{
  const Line *line = line_of (self, entry);

  if (line != NULL)
    look_at (self, line, TRUE);
}

static void
on_left (GtkEventControllerFocus *focus, CfaSiteDayRow *self)
{
  on_done (self, gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (focus)));
}

static GtkWidget *
new_entry (CfaSiteDayRow *self, const char *name)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_object_set (entry, "max-length", 5, "width-chars", 5, "max-width-chars", 5, "valign", GTK_ALIGN_CENTER, NULL);
  gtk_widget_add_css_class (entry, "numeric");
  gtk_widget_set_direction (entry, GTK_TEXT_DIR_LTR); /* a time */
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  cfa_accessible_name_inside (entry, GTK_TYPE_TEXT, name);
  g_signal_connect_object (entry, "activate", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_typed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_left), self, 0);
  gtk_widget_add_controller (entry, focus);
  return entry;
}

static void
add_line (CfaSiteDayRow *self, guint index)
{
  g_autofree char *from = g_strdup_printf (_("%s, from"), self->name), *to = g_strdup_printf (_("%s, until"), self->name);
  g_autofree char *remove = g_strdup_printf (_("Remove these hours of %s"), self->name);
  Line line = { .index = index };
  GtkWidget *button = cfa_setting_remove (remove);

  line.row = g_object_new (ADW_TYPE_ACTION_ROW, "title", C_("business hours", "Open"), NULL);
  line.from = new_entry (self, from);
  line.to = new_entry (self, to);
  g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (index));
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line.row), line.from);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line.row), gtk_label_new ("–"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (line.row), line.to);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line.row), button);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), line.row);
  g_array_append_val (self->lines, line);
}

/* Anew only when there are others than before: a field that is being written stays where it is. */
static void
update_lines (CfaSiteDayRow *self, const GArray *indexes)
{
  gboolean same = indexes->len == self->lines->len;

  for (guint i = 0; same && i < indexes->len; i++)
    same = g_array_index (indexes, guint, i) == g_array_index (self->lines, Line, i).index;
  if (same)
    return;
  for (guint i = 0; i < self->lines->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_array_index (self->lines, Line, i).row);
  g_array_set_size (self->lines, 0);
  adw_expander_row_remove (ADW_EXPANDER_ROW (self), self->add_row);
  for (guint i = 0; i < indexes->len; i++)
    add_line (self, g_array_index (indexes, guint, i));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->add_row);
}

static void
show_text (GtkWidget *entry, const char *text)
{
  if (!gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (entry)))) && strcmp (gtk_editable_get_text (GTK_EDITABLE (entry)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
update (CfaSiteDayRow *self)
{
  const CfSiteHours *hours = cfa_site_draft_get (self->draft)->hours;
  g_autoptr (GArray) indexes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; hours != NULL && hours->ranges != NULL && i < hours->ranges->len; i++)
    {
      const CfSiteRange *range = hours->ranges->pdata[i];

      if (range->day != self->day)
        continue;
      g_array_append_val (indexes, i);
      g_string_append_printf (words, "%s%s–%s", words->len > 0 ? ", " : "", range->from, range->to);
    }
  update_lines (self, indexes);
  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);

      show_text (line->from, range_of (self, line)->from);
      show_text (line->to, range_of (self, line)->to);
    }
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), words->len > 0 ? words->str : C_("business hours", "Closed"));
}

static void
cfa_site_day_row_dispose (GObject *object)
{
  CfaSiteDayRow *self = CFA_SITE_DAY_ROW (object);

  g_clear_object (&self->draft);
  g_clear_object (&self->add_row);
  G_OBJECT_CLASS (cfa_site_day_row_parent_class)->dispose (object);
}

static void
cfa_site_day_row_finalize (GObject *object)
{
  CfaSiteDayRow *self = CFA_SITE_DAY_ROW (object);

  g_array_unref (self->lines);
  g_free (self->name);
  G_OBJECT_CLASS (cfa_site_day_row_parent_class)->finalize (object);
}

static void
cfa_site_day_row_class_init (CfaSiteDayRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_site_day_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_site_day_row_finalize;
}

static void
cfa_site_day_row_init (CfaSiteDayRow *self)
{
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
}

static void
make_add_row (CfaSiteDayRow *self)
{
  GtkWidget *button = gtk_button_new_with_label (_("Add hours"));
  g_autofree char *name = g_strdup_printf (_("Add hours on %s"), self->name);

  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  self->add_row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self->add_row), button);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->add_row), FALSE);
  gtk_widget_set_focusable (self->add_row, FALSE);
  g_object_ref_sink (self->add_row);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->add_row);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_add), self, G_CONNECT_SWAPPED);
}

/**
 * cfa_site_day_row_new:
 * Returns: (transfer floating): the hours of one weekday.
 */
GtkWidget *
cfa_site_day_row_new (CfaSiteDraft *draft, CfDay day)
{
  CfaSiteDayRow *self = g_object_new (CFA_TYPE_SITE_DAY_ROW, NULL);

  self->draft = g_object_ref (draft);
  self->day = day;
  self->name = name_of (day);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), self->name);
  make_add_row (self);
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, self->name);
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

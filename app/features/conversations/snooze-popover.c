/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "snooze-popover.h"

#include "snooze-time.h"
#include "time-text.h"

#include "protocol/id.h"

#include <glib/gi18n.h>

struct _CfaSnoozePopover
{
  GtkPopover parent_instance;

  GtkStack *stack;
  GtkWidget *offers; /* a button for each CfaSnooze */
  GtkCalendar *calendar;
  GtkSpinButton *hour;
  GtkSpinButton *minute;
  GtkWidget *accept;
  GtkWidget *unless_reply; /* (nullable): a check button, where something is sent */
  gboolean sends;
};

static guint chosen_signal;

G_DEFINE_FINAL_TYPE (CfaSnoozePopover, cfa_snooze_popover, GTK_TYPE_POPOVER)

static void
choose (CfaSnoozePopover *self, gint64 until)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, chosen_signal, 0, until);
}

static void
on_offer (CfaSnoozePopover *self, GtkWidget *button)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  choose (self, cfa_snooze_time (GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "offer")), cf_now (), zone));
}

static gint64
picked (CfaSnoozePopover *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autoptr (GDateTime) time = g_date_time_new (zone, g_date_time_get_year (day), g_date_time_get_month (day),
                                                g_date_time_get_day_of_month (day), gtk_spin_button_get_value_as_int (self->hour),
                                                gtk_spin_button_get_value_as_int (self->minute), 0);

  return time != NULL ? g_date_time_to_unix (time) * 1000 : 0;
}

static void
update_accept (CfaSnoozePopover *self)
{
  gint64 until = picked (self);
  g_autofree char *words = until > cf_now () ? cfa_snooze_words (until, cf_now ()) : NULL;
  g_autofree char *label = words == NULL ? g_strdup (_("That time is over"))
                           /* Translators: a day and a time, as in "Send on Mon 23 Nov, 9:00" */
                           : g_strdup_printf (self->sends ? _("Send on %s") : _("Snooze until %s"), words);

  gtk_button_set_label (GTK_BUTTON (self->accept), label);
  gtk_widget_set_sensitive (self->accept, words != NULL);
}

static void
on_pick (CfaSnoozePopover *self)
{
  gtk_stack_set_visible_child_name (self->stack, "pick");
  update_accept (self);
}

static void
on_accept (CfaSnoozePopover *self)
{
  choose (self, picked (self));
}

static void
add_offer (CfaSnoozePopover *self, CfaSnooze offer, const char *label)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gint64 now = cf_now ();
  g_autofree char *when = cfa_snooze_words (cfa_snooze_time (offer, now, zone), now);
  g_autofree char *said = g_strdup_printf ("%s, %s", label, when);
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *name = gtk_label_new (label), *time = gtk_label_new (when);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (time, "dim-label");
  gtk_widget_add_css_class (time, "numeric");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), time);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  g_object_set_data (G_OBJECT (button), "offer", GINT_TO_POINTER (offer));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_offer), self);
  gtk_box_append (GTK_BOX (self->offers), button);
}

/* Their times are those of now. */
static void
fill (CfaSnoozePopover *self)
{
  GtkWidget *child, *pick = gtk_button_new_with_label (_("Pick a time…"));

  while ((child = gtk_widget_get_first_child (self->offers)) != NULL)
    gtk_box_remove (GTK_BOX (self->offers), child);
  add_offer (self, CFA_SNOOZE_HOUR, _("In 1 hour"));
  add_offer (self, CFA_SNOOZE_TOMORROW, _("Tomorrow"));
  add_offer (self, CFA_SNOOZE_MONDAY, _("Next Monday"));
  gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (pick)), GTK_ALIGN_START);
  gtk_widget_add_css_class (pick, "flat");
  g_signal_connect_swapped (pick, "clicked", G_CALLBACK (on_pick), self);
  gtk_box_append (GTK_BOX (self->offers), pick);
}

static GtkSpinButton *
add_spin (CfaSnoozePopover *self, GtkWidget *box, int most, int value, const char *name)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (0, most, 1);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), value);
  gtk_spin_button_set_wrap (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_widget_set_hexpand (spin, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (spin, "value-changed", G_CALLBACK (update_accept), self);
  gtk_box_append (GTK_BOX (box), spin);
  return GTK_SPIN_BUTTON (spin);
}

static GtkWidget *
make_picker (CfaSnoozePopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *time = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->accept = gtk_button_new ();
  gtk_widget_add_css_class (self->accept, "suggested-action");
  self->calendar = GTK_CALENDAR (gtk_calendar_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->calendar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Day"), -1);
  self->hour = add_spin (self, time, 23, 9, _("Hour"));
  self->minute = add_spin (self, time, 59, 0, _("Minute"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->calendar));
  gtk_box_append (GTK_BOX (box), time);
  gtk_box_append (GTK_BOX (box), self->accept);
  g_signal_connect_swapped (self->calendar, "day-selected", G_CALLBACK (update_accept), self);
  g_signal_connect_swapped (self->accept, "clicked", G_CALLBACK (on_accept), self);
  return box;
}

static void
cfa_snooze_popover_class_init (CfaSnoozePopoverClass *klass)
{
  chosen_signal = g_signal_new ("chosen", CFA_TYPE_SNOOZE_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
cfa_snooze_popover_init (CfaSnoozePopover *self)
{
  self->stack = GTK_STACK (gtk_stack_new ());
  self->offers = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_size_request (self->offers, 240, -1);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_add_named (self->stack, self->offers, "offers");
  gtk_stack_add_named (self->stack, make_picker (self), "pick");
  gtk_popover_set_child (GTK_POPOVER (self), GTK_WIDGET (self->stack));
}

/**
 * cfa_snooze_popover_new:
 *
 * Returns: (transfer floating): the popover, to be given a parent
 */
GtkWidget *
cfa_snooze_popover_new (void)
{
  return g_object_new (CFA_TYPE_SNOOZE_POPOVER, NULL);
}

/**
 * cfa_snooze_popover_new_to_send:
 * @conditions: whether to ask what shall become of it when the visitor writes first
 *
 * Returns: (transfer floating): the popover, which asks when to send something
 */
GtkWidget *
cfa_snooze_popover_new_to_send (gboolean conditions)
{
  CfaSnoozePopover *self = g_object_new (CFA_TYPE_SNOOZE_POPOVER, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *heading = gtk_label_new (_("Send later"));

  self->sends = TRUE;
  g_object_ref (self->stack);
  gtk_popover_set_child (GTK_POPOVER (self), NULL);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_set_margin_start (heading, 6);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  g_object_unref (self->stack);
  if (conditions)
    {
      self->unless_reply = gtk_check_button_new_with_label (_("Only if the visitor does not write first"));
      gtk_check_button_set_active (GTK_CHECK_BUTTON (self->unless_reply), TRUE);
      gtk_box_append (GTK_BOX (box), self->unless_reply);
    }
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_TOP); /* what is sent is written at the bottom */
  return GTK_WIDGET (self);
}

/**
 * cfa_snooze_popover_get_unless_reply:
 * Returns: whether it is not to be sent when the visitor writes first
 */
gboolean
cfa_snooze_popover_get_unless_reply (CfaSnoozePopover *self)
{
  return self->unless_reply != NULL && gtk_check_button_get_active (GTK_CHECK_BUTTON (self->unless_reply));
}

void
cfa_snooze_popover_open (CfaSnoozePopover *self)
{
  fill (self);
  gtk_stack_set_visible_child_name (self->stack, "offers");
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_child_focus (self->offers, GTK_DIR_TAB_FORWARD);
}

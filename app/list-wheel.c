/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "list-wheel.h"

#include <math.h>

/*
 * GtkListView until 4.10 finds the row that belongs to a scroll position by the heights of the rows before it, and a row that it has made since the
 * last layout has none. Two clicks of a wheel between two frames skip such rows: a quick turn of the wheel lands hundreds of rows away. So the clicks of
 * a frame are gathered and applied once, right behind the layout, when all heights are known; what moves is laid out in the same frame.
 */
typedef struct
{
  GtkListView *list;    /* owns this */
  GdkFrameClock *clock; /* (nullable): while clicks wait */
  double clicks;
} Wheel;

static void
stop_waiting (Wheel *self)
{
  if (self->clock != NULL)
    g_signal_handlers_disconnect_by_data (self->clock, self);
  g_clear_object (&self->clock);
  self->clicks = 0;
}

static void
wheel_free (Wheel *self)
{
  stop_waiting (self);
  g_free (self);
}

/* As far for a click as gtkscrolledwindow.c goes. */
static void
on_laid_out (Wheel *self)
{
  GtkAdjustment *v = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));
  double clicks = self->clicks;

  stop_waiting (self);
  if (v != NULL)
    gtk_adjustment_set_value (v, gtk_adjustment_get_value (v) + clicks * pow (gtk_adjustment_get_page_size (v), 2.0 / 3.0));
}

static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, Wheel *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if (gtk_event_controller_scroll_get_unit (controller) != GDK_SCROLL_UNIT_WHEEL || (state & GDK_SHIFT_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  if (self->clock == NULL)
    {
      self->clock = g_object_ref (gtk_widget_get_frame_clock (GTK_WIDGET (self->list)));
      g_signal_connect_data (self->clock, "layout", G_CALLBACK (on_laid_out), self, NULL, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
    }
  self->clicks += dy;
  gdk_frame_clock_request_phase (self->clock, GDK_FRAME_CLOCK_PHASE_LAYOUT);
  return GDK_EVENT_STOP;
}

/**
 * cfa_list_wheel_attach:
 * @list: one that may be long
 *
 * From now on a wheel moves it once a frame, so that no quick turn loses its place.
 */
void
cfa_list_wheel_attach (GtkListView *list)
{
  GtkEventController *controller = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  Wheel *self = g_new0 (Wheel, 1);

  self->list = list;
  g_signal_connect (controller, "scroll", G_CALLBACK (on_scroll), self);
  g_object_set_data_full (G_OBJECT (list), "cfa-list-wheel", self, (GDestroyNotify) wheel_free);
  gtk_widget_add_controller (GTK_WIDGET (list), controller);
}

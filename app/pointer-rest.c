/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pointer-rest.h"

/* A pointer on its way elsewhere is off a row sooner; a finger that is to click needs longer. */
#define REST_MS 60

typedef struct
{
  GtkWidget *widget; /* owns this */
  CfaPointerRestFunc func;
  gpointer data;
  double x, y;
  guint source;
} Rest;

static void
rest_free (Rest *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_free (self);
}

static gboolean
on_rested (gpointer data)
{
  Rest *self = data;

  self->source = 0;
  self->func (self->widget, self->x, self->y, self->data);
  return G_SOURCE_REMOVE;
}

/* GTK tells of a motion also when only what is below the pointer has moved. */
static void
on_motion (GtkEventControllerMotion *motion, double x, double y, Rest *self)
{
  if (x == self->x && y == self->y)
    return;
  self->x = x;
  self->y = y;
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add (REST_MS, on_rested, self);
}

static void
on_leave (Rest *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  self->x = self->y = -1;
}

/**
 * cfa_pointer_rest_attach:
 * @widget: what the pointer moves on
 * @func: called each time that the pointer was moved and has come to rest for a moment
 * @data: for @func; lives as long as @widget
 *
 * Whoever is about to click can be met halfway by that.
 */
void
cfa_pointer_rest_attach (GtkWidget *widget, CfaPointerRestFunc func, gpointer data)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  Rest *self = g_new0 (Rest, 1);

  self->widget = widget;
  self->func = func;
  self->data = data;
  self->x = self->y = -1;
  g_object_set_data_full (G_OBJECT (motion), "rest", self, (GDestroyNotify) rest_free);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (widget, motion);
}

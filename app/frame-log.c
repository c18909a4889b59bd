/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frame-log.h"

typedef struct
{
  gint64 begun; /* monotonic, in µs; 0 = no frame is being made */
} FrameLog;

static void
on_begun (GdkFrameClock *clock, FrameLog *self)
{
  self->begun = g_get_monotonic_time ();
}

static void
on_painted (GdkFrameClock *clock, FrameLog *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->begun > 0)
    g_debug ("frame of %" G_GINT64_FORMAT " us at %" G_GINT64_FORMAT, now - self->begun, now);
  self->begun = 0;
}

static void
on_realized (GtkWidget *window, FrameLog *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  g_signal_connect (clock, "flush-events", G_CALLBACK (on_begun), self);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), self);
}

static void
on_unrealize (GtkWidget *window, FrameLog *self)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (window), self);
  self->begun = 0;
}

static void
free_log (gpointer data, GClosure *closure)
{
  g_free (data);
}

/**
 * cfa_frame_log_watch:
 * @window: not yet realized
 *
 * Tells how long the program works on each frame of @window, from the first event that belongs to it until it is painted. For who
 * measures (G_MESSAGES_DEBUG); otherwise it does nothing.
 */
void
cfa_frame_log_watch (GtkWidget *window)
{
  FrameLog *self;

  if (g_log_writer_default_would_drop (G_LOG_LEVEL_DEBUG, G_LOG_DOMAIN))
    return;
  self = g_new0 (FrameLog, 1);
  g_signal_connect_data (window, "realize", G_CALLBACK (on_realized), self, free_log, 0);
  g_signal_connect (window, "unrealize", G_CALLBACK (on_unrealize), self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A window that shows a list and nothing else, beside which tests/bench/client.mjs and desk.mjs put the client:
 *
 *   plain-list ROWS
 *
 * Each row has a name and a line of text, all of them made before the window is shown. It says what the client says when it is measured.
 */
#include "app/frame-log.h"
#include "app/heartbeat.h"

#include <stdlib.h>

static int n_rows = 10000;

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  gtk_box_append (GTK_BOX (box), gtk_label_new (NULL));
  gtk_box_append (GTK_BOX (box), gtk_label_new (NULL));
  gtk_list_item_set_child (item, box);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *name = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));

  gtk_label_set_label (GTK_LABEL (name), text);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (name)), "Hi, my order hasn't arrived yet");
}

static GtkWidget *
make_list (void)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  for (int i = 0; i < n_rows; i++)
    {
      g_autofree char *name = g_strdup_printf ("Visitor %d", i + 1);

      gtk_string_list_append (names, name);
    }
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled),
                                 gtk_list_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (names))), factory));
  return scrolled;
}

static void
on_painted (GdkFrameClock *clock, gpointer data)
{
  g_signal_handlers_disconnect_by_func (clock, on_painted, data);
  g_debug ("first rows painted at %" G_GINT64_FORMAT, g_get_monotonic_time ());
}

static void
on_activate (GtkApplication *application)
{
  GtkWidget *window = gtk_application_window_new (application), *list = make_list ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 760);
  gtk_window_set_child (GTK_WINDOW (window), list);
  cfa_frame_log_watch (window);
  cfa_heartbeat_start ();
  gtk_widget_realize (window);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_painted), NULL);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (list)));
}

int
main (int argc, char **argv)
{
  g_autoptr (GtkApplication) application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  if (argc > 1)
    n_rows = atoi (argv[1]);
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), NULL);
  return g_application_run (G_APPLICATION (application), 1, argv);
}

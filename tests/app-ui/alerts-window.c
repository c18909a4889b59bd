/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/features/alerts/alerts-bell.h"
#include "app/features/alerts/alerts-page.h"

#include "dummy/dummy.h"

#include <locale.h>

/* The page of the alerts and the bell, each in a window, for tests to look at and to use. */
static void
on_activate (GtkApplication *application)
{
  g_autoptr (CfaSession) session = g_object_new (CFA_TYPE_SESSION, NULL);
  GtkWidget *window, *page;

  if (g_getenv ("RIGHT_TO_LEFT") != NULL)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  window = adw_preferences_window_new ();
  page = cfa_alerts_page_new (session);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), ADW_PREFERENCES_PAGE (page));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", "Bell",
                            "header-suffix", g_object_new (CFA_TYPE_ALERTS_BELL, NULL), NULL)));
  gtk_window_set_title (GTK_WINDOW (window), "Alerts");
  gtk_window_set_default_size (GTK_WINDOW (window), g_getenv ("NARROW") != NULL ? 360 : 640, 1500);
  gtk_window_set_application (GTK_WINDOW (window), application);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = adw_application_new ("org.chatflow.ChatFlow", G_APPLICATION_DEFAULT_FLAGS);

  setlocale (LC_ALL, "");
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}

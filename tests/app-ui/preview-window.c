/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A window with the preview alone, for tests that bring a server of their own:
 *
 *   preview-window MODULE SERVER SNIPPET SITE
 *
 * Says "state N" and "open N" when they change; hears lines of stdin: "open 1", "away 1", "site JSON", "reload". Ends with stdin.
 */
#include "app/web-preview/web-preview.h"

#include <gio/gunixinputstream.h>
#include <gmodule.h>
#include <unistd.h>

static GMainLoop *loop;

static void
on_state (GtkWidget *preview)
{
  guint state;

  g_object_get (preview, "state", &state, NULL);
  g_print ("state %u\n", state);
}

static void
on_open (GtkWidget *preview)
{
  gboolean open;

  g_object_get (preview, "open", &open, NULL);
  g_print ("open %d\n", open);
}

static void
obey (GtkWidget *preview, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 2);

  if (g_str_equal (words[0], "reload"))
    g_signal_emit_by_name (preview, "reload");
  else if (g_str_equal (words[0], "site"))
    g_object_set (preview, "site", words[1], NULL);
  else
    g_object_set (preview, words[0], g_str_equal (words[1], "1"), NULL);
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer preview)
{
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line == NULL)
    {
      g_main_loop_quit (loop);
      return;
    }
  obey (preview, line);
  g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL, on_line, preview);
}

int
main (int argc, char **argv)
{
  GModule *module;
  gpointer make = NULL;
  GtkWidget *window, *preview;
  g_autoptr (GInputStream) in = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (in);

  if (argc != 5)
    return 2;
  gtk_init ();
  module = g_module_open (argv[1], G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
  if (module == NULL || !g_module_symbol (module, CFA_WEB_PREVIEW_NEW, &make))
    g_error ("%s", g_module_error ());
  loop = g_main_loop_new (NULL, FALSE);
  window = gtk_window_new ();
  preview = ((CfaWebPreviewNew) make) (argv[2], argv[3], "en");
  g_signal_connect (preview, "notify::state", G_CALLBACK (on_state), NULL);
  g_signal_connect (preview, "notify::open", G_CALLBACK (on_open), NULL);
  g_object_set (preview, "site", argv[4], NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 600, 600);
  gtk_window_set_child (GTK_WINDOW (window), preview);
  gtk_window_present (GTK_WINDOW (window));
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, on_line, preview);
  g_main_loop_run (loop);
  gtk_window_destroy (GTK_WINDOW (window));
  g_main_loop_unref (loop);
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-server.h"
#include "wait.h"

#include <string.h>

typedef struct
{
  GSubprocess *process;
  GDataInputStream *output;
} Agent;

static Agent
start (const char *program, const char *const *arguments, const char *folder)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  Agent agent;

  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_ptr_array_add (argv, (gpointer) program);
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);
  agent.process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  agent.output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (agent.process));
  return agent;
}

static void
tell (Agent *agent, const char *format, ...)
{
  va_list arguments;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (agent->process), line, strlen (line), NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Returns: (transfer full): the first line with @piece in it. */
static char *
hear (Agent *agent, const char *piece)
{
  for (;;)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autofree char *line = NULL;

      g_data_input_stream_read_line_async (agent->output, G_PRIORITY_DEFAULT, NULL, wait_keep_result, &result);
      wait_until (result != NULL);
      line = g_data_input_stream_read_line_finish_utf8 (agent->output, result, NULL, NULL);
      g_assert_nonnull (line);
      if (strstr (line, piece) != NULL)
        return g_steal_pointer (&line);
    }
}

static void
quit (Agent *agent)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tell (agent, "quit\n");
  g_subprocess_wait_check_async (agent->process, NULL, wait_keep_result, &result);
  wait_until (result != NULL);
  g_subprocess_wait_check_finish (agent->process, result, &error);
  g_assert_no_error (error);
  g_object_unref (agent->output);
  g_object_unref (agent->process);
}

static void
test_headless (gconstpointer program)
{
  FakeServer *server = fake_server_new ();
  g_autofree char *id = fake_server_add_conversation (server, fake_server_add_visitor (server, "Vera", NULL));
  g_autofree char *folder = g_dir_make_tmp ("chatflow-headless-XXXXXX", NULL);
  const char *sign_in[] = { fake_server_address (server), "ana@example.com", "right", NULL };
  const char *restore[] = { "--restore", "token", NULL };
  Agent agent = start (program, sign_in, folder);

  for (guint i = 0; i < 120; i++)
    g_free (fake_server_say (server, id, "line"));
  g_free (hear (&agent, "\"link\":\"live\""));
  tell (&agent, "send %s Hello\\nthere\n", id);
  wait_until (fake_server_count (server, id, "Hello\nthere") == 1);
  g_free (hear (&agent, "\"pending\":0"));
  tell (&agent, "dump\n");
  g_free (hear (&agent, "\"title\":\"Vera\""));
  for (guint i = 0; i < 120; i++)
    g_free (hear (&agent, "\"text\":\"line\""));
  g_free (hear (&agent, "\"text\":\"Hello\\nthere\""));
  g_free (hear (&agent, "dumped"));
  quit (&agent);

  fake_server_stop (server);
  agent = start (program, restore, folder);
  /* there before it can be reached: what the cache holds comes in its own time */
  g_free (hear (&agent, "\"event\":\"conversation\""));
  tell (&agent, "note %s offline\nclose %s\ndump\n", id, id);
  g_free (hear (&agent, "\"state\":\"sending\""));
  g_free (hear (&agent, "dumped"));
  fake_server_start (server);
  tell (&agent, "retry-now\n");
  wait_until (fake_server_count (server, id, "offline") == 1);
  wait_until (fake_server_conversation (server, id)->status == CF_CONVERSATION_CLOSED);
  g_free (hear (&agent, "\"pending\":0"));
  quit (&agent);
  fake_server_free (server);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  g_test_add_data_func ("/app/headless", argv[1], test_headless);
  return g_test_run ();
}

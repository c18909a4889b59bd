/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A child puts messages into the outbox and says of each when it was told that it is kept. It is killed at some moment, without a
 * chance to tidy up: what it was told is kept must be there, whole and in order.
 */
#include "app/cache/cache.h"
#include "app/features/session/write.h"

#include "open-cache.h"

#include "protocol/id.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define SERVER "https://chat.example.com"
#define ROUNDS 12

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaDelta) delta = cfa_cache_delta_finish (result, &error);

  g_assert_no_error (error);
  printf ("%u\n", GPOINTER_TO_UINT (data));
  fflush (stdout);
}

/* Never returns. */
static void
be_child (const char *agent_id)
{
  g_autoptr (CfaCache) cache = open_cache (SERVER, agent_id);
  g_autofree char *conversation_id = cf_id_new ();

  for (guint i = 1;; i++)
    {
      g_autofree char *text = g_strdup_printf ("message %u", i);
      g_autoptr (CfaOutboxRow) row = cfa_write_new_text (NULL, conversation_id, text, FALSE, NULL, NULL, NULL, -1);

      cfa_cache_enqueue_async (cache, row, on_kept, GUINT_TO_POINTER (i));
      g_main_context_iteration (NULL, i % 16 == 0);
    }
}

/* Returns: the last message that the child was told is kept. */
static guint
run_child (const char *self, const char *agent_id, guint enough)
{
  const char *arguments[] = { self, "--child", agent_id, NULL };
  g_autoptr (GError) error = NULL;
  char line[32];
  guint told = 0;
  int output, status;
  GPid pid;
  FILE *lines;

  g_spawn_async_with_pipes (NULL, (char **) arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  lines = fdopen (output, "r");
  while (told < enough && fgets (line, sizeof line, lines) != NULL)
    told = atoi (line);
  kill (pid, SIGKILL);
  while (fgets (line, sizeof line, lines) != NULL)
    if (strchr (line, '\n') != NULL)
      told = atoi (line);
  fclose (lines);
  waitpid (pid, &status, 0);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
  return told;
}

static void
test_kill (gconstpointer data)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autofree char *agent_id = cf_id_new ();
      guint told = run_child (data, agent_id, g_test_rand_int_range (1, 300));
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) rows = NULL;
      g_autoptr (CfaCache) cache = open_cache (SERVER, agent_id);

      cfa_cache_outbox_async (cache, wait_keep_result, &result);
      wait_until (result != NULL);
      rows = cfa_cache_array_finish (result, &error);
      g_assert_no_error (error);
      g_test_message ("told of %u, found %u", told, rows->len);
      g_assert_cmpuint (rows->len, >=, told);
      for (guint j = 0; j < rows->len; j++)
        {
          g_autofree char *text = g_strdup_printf ("\"message %u\"", j + 1);

          g_assert_nonnull (strstr (((CfaOutboxRow *) rows->pdata[j])->params, text));
        }
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;

  if (argc == 3 && g_str_equal (argv[1], "--child"))
    be_child (argv[2]);
  folder = g_dir_make_tmp ("chatflow-kill-XXXXXX", NULL);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/app/outbox/kill", argv[0], test_kill);
  return g_test_run ();
}

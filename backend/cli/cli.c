/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include "agent-commands.h"
#include "backend/server.h"
#include "backend/state-lock.h"
#include "config-command.h"
#include "demo-command.h"
#include "init-command.h"
#include "inspect-command.h"
#include "invite-command.h"
#include "mail-command.h"
#include "protocol/error.h"
#include "site-commands.h"
#include "snapshot-commands.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define PASSWORD_MAX 200

static gboolean serve (const CfdConfig *config, int argc, char **argv, GError **error);

static const CfdCommand commands[] = {
  { "serve", "run the server (what happens without a command)", serve },
  { "init", "create the organisation and its first admin", cfd_init_command },
  { "agent add", "add an agent", cfd_agent_add_command },
  { "agent list", "show the team", cfd_agent_list_command },
  { "agent passwd", "set an agent's password and sign them out", cfd_agent_passwd_command },
  { "agent invite", "make a link with which somebody joins the team", cfd_agent_invite_command },
  { "agent disable", "switch an account off (or on again with --undo)", cfd_agent_disable_command },
  { "site add", "add a web site and print its snippet", cfd_site_add_command },
  { "site list", "show the web sites and their keys", cfd_site_list_command },
  { "backup", "copy the database and all files to FILE, beside a running server", cfd_backup_command },
  { "restore", "put a backup FILE in the place of the database", cfd_restore_command },
  { "mail test", "send a mail, to see whether the mail server takes it", cfd_mail_test_command },
  { "check-config", "check the configuration and print what is in force", cfd_check_config_command },
  { "inspect-file", "look into a file: what the server itself starts for each", cfd_inspect_file_command },
  { "demo", "create a demo organisation with conversations", cfd_demo_command },
};

/* What keeps a restore away from a command that has opened the database; to the end of the command. */
static CfdStateLock *lock;

static gboolean
serve (const CfdConfig *config, int argc, char **argv, GError **error)
{
  g_autoptr (CfdServer) server = NULL;

  if (!cfd_cli_parse ("serve", NULL, argc, argv, error))
    return FALSE;
  server = cfd_server_new (config, error);
  if (server == NULL)
    return FALSE;
  if (cfd_server_run (server) == 0)
    return TRUE;
  g_set_error_literal (error, CF_ERROR, CF_ERROR_INTERNAL, "the server ended with an error; see the log");
  return FALSE;
}

/* The command whose words @argv begins with; @n_words says how many they are. */
static const CfdCommand *
find_command (int argc, char **argv, int *n_words)
{
  g_autofree char *two = argc > 1 ? g_strconcat (argv[0], " ", argv[1], NULL) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      *n_words = strchr (commands[i].words, ' ') != NULL ? 2 : 1;
      if (g_strcmp0 (commands[i].words, *n_words == 2 ? two : argv[0]) == 0)
        return &commands[i];
    }
  return NULL;
}

static char *
describe_commands (void)
{
  GString *text = g_string_new ("Commands:\n");
  g_autofree char *keys = cfd_config_describe ();

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %-16s %s\n", commands[i].words, commands[i].help);
  g_string_append_printf (text, "\nSettings, in the file's [chatflow] group, as CHATFLOW_… in the environment, or with --set:\n%s", keys);
  return g_string_free (text, FALSE);
}

static void
add_override (GPtrArray *overrides, const char *key, const char *value)
{
  if (value != NULL)
    g_ptr_array_add (overrides, g_strconcat (key, "=", value, NULL));
}

/* Global options, up to the command's words. */
static CfdConfig *
parse_global (int *argc, char ***argv, gboolean *version, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("[COMMAND …]");
  g_autofree char *commands_text = describe_commands ();
  g_autofree char *file = NULL, *listen = NULL, *state = NULL, *widget = NULL;
  g_auto (GStrv) settings = NULL;
  gboolean demo_page = FALSE;
  g_autoptr (GPtrArray) overrides = g_ptr_array_new_with_free_func (g_free);
  const GOptionEntry entries[] = {
    { "config", 'c', 0, G_OPTION_ARG_FILENAME, &file, "Read settings from FILE", "FILE" },
    { "state", 's', 0, G_OPTION_ARG_FILENAME, &state, "Folder of the database", "DIR" },
    { "listen", 'l', 0, G_OPTION_ARG_STRING, &listen, "Address and port", "ADDRESS:PORT" },
    { "widget", 0, 0, G_OPTION_ARG_FILENAME, &widget, "Folder with widget.js", "DIR" },
    { "demo-page", 0, 0, G_OPTION_ARG_NONE, &demo_page, "Serve a page with the widget at /demo", NULL },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &settings, "Change one setting; can be repeated", "KEY=VALUE" },
    { "version", 'V', 0, G_OPTION_ARG_NONE, version, "Print the version", NULL },
    { NULL },
  };

  g_option_context_set_summary (context, "ChatFlow's server: live chat for web sites, in one program.");
  g_option_context_set_description (context, commands_text);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return NULL;
  if (file == NULL)
    file = g_strdup (g_getenv ("CHATFLOW_CONFIG"));
  add_override (overrides, "state", state);
  add_override (overrides, "listen", listen);
  add_override (overrides, "widget", widget);
  add_override (overrides, "demo_page", demo_page ? "true" : NULL);
  for (guint i = 0; settings != NULL && settings[i] != NULL; i++)
    g_ptr_array_add (overrides, g_strdup (settings[i]));
  g_ptr_array_add (overrides, NULL);
  return cfd_config_load (file, (const char *const *) overrides->pdata, error);
}

static char *
read_line (int fd)
{
  GString *line = g_string_new (NULL);
  char c;

  while (line->len <= PASSWORD_MAX && read (fd, &c, 1) == 1 && c != '\n')
    if (c != '\r')
      g_string_append_c (line, c);
  return g_string_free (line, FALSE);
}

/**
 * cfd_cli_parse:
 * Parses a command's own options; refuses what is left over.
 */
gboolean
cfd_cli_parse (const char *words, const GOptionEntry *entries, int argc, char **argv, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *name = g_strconcat ("chatflowd ", words, NULL);

  g_set_prgname (name);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (argc > 1)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "got \"%s\", expected only options; see %s --help", argv[1], name);
      return FALSE;
    }
  return TRUE;
}

/**
 * cfd_cli_open_database:
 * @create: also make the folder and the database
 *
 * Works beside a running server, which notices the changes. Returns: (transfer full): the database.
 */
CfdDb *
cfd_cli_open_database (const CfdConfig *config, gboolean create, GError **error)
{
  g_autofree char *path = cfd_config_database (config);

  if (create && g_mkdir_with_parents (config->state, 0700) != 0)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "cannot create the folder %s: %s", config->state, g_strerror (errno));
      return NULL;
    }
  if (!create && !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no database at %s; run \"chatflowd init\" first", path);
      return NULL;
    }
  if (lock == NULL)
    lock = cfd_state_lock (config->state, CFD_STATE_COMMAND, error);
  if (lock == NULL)
    return NULL;
  return cfd_db_open (&cfd_sqlite_driver, path, create, error);
}

/**
 * cfd_cli_read_password:
 * @from_stdin: one line, without a prompt
 *
 * Passwords are never arguments: those stand in the process list. Returns: (transfer full): the password; CF_ERROR_INVALID
 *   when there is no terminal to ask on.
 */
char *
cfd_cli_read_password (gboolean from_stdin, GError **error)
{
  struct termios before, silent;
  char *password;

  if (from_stdin)
    return read_line (STDIN_FILENO);
  if (tcgetattr (STDIN_FILENO, &before) != 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "there is no terminal to ask for a password; use --password-stdin");
      return NULL;
    }
  silent = before;
  silent.c_lflag &= ~ECHO;
  g_print ("Password: ");
  fflush (stdout);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
  password = read_line (STDIN_FILENO);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  g_print ("\n");
  return password;
}

/**
 * cfd_cli_run:
 * Returns: the exit code: 0, 1 when it went wrong, 2 when the command line or configuration is wrong.
 */
int
cfd_cli_run (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfdConfig) config = NULL;
  const CfdCommand *command = &commands[0];
  gboolean version = FALSE, ok;
  int n_words = 0;

  setlocale (LC_ALL, "");
  config = parse_global (&argc, &argv, &version, &error);
  if (version)
    {
      g_print ("chatflowd %s\n", CHATFLOW_VERSION);
      return 0;
    }
  if (config != NULL && argc > 1)
    command = find_command (argc - 1, argv + 1, &n_words);
  if (config == NULL || command == NULL)
    {
      g_printerr ("chatflowd: %s\n", error != NULL ? error->message : "unknown command; see chatflowd --help");
      return 2;
    }
  ok = command->run (config, argc - n_words, argv + n_words, &error);
  g_clear_pointer (&lock, cfd_state_lock_free);
  if (ok)
    return 0;
  g_printerr ("chatflowd: %s\n", error->message);
  return error->domain == G_OPTION_ERROR || g_error_matches (error, CF_ERROR, CF_ERROR_INVALID) ? 2 : 1;
}

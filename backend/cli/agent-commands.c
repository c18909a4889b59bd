/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent-commands.h"

#include "backend/features/accounts/account-service.h"
#include "backend/features/accounts/agent.h"
#include "backend/features/accounts/password.h"
#include "cli.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/json.h"

typedef struct
{
  CfAgentAddParams *params; /* add */
  const char *email;        /* passwd, disable */
  const char *password_hash;
  gboolean disabled;
} Work;

static gboolean
add (CfdTx *tx, gpointer data, GError **error)
{
  Work *work = data;
  g_autoptr (CfOrganisation) organisation = cfd_accounts_sole_organisation (tx, error);
  g_autoptr (CfAgent) agent = NULL;

  if (organisation != NULL)
    agent = cfd_accounts_add_agent (tx, organisation->parent.id, NULL, work->params, work->password_hash, error);
  return agent != NULL;
}

static gboolean
set_password (CfdTx *tx, gpointer data, GError **error)
{
  Work *work = data;
  g_autoptr (CfAgent) found = cfd_accounts_find_agent (tx, work->email, error);
  g_autoptr (CfAgent) agent = NULL;

  if (found != NULL)
    agent = cfd_accounts_set_password (tx, found->parent.organisation_id, NULL, found->parent.id, work->password_hash, NULL, error);
  return agent != NULL;
}

static gboolean
set_disabled (CfdTx *tx, gpointer data, GError **error)
{
  Work *work = data;
  g_autoptr (CfAgent) found = cfd_accounts_find_agent (tx, work->email, error);
  g_autoptr (CfAgentUpdateParams) params = NULL;
  g_autoptr (CfAgent) agent = NULL;
  g_autofree char *json = NULL;

  if (found == NULL)
    return FALSE;
  json = g_strdup_printf ("{\"id\":\"%s\",\"disabled\":%s}", found->parent.id, work->disabled ? "true" : "false");
  params = cf_json_decode_text (&cf_agent_update_params_shape, json, CF_DECODE_STRICT, error);
  if (params != NULL)
    agent = cfd_accounts_update_agent (tx, found->parent.organisation_id, NULL, params, error);
  return agent != NULL;
}

static gboolean
print_agents (CfdTx *tx, gpointer data, GError **error)
{
  g_autoptr (CfOrganisation) organisation = cfd_accounts_sole_organisation (tx, error);
  g_autoptr (GPtrArray) agents = organisation != NULL ? cfd_accounts_list_agents (tx, organisation->parent.id, error) : NULL;

  if (agents == NULL)
    return FALSE;
  for (guint i = 0; i < agents->len; i++)
    {
      const CfAgent *agent = agents->pdata[i];

      g_print ("%-32s %-12s %-9s %s\n", agent->email, cf_role_words[agent->role], agent->disabled ? "disabled" : "", agent->name);
    }
  return TRUE;
}

static gboolean
run (const CfdConfig *config, CfdDbMode mode, CfdDbWork work, Work *data, GError **error)
{
  g_autoptr (CfdDb) db = cfd_cli_open_database (config, FALSE, error);

  return db != NULL && cfd_db_run (db, mode, work, data, error);
}

static char *
hash_password (const char *password, const char *email, GError **error)
{
  return cfd_agent_check_password (password, email, error) ? cfd_password_hash (password, error) : NULL;
}

static gboolean
need_email (const char *email, GError **error)
{
  if (email == NULL)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "expected --email");
  return email != NULL;
}

/**
 * cfd_agent_add_command:
 * `chatflowd agent add`
 */
gboolean
cfd_agent_add_command (const CfdConfig *config, int argc, char **argv, GError **error)
{
  g_autofree char *email = NULL, *name = NULL, *role = NULL, *hash = NULL;
  gboolean from_stdin = FALSE;
  g_autoptr (CfAgentAddParams) params = cf_struct_new (&cf_agent_add_params_shape);
  const GOptionEntry entries[] = {
    { "email", 'e', 0, G_OPTION_ARG_STRING, &email, "Email address", "ADDRESS" },
    { "name", 'n', 0, G_OPTION_ARG_STRING, &name, "Name, as visitors see it", "NAME" },
    { "role", 'r', 0, G_OPTION_ARG_STRING, &role, "agent (default), supervisor or admin", "ROLE" },
    { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &from_stdin, "Read the password from standard input", NULL },
    { NULL },
  };
  Work work = { .params = params };
  int number;

  if (!cfd_cli_parse ("agent add", entries, argc, argv, error) || !need_email (email, error))
    return FALSE;
  number = cf_field_word (cf_shape_field (&cf_agent_add_params_shape, "role"), role != NULL ? role : "agent");
  if (name == NULL || number < 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID,
                           name == NULL ? "expected --name" : "--role: expected agent, supervisor or admin");
      return FALSE;
    }
  params->id = cf_id_new ();
  params->email = g_strdup (email);
  params->name = g_strdup (name);
  params->role = number;
  params->password = cfd_cli_read_password (from_stdin, error);
  if (params->password == NULL || !cf_struct_check (params, error) || (hash = hash_password (params->password, email, error)) == NULL)
    return FALSE;
  work.password_hash = hash;
  if (!run (config, CFD_DB_WRITE, add, &work, error))
    return FALSE;
  g_print ("Added %s <%s>\n", name, email);
  return TRUE;
}

/**
 * cfd_agent_list_command:
 * `chatflowd agent list`
 */
gboolean
cfd_agent_list_command (const CfdConfig *config, int argc, char **argv, GError **error)
{
  return cfd_cli_parse ("agent list", NULL, argc, argv, error) && run (config, CFD_DB_READ, print_agents, NULL, error);
}

/**
 * cfd_agent_passwd_command:
 * `chatflowd agent passwd`
 */
gboolean
cfd_agent_passwd_command (const CfdConfig *config, int argc, char **argv, GError **error)
{
  g_autofree char *email = NULL, *password = NULL, *hash = NULL;
  gboolean from_stdin = FALSE;
  const GOptionEntry entries[] = {
    { "email", 'e', 0, G_OPTION_ARG_STRING, &email, "Email address", "ADDRESS" },
    { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &from_stdin, "Read the password from standard input", NULL },
    { NULL },
  };
  Work work = { 0 };

  if (!cfd_cli_parse ("agent passwd", entries, argc, argv, error) || !need_email (email, error)
      || (password = cfd_cli_read_password (from_stdin, error)) == NULL
      || (hash = hash_password (password, email, error)) == NULL)
    return FALSE;
  work.email = email;
  work.password_hash = hash;
  if (!run (config, CFD_DB_WRITE, set_password, &work, error))
    return FALSE;
  g_print ("Changed the password of %s; all their sessions are signed out\n", email);
  return TRUE;
}

/**
 * cfd_agent_disable_command:
 * `chatflowd agent disable`
 */
gboolean
cfd_agent_disable_command (const CfdConfig *config, int argc, char **argv, GError **error)
{
  g_autofree char *email = NULL;
  gboolean undo = FALSE;
  const GOptionEntry entries[] = {
    { "email", 'e', 0, G_OPTION_ARG_STRING, &email, "Email address", "ADDRESS" },
    { "undo", 0, 0, G_OPTION_ARG_NONE, &undo, "Switch the account on again", NULL },
    { NULL },
  };
  Work work = { 0 };

  if (!cfd_cli_parse ("agent disable", entries, argc, argv, error) || !need_email (email, error))
    return FALSE;
  work.email = email;
  work.disabled = !undo;
  if (!run (config, CFD_DB_WRITE, set_disabled, &work, error))
    return FALSE;
  g_print (undo ? "%s can sign in again\n" : "Switched off %s; all their sessions are signed out\n", email);
  return TRUE;
}

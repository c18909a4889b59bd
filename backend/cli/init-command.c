/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "init-command.h"

#include "backend/features/accounts/account-service.h"
#include "backend/features/accounts/agent.h"
#include "backend/features/accounts/password.h"
#include "cli.h"
#include "protocol/error.h"
#include "protocol/id.h"

typedef struct
{
  const char *organisation;
  CfAgentAddParams *admin;
  char *password_hash;
} Init;

static gboolean
write_organisation (CfdTx *tx, gpointer data, GError **error)
{
  Init *init = data;
  g_autoptr (CfOrganisation) there = cfd_accounts_sole_organisation (tx, NULL);
  g_autoptr (CfOrganisation) organisation = NULL;
  g_autoptr (CfAgent) admin = NULL;

  if (there != NULL)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "the organisation \"%s\" exists already; add agents with \"chatflowd agent add\"",
                   there->name);
      return FALSE;
    }
  organisation = cfd_accounts_create_organisation (tx, init->organisation, error);
  if (organisation == NULL)
    return FALSE;
  admin = cfd_accounts_add_agent (tx, organisation->parent.id, NULL, init->admin, init->password_hash, error);
  return admin != NULL;
}

/**
 * cfd_init_command:
 * `chatflowd init`: database, organisation, first admin.
 */
gboolean
cfd_init_command (const CfdConfig *config, int argc, char **argv, GError **error)
{
  g_autofree char *organisation = NULL, *email = NULL, *name = NULL, *hash = NULL;
  gboolean from_stdin = FALSE;
  g_autoptr (CfAgentAddParams) admin = cf_struct_new (&cf_agent_add_params_shape);
  g_autoptr (CfdDb) db = NULL;
  Init init = { 0 };
  const GOptionEntry entries[] = {
    { "organisation", 'o', 0, G_OPTION_ARG_STRING, &organisation, "Name of the business", "NAME" },
    { "email", 'e', 0, G_OPTION_ARG_STRING, &email, "The first admin's email address", "ADDRESS" },
    { "name", 'n', 0, G_OPTION_ARG_STRING, &name, "The first admin's name", "NAME" },
    { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &from_stdin, "Read the password from standard input", NULL },
    { NULL },
  };

  if (!cfd_cli_parse ("init", entries, argc, argv, error))
    return FALSE;
  if (organisation == NULL || email == NULL || name == NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "expected --organisation, --email and --name");
      return FALSE;
    }
  admin->id = cf_id_new ();
  admin->email = g_strdup (email);
  admin->name = g_strdup (name);
  admin->role = CF_ROLE_ADMIN;
  admin->password = cfd_cli_read_password (from_stdin, error);
  if (admin->password == NULL || !cf_struct_check (admin, error) || !cfd_agent_check_password (admin->password, email, error))
    return FALSE;
  db = cfd_cli_open_database (config, TRUE, error);
  hash = db != NULL ? cfd_password_hash (admin->password, error) : NULL;
  if (hash == NULL)
    return FALSE;
  init = (Init) { organisation, admin, hash };
  if (!cfd_db_run (db, CFD_DB_WRITE, write_organisation, &init, error))
    return FALSE;
  g_print ("Created \"%s\" with the admin %s in %s\n", organisation, email, config->state);
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "invite-command.h"

#include "backend/features/accounts/account-service.h"
#include "backend/features/accounts/invite-service.h"
#include "cli.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/invite-link.h"

typedef struct
{
  CfInviteCreateParams *params;
  CfInviteResult *made; /* out */
} Inviting;

static gboolean
invite (CfdTx *tx, gpointer data, GError **error)
{
  Inviting *inviting = data;
  g_autoptr (CfOrganisation) organisation = cfd_accounts_sole_organisation (tx, error);

  g_clear_pointer (&inviting->made, cf_struct_unref);
  if (organisation != NULL)
    inviting->made = cfd_invites_create (tx, organisation->parent.id, NULL, inviting->params, error);
  return inviting->made != NULL;
}

static CfInviteCreateParams *
new_params (const char *email, const char *role, GError **error)
{
  g_autoptr (CfInviteCreateParams) params = cf_struct_new (&cf_invite_create_params_shape);
  int number = cf_field_word (cf_shape_field (&cf_invite_create_params_shape, "role"), role != NULL ? role : "agent");

  if (number < 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "--role: expected agent, supervisor or admin");
      return NULL;
    }
  params->id = cf_id_new ();
  params->email = g_strdup (email);
  params->role = number;
  return cf_struct_check (params, error) ? g_steal_pointer (&params) : NULL;
}

/* Before anything is stored: a link that leads nowhere would be noticed by whoever was invited only. */
static gboolean
check_server (const char *server, GError **error)
{
  g_autofree char *link = server != NULL ? cf_invite_link_new (server, "x") : NULL;

  if (link == NULL)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "--server: expected the address at which clients reach this server, as https://chat.example.com");
  return link != NULL;
}

/**
 * cfd_agent_invite_command:
 * `chatflowd agent invite`: prints the link, this once.
 */
gboolean
cfd_agent_invite_command (const CfdConfig *config, int argc, char **argv, GError **error)
{
  g_autofree char *email = NULL, *role = NULL, *server = NULL, *link = NULL;
  g_autoptr (CfInviteCreateParams) params = NULL;
  g_autoptr (CfInviteResult) made = NULL;
  g_autoptr (CfdDb) db = NULL;
  Inviting inviting = { 0 };
  const GOptionEntry entries[] = {
    { "server", 's', 0, G_OPTION_ARG_STRING, &server, "Where clients reach this server, as https://chat.example.com", "ADDRESS" },
    { "email", 'e', 0, G_OPTION_ARG_STRING, &email, "Email address of who may join; without it, whoever has the link", "ADDRESS" },
    { "role", 'r', 0, G_OPTION_ARG_STRING, &role, "agent (default), supervisor or admin", "ROLE" },
    { NULL },
  };

  if (!cfd_cli_parse ("agent invite", entries, argc, argv, error) || !check_server (server, error)
      || (params = new_params (email, role, error)) == NULL)
    return FALSE;
  inviting.params = params;
  db = cfd_cli_open_database (config, FALSE, error);
  if (db == NULL)
    return FALSE;
  if (!cfd_db_run (db, CFD_DB_WRITE, invite, &inviting, error))
    {
      g_clear_pointer (&inviting.made, cf_struct_unref);
      return FALSE;
    }
  made = inviting.made;
  link = cf_invite_link_new (server, made->token);
  g_print ("%s\nGood once, for %d days; it is shown only now.\n", link, CFD_INVITE_DAYS);
  return TRUE;
}

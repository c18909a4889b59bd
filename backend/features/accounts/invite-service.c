/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "invite-service.h"

#include "account-service.h"
#include "agent-store.h"
#include "agent.h"
#include "backend/db/lookup.h"
#include "backend/features/audit/audit-service.h"
#include "backend/features/departments/department-service.h"
#include "invite-store.h"
#include "login-session-service.h"
#include "login-throttle.h"
#include "password.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "token-service.h"

#define LIFE_MS (CFD_INVITE_DAYS * 24 * 60 * 60 * G_GINT64_CONSTANT (1000))

/* What the slow thread hands to the writing thread. */
typedef struct
{
  const CfInviteAcceptParams *params;
  const char *address, *password_hash, *token;
  CfLoginSession *session; /* out */
  CfAgent *agent;          /* out */
} Accepting;

/* Wrong, used, revoked and expired ones are told apart by nobody who only guesses. */
static gboolean
refuse_token (GError **error)
{
  g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAUTHENTICATED, "this link is not good, or no longer; ask an admin of your team for another");
  return FALSE;
}

static gboolean
find_good (CfdTx *tx, const char *token, CfInvite **invite, GError **error)
{
  g_autofree char *hash = cfd_token_hash (token);

  if (!cfd_invite_store_by_hash (tx, hash, invite, error))
    return FALSE;
  return (*invite != NULL && (*invite)->used_at == 0 && (*invite)->expires_at > cfd_tx_now (tx)) || refuse_token (error);
}

static gboolean
same_strings (char **a, char **b)
{
  static char *none[] = { NULL };

  return g_strv_equal ((const char *const *) (a != NULL ? a : none), (const char *const *) (b != NULL ? b : none));
}

/* Whether the same was asked for before and waits: its token may have been lost with the answer. */
static gboolean
is_repeat (const CfInvite *have, const CfInvite *wanted)
{
  return !have->parent.deleted && have->used_at == 0 && g_strcmp0 (have->parent.organisation_id, wanted->parent.organisation_id) == 0
         && g_strcmp0 (have->email, wanted->email) == 0 && have->role == wanted->role
         && same_strings (have->departments, wanted->departments) && g_strcmp0 (have->agent_id, wanted->agent_id) == 0;
}

/* Stores @invite with a token of its own; what it had before is worthless from now on. */
static CfInviteResult *
issue (CfdTx *tx, const CfdCaller *by, CfInvite *invite, const char *action, const char *whom, GError **error)
{
  g_autoptr (CfInviteResult) result = cf_struct_new (&cf_invite_result_shape);
  g_autoptr (CfInvite) taken = NULL;
  g_autofree char *detail = g_strdup_printf ("role: → %s", cf_role_words[invite->role]);

  if (!cfd_tx_lookup (tx, &cf_invite_shape, invite->parent.id, &taken, error))
    return NULL;
  if (taken != NULL && !is_repeat (taken, invite))
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "id: is another invite's");
      return NULL;
    }
  result->token = cfd_token_new ();
  invite->token_hash = cfd_token_hash (result->token);
  invite->invited_by = g_strdup (by->id);
  invite->created_at = cfd_tx_now (tx);
  invite->expires_at = invite->created_at + LIFE_MS;
  if (!cfd_tx_put (tx, invite, error)
      || !cfd_audit_note (tx, by, action, &invite->parent, whom, invite->agent_id == NULL ? detail : NULL, error))
    return NULL;
  result->invite = cf_struct_ref (invite);
  return g_steal_pointer (&result);
}

static CfInvite *
new_invite (const char *id, const CfdCaller *by)
{
  CfInvite *invite = cf_struct_new (&cf_invite_shape);

  invite->parent.id = g_strdup (id);
  invite->parent.organisation_id = g_strdup (by->organisation_id);
  return invite;
}

static gboolean
check_free (CfdTx *tx, const char *email, GError **error)
{
  g_autoptr (CfAgent) taken = NULL;

  if (!cfd_agent_store_by_email (tx, email, &taken, error))
    return FALSE;
  if (taken != NULL)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "email: an agent with this address exists already");
  return taken == NULL;
}

/* The agent whom @invite makes or lets in again. */
static CfAgent *
admit (CfdTx *tx, CfInvite *invite, const Accepting *accepting, GError **error)
{
  const char *organisation_id = invite->parent.organisation_id;
  g_autoptr (CfdCaller) by = cfd_caller_new (CFD_ALLOW_ANYONE);
  g_autoptr (CfAgentAddParams) add = NULL;
  g_autoptr (CfAgent) agent = NULL;

  if (invite->agent_id != NULL)
    {
      agent = cfd_accounts_get_agent (tx, organisation_id, invite->agent_id, error);
      if (agent == NULL || agent->disabled)
        {
          g_clear_error (error);
          refuse_token (error);
          return NULL;
        }
      by->id = g_strdup (agent->parent.id);
      by->name = g_strdup (agent->name);
      return cfd_accounts_set_password (tx, organisation_id, by, invite->agent_id, accepting->password_hash, NULL, error);
    }
  add = cf_struct_new (&cf_agent_add_params_shape);
  add->id = cf_id_new ();
  add->name = g_strdup (accepting->params->name);
  add->email = g_strdup (invite->email != NULL ? invite->email : accepting->params->email);
  add->role = invite->role;
  by->id = g_strdup (add->id);
  by->name = g_strdup (add->name);
  agent = cfd_accounts_add_agent (tx, organisation_id, by, add, accepting->password_hash, error);
  if (agent == NULL || !cfd_departments_join (tx, organisation_id, invite->departments, agent->parent.id, error))
    return NULL;
  return g_steal_pointer (&agent);
}

static gboolean
store_accepted (CfdTx *tx, gpointer data, GError **error)
{
  Accepting *accepting = data;
  g_autoptr (CfInvite) invite = NULL;

  g_clear_pointer (&accepting->agent, cf_struct_unref);
  g_clear_pointer (&accepting->session, cf_struct_unref);
  /* It was looked at in an earlier view; somebody else may have used it since. */
  if (!find_good (tx, accepting->params->token, &invite, error))
    return FALSE;
  accepting->agent = admit (tx, invite, accepting, error);
  if (accepting->agent == NULL)
    return FALSE;
  invite->used_at = cfd_tx_now (tx);
  g_free (invite->agent_id);
  invite->agent_id = g_strdup (accepting->agent->parent.id);
  if (!cfd_tx_put (tx, invite, error))
    return FALSE;
  accepting->session = cfd_login_sessions_open (tx, accepting->agent, accepting->params->device, accepting->address, accepting->token, error);
  return accepting->session != NULL;
}

/* Who joins says who they are. @email: (out) (transfer full): theirs */
static gboolean
check_person (CfdTx *tx, const CfInvite *invite, const CfInviteAcceptParams *params, char **email, GError **error)
{
  g_autoptr (CfAgent) agent = NULL;

  if (invite->agent_id != NULL)
    {
      agent = cfd_accounts_get_agent (tx, invite->parent.organisation_id, invite->agent_id, error);
      *email = agent != NULL ? g_strdup (agent->email) : NULL;
      return agent != NULL;
    }
  if (params->name == NULL || (invite->email == NULL && params->email == NULL))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: missing, expected a string", params->name == NULL ? "name" : "email");
      return FALSE;
    }
  *email = cfd_agent_normalise_email (invite->email != NULL ? invite->email : params->email, error);
  return *email != NULL && check_free (tx, *email, error);
}

GPtrArray *
cfd_invites_list (CfdTx *tx, const char *organisation_id, GError **error)
{
  return cfd_invite_store_list (tx, organisation_id, error);
}

/**
 * cfd_invites_create:
 * A way into the team for one person. A repeat gives another token, in place of the one that was lost with the answer.
 *
 * Returns: (transfer full): token and invite. CF_ERROR_CONFLICT when the address is an agent's.
 */
CfInviteResult *
cfd_invites_create (CfdTx *tx, const CfdCaller *by, const CfInviteCreateParams *params, GError **error)
{
  g_autoptr (CfInvite) invite = new_invite (params->id, by);

  if (params->email != NULL && *params->email != '\0')
    {
      invite->email = cfd_agent_normalise_email (params->email, error);
      if (invite->email == NULL || !check_free (tx, invite->email, error))
        return NULL;
    }
  if (!cfd_departments_check (tx, by->organisation_id, params->departments, error))
    return NULL;
  invite->role = params->role;
  if (params->departments != NULL && params->departments[0] != NULL)
    invite->departments = g_strdupv (params->departments);
  return issue (tx, by, invite, "invite.create", invite->email, error);
}

/**
 * cfd_invites_reset:
 * A way back in for an agent who has lost the password. Nothing changes until it is used.
 *
 * Returns: (transfer full): token and invite. CF_ERROR_CONFLICT when the account is switched off.
 */
CfInviteResult *
cfd_invites_reset (CfdTx *tx, const CfdCaller *by, const CfAgentResetParams *params, GError **error)
{
  g_autoptr (CfAgent) agent = cfd_accounts_get_agent (tx, by->organisation_id, params->agent_id, error);
  g_autoptr (CfInvite) invite = NULL;

  if (agent == NULL)
    return NULL;
  if (agent->disabled)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "%s's account is switched off; switch it on first", agent->name);
      return NULL;
    }
  invite = new_invite (params->id, by);
  invite->email = g_strdup (agent->email);
  invite->role = agent->role;
  invite->agent_id = g_strdup (agent->parent.id);
  return issue (tx, by, invite, "agent.reset", agent->name, error);
}

/**
 * cfd_invites_revoke:
 * Its token is worthless from now on. Revoking what has been revoked changes nothing.
 *
 * Returns: (transfer full): its tombstone.
 */
CfInvite *
cfd_invites_revoke (CfdTx *tx, const CfdCaller *by, const char *id, GError **error)
{
  g_autoptr (CfInvite) invite = NULL;

  if (!cfd_tx_lookup (tx, &cf_invite_shape, id, &invite, error))
    return NULL;
  if (invite == NULL || g_strcmp0 (invite->parent.organisation_id, by->organisation_id) != 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such invite");
      return NULL;
    }
  if (invite->parent.deleted)
    return g_steal_pointer (&invite);
  invite->parent.deleted = TRUE;
  if (!cfd_tx_put (tx, invite, error) || !cfd_audit_note (tx, by, "invite.revoke", &invite->parent, invite->email, NULL, error))
    return NULL;
  return g_steal_pointer (&invite);
}

/**
 * cfd_invites_accept:
 * On the slow thread. Makes the agent, or gives an agent another password and ends their sessions; then signs them in.
 *
 * Returns: (transfer full): as cfd_login_sessions_login(). CF_ERROR_UNAUTHENTICATED for every token that is not good,
 *   RATE_LIMITED after too many of them.
 */
CfLoginResult *
cfd_invites_accept (CfdTx *tx, CfdDb *db, const CfInviteAcceptParams *params, const char *address, GError **error)
{
  g_autoptr (CfLoginResult) result = cf_struct_new (&cf_login_result_shape);
  g_autoptr (CfInvite) invite = NULL;
  g_autofree char *email = NULL, *hash = NULL;
  Accepting accepting = { .params = params, .address = address };

  if (!cfd_login_throttle_check (address, NULL, cfd_tx_now (tx), error))
    return NULL;
  if (!find_good (tx, params->token, &invite, error))
    {
      cfd_login_throttle_failed (address, NULL, cfd_tx_now (tx));
      return NULL;
    }
  if (!check_person (tx, invite, params, &email, error) || !cfd_agent_check_password (params->password, email, error)
      || (hash = cfd_password_hash (params->password, error)) == NULL)
    return NULL;
  result->token = cfd_token_new ();
  accepting.password_hash = hash;
  accepting.token = result->token;
  if (!cfd_db_run (db, CFD_DB_WRITE, store_accepted, &accepting, error))
    {
      g_clear_pointer (&accepting.agent, cf_struct_unref);
      g_clear_pointer (&accepting.session, cf_struct_unref);
      return NULL;
    }
  result->agent = accepting.agent;
  result->session = accepting.session;
  return g_steal_pointer (&result);
}

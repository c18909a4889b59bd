/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "invite-service.h"

#include "account-service.h"
#include "agent-store.h"
#include "agent.h"
#include "backend/db/lookup.h"
#include "backend/features/audit/audit-service.h"
#include "backend/features/departments/department-service.h"
#include "backend/features/sites/offer-service.h"
#include "backend/jobs/job-service.h"
#include "backend/mail/mail-address.h"
#include "backend/mail/mailer.h"
#include "invite-letter.h"
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

static gboolean
refuse_token (GError **error)
{
  g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAUTHENTICATED, "this link is not good; ask an admin of your team for another");
  return FALSE;
}

/* The invite of @token, in whatever state. A guess finds none. */
static gboolean
find (CfdTx *tx, const char *token, CfInvite **invite, GError **error)
{
  g_autofree char *hash = cfd_token_hash (token);

  return cfd_invite_store_by_hash (tx, hash, invite, error) && (*invite != NULL || refuse_token (error));
}

/* Whoever holds the token of an invite that is over may know why, so that they know what to do. */
static gboolean
check_good (CfdTx *tx, const CfInvite *invite, GError **error)
{
  if (invite->parent.deleted)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_REVOKED, "this invite was withdrawn; ask an admin of your team for another");
  else if (invite->used_at != 0)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "this invite was used; sign in with the email address and the password chosen then");
  else if (invite->expires_at <= cfd_tx_now (tx))
    g_set_error (error, CF_ERROR, CF_ERROR_EXPIRED, "this invite was good for %d days; ask an admin of your team for another", CFD_INVITE_DAYS);
  else
    return TRUE;
  return FALSE;
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

/* How an invite gets to whom it is for. */
typedef struct
{
  const char *server, *language; /* nullable: by whoever made it */
} Way;

/* Its link goes by mail where that was asked for and can be; else whoever made it passes it on. Of what was to go before nothing does. */
static gboolean
post (CfdTx *tx, const CfdCaller *by, CfInvite *invite, const char *token, const Way *way, GError **error)
{
  gboolean goes = way->server != NULL && *way->server != '\0' && invite->email != NULL && cfd_mail_is_set_up ();
  g_autoptr (GError) problem = NULL;

  /* Agents may be called what no mail server knows: such as ana@localhost. */
  if (goes)
    g_free (cfd_mail_address_normalise (invite->email, &problem));
  invite->mail = problem != NULL ? CF_INVITE_MAIL_FAILED : goes ? CF_INVITE_MAIL_WAITING : CF_INVITE_MAIL_NONE;
  invite->mail_error = problem != NULL ? g_strdup (problem->message) : NULL;
  goes = goes && problem == NULL;
  return cfd_jobs_drop (tx, invite->parent.id, error)
         && (!goes || cfd_invite_letter_post (tx, invite, token, way->server, way->language, by != NULL ? by->name : NULL, error));
}

/* Stores @invite with a token of its own; what it had before is worthless from now on. */
static CfInviteResult *
issue (CfdTx *tx, const CfdCaller *by, CfInvite *invite, const char *action, const char *whom, const Way *way, GError **error)
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
  invite->invited_by = by != NULL ? g_strdup (by->id) : NULL;
  invite->created_at = cfd_tx_now (tx);
  invite->expires_at = invite->created_at + LIFE_MS;
  if (!cfd_invite_letter_check (way->server, error) || !post (tx, by, invite, result->token, way, error) || !cfd_tx_put (tx, invite, error)
      || !cfd_audit_note (tx, by, action, &invite->parent, whom, invite->agent_id == NULL ? detail : NULL, error))
    return NULL;
  result->invite = cf_struct_ref (invite);
  return g_steal_pointer (&result);
}

static CfInvite *
new_invite (const char *id, const char *organisation_id)
{
  CfInvite *invite = cf_struct_new (&cf_invite_shape);

  invite->parent.id = g_strdup (id);
  invite->parent.organisation_id = g_strdup (organisation_id);
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
  if (agent == NULL || !cfd_departments_join (tx, organisation_id, invite->departments, agent->parent.id, error)
      || !cfd_offers_renew (tx, organisation_id, agent->name, error))
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
  if (!find (tx, accepting->params->token, &invite, error) || !check_good (tx, invite, error))
    return FALSE;
  accepting->agent = admit (tx, invite, accepting, error);
  if (accepting->agent == NULL)
    return FALSE;
  invite->used_at = cfd_tx_now (tx);
  g_free (invite->agent_id);
  invite->agent_id = g_strdup (accepting->agent->parent.id);
  if (!cfd_jobs_drop (tx, invite->parent.id, error) || !cfd_tx_put (tx, invite, error))
    return FALSE;
  accepting->session = cfd_login_sessions_open (tx, accepting->agent, accepting->params->device, accepting->address, accepting->token, error);
  return accepting->session != NULL;
}

/* The answer may have been lost on its way: whoever says the same password again is signed in. */
static gboolean
store_repeated (CfdTx *tx, gpointer data, GError **error)
{
  Accepting *accepting = data;

  g_clear_pointer (&accepting->session, cf_struct_unref);
  accepting->session = cfd_login_sessions_open (tx, accepting->agent, accepting->params->device, accepting->address, accepting->token, error);
  return accepting->session != NULL;
}

/* Returns: (transfer full) (nullable): who was made by @invite, when that is the password. */
static CfAgent *
find_repeater (CfdTx *tx, const CfInvite *invite, const char *password)
{
  g_autoptr (CfAgent) agent = NULL;

  if (invite->parent.deleted || invite->used_at == 0)
    return NULL;
  agent = cfd_accounts_get_active (tx, invite->parent.organisation_id, invite->agent_id, NULL);
  return agent != NULL && cfd_password_verify (agent->password_hash, password) ? g_steal_pointer (&agent) : NULL;
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
 * @by: (nullable): who does it; NULL = the command line
 *
 * A way into the team for one person. A repeat gives another token, in place of the one that was lost with the answer.
 *
 * Returns: (transfer full): token and invite. CF_ERROR_CONFLICT when the address is an agent's.
 */
CfInviteResult *
cfd_invites_create (CfdTx *tx, const char *organisation_id, const CfdCaller *by, const CfInviteCreateParams *params, GError **error)
{
  g_autoptr (CfInvite) invite = new_invite (params->id, organisation_id);

  if (params->email != NULL && *params->email != '\0')
    {
      invite->email = cfd_agent_normalise_email (params->email, error);
      if (invite->email == NULL || !check_free (tx, invite->email, error))
        return NULL;
    }
  if (!cfd_departments_check (tx, organisation_id, params->departments, error))
    return NULL;
  invite->role = params->role;
  if (params->departments != NULL && params->departments[0] != NULL)
    invite->departments = g_strdupv (params->departments);
  return issue (tx, by, invite, "invite.create", invite->email, &(const Way){ params->server, params->language }, error);
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
  invite = new_invite (params->id, by->organisation_id);
  invite->email = g_strdup (agent->email);
  invite->role = agent->role;
  invite->agent_id = g_strdup (agent->parent.id);
  return issue (tx, by, invite, "agent.reset", agent->name, &(const Way){ params->server, params->language }, error);
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
  if (!cfd_jobs_drop (tx, invite->parent.id, error) || !cfd_tx_put (tx, invite, error) || !cfd_audit_note (tx, by, "invite.revoke", &invite->parent, invite->email, NULL, error))
    return NULL;
  return g_steal_pointer (&invite);
}

/* As find(); who has tried too many that never were has to wait. */
static gboolean
find_unthrottled (CfdTx *tx, const char *token, const char *address, CfInvite **invite, GError **error)
{
  if (!cfd_login_throttle_check (address, NULL, cfd_tx_now (tx), error))
    return FALSE;
  if (find (tx, token, invite, error))
    return TRUE;
  cfd_login_throttle_failed (address, NULL, cfd_tx_now (tx));
  return FALSE;
}

/**
 * cfd_invites_show:
 * Changes nothing. Returns: (transfer full): what whoever holds the token may know; errors as of cfd_invites_accept().
 */
CfInviteShowResult *
cfd_invites_show (CfdTx *tx, const CfInviteShowParams *params, const char *address, GError **error)
{
  g_autoptr (CfInviteShowResult) result = cf_struct_new (&cf_invite_show_result_shape);
  g_autoptr (CfInvite) invite = NULL;
  g_autoptr (CfOrganisation) organisation = NULL;
  g_autoptr (CfAgent) inviter = NULL, agent = NULL;

  if (!find_unthrottled (tx, params->token, address, &invite, error) || !check_good (tx, invite, error))
    return NULL;
  organisation = cfd_accounts_get_organisation (tx, invite->parent.organisation_id, error);
  if (organisation == NULL)
    return NULL;
  inviter = invite->invited_by != NULL ? cfd_accounts_get_agent (tx, invite->parent.organisation_id, invite->invited_by, NULL) : NULL;
  agent = invite->agent_id != NULL ? cfd_accounts_get_agent (tx, invite->parent.organisation_id, invite->agent_id, NULL) : NULL;
  result->organisation_name = g_strdup (organisation->name);
  result->invited_by_name = inviter != NULL ? g_strdup (inviter->name) : NULL;
  result->email = g_strdup (invite->email);
  result->name = agent != NULL ? g_strdup (agent->name) : NULL;
  result->role = invite->role;
  result->expires_at = invite->expires_at;
  return g_steal_pointer (&result);
}

/**
 * cfd_invites_accept:
 * On the slow thread. Makes the agent, or gives an agent another password and ends their sessions; then signs them in. A repeat, with
 * the same password, signs in too.
 *
 * Returns: (transfer full): as cfd_login_sessions_login(). CF_ERROR_UNAUTHENTICATED for a token that never was, RATE_LIMITED after too many of
 *   them; CONFLICT, EXPIRED or REVOKED for one that is over.
 */
CfLoginResult *
cfd_invites_accept (CfdTx *tx, CfdDb *db, const CfInviteAcceptParams *params, const char *address, GError **error)
{
  g_autoptr (CfLoginResult) result = cf_struct_new (&cf_login_result_shape);
  g_autoptr (CfInvite) invite = NULL;
  g_autofree char *email = NULL, *hash = NULL;
  Accepting accepting = { .params = params, .address = address };

  if (!find_unthrottled (tx, params->token, address, &invite, error))
    return NULL;
  accepting.agent = find_repeater (tx, invite, params->password);
  if (accepting.agent == NULL)
    {
      if (!check_good (tx, invite, error))
        {
          /* Of one that was used, passwords could be guessed. */
          cfd_login_throttle_failed (address, NULL, cfd_tx_now (tx));
          return NULL;
        }
      if (!check_person (tx, invite, params, &email, error) || !cfd_agent_check_password (params->password, email, error)
          || (hash = cfd_password_hash (params->password, error)) == NULL)
        return NULL;
    }
  result->token = cfd_token_new ();
  accepting.password_hash = hash;
  accepting.token = result->token;
  if (!cfd_db_run (db, CFD_DB_WRITE, accepting.agent != NULL ? store_repeated : store_accepted, &accepting, error))
    {
      g_clear_pointer (&accepting.agent, cf_struct_unref);
      g_clear_pointer (&accepting.session, cf_struct_unref);
      return NULL;
    }
  result->agent = accepting.agent;
  result->session = accepting.session;
  return g_steal_pointer (&result);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "login-session-service.h"

#include "account-service.h"
#include "agent-store.h"
#include "agent.h"
#include "backend/db/lookup.h"
#include "backend/features/audit/audit-service.h"
#include "login-session-store.h"
#include "login-throttle.h"
#include "password.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "token-service.h"

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

/* What the slow thread hands to the writing thread. */
typedef struct
{
  CfAgent *agent;
  const CfLoginParams *params;
  const char *address;
  const char *token;
  CfLoginSession *session; /* out */
} Opening;

static guint session_days = 30;

/* What the slow thread leaves to the writing thread without waiting. */
typedef struct
{
  CfAgent *agent;
  char *address;
} Failure;

static gboolean
note_sign_in (CfdTx *tx, const CfAgent *agent, const char *action, gboolean proved, const char *address, GError **error)
{
  g_autoptr (CfdCaller) by = cfd_caller_new (CFD_ALLOW_ANYONE);
  g_autofree char *detail = g_strdup_printf ("from %s", address);

  by->id = proved ? g_strdup (agent->parent.id) : NULL;
  by->name = proved ? g_strdup (agent->name) : NULL;
  return cfd_audit_note (tx, by, action, &agent->parent, agent->name, detail, error);
}

static gboolean
store_failure (CfdTx *tx, gpointer data, GError **error)
{
  Failure *failure = data;

  return note_sign_in (tx, failure->agent, "session.failed", FALSE, failure->address, error);
}

static void
failure_stored (gpointer data, const GError *error)
{
  Failure *failure = data;

  cf_struct_unref (failure->agent);
  g_free (failure->address);
  g_free (failure);
}

/* Nobody waits for it: an address that exists would be told by the time that its entry takes. */
static void
note_failure (CfdDb *db, CfAgent *agent, const char *address)
{
  Failure *failure = g_new0 (Failure, 1);

  failure->agent = cf_struct_ref (agent);
  failure->address = g_strdup (address);
  cfd_db_submit (db, CFD_DB_WRITE, store_failure, failure_stored, failure);
}

static gboolean
store_session (CfdTx *tx, gpointer data, GError **error)
{
  Opening *opening = data;
  g_autoptr (CfAgent) agent = NULL;

  /* The password was checked against an earlier view; what counts is how the account is now. */
  agent = cfd_tx_require (tx, &cf_agent_shape, opening->agent->parent.organisation_id, opening->agent->parent.id, error);
  if (agent == NULL)
    return FALSE;
  if (agent->disabled || g_strcmp0 (agent->password_hash, opening->agent->password_hash) != 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "the account has just been changed; sign in again");
      return FALSE;
    }
  g_clear_pointer (&opening->session, cf_struct_unref);
  opening->session = cfd_login_sessions_open (tx, agent, opening->params->device, opening->address, opening->token, error);
  return opening->session != NULL;
}

static CfAgent *
check_password (CfdTx *tx, CfdDb *db, const CfLoginParams *params, const char *address, GError **error)
{
  g_autoptr (CfAgent) agent = NULL;
  g_autofree char *email = cfd_agent_normalise_email (params->email, error);

  if (email == NULL || !cfd_login_throttle_check (address, email, cfd_tx_now (tx), error)
      || !cfd_agent_store_by_email (tx, email, &agent, error))
    return NULL;
  if (!cfd_password_verify (agent != NULL ? agent->password_hash : NULL, params->password))
    {
      cfd_login_throttle_failed (address, email, cfd_tx_now (tx));
      if (agent != NULL)
        note_failure (db, agent, address);
      g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAUTHENTICATED, "wrong email address or password");
      return NULL;
    }
  cfd_login_throttle_succeeded (email);
  if (agent->disabled)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_DISABLED, "this account is switched off; ask an admin of your team");
      return NULL;
    }
  return g_steal_pointer (&agent);
}

/* Switching an account off also ends its sessions; the better reason is said first. */
static gboolean
check_session (const CfLoginSession *session, const CfAgent *agent, gint64 now, GError **error)
{
  if (agent->disabled)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_DISABLED, "this account is switched off; ask an admin of your team");
  else if (session->parent.deleted)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_REVOKED, "this session was signed out; sign in again");
  else if (session->expires_at <= now)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_EXPIRED, "this session has expired; sign in again");
  else
    return TRUE;
  return FALSE;
}

static gboolean
end_session (CfdTx *tx, CfLoginSession *session, GPtrArray *ended, GError **error)
{
  session->parent.deleted = TRUE;
  if (!cfd_tx_put (tx, session, error))
    return FALSE;
  g_ptr_array_add (ended, cf_struct_ref (session));
  return TRUE;
}

/**
 * cfd_login_sessions_configure:
 * @tries: failed sign-ins per address and per account in 15 minutes
 * @days: until a session expires
 *
 * Called once, before the server accepts calls.
 */
void
cfd_login_sessions_configure (guint tries, guint days)
{
  cfd_login_throttle_configure (tries);
  session_days = days;
}

/**
 * cfd_login_sessions_open:
 * @device: (nullable): as the client names itself
 * @token: what opens it; its hash is kept
 *
 * For who has proved to be @agent. Returns: (transfer full): the session; NULL with an error.
 */
CfLoginSession *
cfd_login_sessions_open (CfdTx *tx, const CfAgent *agent, const char *device, const char *address, const char *token, GError **error)
{
  g_autoptr (CfLoginSession) session = cf_struct_new (&cf_login_session_shape);

  session->parent.id = cf_id_new ();
  session->parent.organisation_id = g_strdup (agent->parent.organisation_id);
  session->agent_id = g_strdup (agent->parent.id);
  session->device = g_strdup (device);
  session->address = g_strdup (address);
  session->token_hash = cfd_token_hash (token);
  session->created_at = cfd_tx_now (tx);
  session->expires_at = session->created_at + session_days * DAY_MS;
  if (!cfd_tx_put (tx, session, error) || !note_sign_in (tx, agent, "session.login", TRUE, address, error))
    return NULL;
  return g_steal_pointer (&session);
}

/**
 * cfd_login_sessions_login:
 * On the slow thread: checks the password, then writes the session. Unknown addresses cost as much time as known ones.
 *
 * Returns: (transfer full): token, session and agent. CF_ERROR_UNAUTHENTICATED, DISABLED or RATE_LIMITED.
 */
CfLoginResult *
cfd_login_sessions_login (CfdTx *tx, CfdDb *db, const CfLoginParams *params, const char *address, GError **error)
{
  g_autoptr (CfLoginResult) result = cf_struct_new (&cf_login_result_shape);
  g_autoptr (CfAgent) agent = check_password (tx, db, params, address, error);
  Opening opening = { .agent = agent, .params = params, .address = address };

  if (agent == NULL)
    return NULL;
  result->token = cfd_token_new ();
  opening.token = result->token;
  if (!cfd_db_run (db, CFD_DB_WRITE, store_session, &opening, error))
    {
      g_clear_pointer (&opening.session, cf_struct_unref);
      return NULL;
    }
  result->session = opening.session;
  result->agent = g_steal_pointer (&agent);
  return g_steal_pointer (&result);
}

/**
 * cfd_login_sessions_authenticate:
 * Returns: (transfer full): the agent behind @token, or an error whose code says why not.
 */
CfdCaller *
cfd_login_sessions_authenticate (CfdTx *tx, const char *token, GError **error)
{
  g_autofree char *hash = cfd_token_hash (token);
  g_autoptr (CfLoginSession) session = NULL;
  g_autoptr (CfAgent) agent = NULL;
  CfdCaller *caller;

  if (!cfd_login_session_store_by_hash (tx, hash, &session, error))
    return NULL;
  if (session == NULL)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAUTHENTICATED, "this token is not known; sign in");
  else
    agent = cfd_tx_require (tx, &cf_agent_shape, session->parent.organisation_id, session->agent_id, error);
  if (agent == NULL || !check_session (session, agent, cfd_tx_now (tx), error))
    return NULL;
  caller = cfd_accounts_as_caller (agent);
  caller->session_id = g_strdup (session->parent.id);
  caller->expires_at = session->expires_at;
  return caller;
}

GPtrArray *
cfd_login_sessions_list (CfdTx *tx, const char *agent_id, GError **error)
{
  return cfd_login_session_store_list (tx, agent_id, cfd_tx_now (tx), error);
}

/**
 * cfd_login_sessions_revoke:
 * Ends one session of @agent_id; one that has ended already stays so.
 *
 * Returns: (transfer full): its tombstone. CF_ERROR_NOT_FOUND for a session of somebody else.
 */
GPtrArray *
cfd_login_sessions_revoke (CfdTx *tx, const char *agent_id, const char *session_id, GError **error)
{
  g_autoptr (GPtrArray) ended = cf_structs_new ();
  g_autoptr (CfLoginSession) session = NULL;

  if (!cfd_tx_lookup (tx, &cf_login_session_shape, session_id, &session, error))
    return NULL;
  if (session == NULL || g_strcmp0 (session->agent_id, agent_id) != 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such login_session");
      return NULL;
    }
  if (session->parent.deleted)
    g_ptr_array_add (ended, g_steal_pointer (&session));
  else if (!end_session (tx, session, ended, error))
    return NULL;
  return g_steal_pointer (&ended);
}

/**
 * cfd_login_sessions_revoke_all:
 * @keep_session_id: (nullable): one that goes on
 *
 * Returns: (transfer full): the tombstones; NULL with an error.
 */
GPtrArray *
cfd_login_sessions_revoke_all (CfdTx *tx, const char *agent_id, const char *keep_session_id, GError **error)
{
  g_autoptr (GPtrArray) ended = cf_structs_new ();
  g_autoptr (GPtrArray) sessions = cfd_login_session_store_list (tx, agent_id, 0, error);

  if (sessions == NULL)
    return NULL;
  for (guint i = 0; i < sessions->len; i++)
    if (g_strcmp0 (CF_RECORD (sessions->pdata[i])->id, keep_session_id) != 0
        && !end_session (tx, sessions->pdata[i], ended, error))
      return NULL;
  return g_steal_pointer (&ended);
}

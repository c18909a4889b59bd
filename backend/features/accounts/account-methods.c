/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account-methods.h"

#include "account-service.h"
#include "agent.h"
#include "backend/features/audit/audit-service.h"
#include "backend/features/conversations/conversation-service.h"
#include "backend/features/sites/offer-service.h"
#include "backend/rpc/results.h"
#include "login-session-service.h"
#include "password.h"
#include "photo-service.h"
#include "protocol/error.h"
#include "protocol/methods/results.h"

/* What agent.add, agent.password and agent.photo hand from the slow thread to the writing thread. */
typedef struct
{
  const CfdCaller *caller;
  gconstpointer params;
  const char *agent_id;
  const char *text; /* a hash, or a picture: what was made there; NULL = no picture any more */
  CfAgent *agent; /* out */
} Made;

static const char *
whose (const CfdCall *call, const char *agent_id)
{
  return agent_id != NULL ? agent_id : call->caller->id;
}

/* Oneself always; others only by admins. */
static gboolean
may_manage (const CfdCall *call, const char *agent_id, GError **error)
{
  if (agent_id == NULL || g_strcmp0 (agent_id, call->caller->id) == 0 || call->caller->kind == CFD_ALLOW_ADMIN)
    return TRUE;
  g_set_error_literal (error, CF_ERROR, CF_ERROR_FORBIDDEN, "only admins may do this for another agent");
  return FALSE;
}

static gpointer
login (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_login_sessions_login (call->tx, call->db, params, call->caller->address, error);
}

static gpointer
list_sessions (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_login_sessions_list (call->tx, call->caller->id, error));
}

static gpointer
logout (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_login_sessions_revoke (call->tx, call->caller->id, call->caller->session_id, error));
}

static gpointer
revoke_session (CfdCall *call, gconstpointer params, GError **error)
{
  const CfIdParams *p = params;

  return cfd_result_of_records (cfd_login_sessions_revoke (call->tx, call->caller->id, p->id, error));
}

static gpointer
revoke_all_sessions (CfdCall *call, gconstpointer params, GError **error)
{
  const CfRevokeAllParams *p = params;
  g_autoptr (CfAgent) agent = NULL;

  if (!may_manage (call, p->agent_id, error))
    return NULL;
  agent = cfd_accounts_get_agent (call->tx, call->caller->organisation_id, whose (call, p->agent_id), error);
  if (agent == NULL || !cfd_audit_note (call->tx, call->caller, "session.revoke_all", &agent->parent, agent->name, NULL, error))
    return NULL;
  return cfd_result_of_records (cfd_login_sessions_revoke_all (call->tx, agent->parent.id, NULL, error));
}

static gpointer
get_organisation (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_accounts_get_organisation (call->tx, call->caller->organisation_id, error));
}

static gpointer
list_agents (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_accounts_list_agents (call->tx, call->caller->organisation_id, error));
}

static gboolean
store_added (CfdTx *tx, gpointer data, GError **error)
{
  Made *made = data;

  made->agent = cfd_accounts_add_agent (tx, made->caller->organisation_id, made->caller, made->params, made->text, error);
  return made->agent != NULL;
}

static gpointer
add_agent (CfdCall *call, gconstpointer params, GError **error)
{
  const CfAgentAddParams *p = params;
  g_autofree char *hash = NULL;
  Made made = { .caller = call->caller, .params = params };

  if (!cfd_agent_check_password (p->password, p->email, error) || (hash = cfd_password_hash (p->password, error)) == NULL)
    return NULL;
  made.text = hash;
  if (!cfd_db_run (call->db, CFD_DB_WRITE, store_added, &made, error))
    {
      g_clear_pointer (&made.agent, cf_struct_unref);
      return NULL;
    }
  return cfd_result_of_record (made.agent);
}

/* @agent: (transfer full) (nullable): who may see less than before; what they do not see is not theirs to do, and their departments may serve other sites */
static gpointer
result_of_limits (CfdCall *call, CfAgent *agent, GError **error)
{
  if (agent != NULL
      && (!cfd_conversations_let_go (call->tx, call->caller, agent, error)
          || !cfd_offers_renew (call->tx, agent->parent.organisation_id, call->caller->name, error)))
    g_clear_pointer (&agent, cf_struct_unref);
  return cfd_result_of_record (agent);
}

static gpointer
update_agent (CfdCall *call, gconstpointer params, GError **error)
{
  return result_of_limits (call, cfd_accounts_update_agent (call->tx, call->caller->organisation_id, call->caller, params, error), error);
}

static gpointer
set_skills (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_accounts_set_skills (call->tx, call->caller->organisation_id, call->caller, params, error));
}

static gpointer
set_sites (CfdCall *call, gconstpointer params, GError **error)
{
  return result_of_limits (call, cfd_accounts_set_sites (call->tx, call->caller->organisation_id, call->caller, params, error), error);
}

static gpointer
update_account (CfdCall *call, gconstpointer params, GError **error)
{
  const CfAccountUpdateParams *p = params;
  g_autoptr (CfAgentUpdateParams) update = cf_struct_new (&cf_agent_update_params_shape);

  update->id = g_strdup (call->caller->id);
  update->name = g_strdup (p->name);
  return cfd_result_of_record (cfd_accounts_update_agent (call->tx, call->caller->organisation_id, call->caller, update, error));
}

static gboolean
store_password (CfdTx *tx, gpointer data, GError **error)
{
  Made *made = data;

  made->agent = cfd_accounts_set_password (tx, made->caller->organisation_id, made->caller, made->agent_id, made->text,
                                             made->caller->session_id, error);
  return made->agent != NULL;
}

static gpointer
set_password (CfdCall *call, gconstpointer params, GError **error)
{
  const CfAgentPasswordParams *p = params;
  g_autoptr (CfAgent) agent = NULL;
  g_autofree char *hash = NULL;
  Made made = { .caller = call->caller, .agent_id = whose (call, p->agent_id) };

  if (!may_manage (call, p->agent_id, error))
    return NULL;
  agent = cfd_accounts_get_agent (call->tx, call->caller->organisation_id, made.agent_id, error);
  if (agent == NULL || !cfd_agent_check_password (p->password, agent->email, error))
    return NULL;
  if (g_strcmp0 (made.agent_id, call->caller->id) == 0
      && (p->old_password == NULL || !cfd_password_verify (agent->password_hash, p->old_password)))
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_FORBIDDEN, "old_password: is not the present password");
      return NULL;
    }
  if ((hash = cfd_password_hash (p->password, error)) == NULL)
    return NULL;
  made.text = hash;
  if (!cfd_db_run (call->db, CFD_DB_WRITE, store_password, &made, error))
    {
      g_clear_pointer (&made.agent, cf_struct_unref);
      return NULL;
    }
  return cfd_result_of_record (made.agent);
}

static gboolean
store_photo (CfdTx *tx, gpointer data, GError **error)
{
  Made *made = data;

  made->agent = cfd_photos_set (tx, made->caller, made->agent_id, made->text, error);
  return made->agent != NULL;
}

static gpointer
set_photo (CfdCall *call, gconstpointer params, GError **error)
{
  const CfAgentPhotoParams *p = params;
  g_autoptr (CfAgent) agent = NULL;
  g_autofree char *picture = NULL;
  Made made = { .caller = call->caller, .agent_id = whose (call, p->agent_id) };

  if (!may_manage (call, p->agent_id, error))
    return NULL;
  agent = cfd_accounts_get_agent (call->tx, call->caller->organisation_id, made.agent_id, error);
  if (agent == NULL || (p->picture != NULL && (picture = cfd_photos_make (p->picture, error)) == NULL))
    return NULL;
  made.text = picture;
  if (!cfd_db_run (call->db, CFD_DB_WRITE, store_photo, &made, error))
    {
      g_clear_pointer (&made.agent, cf_struct_unref);
      return NULL;
    }
  return cfd_result_of_record (made.agent);
}

static gpointer
list_photos (CfdCall *call, gconstpointer params, GError **error)
{
  const CfAgentPhotosParams *p = params;

  return cfd_photos_of (call->tx, call->caller, p->agent_ids, error);
}

static const CfdMethod methods[] = {
  { "session.login", CFD_ALLOW_ANYONE | CFD_ALLOW_VISITOR | CFD_ALLOW_STAFF, CFD_WORK_SLOW, &cf_login_params_shape, &cf_login_result_shape,
    "POST", "/api/v1/sessions", login, 10, "Sign in; the answer's token opens sockets and REST.", .audience = CF_AUDIENCE_STAFF },
  { "session.list", CFD_ALLOW_STAFF, CFD_WORK_READ, &cf_no_params_shape, &cf_records_result_shape,
    "GET", "/api/v1/sessions", list_sessions, 1, "The devices on which the caller is signed in." },
  { "session.logout", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_no_params_shape, &cf_records_result_shape,
    "DELETE", "/api/v1/sessions/current", logout, 1, "Sign out here." },
  { "session.revoke", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_id_params_shape, &cf_records_result_shape,
    "DELETE", "/api/v1/sessions/{id}", revoke_session, 1, "Sign one of the caller's own devices out." },
  { "session.revoke_all", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_revoke_all_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/sessions/revoke-all", revoke_all_sessions, 1, "Sign out everywhere; admins also another agent." },
  { "organisation.get", CFD_ALLOW_STAFF, CFD_WORK_READ, &cf_no_params_shape, &cf_records_result_shape,
    "GET", "/api/v1/organisation", get_organisation, 1, "The caller's organisation." },
  { "agent.list", CFD_ALLOW_STAFF, CFD_WORK_READ, &cf_no_params_shape, &cf_records_result_shape,
    "GET", "/api/v1/agents", list_agents, 1, "The team." },
  { "agent.add", CFD_ALLOW_ADMIN, CFD_WORK_SLOW, &cf_agent_add_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/agents", add_agent, 10, "Add an agent." },
  { "agent.update", CFD_ALLOW_ADMIN, CFD_WORK_WRITE, &cf_agent_update_params_shape, &cf_records_result_shape,
    "PATCH", "/api/v1/agents/{id}", update_agent, 1, "Change name or role, switch an account off or on." },
  { "agent.skills", CFD_ALLOW_SUPERVISOR | CFD_ALLOW_ADMIN, CFD_WORK_WRITE, &cf_agent_skills_params_shape, &cf_records_result_shape,
    "PUT", "/api/v1/agents/{id}/skills", set_skills, 1, "Say what an agent knows most of: ids of tags." },
  { "agent.sites", CFD_ALLOW_SUPERVISOR | CFD_ALLOW_ADMIN, CFD_WORK_WRITE, &cf_agent_sites_params_shape, &cf_records_result_shape,
    "PUT", "/api/v1/agents/{id}/sites", set_sites, 1, "Say which sites an agent serves: their ids; none for all." },
  { "account.update", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_account_update_params_shape, &cf_records_result_shape,
    "PATCH", "/api/v1/account", update_account, 1, "Change one's own name." },
  { "agent.password", CFD_ALLOW_STAFF, CFD_WORK_SLOW, &cf_agent_password_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/agents/password", set_password, 10, "Change a password; signs out that agent's other sessions." },
  { "agent.photo", CFD_ALLOW_STAFF, CFD_WORK_SLOW, &cf_agent_photo_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/agents/photo", set_photo, 10, "Show a picture of an agent, or none any more: one's own; admins also another's." },
  { "agent.photos", CFD_ALLOW_VISITOR, CFD_WORK_READ, &cf_agent_photos_params_shape, &cf_agent_photos_result_shape,
    NULL, NULL, list_photos, 1, "Where the pictures of agents are whom the visitor has met." },
};

const CfdFeature cfd_accounts_feature = { "accounts", methods, G_N_ELEMENTS (methods) };

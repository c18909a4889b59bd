/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account-service.h"

#include "agent-store.h"
#include "agent.h"
#include "backend/db/lookup.h"
#include "backend/features/audit/audit-service.h"
#include "login-session-service.h"
#include "organisation-store.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/records/site.h"

static gboolean
same_agent (const CfAgent *have, const CfAgentAddParams *params, const char *organisation_id, const char *email)
{
  return g_strcmp0 (have->parent.organisation_id, organisation_id) == 0 && g_strcmp0 (have->email, email) == 0
         && g_strcmp0 (have->name, params->name) == 0 && have->role == params->role;
}

/* The last admin who can sign in must stay one: nobody else could let anyone in again. */
static gboolean
check_admin_left (CfdTx *tx, const CfAgent *before, CfRole role, gboolean disabled, GError **error)
{
  gint64 admins;

  if (before->role != CF_ROLE_ADMIN || before->disabled || (role == CF_ROLE_ADMIN && !disabled))
    return TRUE;
  admins = cfd_agent_store_admins (tx, before->parent.organisation_id, error);
  if (admins < 0)
    return FALSE;
  if (admins <= 1)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "this is the only admin who can sign in; make another one first");
      return FALSE;
    }
  return TRUE;
}

/**
 * cfd_accounts_create_organisation:
 * Returns: (transfer full): the new tenant.
 */
CfOrganisation *
cfd_accounts_create_organisation (CfdTx *tx, const char *name, GError **error)
{
  g_autoptr (CfOrganisation) organisation = cf_struct_new (&cf_organisation_shape);

  organisation->parent.id = cf_id_new_at (cfd_tx_now (tx));
  organisation->parent.organisation_id = g_strdup (organisation->parent.id);
  organisation->name = g_strdup (name);
  organisation->created_at = cfd_tx_now (tx);
  if (!cfd_tx_put (tx, organisation, error))
    return NULL;
  return g_steal_pointer (&organisation);
}

/**
 * cfd_accounts_sole_organisation:
 * For the command line, where nobody has signed in. Returns: (transfer full): the server's organisation;
 *   CF_ERROR_NOT_FOUND when `init` has not been run, CF_ERROR_CONFLICT when there are several.
 */
CfOrganisation *
cfd_accounts_sole_organisation (CfdTx *tx, GError **error)
{
  g_autoptr (GPtrArray) all = cfd_organisation_store_list (tx, error);

  if (all == NULL)
    return NULL;
  if (all->len == 1)
    return cf_struct_ref (all->pdata[0]);
  if (all->len == 0)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no organisation yet; run \"chatflowd init\" first");
  else
    g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "there are %u organisations, expected one", all->len);
  return NULL;
}

CfOrganisation *
cfd_accounts_get_organisation (CfdTx *tx, const char *organisation_id, GError **error)
{
  return cfd_tx_require (tx, &cf_organisation_shape, organisation_id, organisation_id, error);
}

/**
 * cfd_accounts_add_agent:
 * @by: (nullable): who does it; NULL = the command line, here and below
 * @password_hash: from cfd_password_hash()
 *
 * Returns: (transfer full): the agent; the one that the same call made before, when it is repeated.
 *   CF_ERROR_CONFLICT when the address is taken.
 */
CfAgent *
cfd_accounts_add_agent (CfdTx *tx, const char *organisation_id, const CfdCaller *by, const CfAgentAddParams *params,
                        const char *password_hash, GError **error)
{
  g_autoptr (CfAgent) agent = NULL;
  g_autoptr (CfAgent) taken = NULL;
  g_autofree char *email = cfd_agent_normalise_email (params->email, error);
  g_autofree char *detail = NULL;

  if (email == NULL || !cfd_tx_lookup (tx, &cf_agent_shape, params->id, &agent, error)
      || !cfd_agent_store_by_email (tx, email, &taken, error))
    return NULL;
  if (agent != NULL && same_agent (agent, params, organisation_id, email))
    return g_steal_pointer (&agent);
  if (agent != NULL || taken != NULL)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT,
                   agent != NULL ? "id: is another agent's" : "email: an agent with this address exists already");
      return NULL;
    }
  agent = cf_struct_new (&cf_agent_shape);
  agent->parent.id = g_strdup (params->id);
  agent->parent.organisation_id = g_strdup (organisation_id);
  agent->name = g_strdup (params->name);
  agent->email = g_steal_pointer (&email);
  agent->role = params->role;
  agent->password_hash = g_strdup (password_hash);
  agent->created_at = cfd_tx_now (tx);
  detail = g_strdup_printf ("role: → %s", cf_role_words[agent->role]);
  if (!cfd_tx_put (tx, agent, error) || !cfd_audit_note (tx, by, "agent.add", &agent->parent, agent->name, detail, error))
    return NULL;
  return g_steal_pointer (&agent);
}

/**
 * cfd_accounts_get_agent:
 * Returns: (transfer full): CF_ERROR_NOT_FOUND also for an agent of another organisation.
 */
CfAgent *
cfd_accounts_get_agent (CfdTx *tx, const char *organisation_id, const char *agent_id, GError **error)
{
  return cfd_tx_require (tx, &cf_agent_shape, organisation_id, agent_id, error);
}

/**
 * cfd_accounts_get_active:
 * Returns: (transfer full): an agent of the organisation who can sign in, so that something can be given to them.
 */
CfAgent *
cfd_accounts_get_active (CfdTx *tx, const char *organisation_id, const char *agent_id, GError **error)
{
  g_autoptr (CfAgent) agent = cfd_accounts_get_agent (tx, organisation_id, agent_id, error);

  if (agent == NULL || !agent->disabled)
    return g_steal_pointer (&agent);
  g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "%s's account is switched off; choose another agent", agent->name);
  return NULL;
}

static void
note_changes (const CfAgent *before, const CfAgentUpdateParams *params, CfRole role, gboolean disabled, GString *detail)
{
  if (params->name != NULL)
    cfd_audit_change (detail, "name", before->name, params->name);
  cfd_audit_change (detail, "role", cf_role_words[before->role], cf_role_words[role]);
  cfd_audit_change (detail, "disabled", before->disabled ? "yes" : "no", disabled ? "yes" : "no");
  if (cf_struct_has (params, "capacity"))
    cfd_audit_number (detail, "capacity", before->capacity, params->capacity);
}

/**
 * cfd_accounts_update_agent:
 * Changes what @params was given; an agent who is disabled is signed out everywhere.
 *
 * Returns: (transfer full): the agent as it is now.
 */
CfAgent *
cfd_accounts_update_agent (CfdTx *tx, const char *organisation_id, const CfdCaller *by, const CfAgentUpdateParams *params, GError **error)
{
  g_autoptr (CfAgent) agent = cfd_accounts_get_agent (tx, organisation_id, params->id, error);
  g_autoptr (GString) detail = g_string_new (NULL);
  g_autoptr (GPtrArray) ended = NULL;
  CfRole role;
  gboolean disabled, ends;

  if (agent == NULL)
    return NULL;
  role = cf_struct_has (params, "role") ? params->role : agent->role;
  disabled = cf_struct_has (params, "disabled") ? params->disabled : agent->disabled;
  if (!check_admin_left (tx, agent, role, disabled, error))
    return NULL;
  ends = disabled && !agent->disabled;
  note_changes (agent, params, role, disabled, detail);
  if (params->name != NULL)
    {
      g_free (agent->name);
      agent->name = g_strdup (params->name);
    }
  agent->role = role;
  agent->disabled = disabled;
  if (cf_struct_has (params, "capacity"))
    agent->capacity = params->capacity;
  /* The agent first: their devices hear this reason, and not only that they were signed out. */
  if (!cfd_tx_put (tx, agent, error) || !cfd_audit_note (tx, by, "agent.update", &agent->parent, agent->name, detail->str, error))
    return NULL;
  if (ends && (ended = cfd_login_sessions_revoke_all (tx, agent->parent.id, NULL, error)) == NULL)
    return NULL;
  return g_steal_pointer (&agent);
}

static gboolean
check_ids (const char *field, char **ids, guint most, GError **error)
{
  guint n = g_strv_length (ids);

  if (n > most)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_TOO_LARGE, "%s: got %u, expected at most %u", field, n, most);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    if (!cf_id_is_valid (ids[i]))
      {
        g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: expected UUIDs version 7 in lower case", field);
        return FALSE;
      }
  return TRUE;
}

/* @place: a list of the agent's, in whose place @ids come */
static gboolean
set_list (CfdTx *tx, const CfdCaller *by, CfAgent *agent, const char *field, char ***place, char **ids, GError **error)
{
  g_autofree char *before = *place != NULL ? g_strjoinv (", ", *place) : g_strdup (""), *after = g_strjoinv (", ", ids);
  g_autoptr (GString) detail = g_string_new (NULL);

  if (g_str_equal (before, after))
    return TRUE;
  cfd_audit_change (detail, field, before, after);
  g_strfreev (*place);
  *place = ids[0] != NULL ? g_strdupv (ids) : NULL;
  return cfd_tx_put (tx, agent, error) && cfd_audit_note (tx, by, "agent.update", &agent->parent, agent->name, detail->str, error);
}

/**
 * cfd_accounts_set_skills:
 * The whole list takes the place of the former one.
 *
 * Returns: (transfer full): the agent as it is now.
 */
CfAgent *
cfd_accounts_set_skills (CfdTx *tx, const char *organisation_id, const CfdCaller *by, const CfAgentSkillsParams *params, GError **error)
{
  g_autoptr (CfAgent) agent = check_ids ("skills", params->skills, CF_AGENT_SKILLS_MAX, error)
                                ? cfd_accounts_get_agent (tx, organisation_id, params->id, error) : NULL;

  return agent != NULL && set_list (tx, by, agent, "skills", &agent->skills, params->skills, error) ? g_steal_pointer (&agent) : NULL;
}

/* One that is not there would leave somebody without any site. */
static gboolean
check_sites (CfdTx *tx, const char *organisation_id, char **ids, GError **error)
{
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (CfSite) site = NULL;

      if (!cfd_tx_lookup (tx, &cf_site_shape, ids[i], &site, error))
        return FALSE;
      if (site != NULL && !site->parent.deleted && g_strcmp0 (site->parent.organisation_id, organisation_id) == 0)
        continue;
      g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "sites: there is no such site");
      return FALSE;
    }
  return TRUE;
}

/* Who does not see all sites would give what is not theirs, to themselves too. */
static gboolean
may_give_sites (const CfdCaller *by, GError **error)
{
  if (by == NULL || by->sites == NULL)
    return TRUE;
  g_set_error_literal (error, CF_ERROR, CF_ERROR_FORBIDDEN, "only who sees all sites may say which ones somebody sees");
  return FALSE;
}

/**
 * cfd_accounts_set_sites:
 * The whole list takes the place of the former one; none stands for all sites. It is what they see too, unless they are an admin.
 *
 * Returns: (transfer full): the agent as it is now.
 */
CfAgent *
cfd_accounts_set_sites (CfdTx *tx, const char *organisation_id, const CfdCaller *by, const CfAgentSitesParams *params, GError **error)
{
  g_autoptr (CfAgent) agent = may_give_sites (by, error) && check_ids ("sites", params->sites, CF_AGENT_SITES_MAX, error) && check_sites (tx, organisation_id, params->sites, error)
                                ? cfd_accounts_get_agent (tx, organisation_id, params->id, error) : NULL;

  return agent != NULL && set_list (tx, by, agent, "sites", &agent->sites, params->sites, error) ? g_steal_pointer (&agent) : NULL;
}

/**
 * cfd_accounts_set_password:
 * @keep_session_id: (nullable): the session that asks; all others of the agent end
 *
 * Returns: (transfer full): the agent.
 */
CfAgent *
cfd_accounts_set_password (CfdTx *tx, const char *organisation_id, const CfdCaller *by, const char *agent_id, const char *password_hash,
                           const char *keep_session_id, GError **error)
{
  g_autoptr (CfAgent) agent = cfd_accounts_get_agent (tx, organisation_id, agent_id, error);
  g_autoptr (GPtrArray) ended = agent != NULL ? cfd_login_sessions_revoke_all (tx, agent_id, keep_session_id, error) : NULL;

  if (ended == NULL)
    return NULL;
  g_free (agent->password_hash);
  agent->password_hash = g_strdup (password_hash);
  if (!cfd_tx_put (tx, agent, error) || !cfd_audit_note (tx, by, "agent.password", &agent->parent, agent->name, NULL, error))
    return NULL;
  return g_steal_pointer (&agent);
}

/**
 * cfd_accounts_find_agent:
 * Returns: (transfer full): the agent with that address, or CF_ERROR_NOT_FOUND.
 */
CfAgent *
cfd_accounts_find_agent (CfdTx *tx, const char *email, GError **error)
{
  g_autofree char *normal = cfd_agent_normalise_email (email, error);
  CfAgent *agent = NULL;

  if (normal != NULL && cfd_agent_store_by_email (tx, normal, &agent, error) && agent == NULL)
    g_set_error (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no agent with the address %s", normal);
  return agent;
}

/**
 * cfd_accounts_as_caller:
 * Returns: (transfer full): the agent, as who does something; without a session.
 */
CfdCaller *
cfd_accounts_as_caller (const CfAgent *agent)
{
  CfdCaller *caller = cfd_caller_new (cfd_agent_allow (agent));

  caller->organisation_id = cfd_shared_text (agent->parent.organisation_id);
  caller->id = g_strdup (agent->parent.id);
  caller->name = g_strdup (agent->name);
  caller->sites = cf_agent_is_limited (agent) ? g_strdupv (agent->sites) : NULL;
  return caller;
}

GPtrArray *
cfd_accounts_list_agents (CfdTx *tx, const char *organisation_id, GError **error)
{
  return cfd_agent_store_list (tx, organisation_id, error);
}

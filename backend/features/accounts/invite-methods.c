/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "invite-methods.h"

#include "backend/rpc/results.h"
#include "invite-service.h"
#include "protocol/methods/results.h"

static gpointer
list_invites (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_invites_list (call->tx, call->caller->organisation_id, error));
}

static gpointer
create_invite (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_invites_create (call->tx, call->caller->organisation_id, call->caller, params, error);
}

static gpointer
reset_agent (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_invites_reset (call->tx, call->caller, params, error);
}

static gpointer
revoke_invite (CfdCall *call, gconstpointer params, GError **error)
{
  const CfIdParams *p = params;

  return cfd_result_of_record (cfd_invites_revoke (call->tx, call->caller, p->id, error));
}

static gpointer
show_invite (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_invites_show (call->tx, params, call->caller->address, error);
}

static gpointer
accept_invite (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_invites_accept (call->tx, call->db, params, call->caller->address, error);
}

static const CfdMethod methods[] = {
  { "invite.list", CFD_ALLOW_ADMIN, CFD_WORK_READ, &cf_no_params_shape, &cf_records_result_shape,
    "GET", "/api/v1/invites", list_invites, 1, "Invites that have not been revoked." },
  { "invite.create", CFD_ALLOW_ADMIN, CFD_WORK_WRITE, &cf_invite_create_params_shape, &cf_invite_result_shape,
    "POST", "/api/v1/invites", create_invite, 1, "Invite somebody; the token is shown this once." },
  { "agent.reset", CFD_ALLOW_ADMIN, CFD_WORK_WRITE, &cf_agent_reset_params_shape, &cf_invite_result_shape,
    "POST", "/api/v1/agents/{agent_id}/reset", reset_agent, 1, "Let an agent choose a new password; the token is shown this once." },
  { "invite.revoke", CFD_ALLOW_ADMIN, CFD_WORK_WRITE, &cf_id_params_shape, &cf_records_result_shape,
    "DELETE", "/api/v1/invites/{id}", revoke_invite, 1, "Make an invite's token worthless." },
  { "invite.show", CFD_ALLOW_ANYONE | CFD_ALLOW_VISITOR | CFD_ALLOW_STAFF, CFD_WORK_READ, &cf_invite_show_params_shape, &cf_invite_show_result_shape,
    "POST", "/api/v1/invites/show", show_invite, 10, "Who invites, and whom; for whoever holds the token.", .audience = CF_AUDIENCE_STAFF },
  { "invite.accept", CFD_ALLOW_ANYONE | CFD_ALLOW_VISITOR | CFD_ALLOW_STAFF, CFD_WORK_SLOW, &cf_invite_accept_params_shape, &cf_login_result_shape,
    "POST", "/api/v1/invites/accept", accept_invite, 10, "Join the team, or choose a new password; signs in.", .audience = CF_AUDIENCE_STAFF },
};

const CfdFeature cfd_invites_feature = { "invites", methods, G_N_ELEMENTS (methods) };

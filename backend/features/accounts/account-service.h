/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/db.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/agent-params.h"
#include "protocol/records/organisation.h"

G_BEGIN_DECLS

CfOrganisation *cfd_accounts_create_organisation (CfdTx *tx, const char *name, GError **error);
CfOrganisation *cfd_accounts_sole_organisation   (CfdTx *tx, GError **error);
CfOrganisation *cfd_accounts_get_organisation    (CfdTx *tx, const char *organisation_id, GError **error);
CfAgent        *cfd_accounts_add_agent           (CfdTx *tx, const char *organisation_id, const CfdCaller *by,
                                                  const CfAgentAddParams *params, const char *password_hash, GError **error);
CfAgent        *cfd_accounts_update_agent        (CfdTx *tx, const char *organisation_id, const CfdCaller *by,
                                                  const CfAgentUpdateParams *params, GError **error);
CfAgent        *cfd_accounts_set_skills          (CfdTx *tx, const char *organisation_id, const CfdCaller *by,
                                                  const CfAgentSkillsParams *params, GError **error);
CfAgent        *cfd_accounts_set_sites           (CfdTx *tx, const char *organisation_id, const CfdCaller *by,
                                                  const CfAgentSitesParams *params, GError **error);
CfAgent        *cfd_accounts_set_password        (CfdTx *tx, const char *organisation_id, const CfdCaller *by, const char *agent_id,
                                                  const char *password_hash, const char *keep_session_id, GError **error);
CfAgent        *cfd_accounts_get_agent           (CfdTx *tx, const char *organisation_id, const char *agent_id, GError **error);
CfAgent        *cfd_accounts_get_active          (CfdTx *tx, const char *organisation_id, const char *agent_id, GError **error);
CfAgent        *cfd_accounts_find_agent          (CfdTx *tx, const char *email, GError **error);
CfdCaller      *cfd_accounts_as_caller           (const CfAgent *agent);
GPtrArray      *cfd_accounts_list_agents         (CfdTx *tx, const char *organisation_id, GError **error);

G_END_DECLS

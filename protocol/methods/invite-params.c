/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "invite-params.h"

static const CfField invite_create_params_fields[] = {
  CF_ROW (CfInviteCreateParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfInviteCreateParams, email, CF_KIND_STRING, "email", 0, CF_AUDIENCE_ALL, .min = 0, .max = 254),
  CF_ROW (CfInviteCreateParams, role, CF_KIND_ENUM, "role", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .words = cf_role_words),
  CF_ROW (CfInviteCreateParams, departments, CF_KIND_STRINGS, "departments", 0, CF_AUDIENCE_ALL, .min = 1, .max = 36),
  CF_ROW (CfInviteCreateParams, server, CF_KIND_STRING, "server", 0, CF_AUDIENCE_ALL, .max = 500,
          .help = "Where clients reach this server: with it the link goes by mail to the email address."),
  CF_ROW (CfInviteCreateParams, language, CF_KIND_STRING, "language", 0, CF_AUDIENCE_ALL, .max = 35, .help = "Of that mail: BCP 47."),
};

const CfShape cf_invite_create_params_shape = {
  .name = "invite_create_params",
  .size = sizeof (CfInviteCreateParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (invite_create_params_fields),
};

static const CfField agent_reset_params_fields[] = {
  CF_ROW (CfAgentResetParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfAgentResetParams, agent_id, CF_KIND_ID, "agent_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfAgentResetParams, server, CF_KIND_STRING, "server", 0, CF_AUDIENCE_ALL, .max = 500,
          .help = "Where clients reach this server: with it the link goes by mail to the email address."),
  CF_ROW (CfAgentResetParams, language, CF_KIND_STRING, "language", 0, CF_AUDIENCE_ALL, .max = 35, .help = "Of that mail: BCP 47."),
};

const CfShape cf_agent_reset_params_shape = {
  .name = "agent_reset_params",
  .size = sizeof (CfAgentResetParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (agent_reset_params_fields),
};

static const CfField invite_result_fields[] = {
  CF_ROW (CfInviteResult, token, CF_KIND_STRING, "token", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 100),
  CF_ROW (CfInviteResult, invite, CF_KIND_STRUCT, "invite", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .shape = &cf_invite_shape),
};

const CfShape cf_invite_result_shape = {
  .name = "invite_result",
  .size = sizeof (CfInviteResult),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (invite_result_fields),
};

static const CfField invite_show_params_fields[] = {
  CF_ROW (CfInviteShowParams, token, CF_KIND_STRING, "token", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 100),
};

const CfShape cf_invite_show_params_shape = {
  .name = "invite_show_params",
  .size = sizeof (CfInviteShowParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (invite_show_params_fields),
};

static const CfField invite_show_result_fields[] = {
  CF_ROW (CfInviteShowResult, organisation_name, CF_KIND_STRING, "organisation_name", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 100),
  CF_ROW (CfInviteShowResult, invited_by_name, CF_KIND_STRING, "invited_by_name", 0, CF_AUDIENCE_ALL, .max = 100),
  CF_ROW (CfInviteShowResult, email, CF_KIND_STRING, "email", 0, CF_AUDIENCE_ALL, .max = 254),
  CF_ROW (CfInviteShowResult, name, CF_KIND_STRING, "name", 0, CF_AUDIENCE_ALL, .max = 100,
          .help = "Of the agent who gets another password; absent for who joins."),
  CF_ROW (CfInviteShowResult, role, CF_KIND_ENUM, "role", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .words = cf_role_words),
  CF_ROW (CfInviteShowResult, expires_at, CF_KIND_TIME, "expires_at", 0, CF_AUDIENCE_ALL),
};

const CfShape cf_invite_show_result_shape = {
  .name = "invite_show_result",
  .size = sizeof (CfInviteShowResult),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (invite_show_result_fields),
};

static const CfField invite_accept_params_fields[] = {
  CF_ROW (CfInviteAcceptParams, token, CF_KIND_STRING, "token", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 100),
  CF_ROW (CfInviteAcceptParams, name, CF_KIND_STRING, "name", 0, CF_AUDIENCE_ALL, .min = 1, .max = 100),
  CF_ROW (CfInviteAcceptParams, email, CF_KIND_STRING, "email", 0, CF_AUDIENCE_ALL, .min = 3, .max = 254),
  CF_ROW (CfInviteAcceptParams, password, CF_KIND_STRING, "password", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 10, .max = 200),
  CF_ROW (CfInviteAcceptParams, device, CF_KIND_STRING, "device", 0, CF_AUDIENCE_ALL, .min = 0, .max = 200),
};

const CfShape cf_invite_accept_params_shape = {
  .name = "invite_accept_params",
  .size = sizeof (CfInviteAcceptParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (invite_accept_params_fields),
};

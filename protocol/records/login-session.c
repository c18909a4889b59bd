/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "login-session.h"

static const CfField fields[] = {
  CF_RECORD_ROWS (CfLoginSession),
  CF_ROW (CfLoginSession, agent_id, CF_KIND_ID, "agent_id", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF),
  CF_ROW (CfLoginSession, device, CF_KIND_STRING, "device", 0, CF_AUDIENCE_STAFF, .max = 200),
  CF_ROW (CfLoginSession, address, CF_KIND_STRING, "address", 0, CF_AUDIENCE_STAFF, .max = 64),
  CF_ROW (CfLoginSession, token_hash, CF_KIND_STRING, "token_hash", 0, CF_AUDIENCE_NONE, .max = 64),
  CF_ROW (CfLoginSession, created_at, CF_KIND_TIME, "created_at", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfLoginSession, expires_at, CF_KIND_TIME, "expires_at", 0, CF_AUDIENCE_STAFF),
};

const CfShape cf_login_session_shape = {
  .name = "login_session",
  .table = "login_session",
  .size = sizeof (CfLoginSession),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (fields),
};

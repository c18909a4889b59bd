/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "invite.h"

const char *const cf_invite_mail_words[] = { "", "waiting", "sent", "failed", NULL };

static const CfField fields[] = {
  CF_RECORD_ROWS (CfInvite),
  CF_ROW (CfInvite, email, CF_KIND_STRING, "email", 0, CF_AUDIENCE_STAFF, .max = 254),
  CF_ROW (CfInvite, role, CF_KIND_ENUM, "role", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .words = cf_role_words),
  CF_ROW (CfInvite, departments, CF_KIND_STRINGS, "departments", 0, CF_AUDIENCE_STAFF, .min = 1, .max = 36, .help = "Ids of departments."),
  CF_ROW (CfInvite, agent_id, CF_KIND_ID, "agent_id", 0, CF_AUDIENCE_STAFF,
          .help = "Whose password it resets; of an invitation that was accepted the new agent."),
  CF_ROW (CfInvite, token_hash, CF_KIND_STRING, "token_hash", 0, CF_AUDIENCE_NONE, .max = 64),
  CF_ROW (CfInvite, invited_by, CF_KIND_ID, "invited_by", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfInvite, created_at, CF_KIND_TIME, "created_at", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfInvite, expires_at, CF_KIND_TIME, "expires_at", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfInvite, used_at, CF_KIND_TIME, "used_at", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfInvite, mail, CF_KIND_ENUM, "mail", 0, CF_AUDIENCE_STAFF, .words = cf_invite_mail_words, .help = "What became of the mail with its link."),
  CF_ROW (CfInvite, mail_error, CF_KIND_STRING, "mail_error", 0, CF_AUDIENCE_STAFF, .max = 500),
};

const CfShape cf_invite_shape = {
  .name = "invite",
  .table = "invite",
  .size = sizeof (CfInvite),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (fields),
};

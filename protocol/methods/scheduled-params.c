/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scheduled-params.h"

#include "../id.h"

static const CfField scheduled_add_params_fields[] = {
  CF_ROW (CfScheduledAddParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .help = "The message's too."),
  CF_ROW (CfScheduledAddParams, conversation_id, CF_KIND_ID, "conversation_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfScheduledAddParams, text, CF_KIND_TEXT, "text", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_MESSAGE_TEXT_MAX),
  CF_ROW (CfScheduledAddParams, reply_to, CF_KIND_ID, "reply_to", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfScheduledAddParams, files, CF_KIND_STRINGS, "files", 0, CF_AUDIENCE_ALL, .min = 1, .max = CF_ID_LENGTH, .help = "Ids of files."),
  CF_ROW (CfScheduledAddParams, send_at, CF_KIND_INTEGER, "send_at", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = G_MAXINT64,
          .help = "Milliseconds UTC, at most a year ahead; one that is over means at once."),
  CF_ROW (CfScheduledAddParams, unless_reply, CF_KIND_BOOLEAN, "unless_reply", 0, CF_AUDIENCE_ALL, .help = "Not when the visitor writes first."),
};

const CfShape cf_scheduled_add_params_shape = {
  .name = "scheduled_add_params",
  .size = sizeof (CfScheduledAddParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (scheduled_add_params_fields),
};

static const CfField scheduled_update_params_fields[] = {
  CF_ROW (CfScheduledUpdateParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfScheduledUpdateParams, text, CF_KIND_TEXT, "text", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 1, .max = CF_MESSAGE_TEXT_MAX),
  CF_ROW (CfScheduledUpdateParams, send_at, CF_KIND_INTEGER, "send_at", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 1, .max = G_MAXINT64),
  CF_ROW (CfScheduledUpdateParams, unless_reply, CF_KIND_BOOLEAN, "unless_reply", CF_FIELD_GIVEN, CF_AUDIENCE_ALL),
};

const CfShape cf_scheduled_update_params_shape = {
  .name = "scheduled_update_params",
  .size = sizeof (CfScheduledUpdateParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (scheduled_update_params_fields),
};

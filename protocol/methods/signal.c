/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "signal.h"

#include "../id.h"

const char *const cf_signal_kind_words[] = { "typing", "presence", "viewing", "test", "call", NULL };
const char *const cf_presence_state_words[] = { "", "offline", "away", "online", NULL };

static const CfField signal_fields[] = {
  CF_ROW (CfSignal, kind, CF_KIND_ENUM, "kind", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .words = cf_signal_kind_words),
  CF_ROW (CfSignal, conversation_id, CF_KIND_ID, "conversation_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfSignal, actor_kind, CF_KIND_ENUM, "actor_kind", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .words = cf_author_kind_words),
  CF_ROW (CfSignal, actor_id, CF_KIND_ID, "actor_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfSignal, actor_name, CF_KIND_STRING, "actor_name", 0, CF_AUDIENCE_ALL, .min = 0, .max = 100),
  CF_ROW (CfSignal, text, CF_KIND_TEXT, "text", 0, CF_AUDIENCE_ALL, .max = CF_TYPING_TEXT_MAX),
  CF_ROW (CfSignal, active, CF_KIND_BOOLEAN, "active", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfSignal, state, CF_KIND_ENUM, "state", 0, CF_AUDIENCE_ALL, .words = cf_presence_state_words),
};

const CfShape cf_signal_shape = {
  .name = "signal",
  .size = sizeof (CfSignal),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (signal_fields),
};

static const CfField typing_params_fields[] = {
  CF_ROW (CfTypingParams, conversation_id, CF_KIND_ID, "conversation_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfTypingParams, text, CF_KIND_TEXT, "text", 0, CF_AUDIENCE_ALL, .max = CF_TYPING_TEXT_MAX),
  CF_ROW (CfTypingParams, active, CF_KIND_BOOLEAN, "active", 0, CF_AUDIENCE_ALL),
};

const CfShape cf_typing_params_shape = {
  .name = "typing_params",
  .size = sizeof (CfTypingParams),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (typing_params_fields),
};

static const CfField presence_params_fields[] = {
  CF_ROW (CfPresenceParams, state, CF_KIND_ENUM, "state", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .words = cf_presence_state_words),
};

const CfShape cf_presence_params_shape = {
  .name = "presence_params",
  .size = sizeof (CfPresenceParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (presence_params_fields),
};

static const CfField viewing_params_fields[] = {
  CF_ROW (CfViewingParams, conversation_id, CF_KIND_STRING, "conversation_id", 0, CF_AUDIENCE_ALL, .max = CF_ID_LENGTH,
          .help = "Empty when it is none."),
};

const CfShape cf_viewing_params_shape = {
  .name = "viewing_params",
  .size = sizeof (CfViewingParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (viewing_params_fields),
};

static const CfField notification_test_result_fields[] = {
  CF_ROW (CfNotificationTestResult, devices, CF_KIND_INTEGER, "devices", 0, CF_AUDIENCE_STAFF, .min = 0, .max = G_MAXINT64,
          .help = "How many of the agent's devices were there to be called."),
};

const CfShape cf_notification_test_result_shape = {
  .name = "notification_test_result",
  .size = sizeof (CfNotificationTestResult),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (notification_test_result_fields),
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session.h"

static const CfField server_info_fields[] = {
  CF_ROW (CfServerInfo, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 100),
  CF_ROW (CfServerInfo, version, CF_KIND_STRING, "version", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 40),
  CF_ROW (CfServerInfo, time, CF_KIND_TIME, "time", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfServerInfo, message_text_max, CF_KIND_INTEGER, "message_text_max", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfServerInfo, frame_max, CF_KIND_INTEGER, "frame_max", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfServerInfo, file_size_max, CF_KIND_INTEGER, "file_size_max", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64, .help = "Bytes of one file."),
  CF_ROW (CfServerInfo, mail, CF_KIND_BOOLEAN, "mail", 0, CF_AUDIENCE_ALL, .help = "It can send mail."),
};

const CfShape cf_server_info_shape = {
  .name = "server_info",
  .size = sizeof (CfServerInfo),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (server_info_fields),
};

static const CfField login_params_fields[] = {
  CF_ROW (CfLoginParams, email, CF_KIND_STRING, "email", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 3, .max = 254),
  CF_ROW (CfLoginParams, password, CF_KIND_STRING, "password", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 200),
  CF_ROW (CfLoginParams, device, CF_KIND_STRING, "device", 0, CF_AUDIENCE_ALL, .min = 0, .max = 200),
};

const CfShape cf_login_params_shape = {
  .name = "login_params",
  .size = sizeof (CfLoginParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (login_params_fields),
};

static const CfField login_result_fields[] = {
  CF_ROW (CfLoginResult, token, CF_KIND_STRING, "token", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 100),
  CF_ROW (CfLoginResult, session, CF_KIND_STRUCT, "session", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .shape = &cf_login_session_shape),
  CF_ROW (CfLoginResult, agent, CF_KIND_STRUCT, "agent", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .shape = &cf_agent_shape),
};

const CfShape cf_login_result_shape = {
  .name = "login_result",
  .size = sizeof (CfLoginResult),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (login_result_fields),
};

static const CfField open_params_fields[] = {
  CF_ROW (CfOpenParams, token, CF_KIND_STRING, "token", 0, CF_AUDIENCE_ALL, .min = 0, .max = 120),
  CF_ROW (CfOpenParams, site, CF_KIND_STRING, "site", 0, CF_AUDIENCE_ALL, .min = 0, .max = 40),
  CF_ROW (CfOpenParams, since, CF_KIND_INTEGER, "since", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfOpenParams, epoch, CF_KIND_TIME, "epoch", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfOpenParams, first, CF_KIND_BOOLEAN, "first", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfOpenParams, client, CF_KIND_STRING, "client", 0, CF_AUDIENCE_ALL, .min = 0, .max = 100),
  CF_ROW (CfOpenParams, locale, CF_KIND_STRING, "locale", 0, CF_AUDIENCE_ALL, .min = 0, .max = 35),
  CF_ROW (CfOpenParams, time_zone, CF_KIND_STRING, "time_zone", 0, CF_AUDIENCE_ALL, .min = 0, .max = 64),
};

const CfShape cf_open_params_shape = {
  .name = "open_params",
  .size = sizeof (CfOpenParams),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (open_params_fields),
};

const char *const cf_peer_role_words[] = { "visitor", "agent", NULL };

static const CfField open_result_fields[] = {
  CF_ROW (CfOpenResult, role, CF_KIND_ENUM, "role", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .words = cf_peer_role_words),
  CF_ROW (CfOpenResult, id, CF_KIND_ID, "id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfOpenResult, session_id, CF_KIND_ID, "session_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfOpenResult, organisation_id, CF_KIND_ID, "organisation_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfOpenResult, time, CF_KIND_TIME, "time", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfOpenResult, rev, CF_KIND_INTEGER, "rev", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfOpenResult, more, CF_KIND_BOOLEAN, "more", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfOpenResult, epoch, CF_KIND_TIME, "epoch", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfOpenResult, reset, CF_KIND_BOOLEAN, "reset", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfOpenResult, records, CF_KIND_RECORDS, "records", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfOpenResult, signals, CF_KIND_STRUCTS, "signals", 0, CF_AUDIENCE_ALL, .shape = &cf_signal_shape),
  CF_ROW (CfOpenResult, opening, CF_KIND_STRUCT, "opening", 0, CF_AUDIENCE_ALL, .shape = &cf_site_opening_shape,
          .help = "A visitor's: whether their site is open."),
};

const CfShape cf_open_result_shape = {
  .name = "open_result",
  .size = sizeof (CfOpenResult),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (open_result_fields),
};

static const CfField sync_params_fields[] = {
  CF_ROW (CfSyncParams, since, CF_KIND_INTEGER, "since", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfSyncParams, epoch, CF_KIND_TIME, "epoch", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfSyncParams, first, CF_KIND_BOOLEAN, "first", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfSyncParams, limit, CF_KIND_INTEGER, "limit", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_SYNC_MAX),
};

const CfShape cf_sync_params_shape = {
  .name = "sync_params",
  .size = sizeof (CfSyncParams),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (sync_params_fields),
};

static const CfField changes_fields[] = {
  CF_ROW (CfChanges, prev, CF_KIND_INTEGER, "prev", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfChanges, rev, CF_KIND_INTEGER, "rev", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfChanges, records, CF_KIND_RECORDS, "records", 0, CF_AUDIENCE_ALL),
};

const CfShape cf_changes_shape = {
  .name = "changes",
  .size = sizeof (CfChanges),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (changes_fields),
};

static const CfField revoke_all_params_fields[] = {
  CF_ROW (CfRevokeAllParams, agent_id, CF_KIND_ID, "agent_id", 0, CF_AUDIENCE_ALL),
};

const CfShape cf_revoke_all_params_shape = {
  .name = "revoke_all_params",
  .size = sizeof (CfRevokeAllParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (revoke_all_params_fields),
};

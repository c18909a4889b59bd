/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent-params.h"

static const CfField agent_add_params_fields[] = {
  CF_ROW (CfAgentAddParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfAgentAddParams, email, CF_KIND_STRING, "email", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 3, .max = 254),
  CF_ROW (CfAgentAddParams, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 100),
  CF_ROW (CfAgentAddParams, role, CF_KIND_ENUM, "role", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .words = cf_role_words),
  CF_ROW (CfAgentAddParams, password, CF_KIND_STRING, "password", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 10, .max = 200),
};

const CfShape cf_agent_add_params_shape = {
  .name = "agent_add_params",
  .size = sizeof (CfAgentAddParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (agent_add_params_fields),
};

static const CfField agent_update_params_fields[] = {
  CF_ROW (CfAgentUpdateParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfAgentUpdateParams, name, CF_KIND_STRING, "name", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 1, .max = 100),
  CF_ROW (CfAgentUpdateParams, role, CF_KIND_ENUM, "role", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .words = cf_role_words),
  CF_ROW (CfAgentUpdateParams, disabled, CF_KIND_BOOLEAN, "disabled", CF_FIELD_GIVEN, CF_AUDIENCE_ALL),
  CF_ROW (CfAgentUpdateParams, capacity, CF_KIND_INTEGER, "capacity", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 0, .max = 1000),
};

const CfShape cf_agent_update_params_shape = {
  .name = "agent_update_params",
  .size = sizeof (CfAgentUpdateParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (agent_update_params_fields),
};

static const CfField agent_skills_params_fields[] = {
  CF_ROW (CfAgentSkillsParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfAgentSkillsParams, skills, CF_KIND_STRINGS, "skills", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 36, .help = "Ids of tags."),
};

const CfShape cf_agent_skills_params_shape = {
  .name = "agent_skills_params",
  .size = sizeof (CfAgentSkillsParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (agent_skills_params_fields),
};

static const CfField agent_sites_params_fields[] = {
  CF_ROW (CfAgentSitesParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfAgentSitesParams, sites, CF_KIND_STRINGS, "sites", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 36, .help = "Ids of sites; none = all."),
};

const CfShape cf_agent_sites_params_shape = {
  .name = "agent_sites_params",
  .size = sizeof (CfAgentSitesParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (agent_sites_params_fields),
};

static const CfField agent_photo_params_fields[] = {
  CF_ROW (CfAgentPhotoParams, agent_id, CF_KIND_ID, "agent_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfAgentPhotoParams, picture, CF_KIND_STRING, "picture", 0, CF_AUDIENCE_ALL, .min = 1, .max = CF_PHOTO_TEXT_MAX,
          .help = "A JPEG, PNG, WebP or GIF in base64; none takes the photo away."),
};

const CfShape cf_agent_photo_params_shape = {
  .name = "agent_photo_params",
  .size = sizeof (CfAgentPhotoParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (agent_photo_params_fields),
};

static const CfField agent_photos_params_fields[] = {
  CF_ROW (CfAgentPhotosParams, agent_ids, CF_KIND_STRINGS, "agent_ids", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 36, .help = "At most 20."),
};

const CfShape cf_agent_photos_params_shape = {
  .name = "agent_photos_params",
  .size = sizeof (CfAgentPhotosParams),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (agent_photos_params_fields),
};

static const CfField agent_photo_fields[] = {
  CF_ROW (CfAgentPhoto, agent_id, CF_KIND_ID, "agent_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfAgentPhoto, photo, CF_KIND_STRING, "photo", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_AGENT_PHOTO_LENGTH,
          .help = "Their picture is at /photos/ and this."),
};

const CfShape cf_agent_photo_shape = {
  .name = "agent_photo",
  .size = sizeof (CfAgentPhoto),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (agent_photo_fields),
};

static const CfField agent_photos_result_fields[] = {
  CF_ROW (CfAgentPhotosResult, photos, CF_KIND_STRUCTS, "photos", 0, CF_AUDIENCE_ALL, .shape = &cf_agent_photo_shape, .max = CF_AGENT_PHOTOS_MAX),
};

const CfShape cf_agent_photos_result_shape = {
  .name = "agent_photos_result",
  .size = sizeof (CfAgentPhotosResult),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (agent_photos_result_fields),
};

static const CfField account_update_params_fields[] = {
  CF_ROW (CfAccountUpdateParams, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 100),
};

const CfShape cf_account_update_params_shape = {
  .name = "account_update_params",
  .size = sizeof (CfAccountUpdateParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (account_update_params_fields),
};

static const CfField agent_password_params_fields[] = {
  CF_ROW (CfAgentPasswordParams, agent_id, CF_KIND_ID, "agent_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfAgentPasswordParams, old_password, CF_KIND_STRING, "old_password", 0, CF_AUDIENCE_ALL, .min = 0, .max = 200),
  CF_ROW (CfAgentPasswordParams, password, CF_KIND_STRING, "password", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 10, .max = 200),
};

const CfShape cf_agent_password_params_shape = {
  .name = "agent_password_params",
  .size = sizeof (CfAgentPasswordParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (agent_password_params_fields),
};

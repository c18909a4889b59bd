/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-params.h"

static const CfField site_add_params_fields[] = {
  CF_ROW (CfSiteAddParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfSiteAddParams, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 100),
  CF_ROW (CfSiteAddParams, origins, CF_KIND_STRINGS, "origins", 0, CF_AUDIENCE_ALL, .min = 1, .max = 255),
  CF_ROW (CfSiteAddParams, color, CF_KIND_STRING, "color", 0, CF_AUDIENCE_ALL, .min = 0, .max = 7),
  CF_ROW (CfSiteAddParams, greeting, CF_KIND_TEXT, "greeting", 0, CF_AUDIENCE_ALL, .min = 0, .max = 500),
};

const CfShape cf_site_add_params_shape = {
  .name = "site_add_params",
  .size = sizeof (CfSiteAddParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (site_add_params_fields),
};

static const CfField site_update_params_fields[] = {
  CF_ROW (CfSiteUpdateParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfSiteUpdateParams, name, CF_KIND_STRING, "name", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 1, .max = 100),
  CF_ROW (CfSiteUpdateParams, origins, CF_KIND_STRINGS, "origins", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 1, .max = 255),
  CF_ROW (CfSiteUpdateParams, color, CF_KIND_STRING, "color", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 0, .max = 7),
  CF_ROW (CfSiteUpdateParams, greeting, CF_KIND_TEXT, "greeting", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 0, .max = 500),
};

const CfShape cf_site_update_params_shape = {
  .name = "site_update_params",
  .size = sizeof (CfSiteUpdateParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (site_update_params_fields),
};

static const CfField site_configure_params_fields[] = {
  CF_ROW (CfSiteConfigureParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfSiteConfigureParams, version, CF_KIND_INTEGER, "version", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64,
          .help = "That the change was made from; when the site is at another by now, it is a conflict."),
  CF_ROW (CfSiteConfigureParams, origins, CF_KIND_STRINGS, "origins", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 1, .max = 255),
  CF_ROW (CfSiteConfigureParams, color, CF_KIND_STRING, "color", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 0, .max = 7),
  CF_ROW (CfSiteConfigureParams, greeting, CF_KIND_TEXT, "greeting", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 0, .max = 500),
  CF_ROW (CfSiteConfigureParams, appearance, CF_KIND_STRUCT, "appearance", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .shape = &cf_site_appearance_shape),
  CF_ROW (CfSiteConfigureParams, hours, CF_KIND_STRUCT, "hours", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .shape = &cf_site_hours_shape),
  CF_ROW (CfSiteConfigureParams, offline, CF_KIND_STRUCT, "offline", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .shape = &cf_site_offline_shape),
  CF_ROW (CfSiteConfigureParams, form, CF_KIND_STRUCT, "form", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .shape = &cf_site_form_shape),
  CF_ROW (CfSiteConfigureParams, privacy, CF_KIND_STRUCT, "privacy", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .shape = &cf_site_privacy_shape),
  CF_ROW (CfSiteConfigureParams, survey, CF_KIND_STRUCT, "survey", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .shape = &cf_site_survey_shape),
  CF_ROW (CfSiteConfigureParams, alerts, CF_KIND_STRUCT, "alerts", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .shape = &cf_site_alerts_shape),
  CF_ROW (CfSiteConfigureParams, limits, CF_KIND_STRUCT, "limits", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .shape = &cf_site_limits_shape),
  CF_ROW (CfSiteConfigureParams, files, CF_KIND_STRUCT, "files", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .shape = &cf_site_files_shape),
  CF_ROW (CfSiteConfigureParams, peek_off, CF_KIND_BOOLEAN, "peek_off", CF_FIELD_GIVEN, CF_AUDIENCE_ALL),
  CF_ROW (CfSiteConfigureParams, verified_only, CF_KIND_BOOLEAN, "verified_only", CF_FIELD_GIVEN, CF_AUDIENCE_ALL),
  CF_ROW (CfSiteConfigureParams, reply_time_off, CF_KIND_BOOLEAN, "reply_time_off", CF_FIELD_GIVEN, CF_AUDIENCE_ALL),
};

const CfShape cf_site_configure_params_shape = {
  .name = "site_configure_params",
  .size = sizeof (CfSiteConfigureParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (site_configure_params_fields),
};

static const CfField site_opening_fields[] = {
  CF_ROW (CfSiteOpening, closed, CF_KIND_BOOLEAN, "closed", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfSiteOpening, until, CF_KIND_TIME, "until", 0, CF_AUDIENCE_ALL, .help = "When that changes next; absent: never."),
  CF_ROW (CfSiteOpening, reply_minutes, CF_KIND_INTEGER, "reply_minutes", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_REPLY_MINUTES_MAX,
          .help = "How soon visitors usually get an answer, rounded up; 0: not known, or not told."),
};

const CfShape cf_site_opening_shape = {
  .name = "site_opening",
  .size = sizeof (CfSiteOpening),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (site_opening_fields),
};

static const CfField site_settings_fields[] = {
  CF_ROW (CfSiteSettings, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfSiteSettings, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 100),
  CF_ROW (CfSiteSettings, version, CF_KIND_INTEGER, "version", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfSiteSettings, changed_by, CF_KIND_STRING, "changed_by", 0, CF_AUDIENCE_ALL, .max = 100),
  CF_ROW (CfSiteSettings, changed_at, CF_KIND_TIME, "changed_at", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfSiteSettings, origins, CF_KIND_STRINGS, "origins", 0, CF_AUDIENCE_ALL, .min = 1, .max = 255),
  CF_ROW (CfSiteSettings, color, CF_KIND_STRING, "color", 0, CF_AUDIENCE_ALL, .min = 0, .max = 7),
  CF_ROW (CfSiteSettings, greeting, CF_KIND_TEXT, "greeting", 0, CF_AUDIENCE_ALL, .min = 0, .max = 500),
  CF_ROW (CfSiteSettings, appearance, CF_KIND_STRUCT, "appearance", 0, CF_AUDIENCE_ALL, .shape = &cf_site_appearance_shape),
  CF_ROW (CfSiteSettings, hours, CF_KIND_STRUCT, "hours", 0, CF_AUDIENCE_ALL, .shape = &cf_site_hours_shape),
  CF_ROW (CfSiteSettings, offline, CF_KIND_STRUCT, "offline", 0, CF_AUDIENCE_ALL, .shape = &cf_site_offline_shape),
  CF_ROW (CfSiteSettings, form, CF_KIND_STRUCT, "form", 0, CF_AUDIENCE_ALL, .shape = &cf_site_form_shape),
  CF_ROW (CfSiteSettings, privacy, CF_KIND_STRUCT, "privacy", 0, CF_AUDIENCE_ALL, .shape = &cf_site_privacy_shape),
  CF_ROW (CfSiteSettings, survey, CF_KIND_STRUCT, "survey", 0, CF_AUDIENCE_ALL, .shape = &cf_site_survey_shape),
  CF_ROW (CfSiteSettings, alerts, CF_KIND_STRUCT, "alerts", 0, CF_AUDIENCE_ALL, .shape = &cf_site_alerts_shape),
  CF_ROW (CfSiteSettings, limits, CF_KIND_STRUCT, "limits", 0, CF_AUDIENCE_ALL, .shape = &cf_site_limits_shape),
  CF_ROW (CfSiteSettings, files, CF_KIND_STRUCT, "files", 0, CF_AUDIENCE_ALL, .shape = &cf_site_files_shape),
  CF_ROW (CfSiteSettings, peek_off, CF_KIND_BOOLEAN, "peek_off", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfSiteSettings, verified_only, CF_KIND_BOOLEAN, "verified_only", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfSiteSettings, reply_time_off, CF_KIND_BOOLEAN, "reply_time_off", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfSiteSettings, now, CF_KIND_STRUCT, "now", 0, CF_AUDIENCE_ALL, .shape = &cf_site_opening_shape),
};

const CfShape cf_site_settings_shape = {
  .name = "site_settings",
  .size = sizeof (CfSiteSettings),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (site_settings_fields),
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site.h"

static const CfField fields[] = {
  CF_RECORD_ROWS (CfSite),
  CF_ROW (CfSite, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 100),
  CF_ROW (CfSite, key, CF_KIND_STRING, "key", 0, CF_AUDIENCE_ALL, .max = 40),
  CF_ROW (CfSite, origins, CF_KIND_STRINGS, "origins", 0, CF_AUDIENCE_STAFF, .min = 1, .max = 255),
  CF_ROW (CfSite, color, CF_KIND_STRING, "color", 0, CF_AUDIENCE_ALL, .max = 7),
  CF_ROW (CfSite, greeting, CF_KIND_TEXT, "greeting", 0, CF_AUDIENCE_ALL, .max = 500),
  CF_ROW (CfSite, created_at, CF_KIND_TIME, "created_at", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfSite, appearance, CF_KIND_STRUCT, "appearance", 0, CF_AUDIENCE_ALL, .shape = &cf_site_appearance_shape),
  CF_ROW (CfSite, hours, CF_KIND_STRUCT, "hours", 0, CF_AUDIENCE_STAFF, .shape = &cf_site_hours_shape),
  CF_ROW (CfSite, offline, CF_KIND_STRUCT, "offline", 0, CF_AUDIENCE_ALL, .shape = &cf_site_offline_shape),
  CF_ROW (CfSite, peek_off, CF_KIND_BOOLEAN, "peek_off", 0, CF_AUDIENCE_ALL, .help = "Nobody sees what a visitor types before it is sent."),
  CF_ROW (CfSite, version, CF_KIND_INTEGER, "version", 0, CF_AUDIENCE_STAFF, .min = 0, .max = G_MAXINT64, .help = "Of the settings."),
  CF_ROW (CfSite, changed_by, CF_KIND_STRING, "changed_by", 0, CF_AUDIENCE_STAFF, .max = 100),
  CF_ROW (CfSite, changed_at, CF_KIND_TIME, "changed_at", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfSite, form, CF_KIND_STRUCT, "form", 0, CF_AUDIENCE_ALL, .shape = &cf_site_form_shape),
  CF_ROW (CfSite, verified_only, CF_KIND_BOOLEAN, "verified_only", 0, CF_AUDIENCE_ALL, .help = "Only visitors write whose identity was proven."),
  CF_ROW (CfSite, privacy, CF_KIND_STRUCT, "privacy", 0, CF_AUDIENCE_ALL, .shape = &cf_site_privacy_shape),
  CF_ROW (CfSite, triggers, CF_KIND_BOOLEAN, "triggers", 0, CF_AUDIENCE_ALL, .help = "There are some that may act here."),
  CF_ROW (CfSite, limits, CF_KIND_STRUCT, "limits", 0, CF_AUDIENCE_STAFF, .shape = &cf_site_limits_shape),
  CF_ROW (CfSite, survey, CF_KIND_STRUCT, "survey", 0, CF_AUDIENCE_ALL, .shape = &cf_site_survey_shape),
  CF_ROW (CfSite, alerts, CF_KIND_STRUCT, "alerts", 0, CF_AUDIENCE_ALL, .shape = &cf_site_alerts_shape),
  CF_ROW (CfSite, reply_time_off, CF_KIND_BOOLEAN, "reply_time_off", 0, CF_AUDIENCE_STAFF, .help = "Visitors are not told how soon they usually get an answer."),
  CF_ROW (CfSite, files, CF_KIND_STRUCT, "files", 0, CF_AUDIENCE_ALL, .shape = &cf_site_files_shape),
};

const CfShape cf_site_shape = {
  .name = "site",
  .table = "site",
  .size = sizeof (CfSite),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (fields),
};

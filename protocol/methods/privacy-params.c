/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "privacy-params.h"

#include "../records/goal.h"
#include "monitor-params.h"
#include "site-privacy.h"
#include "trigger-rules.h"

static const CfField erasure_result_fields[] = {
  CF_ROW (CfErasureResult, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfErasureResult, asked_at, CF_KIND_TIME, "asked_at", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfErasureResult, finished_at, CF_KIND_TIME, "finished_at", 0, CF_AUDIENCE_ALL, .help = "Absent as long as it goes on."),
  CF_ROW (CfErasureResult, total, CF_KIND_INTEGER, "total", 0, CF_AUDIENCE_ALL, .max = G_MAXINT64, .help = "Records of theirs."),
  CF_ROW (CfErasureResult, done, CF_KIND_INTEGER, "done", 0, CF_AUDIENCE_ALL, .max = G_MAXINT64, .help = "Of those, how many are gone."),
};

const CfShape cf_erasure_result_shape = {
  .name = "erasure_result",
  .size = sizeof (CfErasureResult),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (erasure_result_fields),
};

static const CfField expiry_params_fields[] = {
  CF_ROW (CfExpiryParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfExpiryParams, days, CF_KIND_INTEGER, "days", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_KEPT_DAYS_MAX),
};

const CfShape cf_expiry_params_shape = {
  .name = "expiry_params",
  .size = sizeof (CfExpiryParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (expiry_params_fields),
};

static const CfField expiry_result_fields[] = {
  CF_ROW (CfExpiryResult, conversations, CF_KIND_INTEGER, "conversations", 0, CF_AUDIENCE_STAFF, .max = G_MAXINT64, .help = "That would be erased now."),
};

const CfShape cf_expiry_result_shape = {
  .name = "expiry_result",
  .size = sizeof (CfExpiryResult),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (expiry_result_fields),
};

static const CfField person_export_params_fields[] = {
  CF_ROW (CfPersonExportParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfPersonExportParams, after, CF_KIND_STRING, "after", 0, CF_AUDIENCE_ALL, .min = 1, .max = CF_EXPORT_PLACE_MAX, .help = "`next` of the page before."),
};

const CfShape cf_person_export_params_shape = {
  .name = "person_export_params",
  .size = sizeof (CfPersonExportParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (person_export_params_fields),
};

static const CfField exported_file_fields[] = {
  CF_ROW (CfExportedFile, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfExportedFile, link, CF_KIND_STRING, "link", 0, CF_AUDIENCE_ALL, .max = 2000, .help = "Where its content can be had."),
  CF_ROW (CfExportedFile, expires_at, CF_KIND_TIME, "expires_at", 0, CF_AUDIENCE_ALL),
};

const CfShape cf_exported_file_shape = {
  .name = "exported_file",
  .size = sizeof (CfExportedFile),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (exported_file_fields),
};

static const CfField met_trigger_fields[] = {
  CF_ROW (CfMetTrigger, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfMetTrigger, trigger_id, CF_KIND_ID, "trigger_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfMetTrigger, name, CF_KIND_STRING, "name", 0, CF_AUDIENCE_ALL, .max = CF_TRIGGER_NAME_MAX, .help = "The trigger's."),
  CF_ROW (CfMetTrigger, visit_id, CF_KIND_ID, "visit_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfMetTrigger, department_id, CF_KIND_ID, "department_id", 0, CF_AUDIENCE_ALL, .help = "To which their answer goes."),
  CF_ROW (CfMetTrigger, at, CF_KIND_TIME, "at", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfMetTrigger, answered_at, CF_KIND_TIME, "answered_at", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfMetTrigger, converted_at, CF_KIND_TIME, "converted_at", 0, CF_AUDIENCE_ALL, .help = "When a goal was reached after it."),
};

const CfShape cf_met_trigger_shape = {
  .name = "met_trigger",
  .size = sizeof (CfMetTrigger),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (met_trigger_fields),
};

static const CfField reached_goal_fields[] = {
  CF_ROW (CfReachedGoal, goal_id, CF_KIND_ID, "goal_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfReachedGoal, cause, CF_KIND_ID, "cause", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .help = "The visit, the page or the event by which."),
  CF_ROW (CfReachedGoal, name, CF_KIND_STRING, "name", 0, CF_AUDIENCE_ALL, .max = CF_GOAL_NAME_MAX, .help = "The goal's."),
  CF_ROW (CfReachedGoal, visit_id, CF_KIND_ID, "visit_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfReachedGoal, at, CF_KIND_TIME, "at", 0, CF_AUDIENCE_ALL),
};

const CfShape cf_reached_goal_shape = {
  .name = "reached_goal",
  .size = sizeof (CfReachedGoal),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (reached_goal_fields),
};

static const CfField person_export_result_fields[] = {
  CF_ROW (CfPersonExportResult, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfPersonExportResult, exported_at, CF_KIND_TIME, "exported_at", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfPersonExportResult, records, CF_KIND_RECORDS, "records", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfPersonExportResult, visits, CF_KIND_STRUCTS, "visits", 0, CF_AUDIENCE_ALL, .shape = &cf_visit_shape),
  CF_ROW (CfPersonExportResult, triggers, CF_KIND_STRUCTS, "triggers", 0, CF_AUDIENCE_ALL, .shape = &cf_met_trigger_shape),
  CF_ROW (CfPersonExportResult, goals, CF_KIND_STRUCTS, "goals", 0, CF_AUDIENCE_ALL, .shape = &cf_reached_goal_shape),
  CF_ROW (CfPersonExportResult, files, CF_KIND_STRUCTS, "files", 0, CF_AUDIENCE_ALL, .shape = &cf_exported_file_shape),
  CF_ROW (CfPersonExportResult, more, CF_KIND_BOOLEAN, "more", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfPersonExportResult, next, CF_KIND_STRING, "next", 0, CF_AUDIENCE_ALL, .max = CF_EXPORT_PLACE_MAX),
};

const CfShape cf_person_export_result_shape = {
  .name = "person_export_result",
  .size = sizeof (CfPersonExportResult),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (person_export_result_fields),
};

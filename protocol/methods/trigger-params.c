/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trigger-params.h"

#include "monitor-params.h"
#include "signal.h"

static const CfField save_params_fields[] = {
  CF_ROW (CfTriggerSaveParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfTriggerSaveParams, version, CF_KIND_INTEGER, "version", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64,
          .help = "Of the trigger that was changed; absent for a new one."),
  CF_ROW (CfTriggerSaveParams, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_TRIGGER_NAME_MAX),
  CF_ROW (CfTriggerSaveParams, enabled, CF_KIND_BOOLEAN, "enabled", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfTriggerSaveParams, sites, CF_KIND_STRINGS, "sites", 0, CF_AUDIENCE_ALL, .min = 1, .max = 36, .help = "Ids of sites; all when absent."),
  CF_ROW (CfTriggerSaveParams, rules, CF_KIND_STRUCT, "rules", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .shape = &cf_trigger_rules_shape),
  CF_ROW (CfTriggerSaveParams, actions, CF_KIND_STRUCT, "actions", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .shape = &cf_trigger_actions_shape),
  CF_ROW (CfTriggerSaveParams, cap, CF_KIND_ENUM, "cap", 0, CF_AUDIENCE_ALL, .words = cf_trigger_cap_words),
  CF_ROW (CfTriggerSaveParams, cap_days, CF_KIND_INTEGER, "cap_days", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_TRIGGER_CAP_DAYS_MAX),
};

const CfShape cf_trigger_save_params_shape = {
  .name = "trigger_save_params",
  .size = sizeof (CfTriggerSaveParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (save_params_fields),
};

static const CfField reorder_params_fields[] = {
  CF_ROW (CfTriggerReorderParams, ids, CF_KIND_STRINGS, "ids", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 36),
};

const CfShape cf_trigger_reorder_params_shape = {
  .name = "trigger_reorder_params",
  .size = sizeof (CfTriggerReorderParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (reorder_params_fields),
};

static const CfField dry_run_params_fields[] = {
  CF_ROW (CfTriggerDryRunParams, rules, CF_KIND_STRUCT, "rules", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .shape = &cf_trigger_rules_shape),
  CF_ROW (CfTriggerDryRunParams, sites, CF_KIND_STRINGS, "sites", 0, CF_AUDIENCE_ALL, .min = 1, .max = 36),
  CF_ROW (CfTriggerDryRunParams, days, CF_KIND_INTEGER, "days", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_TRIGGER_DAYS_MAX),
};

const CfShape cf_trigger_dry_run_params_shape = {
  .name = "trigger_dry_run_params",
  .size = sizeof (CfTriggerDryRunParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (dry_run_params_fields),
};

static const CfField example_fields[] = {
  CF_ROW (CfTriggerExample, visit_id, CF_KIND_ID, "visit_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfTriggerExample, visitor_id, CF_KIND_ID, "visitor_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfTriggerExample, name, CF_KIND_STRING, "name", 0, CF_AUDIENCE_ALL, .max = 100),
  CF_ROW (CfTriggerExample, site_id, CF_KIND_ID, "site_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfTriggerExample, url, CF_KIND_STRING, "url", 0, CF_AUDIENCE_ALL, .max = CF_VISIT_URL_MAX),
  CF_ROW (CfTriggerExample, at, CF_KIND_TIME, "at", 0, CF_AUDIENCE_ALL),
};

const CfShape cf_trigger_example_shape = {
  .name = "trigger_example",
  .size = sizeof (CfTriggerExample),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (example_fields),
};

static const CfField dry_run_result_fields[] = {
  CF_ROW (CfTriggerDryRunResult, visits, CF_KIND_INTEGER, "visits", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfTriggerDryRunResult, more, CF_KIND_BOOLEAN, "more", 0, CF_AUDIENCE_ALL, .help = "There were more visits than were looked at."),
  CF_ROW (CfTriggerDryRunResult, matched, CF_KIND_INTEGER, "matched", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfTriggerDryRunResult, unjudged, CF_KIND_STRINGS, "unjudged", 0, CF_AUDIENCE_ALL, .min = 1, .max = 20,
          .help = "Kinds of conditions that can't be told afterwards."),
  CF_ROW (CfTriggerDryRunResult, examples, CF_KIND_STRUCTS, "examples", 0, CF_AUDIENCE_ALL, .shape = &cf_trigger_example_shape),
};

const CfShape cf_trigger_dry_run_result_shape = {
  .name = "trigger_dry_run_result",
  .size = sizeof (CfTriggerDryRunResult),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (dry_run_result_fields),
};

static const CfField numbers_params_fields[] = {
  CF_ROW (CfNumbersParams, days, CF_KIND_INTEGER, "days", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_TRIGGER_DAYS_MAX),
};

const CfShape cf_numbers_params_shape = {
  .name = "numbers_params",
  .size = sizeof (CfNumbersParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (numbers_params_fields),
};

static const CfField number_fields[] = {
  CF_ROW (CfTriggerNumber, trigger_id, CF_KIND_ID, "trigger_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfTriggerNumber, shown, CF_KIND_INTEGER, "shown", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfTriggerNumber, answered, CF_KIND_INTEGER, "answered", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfTriggerNumber, converted, CF_KIND_INTEGER, "converted", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
};

const CfShape cf_trigger_number_shape = {
  .name = "trigger_number",
  .size = sizeof (CfTriggerNumber),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (number_fields),
};

static const CfField numbers_result_fields[] = {
  CF_ROW (CfTriggerNumbersResult, triggers, CF_KIND_STRUCTS, "triggers", 0, CF_AUDIENCE_ALL, .shape = &cf_trigger_number_shape),
};

const CfShape cf_trigger_numbers_result_shape = {
  .name = "trigger_numbers_result",
  .size = sizeof (CfTriggerNumbersResult),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (numbers_result_fields),
};

static const CfField offers_params_fields[] = {
  CF_ROW (CfTriggerOffersParams, visit_id, CF_KIND_ID, "visit_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
};

const CfShape cf_trigger_offers_params_shape = {
  .name = "trigger_offers_params",
  .size = sizeof (CfTriggerOffersParams),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (offers_params_fields),
};

static const CfField offer_fields[] = {
  CF_ROW (CfTriggerOffer, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfTriggerOffer, any, CF_KIND_BOOLEAN, "any", 0, CF_AUDIENCE_ALL, .help = "One condition is enough."),
  CF_ROW (CfTriggerOffer, conditions, CF_KIND_STRUCTS, "conditions", 0, CF_AUDIENCE_ALL, .shape = &cf_trigger_condition_shape),
};

const CfShape cf_trigger_offer_shape = {
  .name = "trigger_offer",
  .size = sizeof (CfTriggerOffer),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (offer_fields),
};

static const CfField offers_result_fields[] = {
  CF_ROW (CfTriggerOffersResult, offers, CF_KIND_STRUCTS, "offers", 0, CF_AUDIENCE_ALL, .shape = &cf_trigger_offer_shape),
};

const CfShape cf_trigger_offers_result_shape = {
  .name = "trigger_offers_result",
  .size = sizeof (CfTriggerOffersResult),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (offers_result_fields),
};

static const CfField fire_params_fields[] = {
  CF_ROW (CfTriggerFireParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .help = "Of this time."),
  CF_ROW (CfTriggerFireParams, trigger_id, CF_KIND_ID, "trigger_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfTriggerFireParams, visit_id, CF_KIND_ID, "visit_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfTriggerFireParams, url, CF_KIND_STRING, "url", 0, CF_AUDIENCE_ALL, .max = CF_VISIT_URL_MAX),
};

const CfShape cf_trigger_fire_params_shape = {
  .name = "trigger_fire_params",
  .size = sizeof (CfTriggerFireParams),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (fire_params_fields),
};

static const CfField fire_result_fields[] = {
  CF_ROW (CfTriggerFireResult, fired, CF_KIND_BOOLEAN, "fired", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfTriggerFireResult, author, CF_KIND_STRING, "author", 0, CF_AUDIENCE_ALL, .max = CF_TRIGGER_NAME_MAX),
  CF_ROW (CfTriggerFireResult, bubble, CF_KIND_STRING, "bubble", 0, CF_AUDIENCE_ALL, .max = CF_TRIGGER_BUBBLE_MAX),
  CF_ROW (CfTriggerFireResult, open, CF_KIND_BOOLEAN, "open", 0, CF_AUDIENCE_ALL, .help = "The panel opens."),
  CF_ROW (CfTriggerFireResult, agents, CF_KIND_STRINGS, "agents", 0, CF_AUDIENCE_NONE, .min = 1, .max = 36),
  CF_ROW (CfTriggerFireResult, call, CF_KIND_TEXT, "call", 0, CF_AUDIENCE_NONE, .max = CF_TYPING_TEXT_MAX),
};

const CfShape cf_trigger_fire_result_shape = {
  .name = "trigger_fire_result",
  .size = sizeof (CfTriggerFireResult),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (fire_result_fields),
};

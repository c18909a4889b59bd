/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-params.h"

#include "../records/visitor.h"

static const CfField said_attribute_fields[] = {
  CF_ROW (CfSaidAttribute, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 50),
  CF_ROW (CfSaidAttribute, value, CF_KIND_STRING, "value", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_VISITOR_VALUE_MAX),
};

const CfShape cf_said_attribute_shape = {
  .name = "said_attribute",
  .size = sizeof (CfSaidAttribute),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (said_attribute_fields),
};

static const CfField identify_params_fields[] = {
  CF_ROW (CfIdentifyParams, visitor_id, CF_KIND_ID, "visitor_id", 0, CF_AUDIENCE_STAFF, .help = "With an API key: of whom it is said."),
  CF_ROW (CfIdentifyParams, name, CF_KIND_STRING, "name", 0, CF_AUDIENCE_ALL, .min = 0, .max = 100),
  CF_ROW (CfIdentifyParams, email, CF_KIND_STRING, "email", 0, CF_AUDIENCE_ALL, .min = 0, .max = 254),
  CF_ROW (CfIdentifyParams, attributes, CF_KIND_STRUCTS, "attributes", 0, CF_AUDIENCE_ALL, .shape = &cf_said_attribute_shape, .max = CF_SAID_MAX,
          .help = "By the names of the organisation's attributes; what has none, or does not fit its kind, is ignored."),
};

const CfShape cf_identify_params_shape = {
  .name = "identify_params",
  .size = sizeof (CfIdentifyParams),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (identify_params_fields),
};

static const CfField identify_result_fields[] = {
  CF_ROW (CfIdentifyResult, records, CF_KIND_RECORDS, "records", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfIdentifyResult, ignored, CF_KIND_STRINGS, "ignored", 0, CF_AUDIENCE_ALL, .min = 1, .max = 50, .help = "Names of attributes that were not taken."),
};

const CfShape cf_identify_result_shape = {
  .name = "identify_result",
  .size = sizeof (CfIdentifyResult),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (identify_result_fields),
};

static const CfField visitor_update_params_fields[] = {
  CF_ROW (CfVisitorUpdateParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfVisitorUpdateParams, name, CF_KIND_STRING, "name", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 0, .max = 100),
  CF_ROW (CfVisitorUpdateParams, email, CF_KIND_STRING, "email", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 0, .max = 254),
  CF_ROW (CfVisitorUpdateParams, phone, CF_KIND_STRING, "phone", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 0, .max = 40),
  CF_ROW (CfVisitorUpdateParams, company, CF_KIND_STRING, "company", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 0, .max = 100),
  CF_ROW (CfVisitorUpdateParams, note, CF_KIND_TEXT, "note", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 0, .max = CF_VISITOR_NOTE_MAX),
};

const CfShape cf_visitor_update_params_shape = {
  .name = "visitor_update_params",
  .size = sizeof (CfVisitorUpdateParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (visitor_update_params_fields),
};

static const CfField visitor_verify_params_fields[] = {
  CF_ROW (CfVisitorVerifyParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfVisitorVerifyParams, verified, CF_KIND_BOOLEAN, "verified", CF_FIELD_GIVEN, CF_AUDIENCE_ALL),
};

const CfShape cf_visitor_verify_params_shape = {
  .name = "visitor_verify_params",
  .size = sizeof (CfVisitorVerifyParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (visitor_verify_params_fields),
};

static const CfField visitor_prove_params_fields[] = {
  CF_ROW (CfVisitorProveParams, jwt, CF_KIND_STRING, "jwt", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_JWT_MAX),
};

const CfShape cf_visitor_prove_params_shape = {
  .name = "visitor_prove_params",
  .size = sizeof (CfVisitorProveParams),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (visitor_prove_params_fields),
};

static const CfField visitor_tag_params_fields[] = {
  CF_ROW (CfVisitorTagParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfVisitorTagParams, tag_id, CF_KIND_ID, "tag_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
};

const CfShape cf_visitor_tag_params_shape = {
  .name = "visitor_tag_params",
  .size = sizeof (CfVisitorTagParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (visitor_tag_params_fields),
};

static const CfField visitor_attribute_params_fields[] = {
  CF_ROW (CfVisitorAttributeParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfVisitorAttributeParams, attribute_id, CF_KIND_ID, "attribute_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfVisitorAttributeParams, value, CF_KIND_STRING, "value", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 0, .max = CF_VISITOR_VALUE_MAX),
};

const CfShape cf_visitor_attribute_params_shape = {
  .name = "visitor_attribute_params",
  .size = sizeof (CfVisitorAttributeParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (visitor_attribute_params_fields),
};

static const CfField visitor_merge_params_fields[] = {
  CF_ROW (CfVisitorMergeParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfVisitorMergeParams, into, CF_KIND_ID, "into", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
};

const CfShape cf_visitor_merge_params_shape = {
  .name = "visitor_merge_params",
  .size = sizeof (CfVisitorMergeParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (visitor_merge_params_fields),
};

static const CfField visitor_export_params_fields[] = {
  CF_ROW (CfVisitorExportParams, site_id, CF_KIND_ID, "site_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfVisitorExportParams, after, CF_KIND_INTEGER, "after", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfVisitorExportParams, limit, CF_KIND_INTEGER, "limit", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_EXPORT_ROWS_MAX),
};

const CfShape cf_visitor_export_params_shape = {
  .name = "visitor_export_params",
  .size = sizeof (CfVisitorExportParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (visitor_export_params_fields),
};

static const CfField visitor_export_result_fields[] = {
  CF_ROW (CfVisitorExportResult, more, CF_KIND_BOOLEAN, "more", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfVisitorExportResult, next, CF_KIND_INTEGER, "next", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfVisitorExportResult, csv, CF_KIND_TEXT, "csv", 0, CF_AUDIENCE_ALL, .min = 0, .max = 1000000),
};

const CfShape cf_visitor_export_result_shape = {
  .name = "visitor_export_result",
  .size = sizeof (CfVisitorExportResult),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (visitor_export_result_fields),
};

static const CfField visitor_import_params_fields[] = {
  CF_ROW (CfVisitorImportParams, site_id, CF_KIND_ID, "site_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfVisitorImportParams, csv, CF_KIND_TEXT, "csv", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_IMPORT_MAX),
};

const CfShape cf_visitor_import_params_shape = {
  .name = "visitor_import_params",
  .size = sizeof (CfVisitorImportParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (visitor_import_params_fields),
};

static const CfField import_problem_fields[] = {
  CF_ROW (CfImportProblem, line, CF_KIND_INTEGER, "line", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_IMPORT_MAX),
  CF_ROW (CfImportProblem, message, CF_KIND_STRING, "message", 0, CF_AUDIENCE_ALL, .min = 0, .max = 1000),
};

const CfShape cf_import_problem_shape = {
  .name = "import_problem",
  .size = sizeof (CfImportProblem),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (import_problem_fields),
};

static const CfField visitor_import_result_fields[] = {
  CF_ROW (CfVisitorImportResult, added, CF_KIND_INTEGER, "added", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_IMPORT_LINES_MAX),
  CF_ROW (CfVisitorImportResult, changed, CF_KIND_INTEGER, "changed", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_IMPORT_LINES_MAX),
  CF_ROW (CfVisitorImportResult, same, CF_KIND_INTEGER, "same", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_IMPORT_LINES_MAX),
  CF_ROW (CfVisitorImportResult, problems, CF_KIND_STRUCTS, "problems", 0, CF_AUDIENCE_ALL, .shape = &cf_import_problem_shape),
};

const CfShape cf_visitor_import_result_shape = {
  .name = "visitor_import_result",
  .size = sizeof (CfVisitorImportResult),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (visitor_import_result_fields),
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"

G_BEGIN_DECLS

/* Params of the visitor methods. */

/* Characters of one import, so that it fits into one frame; its lines; and rows of one page of an export. */
#define CF_IMPORT_MAX       60000
#define CF_IMPORT_LINES_MAX 500
#define CF_EXPORT_ROWS_MAX  1000

/* What can be said of a visitor's attributes at once: how many, and characters of names and values together. */
#define CF_SAID_MAX       50
#define CF_SAID_CHARS_MAX 10240

/**
 * CfSaidAttribute:
 * The value of an attribute, by whoever knows its name and not its id.
 */
typedef struct
{
  CfStruct parent;
  char *name;
  char *value; /* as attributes are written; empty takes it away */
} CfSaidAttribute;

extern const CfShape cf_said_attribute_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSaidAttribute, cf_struct_unref)

/**
 * CfIdentifyParams:
 * visitor.identify: what the visitor says of themselves; not verified. Or what the site's server says of a visitor, with an API key.
 */
typedef struct
{
  CfStruct parent;
  char *visitor_id; /* with an API key: of whom it is said */
  char *name;
  char *email;
  GPtrArray *attributes; /* of CfSaidAttribute; (nullable) */
} CfIdentifyParams;

extern const CfShape cf_identify_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfIdentifyParams, cf_struct_unref)

/**
 * CfIdentifyResult:
 * The visitor as they are now.
 */
typedef struct
{
  CfStruct parent;
  GPtrArray *records; /* of CfRecord */
  char **ignored; /* names that are no attribute's, or whose value does not fit; (nullable) */
} CfIdentifyResult;

extern const CfShape cf_identify_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfIdentifyResult, cf_struct_unref)

/**
 * CfVisitorUpdateParams:
 * visitor.update: only what is given changes.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *name;
  char *email;
  char *phone;
  char *company;
  char *note;
} CfVisitorUpdateParams;

extern const CfShape cf_visitor_update_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfVisitorUpdateParams, cf_struct_unref)

/**
 * CfVisitorVerifyParams:
 * visitor.verify: whether the staff vouches for the email address.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  gboolean verified;
} CfVisitorVerifyParams;

extern const CfShape cf_visitor_verify_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfVisitorVerifyParams, cf_struct_unref)

/* A signed proof in its compact form is no longer than this. */
#define CF_JWT_MAX 4096

/**
 * CfVisitorProveParams:
 * visitor.prove: what the site has signed about who a visitor is.
 */
typedef struct
{
  CfStruct parent;
  char *jwt;
} CfVisitorProveParams;

extern const CfShape cf_visitor_prove_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfVisitorProveParams, cf_struct_unref)

/**
 * CfVisitorTagParams:
 * visitor.tag and visitor.untag
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *tag_id;
} CfVisitorTagParams;

extern const CfShape cf_visitor_tag_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfVisitorTagParams, cf_struct_unref)

/**
 * CfVisitorAttributeParams:
 * visitor.attribute: sets one value; an empty one takes it away.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *attribute_id;
  char *value;
} CfVisitorAttributeParams;

extern const CfShape cf_visitor_attribute_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfVisitorAttributeParams, cf_struct_unref)

/**
 * CfVisitorMergeParams:
 * visitor.merge: from now on @into is shown in the place of @id.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *into;
} CfVisitorMergeParams;

extern const CfShape cf_visitor_merge_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfVisitorMergeParams, cf_struct_unref)

/**
 * CfVisitorExportParams:
 * visitor.export
 */
typedef struct
{
  CfStruct parent;
  char *site_id;
  gint64 after; /* "next" of the page before */
  gint64 limit;
} CfVisitorExportParams;

extern const CfShape cf_visitor_export_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfVisitorExportParams, cf_struct_unref)

/**
 * CfVisitorExportResult:
 * One page of visitors as CSV, in the order of their last change.
 */
typedef struct
{
  CfStruct parent;
  gboolean more;
  gint64 next;
  char *csv;
} CfVisitorExportResult;

extern const CfShape cf_visitor_export_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfVisitorExportResult, cf_struct_unref)

/**
 * CfVisitorImportParams:
 * visitor.import: a text with a line of names.
 */
typedef struct
{
  CfStruct parent;
  char *site_id; /* of those who are new */
  char *csv;
} CfVisitorImportParams;

extern const CfShape cf_visitor_import_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfVisitorImportParams, cf_struct_unref)

/**
 * CfImportProblem:
 * A line that was left out, and why.
 */
typedef struct
{
  CfStruct parent;
  gint64 line; /* of the text, from 1 */
  char *message;
} CfImportProblem;

extern const CfShape cf_import_problem_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfImportProblem, cf_struct_unref)

/**
 * CfVisitorImportResult:
 * What became of the lines.
 */
typedef struct
{
  CfStruct parent;
  gint64 added;
  gint64 changed;
  gint64 same;
  GPtrArray *problems; /* of CfImportProblem */
} CfVisitorImportResult;

extern const CfShape cf_visitor_import_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfVisitorImportResult, cf_struct_unref)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"

G_BEGIN_DECLS

/* What most methods take and give. */

/**
 * CfNoParams:
 * For methods that take nothing.
 */
typedef struct
{
  CfStruct parent;
} CfNoParams;

extern const CfShape cf_no_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfNoParams, cf_struct_unref)

/**
 * CfIdParams:
 * For methods that act on one thing.
 */
typedef struct
{
  CfStruct parent;
  char *id;
} CfIdParams;

extern const CfShape cf_id_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfIdParams, cf_struct_unref)

/* Rows in one page when the caller asks for none, and at most. */
#define CF_PAGE_DEFAULT 50
#define CF_PAGE_MAX     200

/**
 * CfRecordsResult:
 * Records read or changed by a call; a client applies them like a push, keeping the higher rev.
 */
typedef struct
{
  CfStruct parent;
  gint64 rev; /* sync.changes: ask again from here */
  gboolean more; /* there is another page */
  gint64 epoch; /* sync.changes: both as in session.open */
  gboolean reset;
  GPtrArray *records; /* of CfRecord */
} CfRecordsResult;

extern const CfShape cf_records_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfRecordsResult, cf_struct_unref)

G_END_DECLS

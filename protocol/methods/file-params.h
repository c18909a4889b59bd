/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"
#include "../records/file.h"

G_BEGIN_DECLS

/* Params and results of the methods of files. */

/**
 * CfFileCreateParams:
 * file.create: before the bytes.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *conversation_id;
  char *name;
  gint64 size;
  gboolean note; /* for a note: the visitor never sees it */
} CfFileCreateParams;

extern const CfShape cf_file_create_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfFileCreateParams, cf_struct_unref)

/**
 * CfFileParams:
 * file.link, and the upload itself.
 */
typedef struct
{
  CfStruct parent;
  char *id;
} CfFileParams;

extern const CfShape cf_file_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfFileParams, cf_struct_unref)

/**
 * CfFileResult:
 * The file, and where it goes or is.
 */
typedef struct
{
  CfStruct parent;
  gint64 rev;
  GPtrArray *records; /* of CfFile */
  char *upload;       /* file.create: where to PUT the content */
  char *link;         /* file.link: where to GET it, until expires_at */
  gint64 expires_at;
} CfFileResult;

extern const CfShape cf_file_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfFileResult, cf_struct_unref)

G_END_DECLS

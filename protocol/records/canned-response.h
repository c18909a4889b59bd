/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"

G_BEGIN_DECLS

/* In characters. */
#define CF_SHORTCUT_MAX 32
#define CF_CANNED_TITLE_MAX 100
#define CF_CANNED_TEXT_MAX 8000
#define CF_CANNED_CATEGORY_MAX 50

/**
 * CfCannedResponse:
 * Words that are at hand under a short name. With an owner it is for that agent alone; without one for all.
 */
typedef struct
{
  CfRecord parent;
  char *shortcut; /* letters, digits, - and _; in lower case */
  char *title;
  char *text; /* may have placeholders such as {visitor.name|there} */
  char *category;
  char *owner_id; /* NULL = shared */
  gint64 uses;
  gint64 created_at;
} CfCannedResponse;

extern const CfShape cf_canned_response_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfCannedResponse, cf_struct_unref)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/records/visitor.h"

G_BEGIN_DECLS

/* Bytes in one text, so that it travels in one frame however its characters are escaped. */
#define CFD_VISITOR_CSV_MAX (256 * 1024)

/* What a column is. */
typedef enum
{
  CFD_COLUMN_ID,
  CFD_COLUMN_NAME,
  CFD_COLUMN_EMAIL,
  CFD_COLUMN_PHONE,
  CFD_COLUMN_COMPANY,
  CFD_COLUMN_NOTE,
  CFD_COLUMN_TAGS,
  CFD_COLUMN_TOLD, /* from here on: written, and passed over when it is read */
  CFD_COLUMN_STATE = CFD_COLUMN_TOLD,
  CFD_COLUMN_SITE_ID,
  CFD_COLUMN_LOCALE,
  CFD_COLUMN_TIME_ZONE,
  CFD_COLUMN_CREATED_AT,
  CFD_COLUMN_MERGED_INTO,
  CFD_COLUMN_ATTRIBUTE, /* one for each, called as the attribute */
} CfdColumnKind;

void cfd_visitor_csv_add_head (GString *out, const GPtrArray *attributes);
void cfd_visitor_csv_add_row  (GString *out, const CfVisitor *visitor, const GPtrArray *tags, const GPtrArray *attributes);
int  cfd_visitor_csv_column   (const char *name);

G_END_DECLS

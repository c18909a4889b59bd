/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfaColumnUse:
 * What the server makes of a column.
 */
typedef enum
{
  CFA_COLUMN_TAKEN,
  CFA_COLUMN_PASSED_OVER, /* an export has it, an import says nothing by it */
  CFA_COLUMN_UNKNOWN,     /* nothing can be imported as long as it is there */
} CfaColumnUse;

typedef struct
{
  char *name;
  CfaColumnUse use;
} CfaVisitorColumn;

/**
 * CfaVisitorPart:
 * So much as is imported at a time.
 */
typedef struct
{
  char *text;  /* the line of names, and lines of visitors */
  guint lines; /* of visitors */
  gint64 skip; /* what is to be added to a line's number here, so that it is the file's */
} CfaVisitorPart;

/**
 * CfaVisitorTable:
 * A file with visitors, as it will be imported.
 */
typedef struct
{
  GPtrArray *columns; /* of CfaVisitorColumn */
  GPtrArray *first;   /* a few rows to look at: of GPtrArray of char * */
  GPtrArray *parts;   /* of CfaVisitorPart */
  GArray *too_long;   /* of gint64: numbers of lines that no part can hold */
  guint n_rows;
  gboolean converted; /* it was not UTF-8, and was read as what spreadsheets of the West write */
} CfaVisitorTable;

CfaVisitorTable *cfa_visitor_table_new       (const char *text, gsize length, char *const *attributes, GError **error);
void             cfa_visitor_table_free      (CfaVisitorTable *self);
char            *cfa_visitor_table_dup_fault (const CfaVisitorTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfaVisitorTable, cfa_visitor_table_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shape.h"

G_BEGIN_DECLS

/**
 * CfSqlValue:
 * A field on its way into or out of a column. Text is borrowed, except that
 * cf_sql_value_clear() must be called on what cf_sql_value_get() filled.
 */
typedef enum
{
  CF_SQL_NULL,
  CF_SQL_INTEGER,
  CF_SQL_TEXT,
} CfSqlType;

typedef struct
{
  CfSqlType type;
  gint64 integer;
  const char *text;
  char *owned; /* set when @text was made for this value */
} CfSqlValue;

#define CF_SQL_INIT { CF_SQL_NULL, 0, NULL, NULL }

char *cf_sql_columns     (const CfShape *shape, const char *prefix);
char *cf_sql_upsert      (const CfShape *shape);
char *cf_sql_update      (const CfShape *shape);
void  cf_sql_value_get   (const CfField *field, gconstpointer value, CfSqlValue *out);
void  cf_sql_value_set   (const CfField *field, gpointer value, const CfSqlValue *in);
void  cf_sql_value_clear (CfSqlValue *value);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CfSqlValue, cf_sql_value_clear)

G_END_DECLS

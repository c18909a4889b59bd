/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfaPlaceholderValues:
 * What a text can be filled with. NULL, or nothing but blanks, is missing. Borrowed.
 */
typedef struct
{
  const char *visitor_name;
  const char *visitor_email;
  const char *agent_name;
  const char *site_name;
  const char *conversation_id;
} CfaPlaceholderValues;

/**
 * CfaPlaceholderSpan:
 * Where a placeholder stands, in characters.
 */
typedef struct
{
  guint start, length;
} CfaPlaceholderSpan;

char  *cfa_placeholders_fill     (const char *template, const CfaPlaceholderValues *values, char ***missing);
GArray *cfa_placeholders_find    (const char *text, char ***names);
char  *cfa_placeholders_describe (const char *const *names);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "json-names.h"
#include "json-scan.h"
#include "json-value.h"

G_BEGIN_DECLS

/**
 * CfJsonReader:
 * A place in a JSON text that cf_json_check() has accepted, where a value or a name begins. Each function reads one thing
 * whole and goes on to what follows; nothing can fail any more, but for what a caller expects of a value.
 */
typedef struct
{
  const char *p, *end;
} CfJsonReader;

CfJsonType cf_json_reader_peek    (const CfJsonReader *self);
void       cf_json_reader_skip    (CfJsonReader *self, CfJson *value);
void       cf_json_reader_string  (CfJsonReader *self, CfJsonName *string);
gboolean   cf_json_reader_boolean (CfJsonReader *self);
gboolean   cf_json_reader_integer (CfJsonReader *self, gint64 *number);
char      *cf_json_unescape       (const char *text, gsize length);

/* To go through an array or object: enter, then next after each entry; FALSE = there is no more, and the reader stands behind it. */
static inline gboolean
cf_json_reader_enter (CfJsonReader *self)
{
  self->p = cf_json_skip_space (self->p + 1, self->end);
  if (*self->p != ']' && *self->p != '}')
    return TRUE;
  self->p++;
  return FALSE;
}

static inline gboolean
cf_json_reader_next (CfJsonReader *self)
{
  self->p = cf_json_skip_space (self->p, self->end);
  if (*self->p++ != ',')
    return FALSE;
  self->p = cf_json_skip_space (self->p, self->end);
  return TRUE;
}

/* The name of a member, and the colon behind it. What was unescaped must be freed. */
static inline void
cf_json_reader_name (CfJsonReader *self, CfJsonName *name)
{
  cf_json_reader_string (self, name);
  self->p = cf_json_skip_space (self->p, self->end) + 1;
  self->p = cf_json_skip_space (self->p, self->end);
}

static inline gboolean
cf_json_name_is (const CfJsonName *self, const char *text, gsize length)
{
  return self->length == length && memcmp (self->text, text, length) == 0;
}

G_END_DECLS

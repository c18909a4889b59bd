/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CF_JSON_NULL,
  CF_JSON_BOOLEAN,
  CF_JSON_NUMBER,
  CF_JSON_STRING,
  CF_JSON_ARRAY,
  CF_JSON_OBJECT,
} CfJsonType;

/**
 * CfJson:
 * One value in a JSON text that cf_json_check() has accepted: its bytes, without space around them. Borrowed: the text must
 * stay as it is for as long as the value is used. `text` is NULL where there is no value.
 */
typedef struct
{
  const char *text;
  gsize length;
} CfJson;

gboolean   cf_json_check       (const char *text, gsize length, CfJson *value, GError **error);
CfJsonType cf_json_get_type    (const CfJson *self);
gboolean   cf_json_get_member  (const CfJson *self, const char *name, CfJson *value);
gboolean   cf_json_get_integer (const CfJson *self, gint64 *number);
char      *cf_json_dup_string  (const CfJson *self);
char     **cf_json_dup_names   (const CfJson *self);
char     **cf_json_dup_strings (const CfJson *self);

G_END_DECLS

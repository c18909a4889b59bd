/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "json-value.h"
#include "record.h"

G_BEGIN_DECLS

typedef enum
{
  CF_DECODE_STRICT,  /* a write from outside: unknown fields refused, required ones demanded, deep validation */
  CF_DECODE_LENIENT, /* a read from the server: unknown fields and unknown record types are skipped */
} CfDecodeMode;

gpointer  cf_json_decode        (const CfShape *shape, const CfJson *json, CfDecodeMode mode, GError **error);
gpointer  cf_json_decode_text   (const CfShape *shape, const char *text, CfDecodeMode mode, GError **error);
CfRecord *cf_json_decode_record (const CfJson *json, CfDecodeMode mode, GError **error);
void      cf_json_encode        (GString *out, gconstpointer value, CfAudience audience);
void      cf_json_encode_record (GString *out, const CfRecord *record, CfAudience audience);
void      cf_json_encode_string (GString *out, const char *text);

G_END_DECLS

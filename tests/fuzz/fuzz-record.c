/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A client reads records leniently: whatever it keeps can be written again and read back the same. */
#include "fuzz.h"

#include "protocol/json.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  CfJson json;
  gboolean good = cf_json_check ((const char *) data, size, &json, NULL);
  g_autoptr (CfRecord) record = good ? cf_json_decode_record (&json, CF_DECODE_LENIENT, NULL) : NULL;
  g_autoptr (CfRecord) again = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (record == NULL)
    return 0;
  cf_json_encode_record (text, record, CF_AUDIENCE_VISITOR);
  g_string_truncate (text, 0);
  cf_json_encode_record (text, record, CF_AUDIENCE_STAFF);
  g_assert_true (cf_json_check (text->str, text->len, &json, NULL));
  again = cf_json_decode_record (&json, CF_DECODE_LENIENT, NULL);
  g_assert_nonnull (again);
  g_assert_true (record->deleted ? again->deleted : cf_struct_equal (record, again));
  return 0;
}

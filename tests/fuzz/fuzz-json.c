/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What any shape accepts must come back the same from its own encoding. */
#include "fuzz.h"

#include "protocol/json.h"
#include "protocol/methods/catalogue.h"

static void
check_shape (const CfShape *shape, const CfJson *json)
{
  g_autoptr (CfStruct) value = cf_json_decode (shape, json, CF_DECODE_STRICT, NULL);
  g_autoptr (CfStruct) again = NULL;
  g_autoptr (GString) first = g_string_new (NULL), second = g_string_new (NULL);

  if (value == NULL)
    return;
  cf_json_encode (first, value, CF_AUDIENCE_STAFF);
  again = cf_json_decode_text (shape, first->str, CF_DECODE_STRICT, NULL);
  g_assert_nonnull (again);
  cf_json_encode (second, again, CF_AUDIENCE_STAFF);
  g_assert_cmpstr (first->str, ==, second->str);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  CfJson json;

  if (!cf_json_check ((const char *) data, size, &json, NULL))
    return 0;
  for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
    check_shape (*shape, &json);
  for (const CfShape *const *shape = cf_method_shapes (); *shape != NULL; shape++)
    check_shape (*shape, &json);
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A valid id has one spelling and a time of 48 bits. */
#include "fuzz.h"

#include "protocol/id.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *id = g_strndup ((const char *) data, size);
  g_autofree char *made = cf_id_new_at (cf_id_time (id));

  g_assert_cmpint (cf_id_time (id), >=, 0);
  g_assert_cmpint (cf_id_time (made), ==, cf_id_time (id));
  g_assert_true (cf_id_is_valid (made));
  if (!cf_id_is_valid (id))
    return 0;
  g_assert_cmpuint (strlen (id), ==, CF_ID_LENGTH);
  g_assert_true (strncmp (id, made, 13) == 0); /* up to the end of the time */
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/id.h"

#include <string.h>

static void
test_new (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 before = cf_now ();

  for (guint i = 0; i < 10000; i++)
    {
      char *id = cf_id_new ();

      g_assert_true (cf_id_is_valid (id));
      g_assert_cmpint (cf_id_time (id), >=, before);
      g_assert_true (g_hash_table_add (seen, id));
    }
}

static void
test_time (void)
{
  static const gint64 times[] = { 0, 1, G_GINT64_CONSTANT (1795000000000), G_GINT64_CONSTANT (0xffffffffffff) };
  g_autofree char *earlier = cf_id_new_at (1000), *later = cf_id_new_at (1001);

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *id = cf_id_new_at (times[i]);

      g_assert_cmpint (cf_id_time (id), ==, times[i]);
    }
  g_assert_cmpstr (earlier, <, later);
}

static void
test_invalid (void)
{
  static const char *const ids[] = {
    NULL, "", "0190a5c0-0006-7abc-8def-0123456789a", "0190a5c0-0006-7abc-8def-0123456789abc",
    "0190A5C0-0006-7abc-8def-0123456789ab", "0190a5c0-0006-4abc-8def-0123456789ab", "0190a5c0-0006-7abc-cdef-0123456789ab",
    "0190a5c000006-7abc-8def-0123456789ab", "0190a5c0-0006-7abc-8def-0123456789ag", "{190a5c0-0006-7abc-8def-0123456789a}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_assert_false (cf_id_is_valid (ids[i]));
      g_assert_cmpint (cf_id_time (ids[i]), ==, 0);
    }
  g_assert_true (cf_id_is_valid ("0190a5c0-0006-7abc-8def-0123456789ab"));
}

/* One byte after the other, whatever it is. */
static void
test_each_byte (void)
{
  const char *good = "0190a5c0-0006-7abc-8def-0123456789ab";

  for (guint at = 0; at < CF_ID_LENGTH; at++)
    for (guint byte = 1; byte < 256; byte++)
      {
        g_autofree char *id = g_strdup (good);
        const char *allowed = at == 14 ? "7" : at == 19 ? "89ab" : good[at] == '-' ? "-" : "0123456789abcdef";

        id[at] = byte;
        g_assert_cmpint (cf_id_is_valid (id), ==, strchr (allowed, id[at]) != NULL);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/id/new", test_new);
  g_test_add_func ("/protocol/id/time", test_time);
  g_test_add_func ("/protocol/id/invalid", test_invalid);
  g_test_add_func ("/protocol/id/each-byte", test_each_byte);
  return g_test_run ();
}

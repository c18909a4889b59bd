/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/error.h"

/* Each code has a word, a number of its own and a status, and the word leads back to it. */
static void
test_rows (void)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);

  for (CfError code = CF_ERROR_INTERNAL; code < CF_N_ERRORS; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (CF_ERROR, code, "x");
      CfError back = CF_N_ERRORS;

      g_assert_true (cf_error_from_reason (cf_error_reason (code), &back));
      g_assert_cmpint (back, ==, code);
      g_assert_cmpint (cf_error_code (error), ==, code);
      g_assert_true (g_hash_table_add (numbers, GINT_TO_POINTER (cf_error_rpc_code (code))));
      g_assert_cmpuint (cf_error_http_status (code), >=, 400);
    }
}

static void
test_unknown (void)
{
  g_autoptr (GError) foreign = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_NOENT, "x");
  g_autoptr (GError) beyond = g_error_new_literal (CF_ERROR, CF_N_ERRORS, "x");
  CfError code = CF_ERROR_CONFLICT;

  g_assert_false (cf_error_from_reason ("nonsense", &code));
  g_assert_false (cf_error_from_reason (NULL, &code));
  g_assert_cmpint (code, ==, CF_ERROR_CONFLICT);
  g_assert_cmpint (cf_error_code (NULL), ==, CF_ERROR_INTERNAL);
  g_assert_cmpint (cf_error_code (foreign), ==, CF_ERROR_INTERNAL);
  g_assert_cmpint (cf_error_code (beyond), ==, CF_ERROR_INTERNAL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/error/rows", test_rows);
  g_test_add_func ("/protocol/error/unknown", test_unknown);
  return g_test_run ();
}

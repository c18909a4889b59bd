/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/features/visitors/visitor-table.h"

#include "protocol/error.h"
#include "protocol/methods/visitor-params.h"

#include <string.h>

static CfaVisitorTable *
read_text (const char *text)
{
  static char *attributes[] = { "Plan", "Größe", NULL };
  g_autoptr (GError) error = NULL;
  CfaVisitorTable *table = cfa_visitor_table_new (text, strlen (text), attributes, &error);

  g_assert_no_error (error);
  return table;
}

static void
assert_columns (const char *head, const char *expected)
{
  g_autofree char *text = g_strconcat (head, "\na,b\n", NULL);
  g_autoptr (CfaVisitorTable) table = read_text (text);
  g_autoptr (GString) got = g_string_new (NULL);

  for (guint i = 0; i < table->columns->len; i++)
    g_string_append_c (got, "+-?"[((CfaVisitorColumn *) table->columns->pdata[i])->use]);
  g_assert_cmpstr (got->str, ==, expected);
}

static void
test_columns (void)
{
  g_autoptr (CfaVisitorTable) unknown = read_text ("email,Shoe size,Hat\na@b.example,43,L\n"), nobody = read_text ("name,company\nAna,Shop\n");
  g_autoptr (CfaVisitorTable) empty = read_text ("email\n"), nothing = read_text (""), good = read_text ("\xef\xbb\xbf" "EMAIL;plan\na@b.example;gold\n");
  g_autofree char *what = cfa_visitor_table_dup_fault (unknown), *who = cfa_visitor_table_dup_fault (nobody), *none = cfa_visitor_table_dup_fault (empty);
  g_autofree char *no_head = cfa_visitor_table_dup_fault (nothing), *fine = cfa_visitor_table_dup_fault (good);

  assert_columns ("id,name,email,phone,company,note,tags", "+++++++");
  assert_columns ("Email,PLAN,größe,state,site_id,created_at", "+++---");
  assert_columns (" email ,shoe", "+?");
  g_assert_nonnull (strstr (what, "“Shoe size”, “Hat”"));
  g_assert_nonnull (strstr (who, "“email”"));
  g_assert_nonnull (strstr (none, "nobody"));
  g_assert_nonnull (strstr (no_head, "nobody"));
  g_assert_null (fine);
  g_assert_cmpuint (good->n_rows, ==, 1);
  g_assert_cmpstr (g_ptr_array_index ((GPtrArray *) good->first->pdata[0], 1), ==, "gold");
}

/* Each part can be sent, together they are the file, and a line keeps its number. */
static void
test_parts (void)
{
  g_autoptr (GString) text = g_string_new ("email,note\r\n\r\n");
  g_autoptr (CfaVisitorTable) table = NULL;
  guint lines = 0;
  gint64 at = 3;

  for (guint i = 0; i < 1300; i++)
    g_string_append_printf (text, "v%u@shop.example,\"%s\nsecond, \"\"line\"\"\"\r\n", i, i % 7 == 0 ? "注文はいつ届きますか" : "x");
  table = read_text (text->str);
  g_assert_cmpuint (table->n_rows, ==, 1300);
  g_assert_cmpuint (table->parts->len, >, 2);
  for (guint i = 0; i < table->parts->len; i++)
    {
      const CfaVisitorPart *part = table->parts->pdata[i];
      g_autofree char *first = g_strdup_printf ("email,note\r\n%sv%u@", i == 0 ? "\r\n" : "", lines);

      g_assert_cmpuint (part->lines, <=, CF_IMPORT_LINES_MAX);
      g_assert_cmpint (g_utf8_strlen (part->text, -1), <=, CF_IMPORT_MAX);
      g_assert_true (g_str_has_prefix (part->text, first));
      /* the first row of it is line 2, or 3 behind the empty one */
      g_assert_cmpint ((i == 0 ? 3 : 2) + part->skip, ==, at);
      lines += part->lines;
      at += 2 * part->lines;
    }
  g_assert_cmpuint (lines, ==, 1300);
}

static void
test_long_line (void)
{
  g_autofree char *note = g_strnfill (70000, 'x'), *text = g_strdup_printf ("email,note\na@b.example,y\nb@b.example,%s\nc@b.example,z\n", note);
  g_autoptr (CfaVisitorTable) table = read_text (text);

  g_assert_cmpuint (table->parts->len, ==, 2);
  g_assert_cmpuint (table->too_long->len, ==, 1);
  g_assert_cmpint (g_array_index (table->too_long, gint64, 0), ==, 3);
  g_assert_cmpint (((CfaVisitorPart *) table->parts->pdata[1])->skip, ==, 2);
}

static void
test_bytes (void)
{
  static const char zeros[] = "email\0x\n";
  g_autoptr (CfaVisitorTable) latin = read_text ("email,name\na@b.example,Jos\xe9\n");
  g_autoptr (GError) binary = NULL, torn = NULL;

  g_assert_true (latin->converted);
  g_assert_cmpstr (g_ptr_array_index ((GPtrArray *) latin->first->pdata[0], 1), ==, "José");
  g_assert_null (cfa_visitor_table_new (zeros, sizeof zeros - 1, NULL, &binary));
  g_assert_error (binary, CF_ERROR, CF_ERROR_INVALID);
  g_assert_null (cfa_visitor_table_new ("email\n\"a", 8, NULL, &torn));
  g_assert_error (torn, CF_ERROR, CF_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/visitor-table/columns", test_columns);
  g_test_add_func ("/app/visitor-table/parts", test_parts);
  g_test_add_func ("/app/visitor-table/long-line", test_long_line);
  g_test_add_func ("/app/visitor-table/bytes", test_bytes);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever a table holds, it is read to its end, and what was read is read the same once it has been written. */
#include "fuzz.h"

#include "protocol/csv.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free), again = g_ptr_array_new_with_free_func (g_free);
  CfCsvReader reader;
  guint line, last = 0;

  cf_csv_reader_init (&reader, text);
  while (cf_csv_reader_next (&reader, cells, &line, NULL))
    {
      g_autoptr (GString) written = g_string_new (NULL);
      CfCsvReader second;

      g_assert_cmpuint (line, >, last);
      g_assert_cmpuint (cells->len, >, 0);
      last = line;
      for (guint i = 0; i < cells->len; i++)
        cf_csv_add_cell (written, cells->pdata[i], i + 1 < cells->len ? ',' : '\n');
      cf_csv_reader_init (&second, written->str);
      second.separator = ',';
      g_assert_true (cf_csv_reader_next (&second, again, &line, NULL));
      g_assert_cmpuint (again->len, ==, cells->len);
      for (guint i = 0; i < cells->len; i++)
        g_assert_cmpstr (again->pdata[i], ==, cells->pdata[i]);
    }
  return 0;
}

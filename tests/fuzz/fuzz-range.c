/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever a Range or Content-Range says, what comes of it lies within what there is. The first byte is a size. */
#include "fuzz.h"

#include "backend/transport/byte-range.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  guint64 all = size > 0 ? data[0] : 0, first = 0, length = 0, last = 0;
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data + 1, size - 1) : g_strdup ("");

  if (cfd_byte_range_wanted (text, all, &first, &length) == CFD_RANGE_PART)
    {
      g_assert_cmpuint (length, >, 0);
      g_assert_cmpuint (first, <, all);
      g_assert_cmpuint (length, <=, all - first);
    }
  if (cfd_byte_range_given (text, &first, &last, &length))
    {
      g_autofree char *again = g_strdup_printf ("bytes %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, first, last, length);
      guint64 f, l, s;

      g_assert_cmpuint (first, <=, last);
      g_assert_cmpuint (last, <, length);
      g_assert_true (cfd_byte_range_given (again, &f, &l, &s) && f == first && l == last && s == length);
    }
  return 0;
}

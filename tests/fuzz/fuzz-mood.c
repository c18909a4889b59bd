/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever a visitor writes, its score stays within its limits and is the same when it is read again. */
#include "fuzz.h"

#include "backend/mood/mood.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
  gboolean known, again;
  CfMood mood = CF_MOOD_NONE;
  gint64 score = 0;
  int first = cfd_mood_read (text, &known);

  g_assert_cmpint (ABS (first), <=, 20);
  g_assert_true (known || first == 0);
  g_assert_cmpint (cfd_mood_read (text, &again), ==, first);
  g_assert_cmpint (again, ==, known);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (cfd_mood_hear (&score, &mood, text), ==, known);
  g_assert_cmpint (ABS (score), <=, 40);
  g_assert_cmpint (mood != CF_MOOD_NONE, ==, known);
  return 0;
}

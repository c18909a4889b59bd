/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/features/settings/site-rules.h"

#include <string.h>

static void
test_clock (void)
{
  static const struct { const char *text, *means; } times[] = {
    { "9", "09:00" }, { "09:30", "09:30" }, { "9:30", "09:30" }, { "9.30", "09:30" }, { "930", "09:30" }, { "0930", "09:30" }, { " 17:00 ", "17:00" },
    { "24", "24:00" }, { "24:00", "24:00" }, { "0", "00:00" }, { "25", NULL }, { "24:01", NULL }, { "9:60", NULL }, { "9:3", NULL }, { ":30", NULL },
    { "9:30:00", NULL }, { "nine", NULL }, { "", NULL }, { "-1", NULL }, { "9 pm", NULL }, { "99999", NULL }, { "９", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *clock = cfa_clock_of (times[i].text);

      g_test_message ("%s", times[i].text);
      g_assert_cmpstr (clock, ==, times[i].means);
    }
}

/* The numbers are those of WCAG's own formula. */
static void
test_colors (void)
{
  static const struct { const char *color; gboolean weak; const char *says; } colors[] = {
    { "#000000", FALSE, "21.0" }, { "#1f5eff", FALSE, "5." }, { "#ffffff", TRUE, "1.0" }, { "#ffff00", TRUE, "1.1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (colors); i++)
    {
      gboolean weak = FALSE;
      g_autofree char *note = cfa_color_note (colors[i].color, &weak);

      g_test_message ("%s: %s", colors[i].color, note);
      g_assert_cmpint (weak, ==, colors[i].weak);
      g_assert_nonnull (strstr (note, colors[i].says));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/site-rules/clock", test_clock);
  g_test_add_func ("/site-rules/colors", test_colors);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/features/settings/site-rules.h"

#include <string.h>

/* What is wrong must be said with these words in it; NULL where it is fine. */
typedef struct
{
  char *(*rule) (const char *text);
  const char *text;
  const char *says;
} Case;

static const Case cases[] = {
  { cfa_rule_time_zone, "Europe/Lisbon", NULL },
  { cfa_rule_time_zone, "UTC", NULL },
  { cfa_rule_time_zone, "", "No such time zone" },
  { cfa_rule_time_zone, "Europe/Nowhere", "No such time zone" },
  { cfa_rule_time_zone, "/etc/localtime", "No such time zone" },
  { cfa_rule_time_zone, "../../etc/passwd", "No such time zone" },
  { cfa_rule_holiday, "2026-12-25", NULL },
  { cfa_rule_holiday, "2026-12-25 Christmas", NULL },
  { cfa_rule_holiday, "2028-02-29", NULL },
  { cfa_rule_holiday, "2026-02-29", "begin with a date" },
  { cfa_rule_holiday, "25.12.2026", "begin with a date" },
  { cfa_rule_holiday, "9999-12-31", "begin with a date" },
  { cfa_rule_holiday, "Christmas", "begin with a date" },
  { cfa_rule_holiday, "", "begin with a date" },
  { cfa_rule_holiday, "2026-12-25Christmas", "space is missing" },
  { cfa_rule_title, "", NULL },
  { cfa_rule_launcher, "1234567890123456789012345678901", "1 character too long" },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *said = cases[i].rule (cases[i].text);

      if (cases[i].says == NULL)
        g_assert_cmpstr (said, ==, NULL);
      else if (said == NULL || strstr (said, cases[i].says) == NULL)
        g_error ("\"%s\": got \"%s\", expected \"…%s…\"", cases[i].text, said != NULL ? said : "nothing", cases[i].says);
    }
}

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
  g_test_add_func ("/site-rules/cases", test_cases);
  g_test_add_func ("/site-rules/clock", test_clock);
  g_test_add_func ("/site-rules/colors", test_colors);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/features/settings/rules.h"
#include "app/features/settings/site-rules.h"

#include <string.h>

/* What is wrong must be said with these words in it; NULL where it is fine. */
typedef struct
{
  CfaRule rule;
  const char *text;
  const char *says;
} Case;

static const Case cases[] = {
  { cfa_rule_origin, "https://shop.example", NULL },
  { cfa_rule_origin, "https://*.shop.example", NULL },
  { cfa_rule_origin, "http://127.0.0.1:8080", NULL },
  { cfa_rule_origin, "*", NULL },
  { cfa_rule_origin, "", "is needed" },
  { cfa_rule_origin, "shop.example", "https://shop.example" },
  { cfa_rule_origin, "ftp://shop.example", "https://shop.example" },
  { cfa_rule_origin, "https://shop.example/cart", "https://shop.example is enough" },
  { cfa_rule_origin, "https://shop.*", "star" },
  { cfa_rule_origin, "https://", "missing" },
  { cfa_rule_origin, "https://a.example https://b.example", "space" },
  { cfa_rule_origin, "https://.example", "missing" },
  { cfa_rule_email, "ana@shop.example", NULL },
  { cfa_rule_email, "", "needed" },
  { cfa_rule_email, "ana", "@ is missing" },
  { cfa_rule_email, "@shop.example", "before the @" },
  { cfa_rule_email, "a@b@c.example", "two @" },
  { cfa_rule_email, "ana@b", "not complete" },
  { cfa_rule_email, "Ana <ana@shop.example>", "spaces" },
  { cfa_rule_name, "Ana", NULL },
  { cfa_rule_name, "", "needed" },
  { cfa_rule_tag, "", "word or two" },
  { cfa_rule_greeting, "", NULL },
  { cfa_rule_password, "123456789", "1 more character is" },
  { cfa_rule_password, "1234567", "3 more characters are" },
  { cfa_rule_password, "1234567890", NULL },
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

/* Lengths are counted in characters, as the server does. */
static void
test_lengths (void)
{
  const struct { CfaRule rule; gsize max; } limits[] = {
    { cfa_rule_name, 100 }, { cfa_rule_tag, 50 }, { cfa_rule_greeting, 500 }, { cfa_rule_password, 200 },
    { cfa_rule_launcher, 30 }, { cfa_rule_title, 60 }, { cfa_rule_bubble, 140 }, { cfa_rule_offline, 500 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      GString *text = g_string_new (NULL);
      g_autofree char *fine = NULL;
      g_autofree char *long_one = NULL;

      for (gsize n = 0; n < limits[i].max; n++)
        g_string_append (text, "🚚");
      fine = limits[i].rule (text->str);
      g_assert_cmpstr (fine, ==, NULL);
      g_string_append (text, "é");
      long_one = limits[i].rule (text->str);
      g_assert_nonnull (strstr (long_one, "1 character too long"));
      g_string_free (text, TRUE);
    }
}

static void
test_strength (void)
{
  static const struct { const char *password; CfaStrength strength; } passwords[] = {
    { "", CFA_STRENGTH_REFUSED }, { "short", CFA_STRENGTH_REFUSED }, { "aaaaaaaaaaaa", CFA_STRENGTH_WEAK },
    { "abcdefghijklmnop", CFA_STRENGTH_WEAK }, { "9876543210", CFA_STRENGTH_WEAK }, { "ana.sousa-2026-secret", CFA_STRENGTH_WEAK },
    { "ana.sousa@shop.example", CFA_STRENGTH_REFUSED }, { "tulip-kettle", CFA_STRENGTH_FAIR },
    { "tulip kettle orbit", CFA_STRENGTH_STRONG }, { "郁金香水壶轨道灯塔", CFA_STRENGTH_REFUSED },
  };
  const char *advice;

  for (guint i = 0; i < G_N_ELEMENTS (passwords); i++)
    {
      CfaStrength got = cfa_password_strength (passwords[i].password, "ana.sousa@shop.example", &advice);

      if (got != passwords[i].strength)
        g_error ("\"%s\": got %d, expected %d", passwords[i].password, got, passwords[i].strength);
      g_assert_cmpstr (advice, !=, NULL);
    }
  g_assert_cmpint (cfa_password_strength ("tulip kettle orbit", NULL, &advice), ==, CFA_STRENGTH_STRONG);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/rules/cases", test_cases);
  g_test_add_func ("/app/rules/lengths", test_lengths);
  g_test_add_func ("/app/rules/strength", test_strength);
  return g_test_run ();
}

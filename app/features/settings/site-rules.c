/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-rules.h"

#include "protocol/methods/site-form.h"
#include "rules.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* As the tables of the protocol say. */
#define LAUNCHER_MAX_CHARACTERS 30
#define TITLE_MAX_CHARACTERS    60
#define BUBBLE_MAX_CHARACTERS   140
#define OFFLINE_MAX_CHARACTERS  500

#define DATE_LENGTH 10

/* WCAG 2.2, 1.4.11: so much stands out from what is beside it. */
#define VISIBLE_CONTRAST 3.0

/* The widget writes in white where the luminance is below this, as boot/color.ts has it. */
#define WHITE_BELOW 0.183

char *
cfa_rule_launcher (const char *text)
{
  return cfa_rule_length (text, LAUNCHER_MAX_CHARACTERS);
}

char *
cfa_rule_title (const char *text)
{
  return cfa_rule_length (text, TITLE_MAX_CHARACTERS);
}

char *
cfa_rule_bubble (const char *text)
{
  return cfa_rule_length (text, BUBBLE_MAX_CHARACTERS);
}

char *
cfa_rule_offline (const char *text)
{
  return cfa_rule_length (text, OFFLINE_MAX_CHARACTERS);
}

char *
cfa_rule_form_label (const char *text)
{
  return *text != '\0' ? cfa_rule_length (text, CF_FORM_LABEL_MAX) : g_strdup (_("A question needs words."));
}

char *
cfa_rule_form_hint (const char *text)
{
  return cfa_rule_length (text, CF_FORM_HINT_MAX);
}

/**
 * cfa_rule_form_choices:
 * @choices: (nullable)
 *
 * Returns: (transfer full) (nullable): what is wrong with what a visitor could choose from.
 */
char *
cfa_rule_form_choices (const char *const *choices)
{
  guint n = choices != NULL ? g_strv_length ((char **) choices) : 0;

  if (n == 0)
    return g_strdup (_("At least one choice is needed; put commas between them."));
  if (n > CF_FORM_CHOICES_MAX)
    return g_strdup (_("These are too many choices."));
  for (guint i = 0; i < n; i++)
    {
      char *problem = cfa_rule_length (choices[i], CF_FORM_LABEL_MAX);

      if (problem != NULL)
        return problem;
      for (guint j = 0; j < i; j++)
        if (g_str_equal (choices[i], choices[j]))
          return g_strdup_printf (_("“%s” stands there twice."), choices[i]);
    }
  return NULL;
}

/**
 * cfa_rule_time_zone:
 * @text: a name of the tz database; this computer's is asked, the server has the last word
 */
char *
cfa_rule_time_zone (const char *text)
{
  g_autoptr (GTimeZone) zone = g_ascii_isalpha (*text) ? g_time_zone_new_identifier (text) : NULL;

  return zone != NULL ? NULL : g_strdup (_("No such time zone: expected a name such as Europe/Lisbon."));
}

/**
 * cfa_rule_holiday:
 * @text: a date, and what is celebrated: "2026-12-25 Christmas"
 */
char *
cfa_rule_holiday (const char *text)
{
  g_autofree char *date = g_strndup (text, DATE_LENGTH);
  g_autofree char *noon = g_strconcat (date, "T12:00:00Z", NULL);
  gboolean plain = strlen (date) == DATE_LENGTH && date[0] == '2' && date[4] == '-' && date[7] == '-';
  g_autoptr (GDateTime) day = plain ? g_date_time_new_from_iso8601 (noon, NULL) : NULL;

  if (day == NULL)
    return g_strdup (_("It must begin with a date: year, month and day, as in 2026-12-25 Christmas."));
  if (strlen (text) > DATE_LENGTH && text[DATE_LENGTH] != ' ')
    return g_strdup (_("A space is missing behind the date."));
  return strlen (text) > DATE_LENGTH ? cfa_rule_length (text + DATE_LENGTH + 1, TITLE_MAX_CHARACTERS) : NULL;
}

/**
 * cfa_clock_of:
 * Returns: (transfer full) (nullable): the time of day that a person means by "9", "9:30", "0930" or "9.30", as "09:30"; NULL = none.
 */
char *
cfa_clock_of (const char *text)
{
  g_autofree char *digits = g_strdup (text);
  guint hour, minute, n = 0;
  const char *colon = strpbrk (g_strstrip (digits), ":.");

  for (const char *p = digits; *p != '\0'; p++)
    {
      if (!g_ascii_isdigit (*p) && p != colon)
        return NULL;
      n++;
    }
  if (n == 0 || n > 5 || colon == digits || (colon != NULL && strlen (colon) != 3))
    return NULL;
  hour = g_ascii_strtoull (digits, NULL, 10);
  minute = colon != NULL ? g_ascii_strtoull (colon + 1, NULL, 10) : 0;
  if (colon == NULL && n > 2)
    {
      minute = hour % 100;
      hour /= 100;
    }
  if (minute > 59 || hour > 24 || (hour == 24 && minute > 0))
    return NULL;
  return g_strdup_printf ("%02u:%02u", hour, minute);
}

/* Relative luminance (WCAG 2.2) of "#rrggbb". */
static double
luminance (const char *color)
{
  static const double weights[] = { 0.2126, 0.7152, 0.0722 };
  guint rgb = g_ascii_strtoull (color + 1, NULL, 16);
  double sum = 0;

  for (guint i = 0; i < 3; i++)
    {
      double channel = ((rgb >> (16 - 8 * i)) & 0xff) / 255.0;

      sum += weights[i] * (channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4));
    }
  return sum;
}

static double
contrast (const char *a, const char *b)
{
  double left = luminance (a) + 0.05, right = luminance (b) + 0.05;

  return MAX (left, right) / MIN (left, right);
}

/**
 * cfa_color_note:
 * @color: "#rrggbb"
 * @weak: (out): whether another colour would be better
 *
 * Returns: (transfer full): how well the widget can be seen and read in it.
 */
char *
cfa_color_note (const char *color, gboolean *weak)
{
  const char *ink = luminance (color) < WHITE_BELOW ? "#ffffff" : "#14171f";
  double on_white = contrast (color, "#ffffff");

  *weak = on_white < VISIBLE_CONTRAST;
  if (*weak)
    return g_strdup_printf (_("Hard to see on a white page: contrast %.1f, at least %.0f is wanted"), on_white, VISIBLE_CONTRAST);
  return g_strdup_printf (_("Text on it has a contrast of %.1f"), contrast (color, ink));
}

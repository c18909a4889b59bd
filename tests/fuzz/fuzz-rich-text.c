/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever is written, its words are shown in their order, nothing is added to them, and links lead only where they may. */
#include "fuzz.h"

#include "protocol/rich-text.h"

#include <string.h>

static void
check_run (const CfRichRun *run, const char **rest)
{
  const char *found = strstr (*rest, run->text);

  g_assert_cmpuint (strlen (run->text), >, 0);
  g_assert_true (g_utf8_validate (run->text, -1, NULL));
  g_assert_nonnull (found);
  *rest = found + strlen (run->text);
  if (run->href == NULL)
    return;
  g_assert_true (g_ascii_strncasecmp (run->href, "http://", 7) == 0 || g_ascii_strncasecmp (run->href, "https://", 8) == 0
                 || g_str_has_prefix (run->href, "mailto:") || g_str_has_prefix (run->href, "tel:"));
  g_assert_null (strpbrk (run->href, " \n\"<>"));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_utf8_make_valid ((const char *) data, (gssize) size), *plain = NULL;
  g_autoptr (GPtrArray) blocks = cf_rich_text_parse (text);
  const char *rest = text;

  for (guint i = 0; i < blocks->len; i++)
    {
      const CfRichBlock *block = blocks->pdata[i];

      g_assert_cmpuint (block->runs->len, >, 0);
      for (guint n = 0; n < block->runs->len; n++)
        check_run (block->runs->pdata[n], &rest);
    }
  plain = cf_rich_text_dup_plain (blocks);
  g_assert_cmpuint (strlen (plain), <=, strlen (text) + blocks->len);
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "names.h"

#include "protocol/error.h"

static char *
key (const char *name)
{
  g_autofree char *normal = g_utf8_normalize (name, -1, G_NORMALIZE_ALL);

  return g_utf8_casefold (normal, -1);
}

/**
 * cfd_name_tidy:
 * Returns: (transfer full): @name without blanks around it and with single spaces in it; NULL with CF_ERROR_INVALID when nothing is left.
 */
char *
cfd_name_tidy (const char *name, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean space = FALSE;

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c))
        {
          if (space && out->len > 0)
            g_string_append_c (out, ' ');
          g_string_append_unichar (out, c);
        }
      space = g_unichar_isspace (c);
    }
  if (out->len > 0)
    return g_strdup (out->str);
  g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "name: got blanks, expected a name");
  return NULL;
}

/**
 * cfd_name_same:
 * Returns: whether a reader takes both for one name: capitals, widths of letters and how accents are written do not count.
 */
gboolean
cfd_name_same (const char *a, const char *b)
{
  g_autofree char *left = key (a), *right = key (b);

  return g_str_equal (left, right);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search.h"

/**
 * cfa_search_needs_pieces:
 * Returns: whether @text is of a script that writes without spaces between words, where an index of words finds nothing.
 */
gboolean
cfa_search_needs_pieces (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    switch (g_unichar_get_script (g_utf8_get_char (p)))
      {
      case G_UNICODE_SCRIPT_HAN:
      case G_UNICODE_SCRIPT_HIRAGANA:
      case G_UNICODE_SCRIPT_KATAKANA:
      case G_UNICODE_SCRIPT_THAI:
      case G_UNICODE_SCRIPT_LAO:
      case G_UNICODE_SCRIPT_KHMER:
      case G_UNICODE_SCRIPT_MYANMAR:
        return TRUE;
      default:
        break;
      }
  return FALSE;
}

/**
 * cfa_search_match:
 * Returns: (transfer full) (nullable): an FTS5 query that finds texts with all words of @text, each as the beginning of a word;
 *   NULL when there is no word in it.
 */
char *
cfa_search_match (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean inside = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean letter = g_unichar_isalnum (c) || g_unichar_ismark (c);

      if (letter && !inside)
        g_string_append (out, out->len > 0 ? " \"" : "\"");
      else if (!letter && inside)
        g_string_append (out, "\"*");
      if (letter)
        g_string_append_unichar (out, c);
      inside = letter;
    }
  if (inside)
    g_string_append (out, "\"*");
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

/**
 * cfa_search_like:
 * Returns: (transfer full) (nullable): a LIKE pattern with ESCAPE '\' that finds texts with @text in them; NULL when it is blank.
 */
char *
cfa_search_like (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  GString *out;

  if (stripped[0] == '\0')
    return NULL;
  out = g_string_new ("%");
  for (const char *p = stripped; *p != '\0'; p++)
    {
      if (*p == '%' || *p == '_' || *p == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '%');
  return g_string_free (out, FALSE);
}

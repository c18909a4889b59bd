/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text-markup.h"

#include <string.h>

#define EMOJI_MAX 3

static gboolean
is_link_char (gunichar c)
{
  return !g_unichar_isspace (c) && !g_unichar_iscntrl (c) && strchr ("<>\"`{}|\\^", c > 127 ? ' ' : (int) c) == NULL;
}

/* The length of "http://" or "https://" at @text in any case; 0 when there is none. */
static gsize
scheme_length (const char *text)
{
  if (g_ascii_strncasecmp (text, "https://", 8) == 0)
    return 8;
  return g_ascii_strncasecmp (text, "http://", 7) == 0 ? 7 : 0;
}

/* A closing bracket belongs to a link only when the link opened it: "(see https://a.example/x_(y))". */
static gboolean
closes_nothing (const char *start, const char *end, char closing)
{
  char opening = closing == ')' ? '(' : '[';
  int depth = 0;

  for (const char *p = start; p < end; p++)
    depth += (*p == opening) - (*p == closing);
  return depth < 0;
}

/* The end of the link that begins at @start, without the punctuation of the sentence around it. */
static const char *
link_end (const char *start, gsize scheme)
{
  const char *end = start + scheme;

  while (*end != '\0' && is_link_char (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  while (end > start + scheme)
    {
      char last = end[-1];

      if (strchr (".,:;!?'*_~", last) == NULL
          && !((last == ')' || last == ']') && closes_nothing (start, end, last)))
        break;
      end--;
    }
  return end;
}

static void
append_escaped (GString *out, const char *text, gssize length)
{
  g_autofree char *escaped = g_markup_escape_text (text, length);

  g_string_append (out, escaped);
}

static gboolean
is_emoji (gunichar c)
{
  return (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x2600 && c <= 0x27BF) || (c >= 0x1F1E6 && c <= 0x1F1FF) || c == 0x2B50;
}

/* What joins, colours or shapes the emoji before it: joiner, variation selector, skin tones. */
static gboolean
belongs_to_emoji (gunichar c)
{
  return c == 0x200D || c == 0xFE0F || (c >= 0x1F3FB && c <= 0x1F3FF);
}

/**
 * cfa_text_markup:
 * @text: what a person wrote, valid UTF-8
 *
 * Pango markup that shows exactly @text, with its http and https addresses as links. Everything else is escaped: no tag, entity or
 * other scheme in @text has any effect.
 *
 * Returns: (transfer full): the markup
 */
char *
cfa_text_markup (const char *text)
{
  GString *out = g_string_new (NULL);
  const char *plain = text;
  const char *p = text;

  while (*p != '\0')
    {
      gsize scheme = scheme_length (p);
      gboolean at_word = p == text || !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (p)));
      const char *end = scheme > 0 && at_word ? link_end (p, scheme) : p;

      if (end <= p + scheme)
        {
          p = g_utf8_next_char (p);
          continue;
        }
      append_escaped (out, plain, p - plain);
      g_string_append (out, "<a href=\"");
      append_escaped (out, p, end - p);
      g_string_append (out, "\">");
      append_escaped (out, p, end - p);
      g_string_append (out, "</a>");
      p = plain = end;
    }
  append_escaped (out, plain, -1);
  return g_string_free (out, FALSE);
}

/**
 * cfa_text_is_emoji:
 * @text: (nullable): what a person wrote, valid UTF-8
 *
 * Returns: whether @text is nothing but one to three emoji, which are worth being seen
 */
gboolean
cfa_text_is_emoji (const char *text)
{
  int count = 0;
  gunichar before = 0;

  for (const char *p = text != NULL ? text : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!is_emoji (c) && !(belongs_to_emoji (c) && before != 0))
        return FALSE;
      count += !belongs_to_emoji (c) && before != 0x200D;
      before = c;
    }
  return count > 0 && count <= EMOJI_MAX;
}

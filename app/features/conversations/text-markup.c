/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text-markup.h"

#include <string.h>

#define EMOJI_MAX 3
/* Grey, with so little of it that it is seen on every colour of a bubble. */
#define CODE_BEGIN "<span font_family=\"monospace\" background=\"#888888\" background_alpha=\"20%\">"
#define CODE_END "</span>"

static void
append_escaped (GString *out, const char *text, gssize length)
{
  g_autofree char *escaped = g_markup_escape_text (text, length);

  g_string_append (out, escaped);
}

/* Words with the name that is called in them. */
static void
append_called (GString *out, const char *text, const char *name)
{
  g_autofree char *called = g_strconcat ("@", name, NULL);
  const char *found;

  for (; (found = strstr (text, called)) != NULL; text = found + strlen (called))
    {
      append_escaped (out, text, found - text);
      g_string_append (out, "<b>");
      append_escaped (out, called, -1);
      g_string_append (out, "</b>");
    }
  append_escaped (out, text, -1);
}

/* Where it leads is said where its own words don't: a title is markup itself. */
static void
append_title (GString *out, const CfRichRun *run)
{
  g_autofree char *title = g_markup_escape_text (run->href, -1);

  if (g_str_has_suffix (run->href, run->text))
    return;
  g_string_append (out, "\" title=\"");
  append_escaped (out, title, -1);
}

static void
append_run (GString *out, const CfRichRun *run, const char *name)
{
  g_string_append (out, (run->style & CF_RICH_BOLD) != 0 ? "<b>" : "");
  g_string_append (out, (run->style & CF_RICH_ITALIC) != 0 ? "<i>" : "");
  if (run->href != NULL)
    {
      g_string_append (out, "<a href=\"");
      append_escaped (out, run->href, -1);
      append_title (out, run);
      g_string_append (out, "\">");
      append_escaped (out, run->text, -1);
      g_string_append (out, "</a>");
    }
  else if ((run->style & CF_RICH_CODE) != 0)
    {
      g_string_append (out, CODE_BEGIN);
      append_escaped (out, run->text, -1);
      g_string_append (out, CODE_END);
    }
  else if (name != NULL && *name != '\0')
    append_called (out, run->text, name);
  else
    append_escaped (out, run->text, -1);
  g_string_append (out, (run->style & CF_RICH_ITALIC) != 0 ? "</i>" : "");
  g_string_append (out, (run->style & CF_RICH_BOLD) != 0 ? "</b>" : "");
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
 * @block: words that were read from a message, no lines of code
 * @name: (nullable): who is called by "@name" in it; that stands out
 *
 * Pango markup that shows the words of @block as they were marked. Everything else is escaped: no tag or entity in them has any effect,
 * and links lead only where cf_rich_text_parse() lets them.
 *
 * Returns: (transfer full): the markup
 */
char *
cfa_text_markup (const CfRichBlock *block, const char *name)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < block->runs->len; i++)
    append_run (out, block->runs->pdata[i], name);
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

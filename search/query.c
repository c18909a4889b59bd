/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query.h"

#include "words.h"

#include <string.h>

/* A single letter as the beginning of a word would be nearly everything. */
#define BEGINNING_MIN 2
/* What a snippet shows before the first thing found, in characters. */
#define LEAD 40

typedef struct
{
  GPtrArray *words; /* of char *, folded */
  gboolean open;    /* the last word may go on */
} Phrase;

struct _CfSearchQuery
{
  GPtrArray *phrases; /* of Phrase */
};

/* A word of a text that is searched, and a place that was found in it; in bytes. */
typedef struct
{
  char *word;
  gsize start, end;
} Token;

typedef struct
{
  gsize start, end;
} Range;

static void
phrase_free (gpointer data)
{
  Phrase *phrase = data;

  g_ptr_array_unref (phrase->words);
  g_free (phrase);
}

static void
token_clear (gpointer data)
{
  g_free (((Token *) data)->word);
}

static gboolean
add_word (const char *word, gsize length, gsize start, gsize end, gpointer data)
{
  g_ptr_array_add (data, g_strndup (word, length));
  return TRUE;
}

static gboolean
add_token (const char *word, gsize length, gsize start, gsize end, gpointer data)
{
  Token token = { g_strndup (word, length), start, end };

  g_array_append_val ((GArray *) data, token);
  return TRUE;
}

static void
add_phrase (CfSearchQuery *self, const char *text, gsize length, gboolean open)
{
  Phrase *phrase = g_new0 (Phrase, 1);
  const char *last;

  phrase->words = g_ptr_array_new_with_free_func (g_free);
  cf_words_each (text, length, add_word, phrase->words);
  if (phrase->words->len == 0)
    {
      phrase_free (phrase);
      return;
    }
  last = phrase->words->pdata[phrase->words->len - 1];
  phrase->open = open && !cf_word_is_alone (last) && g_utf8_strlen (last, -1) >= BEGINNING_MIN;
  g_ptr_array_add (self->phrases, phrase);
}

static gboolean
is_quote (gunichar c)
{
  return c == '"' || c == 0x201c || c == 0x201d || c == 0x201e || c == 0x201f || c == 0x00ab || c == 0x00bb || c == 0x300c || c == 0x300d;
}

/**
 * cf_search_query_new:
 * @text: UTF-8, as somebody typed it
 *
 * What stands together ("ana@example.com", "注文") is one phrase; what stands in quotes, of any kind, too. Only the very last word may
 * be a beginning, and only while nothing follows it.
 *
 * Returns: (transfer full): the query; empty when there is no word in @text.
 */
CfSearchQuery *
cf_search_query_new (const char *text)
{
  CfSearchQuery *self = g_new0 (CfSearchQuery, 1);
  const char *from = text;
  gboolean quoted = FALSE;

  self->phrases = g_ptr_array_new_with_free_func (phrase_free);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!is_quote (c) && (quoted || !g_unichar_isspace (c)))
        continue;
      add_phrase (self, from, p - from, FALSE);
      from = g_utf8_next_char (p);
      quoted ^= is_quote (c);
    }
  add_phrase (self, from, strlen (from), TRUE);
  return self;
}

gboolean
cf_search_query_is_empty (const CfSearchQuery *self)
{
  return self->phrases->len == 0;
}

/**
 * cf_search_query_to_match:
 * @scope: (nullable): words that the column "scope" must hold
 * @columns: those to look for the phrases in, separated by spaces
 *
 * Returns: (transfer full): what FTS5 takes after MATCH. Words hold letters and digits only, so nothing in them can be an operator.
 */
char *
cf_search_query_to_match (const CfSearchQuery *self, const char *scope, const char *columns)
{
  GString *out = g_string_new (NULL);

  if (scope != NULL)
    g_string_append_printf (out, "scope : \"%s\" AND ", scope);
  g_string_append_printf (out, "{%s} : (", columns);
  for (guint i = 0; i < self->phrases->len; i++)
    {
      const Phrase *phrase = self->phrases->pdata[i];

      g_string_append (out, i > 0 ? " AND \"" : "\"");
      for (guint j = 0; j < phrase->words->len; j++)
        g_string_append_printf (out, "%s%s", j > 0 ? " " : "", (const char *) phrase->words->pdata[j]);
      g_string_append (out, phrase->open ? "\" *" : "\"");
    }
  g_string_append_c (out, ')');
  return g_string_free (out, FALSE);
}

static gboolean
phrase_is_at (const Phrase *phrase, const GArray *tokens, guint at)
{
  if (at + phrase->words->len > tokens->len)
    return FALSE;
  for (guint i = 0; i < phrase->words->len; i++)
    {
      const char *wanted = phrase->words->pdata[i], *got = g_array_index (tokens, Token, at + i).word;
      gboolean beginning = phrase->open && i + 1 == phrase->words->len;

      if (beginning ? !g_str_has_prefix (got, wanted) : strcmp (got, wanted) != 0)
        return FALSE;
    }
  return TRUE;
}

/* All places where a phrase is, in order, those that overlap as one. */
static GArray *
find_ranges (const CfSearchQuery *self, const char *text)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (Range));
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (Token));

  g_array_set_clear_func (tokens, token_clear);
  cf_words_each (text, strlen (text), add_token, tokens);
  for (guint at = 0; at < tokens->len; at++)
    for (guint i = 0; i < self->phrases->len; i++)
      {
        const Phrase *phrase = self->phrases->pdata[i];
        Range range, *before = ranges->len > 0 ? &g_array_index (ranges, Range, ranges->len - 1) : NULL;

        if (!phrase_is_at (phrase, tokens, at))
          continue;
        range.start = g_array_index (tokens, Token, at).start;
        range.end = g_array_index (tokens, Token, at + phrase->words->len - 1).end;
        if (before != NULL && range.start < before->end)
          before->end = MAX (before->end, range.end);
        else
          g_array_append_val (ranges, range);
      }
  return ranges;
}

/* Where a snippet begins so that the first thing found can be read in it. */
static const char *
find_start (const char *text, const char *found)
{
  const char *start = found, *word = NULL;

  for (guint i = 0; i < LEAD && start > text; i++)
    {
      start = g_utf8_prev_char (start);
      if (g_unichar_isspace (g_utf8_get_char (start)))
        word = g_utf8_next_char (start);
    }
  return start > text && word != NULL ? word : start;
}

static char *
cut_snippet (const char *start, const char *end, gboolean before)
{
  GString *out = g_string_new (before ? "…" : NULL);

  for (const char *p = start; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (out, g_unichar_isspace (c) ? ' ' : c);
    }
  if (*end != '\0')
    g_string_append (out, "…");
  return g_string_free (out, FALSE);
}

static void
add_mark (GPtrArray *marks, const char *start, const char *from, const char *to, gboolean before)
{
  CfSearchMark *mark = cf_struct_new (&cf_search_mark_shape);

  mark->start = g_utf8_pointer_to_offset (start, from) + (before ? 1 : 0);
  mark->length = g_utf8_pointer_to_offset (from, to);
  g_ptr_array_add (marks, mark);
}

/**
 * cf_search_query_mark:
 * @id: what the hit is
 * @text: (nullable): its text
 *
 * Returns: (transfer full) (nullable): the hit with a snippet around the first thing found; NULL when nothing of the query is in @text.
 */
CfSearchHit *
cf_search_query_mark (const CfSearchQuery *self, const char *id, const char *text)
{
  g_autoptr (GArray) ranges = text != NULL ? find_ranges (self, text) : NULL;
  CfSearchHit *hit;
  const char *start, *end;
  gboolean before;

  if (ranges == NULL || ranges->len == 0)
    return NULL;
  start = find_start (text, text + g_array_index (ranges, Range, 0).start);
  before = start > text;
  end = start;
  for (guint n = 2; n < CF_SEARCH_SNIPPET_MAX && *end != '\0'; n++)
    end = g_utf8_next_char (end);
  hit = cf_struct_new (&cf_search_hit_shape);
  hit->id = g_strdup (id);
  hit->snippet = cut_snippet (start, end, before);
  hit->marks = cf_structs_new ();
  for (guint i = 0; i < ranges->len; i++)
    {
      const Range *range = &g_array_index (ranges, Range, i);

      if (text + range->start < end)
        add_mark (hit->marks, start, text + range->start, MIN (text + range->end, end), before);
    }
  return hit;
}

void
cf_search_query_free (CfSearchQuery *self)
{
  g_ptr_array_unref (self->phrases);
  g_free (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words.h"

#include <string.h>

/* What follows in a longer word (a key, a line of base64) is not looked at. */
#define WORD_BYTES 64
/* The longest decomposition of one character (U+FDFA). */
#define PARTS_MAX 18

typedef enum
{
  APART,   /* between words */
  IGNORED, /* an accent, a soft hyphen: as if it were not there */
  PART,    /* of a word */
  ALONE,   /* a word by itself: writing without spaces between words */
} Class;

typedef struct
{
  char bytes[WORD_BYTES];
  gsize length;
  gsize start, end;
  CfWordFunc func;
  gpointer data;
} Word;

/* Letters that Unicode does not decompose, and that people type without. */
static const struct
{
  gunichar from;
  const char *to;
} plain[] = {
  { 0x00df, "ss" }, { 0x00e6, "ae" }, { 0x00f0, "d" }, { 0x00f8, "o" }, { 0x00fe, "th" }, { 0x0111, "d" }, { 0x0127, "h" }, { 0x0131, "i" },
  { 0x0142, "l" }, { 0x0153, "oe" }, { 0x03c2, "σ" }, { 0x0629, "ه" }, { 0x0649, "ي" }, { 0x06a9, "ك" }, { 0x06cc, "ي" },
};

static Class
classify_mark (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_INHERITED:
    case G_UNICODE_SCRIPT_ARABIC:
    case G_UNICODE_SCRIPT_HEBREW:
      return IGNORED;
    default:
      return PART;
    }
}

static Class
classify_letter (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_HANGUL:
    case G_UNICODE_SCRIPT_BOPOMOFO:
    case G_UNICODE_SCRIPT_THAI:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_MYANMAR:
      return ALONE;
    default:
      return c == 0x0640 ? IGNORED : PART; /* the Arabic line that stretches a word */
    }
}

static Class
classify (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalnum (c) ? PART : APART;
  switch (g_unichar_type (c))
    {
    case G_UNICODE_UPPERCASE_LETTER:
    case G_UNICODE_LOWERCASE_LETTER:
    case G_UNICODE_TITLECASE_LETTER:
    case G_UNICODE_MODIFIER_LETTER:
    case G_UNICODE_OTHER_LETTER:
    case G_UNICODE_DECIMAL_NUMBER:
    case G_UNICODE_LETTER_NUMBER:
    case G_UNICODE_OTHER_NUMBER:
      return classify_letter (c);
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
    case G_UNICODE_SPACING_MARK:
      return classify_mark (c);
    case G_UNICODE_FORMAT:
      return IGNORED;
    case G_UNICODE_OTHER_SYMBOL: /* emoji */
      return ALONE;
    default:
      return APART;
    }
}

static void
append (Word *word, const char *bytes, gsize length)
{
  for (gsize i = 0; i < length && word->length + length - i <= WORD_BYTES; i++)
    word->bytes[word->length++] = bytes[i];
}

static void
append_char (Word *word, gunichar c)
{
  char bytes[6];
  gunichar lower = g_unichar_tolower (c);

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (plain[i].from == lower)
      {
        append (word, plain[i].to, strlen (plain[i].to));
        return;
      }
  append (word, bytes, g_unichar_to_utf8 (lower, bytes));
}

static void
append_folded (Word *word, gunichar c)
{
  gunichar parts[PARTS_MAX];
  gsize n;

  if (c < 0x80)
    {
      if (word->length < WORD_BYTES)
        word->bytes[word->length++] = g_ascii_tolower (c);
      return;
    }
  n = g_unichar_fully_decompose (c, TRUE, parts, PARTS_MAX);
  for (gsize i = 0; i < n; i++)
    if (classify (parts[i]) == PART)
      append_char (word, parts[i]);
}

/* Wide and narrow forms become the usual ones; what would fall into several letters stays whole. */
static void
append_alone (Word *word, gunichar c)
{
  gunichar parts[PARTS_MAX];
  char bytes[6];
  gsize n = g_unichar_fully_decompose (c, TRUE, parts, PARTS_MAX);

  if (n == 1 && classify (parts[0]) == ALONE)
    c = parts[0];
  append (word, bytes, g_unichar_to_utf8 (c, bytes));
}

static gboolean
finish (Word *word)
{
  gsize length = word->length;

  word->length = 0;
  return length == 0 || word->func (word->bytes, length, word->start, word->end, word->data);
}

/* A letter of a word; the first one begins it. */
static void
take_part (Word *word, gunichar c, gsize start, gsize end)
{
  if (word->length == 0)
    word->start = start;
  append_folded (word, c);
  word->end = end;
}

/**
 * cf_words_each:
 * @text: UTF-8; bytes that are not stand between words
 *
 * What search knows as the words of a text: in small letters, without accents, a word of its own for each character of writing that does not
 * put spaces between words (Chinese, Japanese, Korean, Thai, …) and for each emoji. A found word is its own only word.
 *
 * Returns: FALSE when @func stopped it.
 */
gboolean
cf_words_each (const char *text, gsize length, CfWordFunc func, gpointer data)
{
  Word word = { .func = func, .data = data };
  gsize next;

  for (gsize at = 0; at < length; at = next)
    {
      guchar byte = text[at];
      gunichar c = byte < 0x80 ? byte : g_utf8_get_char_validated (text + at, length - at);
      gboolean valid = c < 0x110000;
      Class class = valid ? classify (c) : APART;

      next = at + (valid ? (gsize) g_utf8_skip[byte] : 1);
      if (class == PART)
        take_part (&word, c, at, next);
      else if (class == IGNORED)
        word.end = word.length > 0 ? next : word.end;
      else if (!finish (&word))
        return FALSE;
      if (class != ALONE)
        continue;
      word.start = at;
      word.end = next;
      append_alone (&word, c);
      if (!finish (&word))
        return FALSE;
    }
  return finish (&word);
}

/**
 * cf_word_is_alone:
 * @word: as cf_words_each() gave it, not empty
 *
 * Returns: whether it is a single character of writing without spaces, which is never the beginning of a longer word.
 */
gboolean
cf_word_is_alone (const char *word)
{
  return classify (g_utf8_get_char (word)) == ALONE;
}

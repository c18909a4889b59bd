/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mood.h"

#include "mood-words.h"

#include <string.h>

/* Scores are in quarters of a point of the list, so that what is turned round can weigh three quarters. */
#define POINT 4
#define TURNED 3
/* Words behind a "not" that it turns round. */
#define REACH 3
/* One text, however long, says no more than the strongest word. */
#define TEXT_MAX (5 * POINT)
/* Who is unhappy is noticed earlier than who is pleased: politeness sounds like pleasure. */
#define PLEASED (3 * POINT)
#define UNHAPPY (-2 * POINT)

/* What a byte is for the words of a text. Of the longer sequences the punctuation, the symbols and the emoji stand between words; all
 * others are letters, of whatever script. */
typedef enum
{
  BETWEEN,
  STOP, /* what was turned round before is so no more */
  LETTER,
  SIGN, /* begins a sequence of several bytes */
} Kind;

static const guint8 kinds[256] = {
  ['\n'] = STOP, ['!'] = STOP, ['('] = STOP, [')'] = STOP, [','] = STOP, ['.'] = STOP, [':'] = STOP, [';'] = STOP, ['?'] = STOP,
  ['0' ... '9'] = LETTER, ['A' ... 'Z'] = LETTER, ['a' ... 'z'] = LETTER,
  [0x80 ... 0xC1] = LETTER,
  [0xC2] = SIGN,
  [0xC3 ... 0xE1] = LETTER,
  [0xE2] = SIGN,
  [0xE3 ... 0xEE] = LETTER,
  [0xEF ... 0xFF] = SIGN,
};

/* Reads word after word. */
typedef struct
{
  const guchar *at;
  char word[CFD_MOOD_WORD_MAX + 1];
  gsize length; /* 0 = longer than any that the list has, or none of the language */
  guint32 hash;
  gboolean stopped; /* there was a stop in front of it */
} Reader;

/* Returns: how many bytes of an apostrophe stand at @p */
static gsize
apostrophe (const guchar *p)
{
  if (p[0] == '\'')
    return 1;
  return p[0] == 0xE2 && p[1] == 0x80 && p[2] == 0x99 ? 3 : 0;
}

/* Behind a sign and the bytes that follow its first one. */
static const guchar *
skip_sign (const guchar *p)
{
  do
    p++;
  while ((*p & 0xC0) == 0x80);
  return p;
}

static void
take_byte (Reader *self, guchar byte)
{
  if (self->length > CFD_MOOD_WORD_MAX)
    return;
  if (byte >= 'A' && byte <= 'Z')
    byte |= 0x20;
  if (self->length < CFD_MOOD_WORD_MAX)
    self->word[self->length] = byte;
  self->length++;
  self->hash = (self->hash ^ byte) * 0x01000193; /* FNV-1a, as in make-words.py */
}

/* What looks like a word and is a part of an address. */
static void
skip_address (Reader *self)
{
  if (*self->at != '@' && strncmp ((const char *) self->at, "://", 3) != 0)
    return;
  while (*self->at != '\0' && !g_ascii_isspace (*self->at))
    self->at++;
  self->length = 0;
}

static gboolean
next_word (Reader *self)
{
  gsize skip;

  self->stopped = FALSE;
  for (; *self->at != '\0' && kinds[*self->at] != LETTER; self->at = kinds[*self->at] == SIGN ? skip_sign (self->at) : self->at + 1)
    self->stopped |= kinds[*self->at] == STOP;
  if (*self->at == '\0')
    return FALSE;
  self->length = 0;
  self->hash = 0x811C9DC5;
  for (;; self->at += skip)
    if (kinds[*self->at] == LETTER)
      {
        take_byte (self, *self->at);
        skip = 1;
      }
    else if ((skip = apostrophe (self->at)) == 0)
      break;
  if (self->length > CFD_MOOD_WORD_MAX)
    self->length = 0;
  skip_address (self);
  self->word[self->length] = '\0';
  return TRUE;
}

/* Returns: (nullable) */
static const CfdMoodWord *
find (const Reader *reader)
{
  guint at = reader->hash % CFD_MOOD_SLOTS;

  if (reader->length == 0)
    return NULL;
  for (; cfd_mood_slots[at] != 0; at = (at + 1) % CFD_MOOD_SLOTS)
    {
      const CfdMoodWord *word = &cfd_mood_words[cfd_mood_slots[at] - 1];

      if (strcmp (word->text, reader->word) == 0)
        return word;
    }
  return NULL;
}

/* Whether the words of @rest follow; then @reader is behind them. */
static gboolean
follows (Reader *reader, const char *rest)
{
  Reader ahead = *reader;

  while (*rest != '\0')
    {
      gsize length = strcspn (rest, " ");

      if (!next_word (&ahead) || ahead.stopped || ahead.length != length || memcmp (ahead.word, rest, length) != 0)
        return FALSE;
      rest += length + (rest[length] == ' ' ? 1 : 0);
    }
  *reader = ahead;
  return TRUE;
}

/* Returns: (nullable): the phrase that begins with @word; then @reader is behind it. */
static const CfdMoodPhrase *
find_phrase (Reader *reader, const CfdMoodWord *word)
{
  const CfdMoodPhrase *phrase = word->phrase > 0 ? &cfd_mood_phrases[word->phrase - 1] : NULL;

  for (; phrase != NULL && strcmp (phrase->first, word->text) == 0; phrase++)
    if (follows (reader, phrase->rest))
      return phrase;
  return NULL;
}

/**
 * cfd_mood_read:
 * @text: UTF-8, of any length
 * @known: (out): whether there are words in it that say something
 *
 * The sum of its words' values in the list AFINN; "not" and its like turn round the three words behind them, up to a stop.
 *
 * Returns: in quarters of a point, -20 to 20.
 */
int
cfd_mood_read (const char *text, gboolean *known)
{
  Reader reader = { (const guchar *) text };
  int sum = 0;
  guint turned = 0; /* so many words are still turned round */

  *known = FALSE;
  while (next_word (&reader))
    {
      const CfdMoodWord *word = find (&reader);
      const CfdMoodPhrase *phrase;
      int value;

      if (reader.stopped)
        turned = 0;
      phrase = word != NULL ? find_phrase (&reader, word) : NULL;
      if (word != NULL && phrase == NULL && word->negates)
        {
          turned = REACH;
          continue;
        }
      value = phrase != NULL ? phrase->value : word != NULL ? word->value : 0;
      *known |= value != 0;
      sum += value * (turned > 0 ? -TURNED : POINT);
      turned -= turned > 0;
    }
  return CLAMP (sum, -TEXT_MAX, TEXT_MAX);
}

/**
 * cfd_mood_hear:
 * @score: (inout): what was said before, 0 at first
 * @mood: (inout): what follows from it
 * @text: said by the visitor now
 *
 * The last text counts whole, each before it half as much as the one behind it. Texts without a word that says something count for nothing,
 * so a conversation in another language has no mood.
 *
 * Returns: whether this text counted.
 */
gboolean
cfd_mood_hear (gint64 *score, CfMood *mood, const char *text)
{
  gboolean known;
  int said = cfd_mood_read (text, &known);

  if (!known)
    return FALSE;
  *score = *score / 2 + said;
  *mood = *score >= PLEASED ? CF_MOOD_POSITIVE : *score <= UNHAPPY ? CF_MOOD_NEGATIVE : CF_MOOD_NEUTRAL;
  return TRUE;
}

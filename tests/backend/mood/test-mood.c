/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/mood/mood-words.h"
#include "backend/mood/mood.h"

#include <string.h>

/* Every word of the list is found, with its own value. */
static void
test_words (void)
{
  g_assert_cmpuint (cfd_mood_n_words, >, 3000);
  for (guint i = 0; i < cfd_mood_n_words; i++)
    {
      const CfdMoodWord *word = &cfd_mood_words[i];
      gboolean known;
      int score;

      if (i > 0)
        g_assert_cmpstr (cfd_mood_words[i - 1].text, <, word->text);
      score = cfd_mood_read (word->text, &known);
      g_assert_cmpint (score, ==, word->value * 4);
      g_assert_cmpint (known, ==, word->value != 0);
    }
}

static void
test_phrases (void)
{
  for (const CfdMoodPhrase *phrase = cfd_mood_phrases; *phrase->first != '\0'; phrase++)
    {
      g_autofree char *text = g_strconcat (phrase->first, " ", phrase->rest, NULL);
      gboolean known;
      int score = cfd_mood_read (text, &known);

      g_assert_cmpint (score, ==, phrase->value * 4);
    }
}

typedef struct
{
  const char *text;
  CfMood mood;
} Case;

static const Case cases[] = {
  { "", CF_MOOD_NONE },
  { "Where is my order 1182?", CF_MOOD_NONE },
  { "Hello! I have a problem, can you please help me?", CF_MOOD_NONE },
  { "This is great, thank you!", CF_MOOD_POSITIVE },
  { "GREAT", CF_MOOD_POSITIVE },
  { "thanks", CF_MOOD_NEUTRAL },
  { "Kind regards, Ana", CF_MOOD_NONE },
  { "This is terrible.", CF_MOOD_NEGATIVE },
  { "This is not good", CF_MOOD_NEGATIVE },
  { "it's not really that good.", CF_MOOD_NEGATIVE },
  { "It isn't good", CF_MOOD_NEGATIVE },
  { "It isn\xE2\x80\x99t good", CF_MOOD_NEGATIVE },
  { "I'm never happy here", CF_MOOD_NEGATIVE },
  { "not bad", CF_MOOD_NEUTRAL },
  { "No. Good!", CF_MOOD_POSITIVE },              /* a stop in between */
  { "not now or tomorrow, great", CF_MOOD_POSITIVE },
  { "The checkout doesn't work", CF_MOOD_NEGATIVE },
  { "the checkout DOES NOT WORK", CF_MOOD_NEGATIVE },
  { "it does not, work", CF_MOOD_NONE },          /* no phrase over a stop */
  { "I am fed up", CF_MOOD_NEGATIVE },
  { "fed the cat", CF_MOOD_NONE },
  { "kind of", CF_MOOD_NONE },
  { "a na\xC3\xAFve idea", CF_MOOD_NEGATIVE },
  { "a well-being shop", CF_MOOD_NEUTRAL },
  { "see https://terrible.example/awful/terrible", CF_MOOD_NONE },
  { "mail me at terrible@awful.example", CF_MOOD_NONE },
  { "goodness", CF_MOOD_POSITIVE },
  { "antigoodness goodx xgood", CF_MOOD_NONE },   /* whole words only */
  { "\xE3\x81\x93\xE3\x82\x93\xE3\x81\xAB\xE3\x81\xA1\xE3\x81\xAF", CF_MOOD_NONE },
  { "\xE6\x9C\x80\xE6\x82\xAA", CF_MOOD_NONE },
  { "Das ist furchtbar schlecht", CF_MOOD_NONE },
  { "\xF0\x9F\x98\x80\xF0\x9F\x91\x8D", CF_MOOD_NONE },
  { "great\xF0\x9F\x91\x8D", CF_MOOD_POSITIVE },
  { "\xF0\x9F\x98\xA1terrible", CF_MOOD_NEGATIVE },
  { "\xE2\x80\x9Cgreat\xE2\x80\x9D", CF_MOOD_POSITIVE },
  { "'great'", CF_MOOD_POSITIVE },
  { "''''", CF_MOOD_NONE },
  { "\xE2", CF_MOOD_NONE },                       /* torn */
  { "not \xE2\x80", CF_MOOD_NONE },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CfMood mood = CF_MOOD_NONE;
      gint64 score = 0;

      cfd_mood_hear (&score, &mood, cases[i].text);
      if (mood != cases[i].mood)
        g_test_message ("“%s”: score %" G_GINT64_FORMAT, cases[i].text, score);
      g_assert_cmpstr (cf_mood_words[mood], ==, cf_mood_words[cases[i].mood]);
    }
}

/* However long and loud, one text has a limit, and so has what all of them come to. */
static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  CfMood mood = CF_MOOD_NONE;
  gint64 score = 0;

  while (text->len < 8000)
    g_string_append (text, "terrible ");
  for (guint i = 0; i < 100; i++)
    g_assert_true (cfd_mood_hear (&score, &mood, text->str));
  g_assert_cmpint (score, >=, -40);
  g_assert_cmpint (mood, ==, CF_MOOD_NEGATIVE);
  g_string_truncate (text, 0);
  while (text->len < 8000)
    g_string_append (text, "x");
  g_assert_false (cfd_mood_hear (&score, &mood, text->str));
  g_assert_cmpint (mood, ==, CF_MOOD_NEGATIVE);
}

/* Who was angry and is helped is not angry for ever; what says nothing changes nothing. */
static void
test_course (void)
{
  CfMood mood = CF_MOOD_NONE;
  gint64 score = 0;

  g_assert_true (cfd_mood_hear (&score, &mood, "This is a terrible shop, I am so angry"));
  g_assert_cmpint (mood, ==, CF_MOOD_NEGATIVE);
  g_assert_false (cfd_mood_hear (&score, &mood, "Order 1182"));
  g_assert_cmpint (mood, ==, CF_MOOD_NEGATIVE);
  g_assert_true (cfd_mood_hear (&score, &mood, "ah, it has come, thanks"));
  g_assert_cmpint (mood, !=, CF_MOOD_NEGATIVE);
  g_assert_true (cfd_mood_hear (&score, &mood, "you are great, perfect"));
  g_assert_cmpint (mood, ==, CF_MOOD_POSITIVE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mood/words", test_words);
  g_test_add_func ("/mood/phrases", test_phrases);
  g_test_add_func ("/mood/cases", test_cases);
  g_test_add_func ("/mood/long", test_long);
  g_test_add_func ("/mood/course", test_course);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The list AFINN as make-words.py brings it: sorted, and found by the hash of a word. */

#define CFD_MOOD_WORD_MAX 23 /* bytes */
#define CFD_MOOD_SLOTS 16384

typedef struct
{
  char text[CFD_MOOD_WORD_MAX + 1];
  gint8 value;    /* -5 to 5; 0 = says nothing by itself */
  guint8 negates; /* turns round what follows */
  guint8 phrase;  /* 1 + index of the first phrase that begins with it; 0 = none does */
} CfdMoodWord;

/* Words that say something together; those with one beginning stand in a row. */
typedef struct
{
  const char *first, *rest;
  gint8 value;
} CfdMoodPhrase;

extern const CfdMoodWord cfd_mood_words[];
extern const guint cfd_mood_n_words;
extern const CfdMoodPhrase cfd_mood_phrases[];       /* ended by an empty one */
extern const guint16 cfd_mood_slots[CFD_MOOD_SLOTS]; /* by hash: 1 + index of a word, 0 = none; who finds another looks behind it */

G_END_DECLS

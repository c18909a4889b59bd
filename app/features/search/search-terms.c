/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search-terms.h"

#include "protocol/records/agent.h"
#include "protocol/records/site.h"
#include "protocol/records/tag.h"
#include "search/words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define COMPLETIONS_MAX 8

typedef enum
{
  KEY_FROM,
  KEY_TAG,
  KEY_SITE,
  KEY_BEFORE,
  KEY_AFTER,
  KEY_IS,
  KEY_ASSIGNEE,
  KEY_MOOD,
  N_KEYS,
} Key;

/* The words are the same in all languages, so that what one person writes down helps another. */
static const struct
{
  const char *word, *says;
} keys[N_KEYS] = {
  [KEY_FROM] = { "from", N_("who has written it: me, visitor, agent, or a name") },
  [KEY_TAG] = { "tag", N_("conversations with this tag") },
  [KEY_SITE] = { "site", N_("on this site") },
  [KEY_BEFORE] = { "before", N_("written before this day: 2026-03-31, today, 7d") },
  [KEY_AFTER] = { "after", N_("written on this day or later") },
  [KEY_IS] = { "is", N_("open, closed or snoozed") },
  [KEY_ASSIGNEE] = { "assignee", N_("whose conversation it is: me, nobody, or a name") },
  [KEY_MOOD] = { "mood", N_("what the visitor sounds like: positive, neutral or negative") },
};

/* A filter as it stands in the text. */
typedef struct
{
  int key; /* -1: none of ours */
  char *word;
  char *value;
  gsize start; /* in bytes */
  const char *end;
} Filter;

static void
filter_clear (Filter *filter)
{
  g_clear_pointer (&filter->word, g_free);
  g_clear_pointer (&filter->value, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Filter, filter_clear)

static gboolean
append_word (const char *word, gsize length, gsize start, gsize end, gpointer data)
{
  GString *out = data;

  if (out->len > 0)
    g_string_append_c (out, ' ');
  g_string_append_len (out, word, length);
  return TRUE;
}

/* As search compares: without capitals, accents and signs. */
static char *
fold (const char *text)
{
  GString *out = g_string_new (NULL);

  cf_words_each (text, strlen (text), append_word, out);
  return g_string_free (out, FALSE);
}

/* The end of what stands at @p: of a phrase in quotes, which need not be closed, else of all up to a space. */
static const char *
end_of_piece (const char *p)
{
  gboolean quoted = FALSE;

  for (; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (*p == '"')
        quoted = !quoted;
      else if (!quoted && g_unichar_isspace (g_utf8_get_char (p)))
        break;
    }
  return p;
}

static const char *
skip_space (const char *p)
{
  while (*p != '\0' && g_unichar_isspace (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return p;
}

static char *
unquote (const char *from, const char *to)
{
  GString *out = g_string_new (NULL);

  for (const char *p = from; p < to; p++)
    if (*p != '"')
      g_string_append_c (out, *p);
  return g_strstrip (g_string_free (out, FALSE));
}

/* Returns: whether the piece from @p on is "word:", with or without a value; an address with "://" is none. */
static gboolean
read_filter (const char *text, const char *p, Filter *filter)
{
  const char *colon = p;

  while (g_ascii_isalpha (*colon))
    colon++;
  if (colon == p || *colon != ':' || g_str_has_prefix (colon, "://"))
    return FALSE;
  filter->word = g_ascii_strdown (p, colon - p);
  filter->end = end_of_piece (colon + 1);
  filter->value = unquote (colon + 1, filter->end);
  filter->start = p - text;
  filter->key = -1;
  for (int i = 0; i < N_KEYS; i++)
    if (strcmp (keys[i].word, filter->word) == 0)
      filter->key = i;
  return TRUE;
}

G_GNUC_PRINTF (2, 3) static void
complain (CfaSearchTerms *self, const char *format, ...)
{
  va_list arguments;

  if (self->problem != NULL)
    return;
  va_start (arguments, format);
  self->problem = g_strdup_vprintf (format, arguments);
  va_end (arguments);
}

/* Returns: (nullable): the id of the one record that is called so, or, when that is clear, whose name begins so; @n is how many do. */
static const char *
find_by_name (CfaDirectory *directory, const CfShape *shape, const char *name, guint *n)
{
  g_autoptr (GPtrArray) all = cfa_directory_list (directory, shape);
  g_autofree char *wanted = fold (name);
  const CfRecord *found = NULL;

  *n = 0;
  for (guint i = 0; i < all->len; i++)
    {
      const CfRecord *record = all->pdata[i];
      g_autofree char *got = fold (cfa_directory_get_name (directory, record->id));

      if (*wanted == '\0' || !g_str_has_prefix (got, wanted))
        continue;
      if (strcmp (got, wanted) == 0)
        {
          *n = 1;
          return cfa_directory_get (directory, shape, record->id)->id;
        }
      found = record;
      (*n)++;
    }
  return *n == 1 ? cfa_directory_get (directory, shape, found->id)->id : NULL;
}

static void
take_name (CfaSearchTerms *self, CfaDirectory *directory, const CfShape *shape, const char *name, char **slot)
{
  guint n;
  const char *id = find_by_name (directory, shape, name, &n);

  if (n > 1)
    complain (self, _("“%s” can be several: go on typing."), name);
  else if (id == NULL && shape == &cf_tag_shape)
    complain (self, _("There is no tag “%s”."), name);
  else if (id == NULL && shape == &cf_site_shape)
    complain (self, _("There is no site “%s”."), name);
  else if (id == NULL)
    complain (self, _("Nobody in the team is called “%s”."), name);
  else
    {
      g_free (*slot);
      *slot = g_strdup (id);
    }
}

static void
take_from (CfaSearchTerms *self, CfaDirectory *directory, const char *agent_id, const char *value)
{
  g_autofree char *word = fold (value);
  CfSearchMessagesParams *params = self->params;

  self->by_author = TRUE;
  g_clear_pointer (&params->author_id, g_free);
  params->author_kind = strcmp (word, "visitor") == 0 ? CF_SEARCH_AUTHOR_VISITOR : CF_SEARCH_AUTHOR_AGENT;
  if (strcmp (word, "me") == 0)
    params->author_id = g_strdup (agent_id);
  else if (strcmp (word, "visitor") != 0 && strcmp (word, "agent") != 0)
    take_name (self, directory, &cf_agent_shape, value, &params->author_id);
  if (params->author_id == NULL && self->problem != NULL)
    {
      params->author_kind = CF_SEARCH_AUTHOR_ANY;
      self->by_author = FALSE;
    }
}

static void
take_assignee (CfaSearchTerms *self, CfaDirectory *directory, const char *agent_id, const char *value)
{
  g_autofree char *word = fold (value);
  CfSearchMessagesParams *params = self->params;

  params->unassigned = strcmp (word, "nobody") == 0;
  g_clear_pointer (&params->assignee_id, g_free);
  if (strcmp (word, "me") == 0)
    params->assignee_id = g_strdup (agent_id);
  else if (!params->unassigned)
    take_name (self, directory, &cf_agent_shape, value, &params->assignee_id);
}

static void
take_state (CfaSearchTerms *self, const char *value)
{
  g_autofree char *word = fold (value);

  if (strcmp (word, "open") == 0)
    self->params->status = CF_SEARCH_STATUS_OPEN;
  else if (strcmp (word, "closed") == 0)
    self->params->status = CF_SEARCH_STATUS_CLOSED;
  else if (strcmp (word, "snoozed") == 0)
    self->params->status = CF_SEARCH_STATUS_SNOOZED;
  else
    complain (self, _("“is:” takes open, closed or snoozed, not “%s”."), value);
}

static void
take_mood (CfaSearchTerms *self, const char *value)
{
  g_autofree char *word = fold (value);

  for (CfMood mood = CF_MOOD_POSITIVE; mood <= CF_MOOD_NEGATIVE; mood++)
    if (strcmp (word, cf_mood_words[mood]) == 0)
      {
        self->params->mood = mood;
        return;
      }
  complain (self, _("“mood:” takes positive, neutral or negative, not “%s”."), value);
}

/* "2026-03-31", "2026-03" or "2026". Returns: whether it is one, which need not be in the calendar. */
static gboolean
read_date (const char *word, int *year, int *month, int *day)
{
  g_auto (GStrv) parts = g_strsplit (word, "-", 4);
  int *const slots[] = { year, month, day };
  guint n = g_strv_length (parts);

  for (guint i = 0; i < n; i++)
    {
      guint64 number;

      if (i >= G_N_ELEMENTS (slots) || !g_ascii_string_to_unsigned (parts[i], 10, 1, 9999, &number, NULL))
        return FALSE;
      *slots[i] = number;
    }
  return n > 0 && *year >= 1970;
}

/* Returns: (transfer full) (nullable): the local midnight at which the day begins. */
static GDateTime *
read_day (const char *value, GDateTime *now)
{
  g_autofree char *word = g_ascii_strdown (value, -1), *number = NULL;
  GTimeZone *zone = g_date_time_get_timezone (now);
  g_autoptr (GDateTime) today = g_date_time_new (zone, g_date_time_get_year (now), g_date_time_get_month (now), g_date_time_get_day_of_month (now), 0, 0, 0);
  int year = 0, month = 1, day = 1;
  guint64 ago;

  if (strcmp (word, "today") == 0)
    return g_steal_pointer (&today);
  if (strcmp (word, "yesterday") == 0)
    return g_date_time_add_days (today, -1);
  number = g_strndup (word, MAX (strlen (word), 1) - 1);
  if (g_str_has_suffix (word, "d") && g_ascii_string_to_unsigned (number, 10, 0, 20000, &ago, NULL))
    return g_date_time_add_days (today, -(int) ago);
  return read_date (word, &year, &month, &day) ? g_date_time_new (zone, year, month, day, 0, 0, 0) : NULL;
}

static void
take_day (CfaSearchTerms *self, const char *value, GDateTime *now, gint64 *slot)
{
  g_autoptr (GDateTime) day = read_day (value, now);

  if (day != NULL)
    *slot = MAX (1, g_date_time_to_unix (day) * 1000);
  else
    complain (self, _("“%s” is not a day. Write 2026-03-31, today, yesterday or 7d."), value);
}

static void
take_filter (CfaSearchTerms *self, const Filter *filter, CfaDirectory *directory, const char *agent_id, GDateTime *now)
{
  switch ((Key) filter->key)
    {
    case KEY_FROM: take_from (self, directory, agent_id, filter->value); break;
    case KEY_TAG: take_name (self, directory, &cf_tag_shape, filter->value, &self->params->tag_id); break;
    case KEY_SITE: take_name (self, directory, &cf_site_shape, filter->value, &self->params->site_id); break;
    case KEY_BEFORE: take_day (self, filter->value, now, &self->params->written_until); break;
    case KEY_AFTER: take_day (self, filter->value, now, &self->params->written_from); break;
    case KEY_IS: take_state (self, filter->value); break;
    case KEY_ASSIGNEE: take_assignee (self, directory, agent_id, filter->value); break;
    case KEY_MOOD: take_mood (self, filter->value); break;
    case N_KEYS: g_assert_not_reached ();
    }
}

static void
conclude (CfaSearchTerms *self, const GString *words)
{
  CfSearchMessagesParams *params = self->params;
  g_autofree char *folded = fold (words->str);

  self->people = params->tag_id == NULL && params->assignee_id == NULL && !params->unassigned && params->status == CF_SEARCH_STATUS_ANY
                 && params->mood == CF_MOOD_NONE && params->written_from == 0 && params->written_until == 0 && !self->by_author;
  self->filtered = !self->people || params->site_id != NULL;
  if (params->written_until > 0 && params->written_until <= params->written_from)
    complain (self, _("Nothing is written both after and before these days."));
  if (*folded == '\0')
    return;
  params->text = g_utf8_substring (words->str, 0, MIN (CF_SEARCH_TEXT_MAX, g_utf8_strlen (words->str, -1)));
  if (strlen (params->text) < words->len)
    complain (self, _("That is long: the first %d characters are searched."), CF_SEARCH_TEXT_MAX);
}

/**
 * cfa_search_terms_new:
 * @text: UTF-8, as it stands in the box
 * @agent_id: who "me" is
 * @now: gives "today" and the time zone of days
 *
 * Reads words and filters. What is not understood is told in "problem" and does not narrow the search; a filter without a value yet is
 * waited for.
 */
CfaSearchTerms *
cfa_search_terms_new (const char *text, CfaDirectory *directory, const char *agent_id, GDateTime *now)
{
  CfaSearchTerms *self = g_new0 (CfaSearchTerms, 1);
  g_autoptr (GString) words = g_string_new (NULL);
  const char *end;

  self->params = cf_struct_new (&cf_search_messages_params_shape);
  for (const char *p = skip_space (text); *p != '\0'; p = skip_space (end))
    {
      g_auto (Filter) filter = { -1 };

      end = end_of_piece (p);
      if (read_filter (text, p, &filter) && filter.key >= 0)
        {
          if (*filter.value != '\0')
            take_filter (self, &filter, directory, agent_id, now);
          continue;
        }
      if (filter.word != NULL && *filter.value != '\0' && strlen (filter.word) > 1)
        complain (self, _("“%s:” is not a filter: it is looked for as a word."), filter.word);
      if (words->len > 0)
        g_string_append_c (words, ' ');
      g_string_append_len (words, p, end - p);
    }
  /* A space after the last word says that it is whole. */
  if (words->len > 0 && *text != '\0' && g_ascii_isspace (text[strlen (text) - 1]))
    g_string_append_c (words, ' ');
  conclude (self, words);
  return self;
}

void
cfa_search_terms_free (CfaSearchTerms *self)
{
  cf_struct_unref (self->params);
  g_free (self->problem);
  g_free (self);
}

/* The text with its last filter finished, and room to go on. */
static char *
finished (const char *text, const Filter *filter, const char *value)
{
  gboolean quote = strpbrk (value, " \t") != NULL;

  return g_strdup_printf (quote ? "%.*s%s:\"%s\" " : "%.*s%s:%s ", (int) filter->start, text, filter->word, value);
}

static void
offer (GPtrArray *hits, const char *text, const Filter *filter, const char *value, const char *says)
{
  g_autofree char *whole = finished (text, filter, value), *title = g_strdup_printf ("%s:%s", filter->word, value);
  g_autofree char *wanted = fold (filter->value), *got = fold (value);

  if (hits->len < COMPLETIONS_MAX && g_str_has_prefix (got, wanted) && strcmp (got, wanted) != 0)
    g_ptr_array_add (hits, cfa_search_hit_new (CFA_HIT_FILTER, whole, title, says, NULL));
}

static void
offer_names (GPtrArray *hits, const char *text, const Filter *filter, CfaDirectory *directory, const CfShape *shape)
{
  g_autoptr (GPtrArray) all = cfa_directory_list (directory, shape);

  for (guint i = 0; i < all->len; i++)
    {
      const char *name = cfa_directory_get_name (directory, ((CfRecord *) all->pdata[i])->id);

      if (name != NULL && strchr (name, '"') == NULL)
        offer (hits, text, filter, name, NULL);
    }
}

static void
offer_days (GPtrArray *hits, const char *text, const Filter *filter, GDateTime *now)
{
  g_autofree char *month = g_date_time_format (now, "%Y-%m-01");

  offer (hits, text, filter, "today", NULL);
  offer (hits, text, filter, "yesterday", NULL);
  offer (hits, text, filter, "7d", _("seven days ago"));
  offer (hits, text, filter, "30d", _("thirty days ago"));
  offer (hits, text, filter, month, _("the first of this month"));
}

static void
offer_values (GPtrArray *hits, const char *text, const Filter *filter, CfaDirectory *directory, GDateTime *now)
{
  switch ((Key) filter->key)
    {
    case KEY_FROM:
      offer (hits, text, filter, "me", NULL);
      offer (hits, text, filter, "visitor", NULL);
      offer (hits, text, filter, "agent", _("anybody in the team"));
      offer_names (hits, text, filter, directory, &cf_agent_shape);
      break;
    case KEY_TAG: offer_names (hits, text, filter, directory, &cf_tag_shape); break;
    case KEY_SITE: offer_names (hits, text, filter, directory, &cf_site_shape); break;
    case KEY_BEFORE:
    case KEY_AFTER: offer_days (hits, text, filter, now); break;
    case KEY_IS:
      offer (hits, text, filter, "open", NULL);
      offer (hits, text, filter, "closed", NULL);
      offer (hits, text, filter, "snoozed", NULL);
      break;
    case KEY_ASSIGNEE:
      offer (hits, text, filter, "me", NULL);
      offer (hits, text, filter, "nobody", NULL);
      offer_names (hits, text, filter, directory, &cf_agent_shape);
      break;
    case KEY_MOOD:
      for (CfMood mood = CF_MOOD_POSITIVE; mood <= CF_MOOD_NEGATIVE; mood++)
        offer (hits, text, filter, cf_mood_words[mood], NULL);
      break;
    case N_KEYS: g_assert_not_reached ();
    }
}

/**
 * cfa_search_terms_complete:
 * @text: as it stands in the box, with the cursor at its end
 *
 * Returns: (transfer full): what the filter at the end may become: CFA_HIT_FILTER, whose "id" is the whole text then; empty when there is no
 *   filter, or a finished one.
 */
GPtrArray *
cfa_search_terms_complete (const char *text, CfaDirectory *directory, GDateTime *now)
{
  GPtrArray *hits = g_ptr_array_new_with_free_func (g_object_unref);
  const char *end;

  for (const char *p = skip_space (text); *p != '\0'; p = skip_space (end))
    {
      g_auto (Filter) filter = { -1 };

      end = end_of_piece (p);
      if (*end == '\0' && read_filter (text, p, &filter) && filter.key >= 0)
        offer_values (hits, text, &filter, directory, now);
    }
  return hits;
}

/**
 * cfa_search_terms_teach:
 * @text: what the filters are added to
 *
 * Returns: (transfer full): all filters that there are, as CFA_HIT_FILTER.
 */
GPtrArray *
cfa_search_terms_teach (const char *text)
{
  GPtrArray *hits = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < N_KEYS; i++)
    {
      g_autofree char *title = g_strconcat (keys[i].word, ":", NULL), *whole = g_strconcat (text, title, NULL);

      g_ptr_array_add (hits, cfa_search_hit_new (CFA_HIT_FILTER, whole, title, _(keys[i].says), NULL));
    }
  return hits;
}

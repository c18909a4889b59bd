/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search-commands.h"

#include "app/cache/folder.h"
#include "protocol/records/department.h"
#include "protocol/records/site.h"
#include "search/words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How many are shown; who wants others types on. */
#define FOUND_MAX 5
/* From how many letters on they need not stand together. */
#define LOOSE_MIN 3

typedef enum
{
  MISSED = 0,
  LOOSE = 1,   /* its letters are there, in their order */
  INSIDE = 2,
  INITIAL = 3, /* "cc" of "close conversation" */
  BEGINS = 4,
} Fit;

/* What the main window can do, but for what a person does not choose from a list: "back", "scroll" and what needs to know of what. */
static const struct
{
  const char *action, *name, *also; /* other words for it */
} commands[] = {
  { "win.assign-to-me", N_("Accept, or assign to me"), N_("take mine") },
  { "win.unassign", N_("Give the conversation back to the queue"), N_("unassign") },
  { "win.close-conversation", N_("Close conversation"), N_("done resolve finish") },
  { "win.reopen-conversation", N_("Reopen conversation"), NULL },
  { "win.transfer", N_("Hand over"), N_("transfer assign to colleague department escalate supervisor") },
  { "win.snooze", N_("Snooze"), N_("later remind") },
  { "win.wake", N_("End snoozing"), N_("wake") },
  { "win.end-escalation", N_("End the escalation"), N_("supervisor calm") },
  { "win.tag", N_("Tags"), N_("label") },
  { "win.transcript", N_("Email the transcript"), N_("send history copy") },
  { "win.note", N_("Write a note, or an answer again"), NULL },
  { "win.attach", N_("Attach files"), N_("upload send document picture screenshot") },
  { "win.send", N_("Send"), NULL },
  { "win.visitor", N_("Visitor details"), N_("panel") },
  { "win.mute-conversation('hour')", N_("Mute this conversation for an hour"), N_("silence") },
  { "win.mute-conversation('tomorrow')", N_("Mute this conversation until tomorrow"), N_("silence") },
  { "win.unmute-conversation", N_("Unmute this conversation"), NULL },
  { "win.next-unread", N_("Next unread conversation"), NULL },
  { "win.next-waiting", N_("Next waiting conversation"), N_("longest") },
  { "win.next-conversation", N_("Next conversation"), NULL },
  { "win.previous-conversation", N_("Previous conversation"), NULL },
  { "win.inbox('mine')", N_("Go to Mine"), NULL },
  { "win.inbox('unassigned')", N_("Go to Unassigned"), N_("queue") },
  { "win.inbox('mentions')", N_("Go to Mentions"), NULL },
  { "win.inbox('all')", N_("Go to All"), NULL },
  { "win.inbox('snoozed')", N_("Go to Snoozed"), NULL },
  { "win.inbox('closed')", N_("Go to Closed"), N_("archive") },
  { "win.inbox('monitor')", N_("Go to Live visitors"), N_("monitor online") },
  { "win.inboxes", N_("Go to the list of inboxes"), NULL },
  { "inbox.order('newest')", N_("Order: newest message first"), N_("sort") },
  { "inbox.order('oldest')", N_("Order: oldest message first"), N_("sort") },
  { "inbox.order('waiting')", N_("Order: waiting longest first"), N_("sort") },
  { "win.new-message", N_("New message to colleagues"), N_("team chat direct group") },
  { "win.presence('online')", N_("Be online"), N_("presence") },
  { "win.presence('away')", N_("Be away"), N_("presence pause") },
  { "win.presence('offline')", N_("Be offline"), N_("presence invisible") },
  { "win.settings('account')", N_("Settings: My account"), N_("password preferences") },
  { "win.settings('alerts')", N_("Settings: Notifications"), N_("sounds preferences") },
  { "win.settings('team')", N_("Settings: Team"), N_("agents invite preferences") },
  { "win.settings('departments')", N_("Settings: Departments"), N_("preferences") },
  { "win.settings('tags')", N_("Settings: Tags"), N_("preferences") },
  { "win.settings('replies')", N_("Settings: Canned responses"), N_("templates preferences") },
  { "win.settings('macros')", N_("Settings: Macros"), N_("preferences") },
  { "win.settings('attributes')", N_("Settings: Attributes"), N_("fields of visitors preferences") },
  { "win.settings('sites')", N_("Settings: Sites"), N_("snippet widget preferences") },
  { "win.settings('triggers')", N_("Settings: Triggers"), N_("automatic proactive invitations preferences") },
  { "win.settings('goals')", N_("Settings: Goals"), N_("conversions preferences") },
  { "win.settings('audit')", N_("Settings: Audit log"), N_("preferences") },
  { "win.first-steps", N_("First steps"), N_("set up welcome guide begin") },
  { "win.show-help-overlay", N_("Keyboard shortcuts"), N_("help keys") },
  { "win.menu", N_("Main menu"), NULL },
  { "win.sign-out", N_("Sign out"), N_("log out leave") },
  { "win.sign-out-everywhere", N_("Sign out everywhere"), N_("devices") },
  { "win.sign-in-again", N_("Sign in again"), NULL },
  { "win.close-window", N_("Close window"), NULL },
  { "app.about", N_("About ChatFlow"), N_("version") },
  { "app.quit", N_("Quit"), N_("exit") },
};

/* What a person does not choose from a list. */
static const char *const unlisted[] = { "win.back", "win.channel", "win.open-this", "win.reopen-this", "win.scroll", "win.search", NULL };

/* A word of a name. */
typedef struct
{
  char *word;
  gsize start, end;
} Token;

typedef struct
{
  GPtrArray *hits;
  GArray *scores; /* of int, of each hit */
  GArray *wanted; /* of Token */
  CfaCommandReady ready;
  gpointer data;
} Search;

static void
token_clear (gpointer data)
{
  g_free (((Token *) data)->word);
}

static gboolean
add_token (const char *word, gsize length, gsize start, gsize end, gpointer data)
{
  Token token = { g_strndup (word, length), start, end };

  g_array_append_val ((GArray *) data, token);
  return TRUE;
}

static GArray *
tokens_of (const char *text)
{
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (Token));

  g_array_set_clear_func (tokens, token_clear);
  cf_words_each (text, strlen (text), add_token, tokens);
  return tokens;
}

/* The letters of @wanted in their order, from the first of @word on. */
static gboolean
is_loosely_in (const char *word, const char *wanted)
{
  if (g_utf8_strlen (wanted, -1) < LOOSE_MIN || g_utf8_get_char (word) != g_utf8_get_char (wanted))
    return FALSE;
  for (; *word != '\0' && *wanted != '\0'; word = g_utf8_next_char (word))
    if (g_utf8_get_char (word) == g_utf8_get_char (wanted))
      wanted = g_utf8_next_char (wanted);
  return *wanted == '\0';
}

/* Returns: how well @wanted fits to the words of @name; @at is the one that it fits to. */
static Fit
fit_word (const GArray *name, const char *wanted, guint *at)
{
  Fit best = MISSED;

  for (guint i = 0; i < name->len; i++)
    {
      const char *word = g_array_index (name, Token, i).word;
      Fit fit = g_str_has_prefix (word, wanted) ? BEGINS
                : strlen (wanted) >= LOOSE_MIN && strstr (word, wanted) != NULL ? INSIDE
                : is_loosely_in (word, wanted) ? LOOSE : MISSED;

      if (fit > best)
        {
          best = fit;
          *at = i;
        }
    }
  return best;
}

static Fit
fit_initials (const GArray *name, const char *wanted)
{
  guint n = 0;

  for (guint i = 0; i < name->len && *wanted != '\0'; i++, n++)
    {
      if (g_utf8_get_char (g_array_index (name, Token, i).word) != g_utf8_get_char (wanted))
        return MISSED;
      wanted = g_utf8_next_char (wanted);
    }
  return *wanted == '\0' && n > 1 ? INITIAL : MISSED;
}

static void
add_mark (GPtrArray *marks, const char *text, const Token *token)
{
  CfSearchMark *mark = cf_struct_new (&cf_search_mark_shape);

  mark->start = g_utf8_pointer_to_offset (text, text + token->start);
  mark->length = g_utf8_pointer_to_offset (text + token->start, text + token->end);
  g_ptr_array_add (marks, mark);
}

/* Each word that is wanted must be in the name, or among the other words. Returns: 0 when one is not. */
static int
score (const GArray *wanted, const char *name, const char *also, gboolean *marked)
{
  g_autoptr (GArray) words = tokens_of (name), others = tokens_of (also != NULL ? also : "");
  int sum = 0;

  for (guint i = 0; i < wanted->len; i++)
    {
      const char *word = g_array_index (wanted, Token, i).word;
      guint at = 0;
      Fit fit = fit_word (words, word, &at);

      if (fit > MISSED)
        marked[at] = TRUE;
      if (fit < BEGINS && wanted->len == 1)
        fit = MAX (fit, fit_initials (words, word));
      /* What it is called comes before what else it may be called. */
      sum += fit > MISSED ? 2 * fit + (at == 0 ? 1 : 0) : 0;
      if (fit == MISSED && fit_word (others, word, &at) < BEGINS)
        return 0;
      sum += fit == MISSED ? BEGINS : 0;
    }
  return sum;
}

static void
consider (Search *search, const char *action, const char *name, const char *also)
{
  g_autoptr (GArray) words = tokens_of (name);
  g_autofree gboolean *marked = g_new0 (gboolean, words->len + 1);
  int points = score (search->wanted, name, also, marked);
  CfaSearchHit *hit;
  guint at = 0;

  if (points == 0 || !search->ready (action, search->data))
    return;
  hit = cfa_search_hit_new (CFA_HIT_COMMAND, action, name, NULL, NULL);
  hit->title_marks = cf_structs_new ();
  for (guint i = 0; i < words->len; i++)
    if (marked[i])
      add_mark (hit->title_marks, name, &g_array_index (words, Token, i));
  while (at < search->scores->len && g_array_index (search->scores, int, at) >= points)
    at++;
  g_array_insert_val (search->scores, at, points);
  g_ptr_array_insert (search->hits, at, hit);
}

static void
consider_folders (Search *search, CfaDirectory *directory, const CfShape *shape, char *(*folder_of) (const char *id))
{
  g_autoptr (GPtrArray) all = cfa_directory_list (directory, shape);

  for (guint i = 0; i < all->len; i++)
    {
      const char *id = ((CfRecord *) all->pdata[i])->id, *called = cfa_directory_get_name (directory, id);
      g_autofree char *folder = folder_of (id), *action = g_strdup_printf ("win.inbox('%s')", folder);
      /* Translators: shows the conversations of a department or of a site */
      g_autofree char *name = g_strdup_printf (_("Go to %s"), called != NULL ? called : "");

      consider (search, action, name, NULL);
    }
}

/**
 * cfa_search_commands_find:
 * @text: words, of which each fits to a word of the command's name: its beginning, a part of it, or some of its letters; or initials
 * @directory: the departments and sites to go to
 * @ready: asked of each
 *
 * Returns: (transfer full): CFA_HIT_COMMAND, best first, whose "id" is the detailed action.
 */
GPtrArray *
cfa_search_commands_find (const char *text, CfaDirectory *directory, CfaCommandReady ready, gpointer data)
{
  g_autoptr (GArray) wanted = tokens_of (text), scores = g_array_new (FALSE, FALSE, sizeof (int));
  Search search = { g_ptr_array_new_with_free_func (g_object_unref), scores, wanted, ready, data };

  for (guint i = 0; i < G_N_ELEMENTS (commands) && wanted->len > 0; i++)
    consider (&search, commands[i].action, _(commands[i].name), commands[i].also != NULL ? _(commands[i].also) : NULL);
  if (wanted->len > 0)
    {
      consider_folders (&search, directory, &cf_department_shape, cfa_folder_of_department);
      consider_folders (&search, directory, &cf_site_shape, cfa_folder_of_site);
    }
  if (search.hits->len > FOUND_MAX)
    g_ptr_array_remove_range (search.hits, FOUND_MAX, search.hits->len - FOUND_MAX);
  return search.hits;
}

/**
 * cfa_search_commands_has:
 * @action: "win.send", without a parameter
 *
 * Returns: whether the action can be found here, or is meant not to be.
 */
gboolean
cfa_search_commands_has (const char *action)
{
  gsize length = strlen (action);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strncmp (commands[i].action, action, length) == 0 && (commands[i].action[length] == '\0' || commands[i].action[length] == '('))
      return TRUE;
  return g_strv_contains (unlisted, action);
}

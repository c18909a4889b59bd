/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cache/cache.h"
#include "app/features/search/search-commands.h"
#include "app/features/search/search-results.h"
#include "app/features/search/search-terms.h"

#include "open-cache.h"

#include "protocol/id.h"
#include "protocol/records/agent.h"
#include "protocol/records/channel-member.h"
#include "protocol/records/channel.h"
#include "protocol/records/site.h"
#include "protocol/records/tag.h"
#include "protocol/records/team-message.h"
#include "protocol/records/visitor.h"

#include <string.h>

#define ME "0190a000-0000-7000-8000-000000000001"
#define OTHER "0190a000-0000-7000-8000-000000000002"
#define VIP "0190a000-0000-7000-8000-000000000003"
#define REFUND "0190a000-0000-7000-8000-000000000004"
#define REFUSED "0190a000-0000-7000-8000-000000000005"
#define SHOP "0190a000-0000-7000-8000-000000000006"
#define DAY_MS ((gint64) 24 * 60 * 60 * 1000)

static CfaDirectory *
new_directory (void)
{
  CfaDirectory *directory = cfa_directory_new ();
  g_autoptr (GPtrArray) records = cf_structs_new ();
  static const struct
  {
    const CfShape *shape;
    const char *id, *name;
  } all[] = {
    { &cf_agent_shape, ME, "Bruno Keller" }, { &cf_agent_shape, OTHER, "Léa Conti" }, { &cf_tag_shape, VIP, "vip" },
    { &cf_tag_shape, REFUND, "refund due" }, { &cf_tag_shape, REFUSED, "refused" }, { &cf_site_shape, SHOP, "Northwind & Co" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      CfRecord *record = cf_struct_new (all[i].shape);

      record->id = g_strdup (all[i].id);
      if (all[i].shape == &cf_agent_shape)
        ((CfAgent *) record)->name = g_strdup (all[i].name);
      else if (all[i].shape == &cf_tag_shape)
        ((CfTag *) record)->name = g_strdup (all[i].name);
      else
        ((CfSite *) record)->name = g_strdup (all[i].name);
      g_ptr_array_add (records, record);
    }
  cfa_directory_follow (directory, records);
  return directory;
}

/* Noon of 15 May 2024 in UTC. */
static GDateTime *
new_now (void)
{
  return g_date_time_new_utc (2024, 5, 15, 12, 0, 0);
}

static CfaSearchTerms *
parse (const char *text)
{
  g_autoptr (CfaDirectory) directory = new_directory ();
  g_autoptr (GDateTime) now = new_now ();

  return cfa_search_terms_new (text, directory, ME, now);
}

/* What is asked for, in one line. */
static char *
said (const CfaSearchTerms *terms)
{
  const CfSearchMessagesParams *p = terms->params;
  GString *out = g_string_new (p->text != NULL ? p->text : "-");
  const struct
  {
    const char *key, *value;
  } ids[] = { { "site", p->site_id }, { "tag", p->tag_id }, { "assignee", p->assignee_id }, { "author", p->author_id } };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    if (ids[i].value != NULL)
      g_string_append_printf (out, " %s=%c", ids[i].key, ids[i].value[strlen (ids[i].value) - 1]);
  if (p->author_kind != CF_SEARCH_AUTHOR_ANY)
    g_string_append_printf (out, " by=%s", cf_search_author_words[p->author_kind]);
  if (p->unassigned)
    g_string_append (out, " nobody");
  if (p->mood != CF_MOOD_NONE)
    g_string_append_printf (out, " mood=%s", cf_mood_words[p->mood]);
  if (p->status != CF_SEARCH_STATUS_ANY)
    g_string_append_printf (out, " is=%s", cf_search_status_words[p->status]);
  if (p->written_from > 0)
    g_string_append_printf (out, " from=%" G_GINT64_FORMAT, p->written_from / DAY_MS);
  if (p->written_until > 0)
    g_string_append_printf (out, " until=%" G_GINT64_FORMAT, p->written_until / DAY_MS);
  if (terms->people)
    g_string_append (out, " people");
  return g_string_free (out, FALSE);
}

static void
test_terms (void)
{
  static const struct
  {
    const char *text, *said, *problem;
  } cases[] = {
    { "", "- people", NULL },
    { "  ", "- people", NULL },
    { "?! ", "- people", NULL },
    { "my  parcel", "my parcel people", NULL },
    { "parcel ", "parcel  people", NULL }, /* the word is whole */
    { "\"my  parcel\" frid", "\"my  parcel\" frid people", NULL },
    { "\"tag:vip here", "\"tag:vip here people", NULL }, /* within a phrase nothing is a filter */
    { "tag:vip", "- tag=3", NULL },
    { "TAG:VIP lamp", "lamp tag=3", NULL },
    { "lamp tag:\"refund due\" red", "lamp red tag=4", NULL },
    { "tag:\"refund due", "- tag=4", NULL }, /* not closed yet */
    { "tag:refund", "- tag=4", NULL },         /* the one whose name begins so */
    { "tag:ref", "- people", "“ref” can be several: go on typing." },
    { "tag:nosuch lamp", "lamp people", "There is no tag “nosuch”." },
    { "tag: lamp", "lamp people", NULL }, /* waited for */
    { "site:north", "- site=6 people", NULL },
    { "site:south", "- people", "There is no site “south”." },
    { "from:me", "- author=1 by=agent", NULL },
    { "from:visitor lamp", "lamp by=visitor", NULL },
    { "from:agent", "- by=agent", NULL },
    { "from:lea", "- author=2 by=agent", NULL },
    { "from:zoe lamp", "lamp people", "Nobody in the team is called “zoe”." },
    { "assignee:me is:open", "- assignee=1 is=open", NULL },
    { "assignee:nobody", "- nobody", NULL },
    { "assignee:nobody assignee:\"léa conti\"", "- assignee=2", NULL }, /* the last one counts */
    { "is:closed", "- is=closed", NULL },
    { "is:snoozed lamp", "lamp is=snoozed", NULL },
    { "mood:negative", "- mood=negative", NULL },
    { "mood:Positive lamp", "lamp mood=positive", NULL },
    { "mood:bad lamp", "lamp people", "“mood:” takes positive, neutral or negative, not “bad”." },
    { "is:opne lamp", "lamp people", "“is:” takes open, closed or snoozed, not “opne”." },
    { "after:2024-05-01 before:2024-05-15", "- from=19844 until=19858", NULL },
    { "after:today", "- from=19858", NULL },
    { "before:yesterday", "- until=19857", NULL },
    { "after:7d", "- from=19851", NULL },
    { "after:2024-05", "- from=19844", NULL },
    { "after:2024", "- from=19723", NULL },
    { "before:2024-02-30 x1", "x1 people", "“2024-02-30” is not a day. Write 2026-03-31, today, yesterday or 7d." },
    { "before:2024-1-2-3", "- people", "“2024-1-2-3” is not a day. Write 2026-03-31, today, yesterday or 7d." },
    { "before:-5", "- people", "“-5” is not a day. Write 2026-03-31, today, yesterday or 7d." },
    { "before:d", "- people", "“d” is not a day. Write 2026-03-31, today, yesterday or 7d." },
    { "after:2024-05-02 before:2024-05-01", "- from=19845 until=19844", "Nothing is written both after and before these days." },
    { "order:1182", "order:1182 people", "“order:” is not a filter: it is looked for as a word." },
    { "https://shop.example/a?b", "https://shop.example/a?b people", NULL },
    { "at 10:30", "at 10:30 people", NULL },
    { "re: lamp", "re: lamp people", NULL },
    { ":", "- people", NULL },
    { "tag:\"", "- people", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CfaSearchTerms) terms = parse (cases[i].text);
      g_autofree char *got = said (terms);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (got, ==, cases[i].said);
      g_assert_cmpstr (terms->problem, ==, cases[i].problem);
    }
}

static void
test_long_text (void)
{
  g_autofree char *text = g_strnfill (500, 'x');
  g_autoptr (CfaSearchTerms) terms = parse (text);

  g_assert_cmpuint (strlen (terms->params->text), ==, CF_SEARCH_TEXT_MAX);
  g_assert_nonnull (terms->problem);
}

static void
test_completion (void)
{
  static const struct
  {
    const char *text, *first;
    guint n;
  } cases[] = {
    { "", NULL, 0 }, { "lamp", NULL, 0 }, { "tag:", "tag:\"refund due\" ", 3 }, { "lamp tag:v", "lamp tag:vip ", 1 }, { "tag:vip", NULL, 0 },
    { "tag:v lamp", NULL, 0 }, { "is:", "is:open ", 3 }, { "is:c", "is:closed ", 1 }, { "from:", "from:me ", 5 }, { "from:le", "from:\"Léa Conti\" ", 1 },
    { "assignee:n", "assignee:nobody ", 1 }, { "site:n", "site:\"Northwind & Co\" ", 1 }, { "before:t", "before:today ", 1 }, { "tag:\"ref", "tag:\"refund due\" ", 2 },
    { "nosuch:", NULL, 0 }, { "mood:", "mood:positive ", 3 }, { "mood:ne", "mood:neutral ", 2 },
  };
  g_autoptr (CfaDirectory) directory = new_directory ();
  g_autoptr (GDateTime) now = new_now ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) hits = cfa_search_terms_complete (cases[i].text, directory, now);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpuint (hits->len, ==, cases[i].n);
      if (hits->len > 0)
        g_assert_cmpstr (((CfaSearchHit *) hits->pdata[0])->id, ==, cases[i].first);
    }
}

static gboolean
is_ready (const char *action, gpointer data)
{
  return data == NULL || !g_str_equal (action, data);
}

static void
test_commands (void)
{
  static const struct
  {
    const char *text, *first;
  } cases[] = {
    { "close conversation", "win.close-conversation" }, { "close conv", "win.close-conversation" }, { "cc", "win.close-conversation" },
    { "conv clo", "win.close-conversation" }, { "resolve", "win.close-conversation" }, { "go snoozed", "win.inbox('snoozed')" },
    { "snz", "win.snooze" }, { "sn", "win.snooze" }, { "nz", NULL }, { "settings team", "win.settings('team')" }, { "team", "win.settings('team')" }, { "quit", "app.quit" },
    { "northw", "win.inbox('site:" SHOP "')" }, { "sort waiting", "inbox.order('waiting')" }, { "xqz", NULL }, { "", NULL }, { "?", NULL },
    { "SIGN out everywhere", "win.sign-out-everywhere" },
  };
  g_autoptr (CfaDirectory) directory = new_directory ();
  g_autoptr (GPtrArray) without = cfa_search_commands_find ("close conversation", directory, is_ready, "win.close-conversation");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) hits = cfa_search_commands_find (cases[i].text, directory, is_ready, NULL);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (hits->len > 0 ? ((CfaSearchHit *) hits->pdata[0])->id : NULL, ==, cases[i].first);
      g_assert_cmpuint (hits->len, <=, 5);
    }
  for (guint i = 0; i < without->len; i++)
    g_assert_cmpstr (((CfaSearchHit *) without->pdata[i])->id, !=, "win.close-conversation");
  g_assert_true (cfa_search_commands_has ("win.inbox"));
  g_assert_true (cfa_search_commands_has ("win.scroll"));
  g_assert_false (cfa_search_commands_has ("win.in"));
}

static GPtrArray *
marks (gint64 start, gint64 length)
{
  GPtrArray *all = cf_structs_new ();
  CfSearchMark *mark = cf_struct_new (&cf_search_mark_shape);

  mark->start = start;
  mark->length = length;
  g_ptr_array_add (all, mark);
  return all;
}

#define MARK(text) "<span weight=\"bold\" background=\"#e5a50a\" background_alpha=\"30%\">" text "</span>"

static void
test_markup (void)
{
  static const struct
  {
    const char *text;
    gint64 start, length;
    const char *markup;
  } cases[] = {
    { "a parcel", 2, 6, "a " MARK ("parcel") },
    { "<b>&amp; x", 0, 3, MARK ("&lt;b&gt;") "&amp;amp; x" },
    { "我要注文", 2, 2, "我要" MARK ("注文") },
    { "short", 3, 90, "sho" MARK ("rt") },
    { "short", 90, 3, "short" },
    { "two\nlines", 0, 0, "two lines" },
    { "", 0, 1, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) all = marks (cases[i].start, cases[i].length);
      g_autofree char *got = cfa_search_hit_dup_markup (cases[i].text, all);

      g_assert_cmpstr (got, ==, cases[i].markup);
    }
}

static GPtrArray *
hits_of (const char *ids, CfaHitKind kind)
{
  GPtrArray *hits = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) all = g_strsplit (ids, " ", -1);

  for (char **id = all; *id != NULL && **id != '\0'; id++)
    g_ptr_array_add (hits, cfa_search_hit_new (kind, *id, *id, NULL, NULL));
  return hits;
}

static void
set (CfaSearchResults *results, CfaSearchSource source, const char *ids, CfaHitKind kind)
{
  g_autoptr (GPtrArray) hits = hits_of (ids, kind);

  cfa_search_results_set (results, source, hits);
}

static void
assert_shows (CfaSearchResults *results, const char *expected)
{
  g_autoptr (GString) got = g_string_new (NULL);
  GListModel *model = G_LIST_MODEL (results);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (CfaSearchHit) hit = g_list_model_get_item (model, i);

      g_string_append_printf (got, i > 0 ? " %s" : "%s", hit->id);
    }
  g_assert_null (g_list_model_get_item (model, g_list_model_get_n_items (model)));
  g_assert_cmpstr (got->str, ==, expected);
}

/* What follows the signals has what the model has. */
static void
on_items_changed (CfaSearchResults *results, guint position, guint removed, guint added, GPtrArray *mirror)
{
  if (removed > 0)
    g_ptr_array_remove_range (mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (mirror, position + i, g_list_model_get_item (G_LIST_MODEL (results), position + i));
  g_assert_cmpuint (mirror->len, ==, g_list_model_get_n_items (G_LIST_MODEL (results)));
}

static void
test_merge (void)
{
  g_autoptr (CfaSearchResults) results = cfa_search_results_new ();
  g_autoptr (GPtrArray) mirror = g_ptr_array_new_with_free_func (g_object_unref);

  g_signal_connect (results, "items-changed", G_CALLBACK (on_items_changed), mirror);
  set (results, CFA_SOURCE_CACHE, "a b c", CFA_HIT_MESSAGE);
  set (results, CFA_SOURCE_SERVER, "b d a e d", CFA_HIT_MESSAGE);
  assert_shows (results, "a b c d e");
  set (results, CFA_SOURCE_BOX, "x", CFA_HIT_COMMAND);
  assert_shows (results, "x a b c d e");
  set (results, CFA_SOURCE_CACHE, "b", CFA_HIT_MESSAGE);
  assert_shows (results, "x b d a e"); /* what is not here any more is shown where else it is */
  set (results, CFA_SOURCE_CACHE, "d", CFA_HIT_VISITOR);
  assert_shows (results, "x d b d a e"); /* of another kind: another thing */
  cfa_search_results_set (results, CFA_SOURCE_SERVER, NULL);
  cfa_search_results_set (results, CFA_SOURCE_CACHE, NULL);
  assert_shows (results, "x");
}

/* Whoever was merged stands for the one who is left only as long as that one is not found. */
static void
test_stand_in (void)
{
  g_autoptr (CfaSearchResults) results = cfa_search_results_new ();
  g_autoptr (GPtrArray) merged = hits_of ("old", CFA_HIT_VISITOR), left = hits_of ("new", CFA_HIT_VISITOR);

  ((CfaSearchHit *) merged->pdata[0])->visitor_id = g_strdup ("new");
  ((CfaSearchHit *) left->pdata[0])->visitor_id = g_strdup ("new");
  cfa_search_results_set (results, CFA_SOURCE_CACHE, merged);
  assert_shows (results, "old");
  cfa_search_results_set (results, CFA_SOURCE_SERVER, left);
  assert_shows (results, "new");
  cfa_search_results_set (results, CFA_SOURCE_SERVER, NULL);
  assert_shows (results, "old");
}

/* What the cache of a small desk finds: "kind:snippet" of each, in order. */
typedef struct
{
  CfaCache *cache;
  gint64 rev;
} Desk;

static void
put (Desk *desk, gpointer record, const char *id)
{
  g_autoptr (GPtrArray) records = cf_structs_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CfaDelta) delta = NULL;
  CfRecord *base = record;

  base->id = id != NULL ? g_strdup (id) : cf_id_new ();
  base->rev = ++desk->rev;
  g_ptr_array_add (records, record);
  cfa_cache_apply_changes_async (desk->cache, desk->rev - 1, desk->rev, FALSE, records, wait_keep_result, &result);
  wait_until (result != NULL);
  delta = cfa_cache_delta_finish (result, NULL);
  g_assert_nonnull (delta);
}

static void
put_conversation (Desk *desk, const char *name, const char *email, const char *text, CfConversationStatus status, const char *tag, gint64 at)
{
  CfVisitor *visitor = cf_struct_new (&cf_visitor_shape);
  CfConversation *conversation = cf_struct_new (&cf_conversation_shape);
  CfMessage *message = cf_struct_new (&cf_message_shape);
  g_autofree char *visitor_id = cf_id_new (), *id = cf_id_new ();

  visitor->name = g_strdup (name);
  visitor->email = g_strdup (email);
  visitor->site_id = g_strdup (SHOP);
  conversation->visitor_id = g_strdup (visitor_id);
  conversation->site_id = g_strdup (SHOP);
  conversation->status = status;
  conversation->mood = status == CF_CONVERSATION_CLOSED ? CF_MOOD_NEGATIVE : CF_MOOD_NONE;
  conversation->last_message_at = at;
  conversation->preview = g_strdup (text);
  conversation->assignee_id = tag != NULL ? g_strdup (ME) : NULL;
  if (tag != NULL)
    conversation->tags = g_strsplit (tag, " ", -1);
  message->conversation_id = g_strdup (id);
  message->author_kind = CF_AUTHOR_VISITOR;
  message->author_id = g_strdup (visitor_id);
  message->text = g_strdup (text);
  message->created_at = at;
  message->position = desk->rev + 3;
  put (desk, visitor, visitor_id);
  put (desk, conversation, id);
  put (desk, message, NULL);
}

static void
assert_finds (Desk *desk, const char *text, const char *expected)
{
  g_autoptr (CfaSearchTerms) terms = parse (text);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfSearchResult) found = NULL;
  g_autoptr (CfaDirectory) directory = new_directory ();
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GString) got = g_string_new (NULL);

  g_test_message ("%s", text);
  cfa_cache_search_async (desk->cache, terms->params, terms->people, 10, NULL, wait_keep_result, &result);
  wait_until (result != NULL);
  found = cfa_cache_search_finish (result, &error);
  g_assert_no_error (error);
  hits = cfa_search_hits_new (found, directory, FALSE);
  g_assert_cmpuint (hits->len, ==, found->hits->len);
  for (guint i = 0; i < hits->len; i++)
    {
      const CfaSearchHit *hit = hits->pdata[i];

      g_string_append_printf (got, "%s%c:%s", i > 0 ? " " : "", "fr>cvm"[hit->kind], hit->kind == CFA_HIT_MESSAGE ? hit->text : hit->title);
      if (hit->kind != CFA_HIT_VISITOR)
        g_assert_cmpstr (hit->meta, ==, "Northwind & Co");
    }
  g_assert_cmpstr (got->str, ==, expected);
}

static void
test_cache (void)
{
  g_autofree char *agent_id = cf_id_new ();
  g_autoptr (CfaCache) cache = open_cache ("https://chat.example.com", agent_id);
  Desk desk = { .cache = cache };

  put_conversation (&desk, "Zoë", "zoe@shop.example", "Straße", CF_CONVERSATION_OPEN, VIP, 19850 * DAY_MS);
  put_conversation (&desk, "林小明", NULL, "我要注文", CF_CONVERSATION_OPEN, NULL, 19851 * DAY_MS);
  put_conversation (&desk, NULL, "ana@shop.example", "zoe!", CF_CONVERSATION_CLOSED, VIP, 19852 * DAY_MS);
  assert_finds (&desk, "zoe", "c:Zoë v:Zoë m:zoe!");
  assert_finds (&desk, "ZOË", "c:Zoë v:Zoë m:zoe!");
  assert_finds (&desk, "strasse", "m:Straße");
  assert_finds (&desk, "stras", "m:Straße");
  assert_finds (&desk, "stras ", "");
  assert_finds (&desk, "注文", "m:我要注文");
  assert_finds (&desk, "小明", "c:林小明 v:林小明");
  assert_finds (&desk, "ana@shop", "c:ana@shop.example v:ana@shop.example");
  assert_finds (&desk, "zoe tag:vip is:closed", "m:zoe!");
  assert_finds (&desk, "zoe is:open", "c:Zoë");
  assert_finds (&desk, "zoe from:visitor", "m:zoe!");
  assert_finds (&desk, "zoe from:agent", "");
  assert_finds (&desk, "zoe site:north", "c:Zoë v:Zoë m:zoe!");
  assert_finds (&desk, "tag:vip", "c:ana@shop.example c:Zoë");
  assert_finds (&desk, "is:open", "c:林小明 c:Zoë");
  assert_finds (&desk, "is:snoozed", "");
  assert_finds (&desk, "assignee:nobody", "c:林小明");
  assert_finds (&desk, "mood:negative", "c:ana@shop.example");
  assert_finds (&desk, "zoe mood:negative", "m:zoe!");
  assert_finds (&desk, "zoe mood:positive", "");
  assert_finds (&desk, "mood:positive", "");
  assert_finds (&desk, "assignee:me is:closed", "c:ana@shop.example");
  assert_finds (&desk, "after:2024-05-09", "c:ana@shop.example");
  assert_finds (&desk, "before:2024-05-08", "c:Zoë");
  assert_finds (&desk, "zoe before:2024-05-08", "c:Zoë");
  assert_finds (&desk, "from:me", "");
  assert_finds (&desk, "\"); DROP TABLE message; --", "");
  assert_finds (&desk, "text:zoe OR name : x*", "");
}

static void
say_in (Desk *desk, const char *channel_id, const char *text)
{
  CfMessage *message = cf_struct_new (&cf_team_message_shape);

  message->conversation_id = g_strdup (channel_id);
  message->author_kind = CF_AUTHOR_AGENT;
  message->author_id = cf_id_new ();
  message->author_name = g_strdup ("Bruno");
  message->text = g_strdup (text);
  message->created_at = DAY_MS;
  message->position = desk->rev + 1;
  put (desk, message, NULL);
}

/* "who in where: text" of each message among the team that is found. */
static char *
find_in_team (Desk *desk, const char *text)
{
  g_autoptr (CfaSearchTerms) terms = parse (text);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CfSearchResult) found = NULL;
  g_autoptr (CfaDirectory) directory = new_directory ();
  g_autoptr (GPtrArray) hits = NULL;
  GString *got = g_string_new (NULL);

  cfa_cache_search_async (desk->cache, terms->params, terms->people, 10, NULL, wait_keep_result, &result);
  wait_until (result != NULL);
  found = cfa_cache_search_finish (result, NULL);
  hits = cfa_search_hits_new (found, directory, FALSE);
  for (guint i = 0; i < hits->len; i++)
    {
      const CfaSearchHit *hit = hits->pdata[i];

      g_assert_cmpint (hit->kind, ==, CFA_HIT_TEAM_MESSAGE);
      g_assert_true (hit->agent_id != NULL && cf_id_is_valid (hit->agent_id));
      g_string_append_printf (got, "%s in %s: %s ", hit->title, hit->meta, hit->text);
    }
  return g_string_free (got, FALSE);
}

/* What the agent may read is found, what is not theirs never is, and what they lose with their seat is found no more. */
static void
test_team (void)
{
  g_autofree char *agent_id = cf_id_new (), *channel_id = cf_id_new (), *seat_id = cf_id_new (), *foreign = cf_id_new ();
  g_autofree char *got = NULL, *filtered = NULL, *after = NULL;
  g_autoptr (CfaCache) cache = open_cache ("https://chat.example.com", agent_id);
  Desk desk = { .cache = cache };
  CfChannel *channel = cf_struct_new (&cf_channel_shape);
  CfChannelMember *seat = cf_struct_new (&cf_channel_member_shape), *gone = cf_struct_new (&cf_channel_member_shape);

  channel->name = g_strdup ("Billing");
  seat->channel_id = g_strdup (channel_id);
  seat->agent_id = g_strdup (agent_id);
  put (&desk, channel, channel_id);
  put (&desk, seat, seat_id);
  say_in (&desk, channel_id, "the lamp is in Lisbon");
  say_in (&desk, foreign, "a secret lamp");
  got = find_in_team (&desk, "lamp");
  g_assert_cmpstr (got, ==, "Bruno in Billing: the lamp is in Lisbon ");
  filtered = find_in_team (&desk, "lamp is:open");
  g_assert_cmpstr (filtered, ==, "");
  gone->parent.deleted = TRUE;
  put (&desk, gone, seat_id);
  after = find_in_team (&desk, "lamp");
  g_assert_cmpstr (after, ==, "");
}

/* Two who were merged are one, by whatever name they are looked for. */
static void
test_merged (void)
{
  g_autofree char *agent_id = cf_id_new (), *shown_id = cf_id_new (), *merged_id = cf_id_new (), *conversation_id = cf_id_new ();
  g_autoptr (CfaCache) cache = open_cache ("https://chat.example.com", agent_id);
  Desk desk = { .cache = cache };
  CfVisitor *shown = cf_struct_new (&cf_visitor_shape), *merged = cf_struct_new (&cf_visitor_shape);
  CfConversation *conversation = cf_struct_new (&cf_conversation_shape);

  shown->name = g_strdup ("Zoe Jones");
  shown->site_id = g_strdup (SHOP);
  merged->name = g_strdup ("Zoe Smith");
  merged->site_id = g_strdup (SHOP);
  merged->merged_into = g_strdup (shown_id);
  put (&desk, shown, shown_id);
  put (&desk, merged, merged_id);
  assert_finds (&desk, "zoe", "v:Zoe Jones");
  assert_finds (&desk, "smith", "v:Zoe Jones");
  conversation->visitor_id = g_strdup (merged_id);
  conversation->site_id = g_strdup (SHOP);
  put (&desk, conversation, conversation_id);
  assert_finds (&desk, "smith", "c:Zoe Jones v:Zoe Jones");
}

/* Whoever types on does not wait for what was asked before; what comes after it is answered. */
static void
test_cancel (void)
{
  g_autofree char *agent_id = cf_id_new ();
  g_autoptr (GAsyncResult) first = NULL, second = NULL;
  g_autoptr (CfaCache) cache = open_cache ("https://chat.example.com", agent_id);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CfaSearchTerms) terms = parse ("lamp");
  g_autoptr (GError) error = NULL;
  g_autoptr (CfSearchResult) found = NULL;

  cfa_cache_search_async (cache, terms->params, TRUE, 10, cancellable, wait_keep_result, &first);
  g_cancellable_cancel (cancellable);
  cfa_cache_search_async (cache, terms->params, TRUE, 10, NULL, wait_keep_result, &second);
  wait_until (first != NULL && second != NULL);
  g_assert_null (cfa_cache_search_finish (first, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  found = cfa_cache_search_finish (second, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("chatflow-search-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/search/terms", test_terms);
  g_test_add_func ("/app/search/long-text", test_long_text);
  g_test_add_func ("/app/search/completion", test_completion);
  g_test_add_func ("/app/search/commands", test_commands);
  g_test_add_func ("/app/search/markup", test_markup);
  g_test_add_func ("/app/search/merge", test_merge);
  g_test_add_func ("/app/search/stand-in", test_stand_in);
  g_test_add_func ("/app/search/cache", test_cache);
  g_test_add_func ("/app/search/team", test_team);
  g_test_add_func ("/app/search/merged", test_merged);
  g_test_add_func ("/app/search/cancel", test_cancel);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/json.h"
#include "protocol/methods/search-params.h"

#include <string.h>

typedef struct
{
  const char *conversation, *text;
} Change;

static void
say (World *world, const CfdCaller *caller, const char *method, const char *conversation, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = cf_id_new ();
  g_autoptr (GString) quoted = g_string_new (NULL);
  g_autoptr (CfStruct) result = NULL;

  cf_json_encode_string (quoted, text);
  result = world_call (world, caller, method, &error, "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":%s}", id, conversation, quoted->str);
  g_assert_no_error (error);
}

static CfSearchResult *
search (World *world, const CfdCaller *caller, const char *method, const char *text, const char *more)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) quoted = g_string_new (NULL);
  CfSearchResult *result;

  cf_json_encode_string (quoted, text);
  g_assert_true (cfd_db_index (world->db, &error));
  result = world_call (world, caller, method, &error, "{\"text\":%s%s}", quoted->str, more);
  g_assert_no_error (error);
  return result;
}

/* The snippets found, newest first, with [marks], one after the other with "|" between. */
static char *
found (World *world, const CfdCaller *caller, const char *method, const char *text, const char *more)
{
  g_autoptr (CfSearchResult) result = search (world, caller, method, text, more);
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < result->hits->len; i++)
    {
      CfSearchHit *hit = result->hits->pdata[i];
      glong at = 0;

      g_string_append (all, i > 0 ? "|" : "");
      for (guint j = 0; j < hit->marks->len; j++)
        {
          CfSearchMark *mark = hit->marks->pdata[j];
          g_autofree char *before = g_utf8_substring (hit->snippet, at, mark->start);
          g_autofree char *marked = g_utf8_substring (hit->snippet, mark->start, mark->start + mark->length);

          g_string_append_printf (all, "%s[%s]", before, marked);
          at = mark->start + mark->length;
        }
      g_string_append (all, g_utf8_offset_to_pointer (hit->snippet, at));
    }
  return g_string_free (all, FALSE);
}

#define assert_finds(world, caller, method, text, more, expected)        \
  G_STMT_START                                                           \
  {                                                                      \
    g_autofree char *got = found (world, caller, method, text, more);    \
    g_assert_cmpstr (got, ==, expected);                                 \
  }                                                                      \
  G_STMT_END

static void
test_words (void)
{
  static const struct
  {
    const char *text, *found;
  } cases[] = {
    { "parcel", "Where is my [parcel]?" },
    { "PARCEL my", "Where is [my] [parcel]?" },
    { "my parcel is", "Where [is] [my] [parcel]?" },
    { "parc", "Where is my [parcel]?" },      /* the last word may be a beginning */
    { "parc ", "" },                          /* and no longer when it is finished */
    { "parc where", "" },
    { "\"is my\"", "Where [is my] parcel?" },
    { "\"my is\"", "" },
    { "\"is my par", "Where [is my parcel]?" }, /* a quote that is not closed yet */
    { "\"is my par\"", "" },
    { "ecole", "L'[école] est fermée" },
    { "ÉCOLE fermee", "L'[école] est [fermée]" },
    { "strasse", "Die [Straße] in Köln" },
    { "koln", "Die Straße in [Köln]" },
    { "注", "我要[注]文一个灯" },
    { "注文", "我要[注文]一个灯" },
    { "文注", "" },
    { "こん", "[こん]にちは" },
    { "ちは", "こんに[ちは]" },
    { "안녕", "[안녕]하세요" },
    { "مرحبا", "[مَرْحَبًا] بكم" }, /* without the vowels */
    { "ana@shop.example", "write to [ana@shop.example], please" },
    { "shop.exam", "write to ana@[shop.example], please" },
    { "🎁", "for you [🎁]" },
    { "OR", "" },
    { "parcel OR invoice", "" }, /* no operators: three words that must all be there */
    { "parcel NOT invoice", "" },
    { "text:parcel", "" },
    { "scope:a", "" },
    { "parcel*", "Where is my [parcel]?" },
    { "-parcel ^where", "[Where] is my [parcel]?" },
    { "((parcel", "Where is my [parcel]?" },
    { "\"\" ' ; -- \" ( ) * : ^ { }", "" },
    { "a", "" }, /* one letter is no beginning */
    { "?!", "" },
  };
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "Where is my parcel?");

  say (world, world->visitor, "message.send", conversation, "L'école est fermée");
  say (world, world->agent, "message.send", conversation, "Die Straße in Köln");
  say (world, world->visitor, "message.send", conversation, "我要注文一个灯");
  say (world, world->visitor, "message.send", conversation, "こんにちは");
  say (world, world->visitor, "message.send", conversation, "안녕하세요");
  say (world, world->visitor, "message.send", conversation, "مَرْحَبًا بكم");
  say (world, world->visitor, "message.send", conversation, "write to ana@shop.example, please");
  say (world, world->visitor, "message.send", conversation, "for you 🎁");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      assert_finds (world, world->agent, "search.messages", cases[i].text, "", cases[i].found);
    }
}

static void
test_filters (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *first = world_start (world, world->visitor, "lamp one");
  g_autofree char *second = world_start (world, world->other_visitor, "lamp two");
  g_autofree char *event = cf_id_new ();
  g_autofree char *site = g_strdup_printf (",\"site_id\":\"%s\"", world->site->parent.id);
  g_autofree char *other_site = g_strdup_printf (",\"site_id\":\"%s\"", world->other_site->parent.id);
  g_autofree char *mine = g_strdup_printf (",\"assignee_id\":\"%s\"", world->agent->id);
  g_autofree char *by = g_strdup_printf (",\"author_id\":\"%s\"", world->other_visitor->id);
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) closed = NULL;

  say (world, world->agent, "message.send", first, "lamp answer");
  say (world, world->admin, "note.add", second, "lamp note");
  closed = world_call (world, world->agent, "conversation.close", &error, "{\"id\":\"%s\",\"event_id\":\"%s\"}", first, event);
  g_assert_no_error (error);
  assert_finds (world, world->agent, "search.messages", "lamp", "", "[lamp] note|[lamp] answer|[lamp] two|[lamp] one");
  assert_finds (world, world->agent, "search.messages", "lamp", site, "[lamp] note|[lamp] answer|[lamp] two|[lamp] one");
  assert_finds (world, world->agent, "search.messages", "lamp", other_site, "");
  assert_finds (world, world->agent, "search.messages", "lamp", ",\"status\":\"open\"", "[lamp] note|[lamp] two");
  assert_finds (world, world->agent, "search.messages", "lamp", ",\"status\":\"closed\"", "[lamp] answer|[lamp] one");
  assert_finds (world, world->agent, "search.messages", "lamp", ",\"mood\":\"negative\"", "");
  assert_finds (world, world->agent, "search.messages", "lamp", ",\"author_kind\":\"visitor\"", "[lamp] two|[lamp] one");
  assert_finds (world, world->agent, "search.messages", "lamp", ",\"author_kind\":\"agent\"", "[lamp] note|[lamp] answer");
  assert_finds (world, world->agent, "search.messages", "lamp", mine, "[lamp] answer|[lamp] one");
  assert_finds (world, world->agent, "search.messages", "lamp", by, "[lamp] two");
  /* another organisation has none of these words */
  assert_finds (world, world->stranger, "search.messages", "lamp", "", "");
  assert_finds (world, world->stranger, "search.visitors", "lamp", "", "");
}

/* Page by page one gets what one page has, and each hit comes with its conversation and visitor. */
static void
test_pages (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "lamp 0");
  g_autoptr (GString) all = g_string_new (NULL);
  gint64 before = 0;
  guint n_pages = 0;
  gboolean more;

  for (guint i = 1; i < 23; i++)
    {
      g_autofree char *text = g_strdup_printf ("lamp %u", i);

      say (world, world->visitor, "message.send", conversation, text);
    }
  do
    {
      g_autofree char *page = g_strdup_printf (",\"before\":%" G_GINT64_FORMAT ",\"limit\":5", before);
      g_autoptr (CfSearchResult) result = search (world, world->agent, "search.messages", "lamp", page);

      for (guint i = 0; i < result->hits->len; i++)
        g_string_append_printf (all, "%s,", ((CfSearchHit *) result->hits->pdata[i])->snippet + strlen ("lamp "));
      g_assert_cmpuint (result->records->len, ==, result->hits->len + 2);
      more = result->more;
      g_assert_cmpint (result->next > 0, ==, more);
      before = result->next;
      n_pages++;
    }
  while (more);
  g_assert_cmpuint (n_pages, ==, 5);
  g_assert_cmpstr (all->str, ==, "22,21,20,19,18,17,16,15,14,13,12,11,10,9,8,7,6,5,4,3,2,1,0,");
}

static void
test_snippet (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (CfSearchResult) result = NULL;
  g_autofree char *conversation = world_start (world, world->visitor, "hello"), *got = NULL;
  const CfSearchHit *hit;

  for (guint i = 0; i < 300; i++)
    g_string_append_printf (text, i == 150 ? "needle\n" : "wörd%u ", i);
  say (world, world->visitor, "message.send", conversation, text->str);
  result = search (world, world->agent, "search.messages", "needle", "");
  hit = result->hits->pdata[0];
  g_assert_cmpint (g_utf8_strlen (hit->snippet, -1), ==, CF_SEARCH_SNIPPET_MAX);
  g_assert_null (strchr (hit->snippet, '\n'));
  got = found (world, world->agent, "search.messages", "needle", "");
  g_assert_nonnull (strstr (got, "…wörd146 wörd147 wörd148 wörd149 [needle] wörd151"));
  g_assert_true (g_str_has_suffix (got, "…"));
}

static void
test_visitors (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) one = world_call (world, world->visitor, "visitor.identify", &error, "{\"name\":\"Zoë Müller\",\"email\":\"zoe@mail.example\"}");
  g_autoptr (CfStruct) two = world_call (world, world->other_visitor, "visitor.identify", &error, "{\"name\":\"佐藤 美咲\"}");
  g_autoptr (CfStruct) renamed = NULL;

  g_assert_no_error (error);
  assert_finds (world, world->agent, "search.visitors", "zo", "", "[Zoë] Müller");
  assert_finds (world, world->agent, "search.visitors", "muller zoe", "", "[Zoë] [Müller]");
  assert_finds (world, world->agent, "search.visitors", "zoe@mail", "", "[zoe@mail].example");
  assert_finds (world, world->agent, "search.visitors", "美", "", "佐藤 [美]咲");
  assert_finds (world, world->agent, "search.visitors", "佐藤", "", "[佐藤] 美咲");
  renamed = world_call (world, world->visitor, "visitor.identify", &error, "{\"name\":\"Ada\",\"email\":null}");
  g_assert_no_error (error);
  assert_finds (world, world->agent, "search.visitors", "zoe", "", "");
  assert_finds (world, world->agent, "search.visitors", "mail", "", "");
  assert_finds (world, world->agent, "search.visitors", "ada", "", "[Ada]");
}

/* Two who were merged are one, found by what either was called, and shown once. */
static void
test_merged_visitors (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) one = world_call (world, world->visitor, "visitor.identify", &error, "{\"name\":\"Zoe Jones\",\"email\":\"zoe@mail.example\"}");
  g_autoptr (CfStruct) two = world_call (world, world->other_visitor, "visitor.identify", &error, "{\"name\":\"Zoe Smith\"}");
  g_autoptr (CfStruct) merged =
    world_call (world, world->agent, "visitor.merge", &error, "{\"id\":\"%s\",\"into\":\"%s\"}", world->other_visitor->id, world->visitor->id);
  g_autoptr (CfSearchResult) both = NULL, former = NULL;

  g_assert_no_error (error);
  both = search (world, world->agent, "search.visitors", "zoe", "");
  g_assert_cmpuint (both->hits->len, ==, 1);
  g_assert_cmpstr (((CfSearchHit *) both->hits->pdata[0])->id, ==, world->visitor->id);
  former = search (world, world->agent, "search.visitors", "smith", "");
  g_assert_cmpuint (former->hits->len, ==, 1);
  g_assert_cmpstr (((CfSearchHit *) former->hits->pdata[0])->id, ==, world->visitor->id);
  g_assert_cmpuint (former->records->len, ==, 1);
}

/* Gives the conversation's first message another text, or makes a tombstone of it. */
static gboolean
change_text (CfdTx *tx, gpointer data, GError **error)
{
  Change *change = data;
  g_autoptr (CfMessage) message =
    cfd_tx_record (tx, error, &cf_message_shape, "WHERE conversation_id = $1 ORDER BY position LIMIT 1", "t", change->conversation);

  g_free (message->text);
  message->text = g_strdup (change->text);
  message->parent.deleted = change->text == NULL;
  return cfd_tx_put (tx, message, error);
}

/* What is changed or erased can be found by its new words only, whatever else happens in the same commit. */
static void
test_changes (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *conversation = world_start (world, world->visitor, "zebra first");

  assert_finds (world, world->agent, "search.messages", "zebra", "", "[zebra] first");
  g_assert_true (world_run (world, CFD_DB_WRITE, change_text, &(Change){ conversation, "giraffe" }, &error));
  assert_finds (world, world->agent, "search.messages", "zebra", "", "");
  assert_finds (world, world->agent, "search.messages", "giraffe", "", "[giraffe]");
  g_assert_true (world_run (world, CFD_DB_WRITE, change_text, &(Change){ conversation, NULL }, &error));
  assert_finds (world, world->agent, "search.messages", "giraffe", "", "");
  g_assert_true (world_run (world, CFD_DB_WRITE, change_text, &(Change){ conversation, "okapi" }, &error));
  assert_finds (world, world->agent, "search.messages", "okapi", "", "[okapi]");
  g_assert_cmpint (temp_count (world->db, "SELECT count(*) FROM message_search WHERE message_search MATCH 'zebra OR giraffe'"), ==, 0);
}

/* Each message ten days after the one before it. */
static gboolean
spread (CfdTx *tx, gpointer data, GError **error)
{
  return cfd_tx_execute (tx, error, "UPDATE message SET created_at = seq * 864000000 WHERE seq > 0", "");
}

/* Days after 1970 in which a message was written. */
static char *
days (guint from, guint until)
{
  return g_strdup_printf (",\"written_from\":%" G_GINT64_FORMAT ",\"written_until\":%" G_GINT64_FORMAT, from * G_GINT64_CONSTANT (86400000),
                          until * G_GINT64_CONSTANT (86400000));
}

static void
test_times (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *conversation = world_start (world, world->visitor, "lamp 10");
  static const struct
  {
    guint from, until;
    const char *found;
  } cases[] = {
    { 0, 0, "[lamp] 40|[lamp] 30|[lamp] 20|[lamp] 10" },
    { 20, 0, "[lamp] 40|[lamp] 30|[lamp] 20" },
    { 21, 0, "[lamp] 40|[lamp] 30" },
    { 41, 0, "" },
    { 0, 10, "" },
    { 0, 11, "[lamp] 10" },
    { 0, 30, "[lamp] 20|[lamp] 10" },
    { 20, 31, "[lamp] 30|[lamp] 20" },
    { 31, 20, "" },
  };

  for (guint i = 2; i < 5; i++)
    {
      g_autofree char *text = g_strdup_printf ("lamp %u0", i);

      say (world, world->visitor, "message.send", conversation, text);
    }
  g_assert_true (world_run (world, CFD_DB_WRITE, spread, NULL, &error));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *span = days (cases[i].from, cases[i].until);

      g_test_message ("%u %u", cases[i].from, cases[i].until);
      assert_finds (world, world->agent, "search.messages", "lamp", span, cases[i].found);
    }
}

static void
test_desk_filters (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *first = world_start (world, world->visitor, "lamp one"), *second = world_start (world, world->other_visitor, "lamp two");
  g_autofree char *event = cf_id_new (), *tag = cf_id_new (), *other_tag = cf_id_new (), *assign = cf_id_new ();
  g_autofree char *tagged = g_strdup_printf (",\"tag_id\":\"%s\"", tag), *untagged = g_strdup_printf (",\"tag_id\":\"%s\"", other_tag);
  g_autoptr (CfStruct) added = world_call (world, world->admin, "tag.add", &error, "{\"id\":\"%s\",\"name\":\"vip\"}", tag);
  g_autoptr (CfStruct) put = NULL, asleep = NULL, accepted = NULL;

  g_assert_no_error (error);
  put = world_call (world, world->agent, "conversation.tag", &error, "{\"id\":\"%s\",\"tags\":[\"%s\"]}", first, tag);
  g_assert_no_error (error);
  asleep = world_call (world, world->agent, "conversation.snooze", &error, "{\"id\":\"%s\",\"event_id\":\"%s\",\"until\":%" G_GINT64_FORMAT "}", second,
                       event, cf_now () + 3600000);
  g_assert_no_error (error);
  accepted = world_call (world, world->agent, "conversation.accept", &error, "{\"id\":\"%s\",\"event_id\":\"%s\"}", first, assign);
  g_assert_no_error (error);
  assert_finds (world, world->agent, "search.messages", "lamp", tagged, "[lamp] one");
  assert_finds (world, world->agent, "search.messages", "lamp", untagged, "");
  assert_finds (world, world->agent, "search.messages", "lamp", ",\"status\":\"snoozed\"", "[lamp] two");
  assert_finds (world, world->agent, "search.messages", "lamp", ",\"status\":\"open\"", "[lamp] two|[lamp] one");
  assert_finds (world, world->agent, "search.messages", "lamp", ",\"unassigned\":true", "[lamp] two");
  assert_finds (world, world->stranger, "search.messages", "lamp", tagged, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/words", test_words);
  g_test_add_func ("/search/filters", test_filters);
  g_test_add_func ("/search/times", test_times);
  g_test_add_func ("/search/desk-filters", test_desk_filters);
  g_test_add_func ("/search/pages", test_pages);
  g_test_add_func ("/search/snippet", test_snippet);
  g_test_add_func ("/search/visitors", test_visitors);
  g_test_add_func ("/search/merged-visitors", test_merged_visitors);
  g_test_add_func ("/search/changes", test_changes);
  return g_test_run ();
}

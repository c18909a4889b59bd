/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "backend/features/automation/glob.h"
#include "backend/features/automation/trigger.h"
#include "backend/features/monitor/visit-service.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/json.h"
#include "protocol/methods/goal-params.h"
#include "protocol/methods/results.h"
#include "protocol/methods/trigger-params.h"
#include "protocol/records/department.h"
#include "protocol/records/visitor.h"

#include <string.h>

/* What acts by itself, what counts as reached, and that no page can make more of it than was meant. */

static gpointer do_call (World *world, const CfdCaller *caller, const char *method, const char *json, ...) G_GNUC_PRINTF (4, 5);

static gpointer
do_call (World *world, const CfdCaller *caller, const char *method, const char *json, ...)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gpointer result;
  va_list args;

  va_start (args, json);
  text = g_strdup_vprintf (json, args);
  va_end (args);
  result = world_call (world, caller, method, &error, "%s", text);
  g_assert_no_error (error);
  return result;
}

static void
do_it (World *world, const CfdCaller *caller, const char *method, const char *json)
{
  g_autoptr (CfStruct) result = do_call (world, caller, method, "%s", json);

  g_assert_nonnull (result);
}

static void
test_glob (void)
{
  static const struct { const char *pattern, *url; gboolean matches; } cases[] = {
    { "*", "", TRUE },
    { "", "", TRUE },
    { "", "a", FALSE },
    { "a*c", "abc", TRUE },
    { "a*c", "ac", TRUE },
    { "a*c", "acb", FALSE },
    { "*b*b*", "abab", TRUE },
    { "*b*b*b*", "abab", FALSE },
    { "**", "x", TRUE },
    { "*/prices*", "https://shop.example/prices?x=1", TRUE },
    { "*/PRICES", "https://shop.example/prices", TRUE },
    { "/prices*", "https://shop.example/prices/a", TRUE },
    { "/prices*", "https://shop.example/en/prices", FALSE },
    { "/", "https://shop.example", TRUE },
    { "/?a=*", "https://shop.example?a=1", TRUE },
    { "https://shop.example/", "https://shop.example/", TRUE },
    { "[a-z]?", "b1", FALSE },
    { "*é", "café", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (cfd_glob_matches_url (cases[i].pattern, cases[i].url) != cases[i].matches)
      g_error ("\"%s\" and \"%s\": expected %s", cases[i].pattern, cases[i].url, cases[i].matches ? "a match" : "none");
}

static void
test_conditions (void)
{
  static const struct { const char *json; CfdTruth truth; } cases[] = {
    { "{\"kind\":\"page_time\",\"how\":\"at_least\",\"value\":\"30\"}", CFD_TRUTH_YES },
    { "{\"kind\":\"page_time\",\"how\":\"at_least\",\"value\":\"31\"}", CFD_TRUTH_NO },
    { "{\"kind\":\"pages\",\"how\":\"at_most\",\"value\":\"2\"}", CFD_TRUTH_YES },
    { "{\"kind\":\"pages\",\"how\":\"at_most\",\"value\":\"1\"}", CFD_TRUTH_NO },
    { "{\"kind\":\"url\",\"how\":\"matches_not\",\"value\":\"*/cart\"}", CFD_TRUTH_YES },
    { "{\"kind\":\"referrer\",\"how\":\"matches\",\"value\":\"*\"}", CFD_TRUTH_NO },
    { "{\"kind\":\"referrer\",\"how\":\"matches_not\",\"value\":\"*\"}", CFD_TRUTH_YES },
    { "{\"kind\":\"utm\",\"how\":\"is\",\"name\":\"source\",\"value\":\"Mail\"}", CFD_TRUTH_YES },
    { "{\"kind\":\"utm\",\"how\":\"is_not\",\"name\":\"medium\",\"value\":\"x\"}", CFD_TRUTH_YES },
    { "{\"kind\":\"scroll\",\"how\":\"at_least\",\"value\":\"50\"}", CFD_TRUTH_UNKNOWN },
    { "{\"kind\":\"exit\",\"how\":\"is\",\"value\":\"yes\"}", CFD_TRUTH_UNKNOWN },
    { "{\"kind\":\"event\",\"how\":\"is\",\"name\":\"cart\",\"value\":\"no\"}", CFD_TRUTH_YES },
    { "{\"kind\":\"event_value\",\"how\":\"at_most\",\"name\":\"cart\",\"value\":\"5\"}", CFD_TRUTH_NO },
    { "{\"kind\":\"language\",\"how\":\"is\",\"value\":\"PT\"}", CFD_TRUTH_YES },
    { "{\"kind\":\"language\",\"how\":\"is\",\"value\":\"p\"}", CFD_TRUTH_NO },
    { "{\"kind\":\"language\",\"how\":\"is_not\",\"value\":\"en\"}", CFD_TRUTH_YES },
    { "{\"kind\":\"returning\",\"how\":\"is\",\"value\":\"no\"}", CFD_TRUTH_YES },
    { "{\"kind\":\"country\",\"how\":\"is\",\"value\":\"Portugal\"}", CFD_TRUTH_YES },
    { "{\"kind\":\"hour\",\"how\":\"is\",\"value\":\"09:00-17:00\"}", CFD_TRUTH_NO },
    { "{\"kind\":\"hour\",\"how\":\"is\",\"value\":\"22:00-06:00\"}", CFD_TRUTH_YES },
    { "{\"kind\":\"hour\",\"how\":\"is_not\",\"value\":\"23:00-23:01\"}", CFD_TRUTH_NO },
    { "{\"kind\":\"agents_online\",\"how\":\"at_least\",\"value\":\"1\"}", CFD_TRUTH_NO },
    { "{\"kind\":\"agents_online\",\"how\":\"at_most\",\"value\":\"0\"}", CFD_TRUTH_YES },
    { "{\"kind\":\"attribute\",\"how\":\"at_least\",\"name\":\"01900000-0000-7000-8000-000000000001\",\"value\":\"1\"}", CFD_TRUTH_NO },
  };
  const CfdTriggerFacts facts = { .page = TRUE, .url = "https://shop.example/prices", .landing = "https://shop.example/?utm_source=mail", .languages = "pt-BR, en",
                                  .page_seconds = 30, .site_seconds = 60, .pages = 2, .country = "Portugal", .minutes = 23 * 60 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CfTriggerCondition) condition = cf_json_decode_text (&cf_trigger_condition_shape, cases[i].json, CF_DECODE_STRICT, &error);
      CfdTriggerFacts unseen = facts;

      g_assert_no_error (error);
      g_assert_true (cf_trigger_condition_check (condition, &error));
      if (cfd_trigger_judge_condition (condition, &facts) != cases[i].truth)
        g_error ("%s: got %d, expected %d", cases[i].json, cfd_trigger_judge_condition (condition, &facts), cases[i].truth);
      /* What the page alone knows is not known to the server while the page is there. */
      unseen.page = FALSE;
      g_assert_true (!cf_trigger_kind_is_page (condition->kind) || cfd_trigger_judge_condition (condition, &unseen) == CFD_TRUTH_UNKNOWN);
    }
}

#define URL_RULE "{\"conditions\":[{\"kind\":\"url\",\"how\":\"matches\",\"value\":\"*/prices*\"}]}"

static CfTrigger *
save (World *world, const char *id, const char *more)
{
  g_autoptr (CfRecordsResult) result = do_call (world, world->admin, "trigger.save", "{\"id\":\"%s\",\"name\":\"Prices\",%s}", id, more);

  return cf_struct_ref (world_record (result, &cf_trigger_shape, 0));
}

static gboolean
site_has_triggers (World *world, const char *site_id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT triggers FROM site WHERE id = '%s'", site_id);

  return temp_count (world->db, sql) == 1;
}

static void
test_saving (void)
{
  static const char *const wrong[] = {
    "\"rules\":{},\"actions\":{\"open\":true}",
    "\"rules\":{\"conditions\":[]},\"actions\":{\"open\":true}",
    "\"rules\":" URL_RULE ",\"actions\":{}",
    "\"rules\":" URL_RULE ",\"actions\":{\"message\":\"a\",\"bubble\":\"b\"}",
    "\"rules\":" URL_RULE ",\"actions\":{\"open\":true},\"cap\":\"days\"",
    "\"rules\":" URL_RULE ",\"actions\":{\"open\":true},\"cap_days\":3",
    "\"rules\":{\"conditions\":[{\"kind\":\"url\",\"how\":\"at_least\",\"value\":\"x\"}]},\"actions\":{\"open\":true}",
    "\"rules\":{\"conditions\":[{\"kind\":\"page_time\",\"how\":\"at_least\",\"value\":\"0\"}]},\"actions\":{\"open\":true}",
    "\"rules\":{\"conditions\":[{\"kind\":\"page_time\",\"how\":\"at_least\",\"value\":\"3x\"}]},\"actions\":{\"open\":true}",
    "\"rules\":{\"conditions\":[{\"kind\":\"utm\",\"how\":\"is\",\"name\":\"other\",\"value\":\"x\"}]},\"actions\":{\"open\":true}",
    "\"rules\":{\"conditions\":[{\"kind\":\"event\",\"how\":\"is\",\"value\":\"yes\"}]},\"actions\":{\"open\":true}",
    "\"rules\":{\"conditions\":[{\"kind\":\"event_value\",\"how\":\"at_least\",\"name\":\"cart\",\"value\":\"1.234\"}]},\"actions\":{\"open\":true}",
    "\"rules\":{\"conditions\":[{\"kind\":\"hour\",\"how\":\"is\",\"value\":\"9-17\"}]},\"actions\":{\"open\":true}",
    "\"rules\":{\"conditions\":[{\"kind\":\"attribute\",\"how\":\"is\",\"name\":\"plan\",\"value\":\"x\"}]},\"actions\":{\"open\":true}",
  };
  g_autoptr (World) world = world_new ();
  g_autofree char *first = cf_id_new (), *second = cf_id_new (), *nobody = cf_id_new ();
  g_autofree char *one_site = g_strdup_printf ("\"enabled\":true,\"sites\":[\"%s\"],\"rules\":" URL_RULE ",\"actions\":{\"bubble\":\"Questions?\"}",
                                               world->site->parent.id);
  g_autoptr (CfTrigger) made = NULL, again = NULL, other = NULL, changed = NULL;
  g_autoptr (CfRecordsResult) moved = NULL, list = NULL, gone = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    world_refuses (world, world->admin, "trigger.save", CF_ERROR_INVALID, "{\"id\":\"%s\",\"name\":\"x\",%s}", first, wrong[i]);
  world_refuses (world, world->admin, "trigger.save", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"name\":\"x\",\"rules\":" URL_RULE ",\"actions\":{\"tags\":[\"%s\"]}}",
                 first, nobody);
  world_refuses (world, world->admin, "trigger.save", CF_ERROR_NOT_FOUND,
                 "{\"id\":\"%s\",\"name\":\"x\",\"rules\":" URL_RULE ",\"actions\":{\"open\":true,\"agent_id\":\"%s\"}}", first, world->stranger->id);
  g_assert_false (site_has_triggers (world, world->site->parent.id));
  made = save (world, first, one_site);
  g_assert_cmpint (made->version, ==, 1);
  g_assert_cmpstr (made->changed_by, ==, world->admin->name);
  g_assert_true (site_has_triggers (world, world->site->parent.id));
  g_assert_false (site_has_triggers (world, world->other_site->parent.id));
  /* Sent again, whatever version it names. */
  again = save (world, first, one_site);
  g_assert_cmpint (again->parent.rev, ==, made->parent.rev);
  world_refuses (world, world->admin, "trigger.save", CF_ERROR_CONFLICT,
                 "{\"id\":\"%s\",\"name\":\"Other\",\"rules\":" URL_RULE ",\"actions\":{\"open\":true}}", first);
  world_refuses (world, world->stranger, "trigger.save", CF_ERROR_CONFLICT,
                 "{\"id\":\"%s\",\"version\":1,\"name\":\"Other\",\"rules\":" URL_RULE ",\"actions\":{\"open\":true}}", first);
  world_refuses (world, world->stranger, "trigger.remove", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", first);
  changed = save (world, first, "\"version\":1,\"rules\":" URL_RULE ",\"actions\":{\"open\":true}");
  g_assert_cmpint (changed->version, ==, 2);
  g_assert_false (site_has_triggers (world, world->site->parent.id));
  other = save (world, second, "\"enabled\":true,\"rules\":" URL_RULE ",\"actions\":{\"open\":true}");
  g_assert_cmpint (other->place, >, changed->place);
  g_assert_true (site_has_triggers (world, world->other_site->parent.id));
  moved = do_call (world, world->admin, "trigger.reorder", "{\"ids\":[\"%s\",\"%s\"]}", second, nobody);
  g_assert_cmpuint (moved->records->len, ==, 2);
  list = do_call (world, world->agent, "trigger.list", "{}");
  g_assert_cmpstr (CF_RECORD (list->records->pdata[0])->id, ==, second);
  gone = do_call (world, world->admin, "trigger.remove", "{\"id\":\"%s\"}", second);
  g_assert_true (CF_RECORD (gone->records->pdata[0])->deleted);
  g_assert_false (site_has_triggers (world, world->other_site->parent.id));
  world_refuses (world, world->admin, "trigger.save", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"name\":\"x\",\"rules\":" URL_RULE ",\"actions\":{\"open\":true}}", second);
}

typedef struct
{
  GPtrArray *looks, *facts;
} Keeping;

static gboolean
keep (CfdTx *tx, gpointer data, GError **error)
{
  const Keeping *keeping = data;

  for (guint i = 0; i < keeping->looks->len; i++)
    {
      const CfdLook *look = keeping->looks->pdata[i];
      CfMonitorVisitor *facts = look->forget ? NULL : cfd_visits_find_out (tx, look, error);

      if (facts == NULL && !look->forget)
        return FALSE;
      g_ptr_array_add (keeping->facts, facts != NULL ? facts : cf_struct_new (&cf_monitor_visitor_shape));
    }
  return cfd_visits_keep (tx, keeping->looks, keeping->facts, error);
}

static void
look (World *world, CfdCaller *visitor, const char *visit, const char *id, const char *url, gint64 visible, gboolean forget)
{
  g_autoptr (GPtrArray) looks = g_ptr_array_new_with_free_func ((GDestroyNotify) cfd_look_free);
  g_autoptr (GPtrArray) facts = cf_structs_new ();
  Keeping keeping = { looks, facts };
  CfdLook *one = g_new0 (CfdLook, 1);
  g_autoptr (GError) error = NULL;

  one->caller = cfd_caller_ref (visitor);
  one->page = cf_struct_new (&cf_visit_page_params_shape);
  one->page->visit_id = g_strdup (visit);
  one->page->id = g_strdup (id);
  one->page->url = g_strdup (url);
  one->page->visible = visible;
  one->page->languages = g_strdup ("de-AT, en");
  one->at = cf_now ();
  one->forget = forget;
  g_ptr_array_add (looks, one);
  world_run (world, CFD_DB_WRITE, keep, &keeping, &error);
  g_assert_no_error (error);
}

/* Comes to a page. Returns: (transfer full): the visit's id */
static char *
visit (World *world, CfdCaller *visitor, const char *url)
{
  char *id = cf_id_new ();
  g_autofree char *page = cf_id_new ();

  look (world, visitor, id, page, url, 0, FALSE);
  return id;
}

static CfTriggerFireResult *
fire (World *world, const CfdCaller *visitor, const char *id, const char *trigger, const char *visit_id)
{
  return do_call (world, visitor, "trigger.fire", "{\"id\":\"%s\",\"trigger_id\":\"%s\",\"visit_id\":\"%s\",\"url\":\"https://shop.example/prices\"}", id, trigger,
                  visit_id);
}

static gboolean
fires (World *world, const CfdCaller *visitor, const char *trigger, const char *visit_id)
{
  g_autofree char *id = cf_id_new ();
  g_autoptr (CfTriggerFireResult) result = fire (world, visitor, id, trigger, visit_id);

  return result->fired;
}

static guint
n_offers (World *world, const CfdCaller *visitor, const char *visit_id)
{
  g_autoptr (CfTriggerOffersResult) result = do_call (world, visitor, "trigger.offers", "{\"visit_id\":\"%s\"}", visit_id);

  return result->offers->len;
}

static gint64
number (World *world, const char *trigger, CfTriggerNumber *out)
{
  g_autoptr (CfTriggerNumbersResult) result = do_call (world, world->admin, "trigger.numbers", "{}");

  for (guint i = 0; i < result->triggers->len; i++)
    {
      const CfTriggerNumber *one = result->triggers->pdata[i];

      if (!g_str_equal (one->trigger_id, trigger))
        continue;
      out->shown = one->shown;
      out->answered = one->answered;
      out->converted = one->converted;
    }
  return out->shown;
}

static void
test_offers (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *open = cf_id_new (), *mixed = cf_id_new (), *elsewhere = cf_id_new (), *off = cf_id_new (), *impossible = cf_id_new (), *at_once = cf_id_new ();
  g_autofree char *here = visit (world, world->visitor, "https://shop.example/");
  g_autofree char *only_there = g_strdup_printf ("\"enabled\":true,\"sites\":[\"%s\"],\"rules\":" URL_RULE ",\"actions\":{\"open\":true}", world->other_site->parent.id);
  g_autoptr (CfTrigger) a = save (world, open, "\"enabled\":true,\"rules\":" URL_RULE ",\"actions\":{\"bubble\":\"secret words\"}");
  g_autoptr (CfTrigger) b = save (world, mixed,
                                  "\"enabled\":true,\"rules\":{\"conditions\":[{\"kind\":\"returning\",\"how\":\"is\",\"value\":\"no\"},"
                                  "{\"kind\":\"exit\",\"how\":\"is\",\"value\":\"yes\"}]},\"actions\":{\"open\":true}");
  g_autoptr (CfTrigger) c = save (world, elsewhere, only_there);
  g_autoptr (CfTrigger) d = save (world, off, "\"rules\":" URL_RULE ",\"actions\":{\"open\":true}");
  g_autoptr (CfTrigger) e = save (world, impossible,
                                  "\"enabled\":true,\"rules\":{\"conditions\":[{\"kind\":\"agents_online\",\"how\":\"at_least\",\"value\":\"1\"},"
                                  "{\"kind\":\"exit\",\"how\":\"is\",\"value\":\"yes\"}]},\"actions\":{\"open\":true}");
  g_autoptr (CfTrigger) f = save (world, at_once,
                                  "\"enabled\":true,\"rules\":{\"any\":true,\"conditions\":[{\"kind\":\"returning\",\"how\":\"is\",\"value\":\"no\"},"
                                  "{\"kind\":\"exit\",\"how\":\"is\",\"value\":\"yes\"}]},\"actions\":{\"open\":true}");
  g_autoptr (CfTriggerOffersResult) result = do_call (world, world->visitor, "trigger.offers", "{\"visit_id\":\"%s\"}", here);
  const CfTriggerOffer *offer;
  g_autoptr (GString) json = g_string_new (NULL);

  g_assert_cmpuint (result->offers->len, ==, 3);
  offer = result->offers->pdata[0];
  g_assert_cmpstr (offer->id, ==, open);
  /* Of two conditions the page gets the one that it can judge. */
  offer = result->offers->pdata[1];
  g_assert_cmpstr (offer->id, ==, mixed);
  g_assert_cmpuint (offer->conditions->len, ==, 1);
  offer = result->offers->pdata[2];
  g_assert_cmpstr (offer->id, ==, at_once);
  g_assert_cmpuint (offer->conditions->len, ==, 0);
  /* What it does, and whose it is, stays here. */
  cf_json_encode (json, result, CF_AUDIENCE_VISITOR);
  g_assert_null (strstr (json->str, "secret words"));
  g_assert_null (strstr (json->str, "returning"));
}

/* What a page must not be able to do with fire. */
static void
test_must_not (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = cf_id_new (), *off = cf_id_new (), *elsewhere = cf_id_new (), *agents = cf_id_new (), *unknown = cf_id_new (), *hit = cf_id_new ();
  g_autofree char *mine = visit (world, world->visitor, "https://shop.example/"), *theirs = visit (world, world->other_visitor, "https://shop.example/");
  g_autofree char *second = NULL, *words = NULL;
  g_autofree char *only_there = g_strdup_printf ("\"enabled\":true,\"sites\":[\"%s\"],\"rules\":" URL_RULE ",\"actions\":{\"open\":true}", world->other_site->parent.id);
  g_autoptr (CfTrigger) a = save (world, id, "\"enabled\":true,\"rules\":" URL_RULE ",\"actions\":{\"bubble\":\"Questions?\"}");
  g_autoptr (CfTrigger) b = save (world, off, "\"rules\":" URL_RULE ",\"actions\":{\"open\":true}");
  g_autoptr (CfTrigger) c = save (world, elsewhere, only_there);
  g_autoptr (CfTrigger) d = save (world, agents,
                                  "\"enabled\":true,\"rules\":{\"conditions\":[{\"kind\":\"agents_online\",\"how\":\"at_least\",\"value\":\"1\"}]},\"actions\":{\"open\":true}");
  g_autoptr (CfTriggerFireResult) first = NULL, repeat = NULL;
  g_autoptr (CfdCaller) nobody = cfd_caller_copy (world->visitor), stranger = cfd_caller_copy (world->visitor);
  CfTriggerNumber numbers = { 0 };

#define FIRE(trigger, seen) "{\"id\":\"%s\",\"trigger_id\":\"%s\",\"visit_id\":\"%s\"}", hit, trigger, seen
  world_refuses (world, world->visitor, "trigger.fire", CF_ERROR_NOT_FOUND, FIRE (off, mine));
  world_refuses (world, world->visitor, "trigger.fire", CF_ERROR_NOT_FOUND, FIRE (elsewhere, mine));
  world_refuses (world, world->visitor, "trigger.fire", CF_ERROR_NOT_FOUND, FIRE (unknown, mine));
  world_refuses (world, world->visitor, "trigger.fire", CF_ERROR_NOT_FOUND, FIRE (id, theirs));
  world_refuses (world, world->visitor, "trigger.fire", CF_ERROR_UNAVAILABLE, FIRE (id, unknown));
  g_clear_pointer (&nobody->id, g_free);
  world_refuses (world, nobody, "trigger.fire", CF_ERROR_UNAUTHENTICATED, FIRE (id, mine));
  stranger->organisation_id = world->stranger->organisation_id;
  world_refuses (world, stranger, "trigger.fire", CF_ERROR_NOT_FOUND, FIRE (id, mine));
  stranger->organisation_id = world->visitor->organisation_id;
  /* What the server knows is judged again, whatever the page says. */
  g_assert_false (fires (world, world->visitor, agents, mine));
  g_assert_cmpint (number (world, id, &numbers), ==, 0);

  first = fire (world, world->visitor, hit, id, mine);
  g_assert_true (first->fired);
  g_assert_cmpstr (first->bubble, ==, "Questions?");
  g_assert_cmpstr (first->author, ==, world->site->name);
  repeat = fire (world, world->visitor, hit, id, mine);
  g_assert_true (repeat->fired);
  g_assert_cmpint (number (world, id, &numbers), ==, 1);
  world_refuses (world, world->other_visitor, "trigger.fire", CF_ERROR_CONFLICT, FIRE (id, theirs));
  /* Once in a visit, and a browser alone can't make new visits of it, nor by taking consent back. */
  g_assert_false (fires (world, world->visitor, id, mine));
  second = visit (world, world->visitor, "https://shop.example/");
  g_assert_false (fires (world, world->visitor, id, second));
  look (world, world->visitor, mine, unknown, "https://shop.example/", 0, TRUE);
  g_assert_false (fires (world, world->visitor, id, second));
  g_assert_cmpuint (n_offers (world, world->visitor, second), ==, 0);
  g_assert_cmpint (number (world, id, &numbers), ==, 1);
  /* Who talks with somebody is not spoken to by anything else. */
  words = world_start (world, world->other_visitor, "hello");
  g_assert_false (fires (world, world->other_visitor, id, theirs));
#undef FIRE
}

static const CfMessage *
find_message (const CfRecordsResult *result, CfMessageKind kind)
{
  for (guint i = 0; i < result->records->len; i++)
    {
      const CfMessage *message = world_record ((gpointer) result, &cf_message_shape, i);

      if (message != NULL && message->kind == kind)
        return message;
    }
  return NULL;
}

static void
test_acting (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = cf_id_new (), *department = cf_id_new (), *tag = cf_id_new (), *hit = cf_id_new (), *sent = cf_id_new ();
  g_autofree char *here = visit (world, world->visitor, "https://shop.example/prices"), *rule = NULL, *add = NULL, *add_tag = NULL;
  g_autoptr (CfTrigger) trigger = NULL;
  g_autoptr (CfTriggerFireResult) fired = NULL;
  g_autoptr (CfRecordsResult) list = NULL, all = NULL, seen = NULL, visitors = NULL, answered = NULL;
  const CfConversation *conversation;
  const CfMessage *message;
  CfTriggerNumber numbers = { 0 };

  add = g_strdup_printf ("{\"id\":\"%s\",\"name\":\"Sales\",\"members\":[\"%s\"]}", department, world->agent->id);
  add_tag = g_strdup_printf ("{\"id\":\"%s\",\"name\":\"Keen\"}", tag);
  do_it (world, world->admin, "department.add", add);
  do_it (world, world->admin, "tag.add", add_tag);
  rule = g_strdup_printf ("\"enabled\":true,\"rules\":" URL_RULE ",\"actions\":{\"message\":\"May I help?\",\"agent_id\":\"%s\",\"tags\":[\"%s\"],\"department_id\":\"%s\","
                          "\"notify\":[\"%s\"]}", world->agent->id, tag, department, world->admin->id);
  trigger = save (world, id, rule);
  fired = fire (world, world->visitor, hit, id, here);
  g_assert_true (fired->fired);
  g_assert_null (fired->bubble);
  list = do_call (world, world->agent, "conversation.list", "{}");
  conversation = world_record (list, &cf_conversation_shape, 0);
  g_assert_nonnull (conversation);
  g_assert_cmpstr (conversation->visitor_id, ==, world->visitor->id);
  /* A department that gives by itself must not give what waits for nobody. */
  g_assert_null (conversation->department_id);
  g_assert_null (conversation->assignee_id);
  g_assert_cmpint (conversation->waiting_since, ==, 0);
  all = do_call (world, world->agent, "message.list", "{\"conversation_id\":\"%s\"}", conversation->parent.id);
  message = find_message (all, CF_MESSAGE_TEXT);
  g_assert_cmpstr (message->text, ==, "May I help?");
  g_assert_cmpstr (message->author_id, ==, world->agent->id);
  message = find_message (all, CF_MESSAGE_NOTE);
  g_assert_cmpstr (message->mentions[0], ==, world->admin->id);
  /* The note is the staff's alone. */
  seen = do_call (world, world->visitor, "message.list", "{\"conversation_id\":\"%s\"}", conversation->parent.id);
  g_assert_null (find_message (seen, CF_MESSAGE_NOTE));
  visitors = do_call (world, world->agent, "visitor.get", "{\"id\":\"%s\"}", world->visitor->id);
  g_assert_cmpstr (((const CfVisitor *) world_record (visitors, &cf_visitor_shape, 0))->tags[0], ==, tag);
  number (world, id, &numbers);
  g_assert_cmpint (numbers.shown, ==, 1);
  g_assert_cmpint (numbers.answered, ==, 0);
  answered = do_call (world, world->visitor, "message.send", "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"Yes!\"}", sent, conversation->parent.id);
  number (world, id, &numbers);
  g_assert_cmpint (numbers.answered, ==, 1);
  conversation = world_record (answered, &cf_conversation_shape, 0);
  g_assert_cmpstr (conversation->department_id, ==, department);
}

/* Agents are called to a visitor with whom nobody talks: there is no conversation by it, and the visitor is told nothing. */
static void
test_call (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = cf_id_new (), *hit = cf_id_new (), *other_hit = cf_id_new (), *rule = NULL, *conversation = NULL;
  g_autofree char *here = visit (world, world->visitor, "https://shop.example/prices");
  g_autofree char *there = visit (world, world->other_visitor, "https://shop.example/prices");
  g_autoptr (CfTrigger) trigger = NULL;
  g_autoptr (CfTriggerFireResult) called = NULL, again = NULL, noted = NULL;
  g_autoptr (CfRecordsResult) none = NULL, all = NULL;
  g_autoptr (GString) told = g_string_new (NULL);
  const CfMessage *message;

  rule = g_strdup_printf ("\"enabled\":true,\"rules\":" URL_RULE ",\"actions\":{\"notify\":[\"%s\"]}", world->agent->id);
  trigger = save (world, id, rule);
  called = fire (world, world->visitor, hit, id, here);
  g_assert_true (called->fired);
  g_assert_cmpstr (called->agents[0], ==, world->agent->id);
  g_assert_true (g_str_has_prefix (called->call, trigger->name));
  cf_json_encode (told, called, CF_AUDIENCE_VISITOR);
  g_assert_cmpstr (told->str, ==, "{\"fired\":true}");
  none = do_call (world, world->admin, "conversation.list", "{}");
  g_assert_cmpuint (none->records->len, ==, 0);
  again = fire (world, world->visitor, hit, id, here); /* the answer was lost: nobody is called twice */
  g_assert_null (again->agents);
  /* who talks already is told of in a note there */
  conversation = world_start (world, world->other_visitor, "hello");
  noted = fire (world, world->other_visitor, other_hit, id, there);
  g_assert_null (noted->agents);
  all = do_call (world, world->agent, "message.list", "{\"conversation_id\":\"%s\"}", conversation);
  message = find_message (all, CF_MESSAGE_NOTE);
  g_assert_cmpstr (message->mentions[0], ==, world->agent->id);
}

/* A bubble names the department; the visitor's own first words go there. */
static void
test_department_of_bubble (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = cf_id_new (), *department = cf_id_new (), *conversation = NULL, *rule = NULL, *add = NULL;
  g_autofree char *here = visit (world, world->visitor, "https://shop.example/prices");
  g_autoptr (CfTrigger) trigger = NULL;
  g_autoptr (CfRecordsResult) got = NULL;
  CfTriggerNumber numbers = { 0 };

  add = g_strdup_printf ("{\"id\":\"%s\",\"name\":\"Sales\",\"members\":[\"%s\"]}", department, world->agent->id);
  do_it (world, world->admin, "department.add", add);
  rule = g_strdup_printf ("\"enabled\":true,\"rules\":" URL_RULE ",\"actions\":{\"bubble\":\"Questions?\",\"author_name\":\"Bot\",\"department_id\":\"%s\"}", department);
  trigger = save (world, id, rule);
  g_assert_true (fires (world, world->visitor, id, here));
  conversation = world_start (world, world->visitor, "How much?");
  got = do_call (world, world->agent, "conversation.get", "{\"id\":\"%s\"}", conversation);
  g_assert_cmpstr (((const CfConversation *) world_record (got, &cf_conversation_shape, 0))->department_id, ==, department);
  number (world, id, &numbers);
  g_assert_cmpint (numbers.answered, ==, 1);
}

static const CfGoalNumber *
goal_number (const CfGoalNumbersResult *result, guint i)
{
  return i < result->goals->len ? result->goals->pdata[i] : NULL;
}

static void
test_goals (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *thanks = cf_id_new (), *order = cf_id_new (), *trigger_id = cf_id_new (), *page = cf_id_new (), *event = cf_id_new (), *later = cf_id_new ();
  g_autofree char *here = visit (world, world->visitor, "https://shop.example/prices"), *conversation = NULL, *message = cf_id_new ();
  g_autofree char *by_url = g_strdup_printf ("{\"id\":\"%s\",\"name\":\"Thanks\",\"enabled\":true,\"kind\":\"url\",\"pattern\":\"/thanks*\",\"value\":500}", thanks);
  g_autofree char *by_event =
    g_strdup_printf ("{\"id\":\"%s\",\"name\":\"Order\",\"enabled\":true,\"kind\":\"event\",\"pattern\":\"order\",\"value\":100,\"value_of_event\":true,\"each_time\":true}", order);
  g_autoptr (CfTrigger) trigger = save (world, trigger_id, "\"enabled\":true,\"rules\":" URL_RULE ",\"actions\":{\"bubble\":\"Questions?\"}");
  g_autoptr (CfGoalNumbersResult) none = NULL, first = NULL, both = NULL;
  g_autoptr (CfRecordsResult) sent = NULL;
  CfTriggerNumber numbers = { 0 };
  g_autofree char *track = g_strdup_printf ("{\"id\":\"%s\",\"visit_id\":\"%s\",\"name\":\"order\",\"value\":9900}", event, here);
  g_autofree char *track_again = g_strdup_printf ("{\"id\":\"%s\",\"visit_id\":\"%s\",\"name\":\"order\"}", later, here);

  world_refuses (world, world->admin, "goal.save", CF_ERROR_INVALID, "{\"id\":\"%s\",\"name\":\"x\",\"kind\":\"url\",\"pattern\":\"*\",\"value_of_event\":true}", thanks);
  do_it (world, world->admin, "goal.save", by_url);
  do_it (world, world->admin, "goal.save", by_event);
  none = do_call (world, world->admin, "goal.numbers", "{}");
  g_assert_cmpuint (none->goals->len, ==, 0);
  /* Met, answered, taken by an agent, reached. */
  g_assert_true (fires (world, world->visitor, trigger_id, here));
  conversation = world_start (world, world->visitor, "How much?");
  sent = do_call (world, world->agent, "message.send", "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"Ten\"}", message, conversation);
  look (world, world->visitor, here, page, "https://shop.example/thanks?order=1", 0, FALSE);
  look (world, world->visitor, here, page, "https://shop.example/thanks?order=1", 5000, FALSE);
  look (world, world->visitor, here, later, "https://shop.example/thanks", 0, FALSE);
  first = do_call (world, world->admin, "goal.numbers", "{}");
  g_assert_cmpuint (first->goals->len, ==, 1);
  g_assert_cmpstr (goal_number (first, 0)->goal_id, ==, thanks);
  g_assert_cmpint (goal_number (first, 0)->reached, ==, 1);
  g_assert_cmpint (goal_number (first, 0)->value, ==, 500);
  g_assert_cmpint (goal_number (first, 0)->with_conversation, ==, 1);
  g_assert_cmpstr (goal_number (first, 0)->agent_id, ==, world->agent->id);
  g_assert_cmpstr (goal_number (first, 0)->trigger_id, ==, trigger_id);
  g_assert_cmpstr (goal_number (first, 0)->site_id, ==, world->site->parent.id);
  number (world, trigger_id, &numbers);
  g_assert_cmpint (numbers.converted, ==, 1);
  /* Each event counts once, however often it is told; its own value goes first. */
  do_it (world, world->visitor, "visit.track", track);
  do_it (world, world->visitor, "visit.track", track);
  do_it (world, world->visitor, "visit.track", track_again);
  both = do_call (world, world->admin, "goal.numbers", "{}");
  g_assert_cmpuint (both->goals->len, ==, 2);
  g_assert_cmpstr (goal_number (both, 0)->goal_id, ==, order);
  g_assert_cmpint (goal_number (both, 0)->reached, ==, 2);
  g_assert_cmpint (goal_number (both, 0)->value, ==, 9900 + 100);
  number (world, trigger_id, &numbers);
  g_assert_cmpint (numbers.converted, ==, 1);
}

static CfVisitListResult *
visits_of (World *world, const CfdCaller *visitor)
{
  return do_call (world, world->agent, "visit.list", "{\"visitor_id\":\"%s\"}", visitor->id);
}

static void
test_tracking (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *here = visit (world, world->visitor, "https://shop.example/"), *theirs = visit (world, world->other_visitor, "https://shop.example/");
  g_autofree char *id = cf_id_new (), *other = cf_id_new (), *page = cf_id_new ();
  g_autofree char *event = g_strdup_printf ("{\"id\":\"%s\",\"visit_id\":\"%s\",\"name\":\"cart\",\"value\":4250,\"data\":[{\"name\":\"item\",\"value\":\"4111 1111 1111 1111\"}]}", id, here);
  g_autofree char *stolen = g_strdup_printf ("{\"id\":\"%s\",\"visit_id\":\"%s\",\"name\":\"cart\"}", other, theirs);
  g_autoptr (CfVisitListResult) mine = NULL, untouched = NULL, gone = NULL;
  g_autoptr (CfdCaller) unasked = cfd_caller_copy (world->visitor);
  const CfVisit *first;
  const CfVisitEvent *kept;

  do_it (world, world->visitor, "visit.track", event);
  do_it (world, world->visitor, "visit.track", stolen);
  /* Nothing before consent where the site asks. */
  unasked->ask_first = TRUE;
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *fresh = cf_id_new ();
      g_autofree char *silent = g_strdup_printf ("{\"id\":\"%s\",\"visit_id\":\"%s\",\"name\":\"cart\"}", fresh, here);

      do_it (world, unasked, "visit.track", silent);
    }
  mine = visits_of (world, world->visitor);
  first = mine->visits->pdata[0];
  g_assert_cmpuint (first->events->len, ==, 1);
  kept = first->events->pdata[0];
  g_assert_cmpstr (kept->name, ==, "cart");
  g_assert_cmpint (kept->value, ==, 4250);
  g_assert_cmpstr (((const CfEventDatum *) kept->data->pdata[0])->value, ==, "•••• •••• •••• 1111");
  untouched = visits_of (world, world->other_visitor);
  g_assert_cmpuint (((const CfVisit *) untouched->visits->pdata[0])->events->len, ==, 0);
  /* So many of one visit. */
  for (guint i = 0; i < CF_EVENTS_MAX + 5; i++)
    {
      g_autofree char *fresh = cf_id_new ();
      g_autofree char *more = g_strdup_printf ("{\"id\":\"%s\",\"visit_id\":\"%s\",\"name\":\"click\"}", fresh, here);

      do_it (world, world->visitor, "visit.track", more);
    }
  g_assert_cmpint (temp_count (world->db, "SELECT count(*) FROM visit_event"), ==, CF_EVENTS_MAX);
  look (world, world->visitor, here, page, "https://shop.example/", 0, TRUE);
  g_assert_cmpint (temp_count (world->db, "SELECT count(*) FROM visit_event"), ==, 0);
}

static void
test_dry_run (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *page = cf_id_new (), *next = cf_id_new (), *here = visit (world, world->visitor, "https://shop.example/");
  g_autofree char *theirs = visit (world, world->other_visitor, "https://shop.example/prices");
  g_autoptr (CfTriggerDryRunResult) prices = NULL, long_ones = NULL, both = NULL, unjudged = NULL, elsewhere = NULL, german = NULL, strangers = NULL;
  g_autofree char *there = g_strdup_printf ("{\"rules\":" URL_RULE ",\"sites\":[\"%s\"]}", world->other_site->parent.id);
  const CfTriggerExample *example;

  look (world, world->visitor, here, page, "https://shop.example/prices", 0, FALSE);
  look (world, world->visitor, here, page, "https://shop.example/prices", 40000, FALSE);
  look (world, world->visitor, here, next, "https://shop.example/cart", 0, FALSE);
  prices = do_call (world, world->admin, "trigger.dry_run", "{\"rules\":%s}", URL_RULE);
  g_assert_cmpint (prices->visits, ==, 2);
  g_assert_cmpint (prices->matched, ==, 2);
  g_assert_false (prices->more);
  g_assert_null (prices->unjudged);
  /* Both on the same page. */
  long_ones = do_call (world, world->admin, "trigger.dry_run", "{\"rules\":{\"conditions\":[{\"kind\":\"url\",\"how\":\"matches\",\"value\":\"*/prices*\"},"
                       "{\"kind\":\"page_time\",\"how\":\"at_least\",\"value\":\"30\"}]}}");
  g_assert_cmpint (long_ones->matched, ==, 1);
  example = long_ones->examples->pdata[0];
  g_assert_cmpstr (example->visitor_id, ==, world->visitor->id);
  g_assert_cmpstr (example->url, ==, "https://shop.example/prices");
  both = do_call (world, world->admin, "trigger.dry_run", "{\"rules\":{\"conditions\":[{\"kind\":\"url\",\"how\":\"matches\",\"value\":\"*/cart\"},"
                  "{\"kind\":\"page_time\",\"how\":\"at_least\",\"value\":\"30\"}]}}");
  g_assert_cmpint (both->matched, ==, 0);
  unjudged = do_call (world, world->admin, "trigger.dry_run", "{\"rules\":{\"conditions\":[{\"kind\":\"url\",\"how\":\"matches\",\"value\":\"*/cart\"},"
                      "{\"kind\":\"exit\",\"how\":\"is\",\"value\":\"yes\"}]}}");
  g_assert_cmpint (unjudged->matched, ==, 1);
  g_assert_cmpstr (unjudged->unjudged[0], ==, "exit");
  german = do_call (world, world->admin, "trigger.dry_run", "{\"rules\":{\"conditions\":[{\"kind\":\"language\",\"how\":\"is\",\"value\":\"de\"}]}}");
  g_assert_cmpint (german->matched, ==, 2);
  elsewhere = do_call (world, world->admin, "trigger.dry_run", "%s", there);
  g_assert_cmpint (elsewhere->visits, ==, 0);
  strangers = do_call (world, world->stranger, "trigger.dry_run", "{\"rules\":%s}", URL_RULE);
  g_assert_cmpint (strangers->visits, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backend/features/automation/glob", test_glob);
  g_test_add_func ("/backend/features/automation/conditions", test_conditions);
  g_test_add_func ("/backend/features/automation/saving", test_saving);
  g_test_add_func ("/backend/features/automation/offers", test_offers);
  g_test_add_func ("/backend/features/automation/must-not", test_must_not);
  g_test_add_func ("/backend/features/automation/acting", test_acting);
  g_test_add_func ("/backend/features/automation/call", test_call);
  g_test_add_func ("/backend/features/automation/department-of-bubble", test_department_of_bubble);
  g_test_add_func ("/backend/features/automation/goals", test_goals);
  g_test_add_func ("/backend/features/automation/tracking", test_tracking);
  g_test_add_func ("/backend/features/automation/dry-run", test_dry_run);
  return g_test_run ();
}

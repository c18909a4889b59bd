/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "backend/features/monitor/place.h"
#include "backend/features/monitor/traffic-source.h"
#include "backend/features/monitor/user-agent.h"
#include "backend/features/monitor/visit-service.h"
#include "places.h"
#include "protocol/error.h"
#include "protocol/id.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_source (void)
{
  static const struct { const char *landing, *referrer, *campaign; CfSource source; } cases[] = {
    { "https://shop.example/", NULL, NULL, CF_SOURCE_DIRECT },
    { "https://shop.example/", "https://shop.example/a", NULL, CF_SOURCE_DIRECT },
    { "https://www.shop.example/", "https://shop.example/a", NULL, CF_SOURCE_DIRECT },
    { "https://shop.example/", "https://www.google.com/", NULL, CF_SOURCE_ORGANIC },
    { "https://shop.example/", "https://www.google.co.uk/search?q=x", NULL, CF_SOURCE_ORGANIC },
    { "https://shop.example/", "https://google.evil.example/", NULL, CF_SOURCE_REFERRAL },
    { "https://shop.example/", "https://notgoogle.com/", NULL, CF_SOURCE_REFERRAL },
    { "https://shop.example/", "https://mail.google.com/", NULL, CF_SOURCE_EMAIL },
    { "https://shop.example/", "https://search.brave.com/search", NULL, CF_SOURCE_ORGANIC },
    { "https://shop.example/", "https://t.co/abc", NULL, CF_SOURCE_SOCIAL },
    { "https://shop.example/", "https://not.co/abc", NULL, CF_SOURCE_REFERRAL },
    { "https://shop.example/", "https://m.facebook.com:443/x", NULL, CF_SOURCE_SOCIAL },
    { "https://shop.example/", "android-app://com.google.android.gm/", NULL, CF_SOURCE_EMAIL },
    { "https://shop.example/", "https://blog.example/post", NULL, CF_SOURCE_REFERRAL },
    { "https://shop.example/?gclid=1", "https://www.google.com/", NULL, CF_SOURCE_PAID },
    { "https://shop.example/?fbclid=1", NULL, NULL, CF_SOURCE_SOCIAL },
    { "https://shop.example/?utm_source=google&utm_medium=CPC&utm_campaign=autumn+sale", "https://www.google.com/", "google / CPC / autumn sale", CF_SOURCE_PAID },
    { "https://shop.example/?utm_source=spring&utm_medium=newsletter", NULL, "spring / newsletter", CF_SOURCE_EMAIL },
    { "https://shop.example/?utm_source=facebook.com", NULL, "facebook.com", CF_SOURCE_REFERRAL },
    { "https://shop.example/?utm_source=facebook", NULL, "facebook", CF_SOURCE_SOCIAL },
    { "https://shop.example/?utm_source=partner&utm_medium=qr", NULL, "partner / qr", CF_SOURCE_REFERRAL },
    { "https://shop.example/?utm_campaign=%00%ff%0a", NULL, "", CF_SOURCE_DIRECT },
    { "not an address", "nor this", NULL, CF_SOURCE_DIRECT },
    { NULL, NULL, NULL, CF_SOURCE_DIRECT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *campaign = NULL;
      CfSource source = cfd_traffic_source (cases[i].landing, cases[i].referrer, &campaign);

      if (source != cases[i].source)
        g_error ("%s from %s: got %s, expected %s", cases[i].landing, cases[i].referrer, cf_source_words[source], cf_source_words[cases[i].source]);
      if (cases[i].campaign == NULL || *cases[i].campaign != '\0')
        g_assert_cmpstr (campaign, ==, cases[i].campaign);
      g_assert_true (campaign == NULL || g_utf8_validate (campaign, -1, NULL));
    }
}

static void
test_user_agent (void)
{
  static const struct { const char *agent, *browser, *system; CfDevice device; } cases[] = {
    { "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:109.0) Gecko/20100101 Firefox/115.0", "Firefox 115", "Windows 10", CF_DEVICE_DESKTOP },
    { "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/118.0.0.0 Safari/537.36", "Chrome 118", "Linux", CF_DEVICE_DESKTOP },
    { "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/118.0.0.0 Safari/537.36 Edg/118.0.2088.46", "Edge 118", "Windows 10", CF_DEVICE_DESKTOP },
    { "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Safari/605.1.15", "Safari 17", "Mac OS X 10", CF_DEVICE_DESKTOP },
    { "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1", "Mobile Safari 17", "iOS 17", CF_DEVICE_PHONE },
    { "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1", "Mobile Safari 16", "iOS 16", CF_DEVICE_TABLET },
    { "Mozilla/5.0 (Linux; Android 13; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/118.0.0.0 Mobile Safari/537.36", "Chrome Mobile 118", "Android 13", CF_DEVICE_PHONE },
    { "Mozilla/5.0 (Linux; Android 13; SM-X906C) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/118.0.0.0 Safari/537.36", "Chrome 118", "Android 13", CF_DEVICE_TABLET },
    { "nothing that anybody knows", NULL, NULL, CF_DEVICE_UNKNOWN },
    { "", NULL, NULL, CF_DEVICE_UNKNOWN },
    { NULL, NULL, NULL, CF_DEVICE_UNKNOWN },
  };
  g_autofree char *long_one = g_strnfill (10000, '(');
  g_autofree char *browser = NULL, *system = NULL;
  CfDevice device;

  cfd_user_agents_configure ("/usr/share/uap-core/regexes.yaml");
  /* Twice: what was found out is remembered. */
  for (guint i = 0; i < 2 * G_N_ELEMENTS (cases); i++)
    {
      guint n = i % G_N_ELEMENTS (cases);
      g_autofree char *its_browser = NULL, *its_system = NULL;

      cfd_user_agent_read (cases[n].agent, &its_browser, &its_system, &device);
      g_assert_cmpstr (its_browser, ==, cases[n].browser);
      g_assert_cmpstr (its_system, ==, cases[n].system);
      g_assert_cmpint (device, ==, cases[n].device);
    }
  cfd_user_agent_read (long_one, &browser, &system, &device);
  g_assert_null (browser);
  cfd_user_agents_configure ("/nowhere/regexes.yaml");
  cfd_user_agent_read (cases[0].agent, &browser, &system, &device);
  g_assert_null (browser);
  g_assert_cmpint (device, ==, CF_DEVICE_DESKTOP);
  cfd_user_agents_configure (NULL);
}

static void
assert_place (const char *address, const char *city, const char *country)
{
  g_autofree char *its_city = NULL, *its_country = NULL;

  cfd_place_find (address, &its_city, &its_country);
  g_assert_cmpstr (its_city, ==, city);
  g_assert_cmpstr (its_country, ==, country);
}

static void
test_place (void)
{
  g_autofree char *folder = g_dir_make_tmp ("chatflow-places-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "cities.mmdb", NULL);

  assert_place ("81.2.69.142", NULL, NULL);
  places_write (path, "Lyon", "France");
  cfd_places_configure (path);
  assert_place ("81.2.69.142", "Lyon", "France");
  assert_place ("82.2.69.142", NULL, NULL);
  assert_place ("2001:db8::1", NULL, NULL);
  assert_place ("not an address", NULL, NULL);
  assert_place (NULL, NULL, NULL);
  /* Another, and one that is broken: as after a restart, without the wait for the next look. */
  places_write (path, "Porto", "Portugal");
  cfd_places_configure (path);
  assert_place ("81.2.69.142", "Porto", "Portugal");
  g_file_set_contents (path, "garbage", -1, NULL);
  cfd_places_configure (path);
  assert_place ("81.2.69.142", NULL, NULL);
  cfd_places_configure ("/nowhere/cities.mmdb");
  assert_place ("81.2.69.142", NULL, NULL);
  cfd_places_configure (NULL);
  g_unlink (path);
  g_rmdir (folder);
}

typedef struct
{
  GPtrArray *looks, *facts;
  gint64 days;
  gboolean more;
} Keeping;

static gboolean
keep (CfdTx *tx, gpointer data, GError **error)
{
  const Keeping *keeping = data;

  return cfd_visits_keep (tx, keeping->looks, keeping->facts, error);
}

static gboolean
trim (CfdTx *tx, gpointer data, GError **error)
{
  Keeping *keeping = data;

  return cfd_visits_trim (tx, keeping->days, &keeping->more, error);
}

static gboolean
find_out (CfdTx *tx, gpointer data, GError **error)
{
  Keeping *keeping = data;

  for (guint i = 0; i < keeping->looks->len; i++)
    {
      CfMonitorVisitor *facts = cfd_visits_find_out (tx, keeping->looks->pdata[i], error);

      if (facts == NULL)
        return FALSE;
      g_ptr_array_add (keeping->facts, facts);
    }
  return TRUE;
}

static CfdLook *
new_look (CfdCaller *visitor, const char *visit, const char *id, const char *title, gint64 at, gint64 visible)
{
  CfdLook *look = g_new0 (CfdLook, 1);

  look->caller = cfd_caller_ref (visitor);
  look->page = cf_struct_new (&cf_visit_page_params_shape);
  look->page->visit_id = g_strdup (visit);
  look->page->id = g_strdup (id);
  look->page->url = g_strdup ("https://shop.example/");
  look->page->title = g_strdup (title);
  look->page->visible = visible;
  look->at = at;
  look->news = TRUE;
  return look;
}

static void
see (World *world, CfdLook *look)
{
  g_autoptr (GPtrArray) looks = g_ptr_array_new_with_free_func ((GDestroyNotify) cfd_look_free);
  g_autoptr (GPtrArray) facts = cf_structs_new ();
  Keeping keeping = { looks, facts };
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (looks, look);
  g_assert_true (world_run (world, CFD_DB_READ, find_out, &keeping, &error));
  g_assert_no_error (error);
  g_assert_true (world_run (world, CFD_DB_WRITE, keep, &keeping, &error));
  g_assert_no_error (error);
}

static CfVisitListResult *
list (World *world, const CfdCaller *caller, const char *visitor)
{
  g_autoptr (GError) error = NULL;
  CfVisitListResult *result = world_call (world, caller, "visit.list", &error, "{\"visitor_id\":\"%s\"}", visitor);

  g_assert_no_error (error);
  return result;
}

static void
test_visits (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *visit = cf_id_new (), *first = cf_id_new (), *second = cf_id_new ();
  gint64 now = cf_now ();
  g_autoptr (CfVisitListResult) mine = NULL, others = NULL, trimmed = NULL, theirs = NULL;
  Keeping keeping = { .days = 90 };
  CfVisit *found;
  g_autoptr (GError) error = NULL;

  see (world, new_look (world->visitor, visit, first, "Home", now, 0));
  see (world, new_look (world->visitor, visit, first, "Home (1)", now + 5000, 5000));
  see (world, new_look (world->visitor, visit, first, "Home (1)", now + 6000, 4000)); /* late: it stays at the most */
  see (world, new_look (world->visitor, visit, second, "Oak", now + 7000, 0));
  /* Neither the visit nor the look of somebody else can be taken. */
  see (world, new_look (world->other_visitor, visit, second, "Stolen", now + 8000, 90000));
  mine = list (world, world->agent, world->visitor->id);
  g_assert_cmpuint (mine->visits->len, ==, 1);
  found = mine->visits->pdata[0];
  g_assert_cmpint (found->began, ==, now);
  g_assert_cmpint (found->ended, ==, now + 7000);
  g_assert_cmpint (found->source, ==, CF_SOURCE_DIRECT);
  g_assert_cmpint (found->n_pages, ==, 2);
  g_assert_cmpstr (((CfPageView *) found->pages->pdata[0])->title, ==, "Oak");
  g_assert_cmpstr (((CfPageView *) found->pages->pdata[1])->title, ==, "Home (1)");
  g_assert_cmpint (((CfPageView *) found->pages->pdata[1])->visible, ==, 5000);
  theirs = list (world, world->agent, world->other_visitor->id);
  g_assert_cmpuint (theirs->visits->len, ==, 0);
  others = list (world, world->stranger, world->visitor->id);
  g_assert_cmpuint (others->visits->len, ==, 0);
  g_assert_true (world_run (world, CFD_DB_WRITE, trim, &keeping, &error));
  g_clear_pointer (&mine, cf_struct_unref);
  mine = list (world, world->agent, world->visitor->id);
  g_assert_cmpuint (mine->visits->len, ==, 1);
  keeping.days = -1;
  g_assert_true (world_run (world, CFD_DB_WRITE, trim, &keeping, &error));
  g_assert_false (keeping.more);
  trimmed = list (world, world->agent, world->visitor->id);
  g_assert_cmpuint (trimmed->visits->len, ==, 0);
}

static void
join (World *world, const char *method, const char *params)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) done = world_call (world, world->agent, method, &error, "%s", params);

  g_assert_no_error (error);
}

/* Whom the staff takes for one person has been where both were, until they are told apart again. */
static void
test_visits_of_merged (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *first = cf_id_new (), *second = cf_id_new (), *one = cf_id_new (), *two = cf_id_new ();
  g_autofree char *mine = world_start (world, world->visitor, "hello"), *other = world_start (world, world->other_visitor, "hello");
  g_autofree char *merge = g_strdup_printf ("{\"id\":\"%s\",\"into\":\"%s\"}", world->other_visitor->id, world->visitor->id);
  g_autofree char *apart = g_strdup_printf ("{\"id\":\"%s\"}", world->other_visitor->id);
  gint64 now = cf_now ();
  g_autoptr (CfVisitListResult) both = NULL, again = NULL;

  see (world, new_look (world->visitor, first, one, "Home", now, 0));
  see (world, new_look (world->other_visitor, second, two, "Oak", now + 1000, 0));
  join (world, "visitor.merge", merge);
  both = list (world, world->agent, world->visitor->id);
  g_assert_cmpuint (both->visits->len, ==, 2);
  g_assert_cmpstr (((CfVisit *) both->visits->pdata[0])->id, ==, second);
  g_assert_cmpstr (((CfVisit *) both->visits->pdata[1])->id, ==, first);
  join (world, "visitor.unmerge", apart);
  again = list (world, world->agent, world->visitor->id);
  g_assert_cmpuint (again->visits->len, ==, 1);
}

/* Only to those who are there; the other cases stand in tests/e2e/monitor.mjs. */
static void
test_start (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = cf_id_new (), *message = cf_id_new ();

  world_refuses (world, world->agent, "conversation.start", CF_ERROR_INVALID, "{\"id\":\"%s\",\"message_id\":\"%s\",\"text\":\"Hi\"}", id, message);
  world_refuses (world, world->agent, "conversation.start", CF_ERROR_CONFLICT,
                 "{\"id\":\"%s\",\"message_id\":\"%s\",\"text\":\"Hi\",\"visitor_id\":\"%s\"}", id, message, world->visitor->id);
  world_refuses (world, world->visitor, "conversation.start", CF_ERROR_FORBIDDEN,
                 "{\"id\":\"%s\",\"message_id\":\"%s\",\"text\":\"Hi\",\"visitor_id\":\"%s\"}", id, message, world->other_visitor->id);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK); /* a broken file is warned of, and is meant to be */
  g_test_add_func ("/features/monitor/source", test_source);
  g_test_add_func ("/features/monitor/user-agent", test_user_agent);
  g_test_add_func ("/features/monitor/place", test_place);
  g_test_add_func ("/features/monitor/visits", test_visits);
  g_test_add_func ("/features/monitor/visits-of-merged", test_visits_of_merged);
  g_test_add_func ("/features/monitor/start", test_start);
  return g_test_run ();
}

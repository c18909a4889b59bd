/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/hub/hub.h"
#include "fake-peer.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/records/conversation.h"
#include "tests/db/temp-db.h"

#include <string.h>

#define GRACE_MS 50
/* More than the time after which somebody without a socket is gone, µs. */
#define LONG_AFTER (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define CROWD 10000
#define LOOKS_MAX 20000 /* as in online.c */

/* One who sees all sites. */
static const CfdCaller everything = { .sites = NULL };

/* Agents and visitors of one organisation. */
typedef struct
{
  TempDb *temp;
  CfdHub *hub;
  CfdOnline *online;
  char *organisation_id, *site_id;
  GPtrArray *subscribers;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->temp = temp_db_new (&cfd_sqlite_driver);
  temp_db_open (f->temp);
  f->hub = cfd_hub_new (f->temp->db, GRACE_MS);
  f->organisation_id = cf_id_new ();
  f->site_id = cf_id_new ();
  f->online = cfd_hub_get_online (f->hub, f->organisation_id);
  f->subscribers = g_ptr_array_new ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  temp_db_close (f->temp);
  for (guint i = 0; i < f->subscribers->len; i++)
    cfd_hub_detach (f->hub, f->subscribers->pdata[i]);
  g_ptr_array_unref (f->subscribers);
  cfd_hub_free (f->hub);
  temp_db_free (f->temp);
  g_free (f->organisation_id);
  g_free (f->site_id);
}

static CfdSubscriber *
attach (Fixture *f, CfdAllow kind, const char *id)
{
  g_autoptr (CfdCaller) caller = cfd_caller_new (kind);
  CfdPeer *peer = fake_peer_new ();
  CfdSubscriber *subscriber;

  caller->organisation_id = cfd_shared_text (f->organisation_id);
  caller->id = id != NULL ? g_strdup (id) : kind == CFD_ALLOW_VISITOR ? NULL : cf_id_new ();
  caller->site_id = cfd_shared_text (f->site_id);
  subscriber = cfd_hub_attach (f->hub, peer, caller, 0, NULL);
  cfd_peer_unref (peer);
  g_ptr_array_add (f->subscribers, subscriber);
  return subscriber;
}

static void
leave (Fixture *f, CfdSubscriber *subscriber)
{
  g_ptr_array_remove (f->subscribers, subscriber);
  cfd_hub_detach (f->hub, subscriber);
}

static void
look (Fixture *f, CfdSubscriber *tab, const char *visit, const char *id, const char *title, gboolean left)
{
  g_autoptr (CfVisitPageParams) page = cf_struct_new (&cf_visit_page_params_shape);
  g_autoptr (GError) error = NULL;

  page->visit_id = g_strdup (visit);
  page->id = g_strdup (id);
  page->url = g_strdup ("https://shop.example/");
  page->title = g_strdup (title);
  page->left = left;
  cfd_online_page (f->online, tab, page, &error);
  g_assert_no_error (error);
}

/* What the next frame tells, NULL without one; other signals are passed over. */
static JsonObject *
next_news (CfdPeer *peer)
{
  const char *text;

  while ((text = fake_peer_next (peer)) != NULL)
    if (strstr (text, "\"method\":\"monitor\"") != NULL)
      {
        g_autoptr (JsonObject) frame = fake_peer_parse (text);

        return json_object_ref (json_object_get_object_member (frame, "params"));
      }
  return NULL;
}

static guint
count (JsonObject *news, const char *member)
{
  return news != NULL && json_object_has_member (news, member) ? json_array_get_length (json_object_get_array_member (news, member)) : 0;
}

static const char *
told (JsonObject *news, guint nth, const char *field)
{
  return json_object_get_string_member_with_default (json_array_get_object_element (json_object_get_array_member (news, "visitors"), nth), field, NULL);
}

/* Many steps within one second are one frame, and only their end is told. */
static void
test_coalesces (Fixture *f, gconstpointer data)
{
  CfdSubscriber *agent = attach (f, CFD_ALLOW_AGENT, NULL), *counting = attach (f, CFD_ALLOW_AGENT, NULL), *idle = attach (f, CFD_ALLOW_AGENT, NULL);
  g_autofree char *id = cf_id_new (), *visit = cf_id_new (), *first = cf_id_new_at (1000), *second = cf_id_new_at (2000);
  CfdSubscriber *tab = attach (f, CFD_ALLOW_VISITOR, id);
  g_autoptr (JsonObject) news = NULL, total = NULL;

  cfd_online_watch (f->online, agent, CF_MONITOR_VISITORS);
  cfd_online_watch (f->online, counting, CF_MONITOR_COUNT);
  look (f, tab, visit, first, "One", FALSE);
  look (f, tab, visit, first, "One", TRUE);
  look (f, tab, visit, second, "Two", FALSE);
  look (f, tab, visit, first, "One", TRUE); /* late: it moves nobody back, and is not counted again */
  cfd_online_tell (f->online, g_get_monotonic_time ());
  news = next_news (agent->peer);
  g_assert_cmpuint (count (news, "visitors"), ==, 1);
  g_assert_cmpstr (told (news, 0, "title"), ==, "Two");
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (json_object_get_array_member (news, "visitors"), 0), "pages"), ==, 2);
  g_assert_null (next_news (agent->peer));
  total = next_news (counting->peer);
  g_assert_cmpint (json_object_get_int_member (total, "total"), ==, 1);
  g_assert_cmpuint (count (total, "visitors"), ==, 0);
  g_assert_null (next_news (idle->peer));
  g_assert_null (next_news (tab->peer));
  cfd_online_tell (f->online, g_get_monotonic_time ());
  g_assert_null (next_news (agent->peer));
}

/* Who goes from page to page is there; who does not come back is gone, and the last tab counts. */
static void
test_leaves (Fixture *f, gconstpointer data)
{
  CfdSubscriber *agent = attach (f, CFD_ALLOW_AGENT, NULL);
  g_autofree char *id = cf_id_new (), *visit = cf_id_new (), *first = cf_id_new ();
  CfdSubscriber *tab = attach (f, CFD_ALLOW_VISITOR, id), *other = attach (f, CFD_ALLOW_VISITOR, id);
  g_autoptr (CfdCaller) here = NULL, stranger = NULL, gone = NULL;
  g_autoptr (JsonObject) news = NULL, end = NULL;

  look (f, tab, visit, first, "One", FALSE);
  look (f, other, visit, first, "One", FALSE);
  cfd_online_watch (f->online, agent, CF_MONITOR_VISITORS);
  leave (f, tab);
  cfd_online_tell (f->online, g_get_monotonic_time () + LONG_AFTER);
  news = next_news (agent->peer);
  g_assert_cmpuint (count (news, "gone"), ==, 0);
  leave (f, other);
  cfd_online_tell (f->online, g_get_monotonic_time ());
  g_assert_null (next_news (agent->peer));
  here = cfd_online_find (f->organisation_id, id);
  g_assert_nonnull (here);
  stranger = cfd_online_find (f->site_id, id);
  g_assert_null (stranger);
  cfd_online_tell (f->online, g_get_monotonic_time () + LONG_AFTER);
  end = next_news (agent->peer);
  g_assert_cmpuint (count (end, "gone"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (end, "total"), ==, 0);
  gone = cfd_online_find (f->organisation_id, id);
  g_assert_null (gone);
}

/* An agent who does not keep up misses news, and is told so. */
static void
test_behind (Fixture *f, gconstpointer data)
{
  CfdSubscriber *agent = attach (f, CFD_ALLOW_AGENT, NULL);
  g_autofree char *id = cf_id_new (), *visit = cf_id_new (), *first = cf_id_new ();
  CfdSubscriber *tab = attach (f, CFD_ALLOW_VISITOR, id);
  g_autoptr (JsonObject) news = NULL;

  cfd_online_watch (f->online, agent, CF_MONITOR_VISITORS);
  agent->peer->behind = TRUE;
  look (f, tab, visit, first, "One", FALSE);
  cfd_online_tell (f->online, g_get_monotonic_time ());
  g_assert_null (next_news (agent->peer));
  agent->peer->behind = FALSE;
  cfd_online_tell (f->online, g_get_monotonic_time ());
  news = next_news (agent->peer);
  g_assert_true (json_object_get_boolean_member (news, "again"));
  g_assert_null (next_news (agent->peer));
}

static void
test_nobody (Fixture *f, gconstpointer data)
{
  CfdSubscriber *tab = attach (f, CFD_ALLOW_VISITOR, NULL);
  g_autoptr (CfVisitPageParams) page = cf_struct_new (&cf_visit_page_params_shape);
  g_autoptr (GError) error = NULL;

  g_assert_false (cfd_online_page (f->online, tab, page, &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_UNAUTHENTICATED);
}

/* A crowd goes from page to page. Says what it costs; how much that may be, depends on the machine. */
static void
test_crowd (Fixture *f, gconstpointer data)
{
  CfdSubscriber *agent = attach (f, CFD_ALLOW_AGENT, NULL);
  g_autoptr (GPtrArray) tabs = g_ptr_array_new (), visits = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CfMonitorListParams) params = cf_struct_new (&cf_monitor_list_params_shape);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) looks = NULL;
  gint64 began, moved, listed;
  guint frames = 0, bytes = 0;
  JsonObject *news;
  gboolean more = TRUE;

  for (guint i = 0; i < CROWD; i++)
    {
      g_autofree char *id = cf_id_new ();

      g_ptr_array_add (tabs, attach (f, CFD_ALLOW_VISITOR, id));
      g_ptr_array_add (visits, cf_id_new ());
    }
  cfd_online_watch (f->online, agent, CF_MONITOR_VISITORS);
  began = g_get_monotonic_time ();
  for (guint i = 0; i < CROWD; i++)
    {
      g_autofree char *id = cf_id_new ();

      look (f, tabs->pdata[i], visits->pdata[i], id, "A page of the shop with a title as they are", FALSE);
    }
  moved = g_get_monotonic_time () - began;
  began = g_get_monotonic_time ();
  /* A second of news is bounded; who waits for the next one is not forgotten. */
  for (guint turn = 0; turn < CROWD / 1000; turn++)
    {
      guint before = agent->peer->sent->len;

      cfd_online_tell (f->online, g_get_monotonic_time ());
      g_assert_cmpuint (agent->peer->sent->len - before, <=, 11);
    }
  g_test_message ("%d looks at a page: %.2f us each; telling of them: %.2f us each", CROWD, (double) moved / CROWD,
                  (double) (g_get_monotonic_time () - began) / CROWD);
  for (guint i = 0; i < agent->peer->sent->len; i++)
    bytes += strlen (agent->peer->sent->pdata[i]);
  while ((news = next_news (agent->peer)) != NULL)
    {
      guint n = count (news, "visitors");

      frames++;
      g_assert_cmpuint (n, <=, CF_MONITOR_FRAME_MAX);
      for (guint i = 0; i < n; i++)
        g_hash_table_add (seen, g_strdup (told (news, i, "id")));
      json_object_unref (news);
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, CROWD);
  g_test_message ("%u frames, %u bytes for each visitor", frames, bytes / CROWD);
  g_hash_table_remove_all (seen);
  params->limit = CF_PAGE_MAX;
  began = g_get_monotonic_time ();
  while (more)
    {
      g_autoptr (CfMonitorListResult) page = cfd_online_list (f->online, &everything, params);

      for (guint i = 0; i < page->visitors->len; i++)
        g_assert_true (g_hash_table_add (seen, g_strdup (((CfMonitorVisitor *) page->visitors->pdata[i])->id)));
      g_free (params->before);
      params->before = g_strdup (((CfMonitorVisitor *) page->visitors->pdata[page->visitors->len - 1])->id);
      more = page->more;
    }
  listed = g_get_monotonic_time () - began;
  g_assert_cmpuint (g_hash_table_size (seen), ==, CROWD);
  g_test_message ("listing all of them: %.2f us each", (double) listed / CROWD);
  looks = cfd_hub_take_looks (f->hub);
  g_assert_cmpuint (looks->len, ==, CROWD);
}

/* Who does not see a site is told of nobody there: neither who comes nor who goes, nor how many they are. */
static void
test_other_sites (Fixture *f, gconstpointer data)
{
  g_autofree char *id = cf_id_new (), *far_id = cf_id_new (), *far_site = cf_id_new (), *visit = cf_id_new (), *page = cf_id_new ();
  CfdSubscriber *agent = attach (f, CFD_ALLOW_AGENT, NULL), *tab = attach (f, CFD_ALLOW_VISITOR, id), *far;
  CfdCaller *limited = cfd_caller_copy (agent->caller);
  g_autoptr (CfMonitorListParams) params = cf_struct_new (&cf_monitor_list_params_shape);
  g_autoptr (CfMonitorListResult) seen = NULL, all = NULL;
  g_autofree char *own_site = g_steal_pointer (&f->site_id);
  JsonObject *news;

  limited->sites = g_strdupv ((char *[]) { own_site, NULL });
  cfd_subscriber_set_caller (agent, limited);
  f->site_id = g_strdup (far_site);
  far = attach (f, CFD_ALLOW_VISITOR, far_id);
  cfd_online_watch (f->online, agent, CF_MONITOR_VISITORS);
  look (f, tab, visit, page, "Ours", FALSE);
  look (f, far, visit, page, "Theirs", FALSE);
  cfd_online_tell (f->online, g_get_monotonic_time ());
  news = next_news (agent->peer);
  g_assert_cmpuint (count (news, "visitors"), ==, 1);
  g_assert_cmpstr (told (news, 0, "id"), ==, id);
  g_assert_cmpint (json_object_get_int_member (news, "total"), ==, 1);
  json_object_unref (news);
  seen = cfd_online_list (f->online, limited, params);
  all = cfd_online_list (f->online, &everything, params);
  g_assert_cmpint (seen->total, ==, 1);
  g_assert_cmpuint (seen->visitors->len, ==, 1);
  g_assert_cmpint (all->total, ==, 2);
  g_assert_cmpuint (all->visitors->len, ==, 2);
  leave (f, far);
  cfd_online_tell (f->online, g_get_monotonic_time () + LONG_AFTER);
  g_assert_null (next_news (agent->peer));
  leave (f, tab);
  cfd_online_tell (f->online, g_get_monotonic_time () + LONG_AFTER);
  news = next_news (agent->peer);
  g_assert_cmpuint (count (news, "gone"), ==, 1);
  g_assert_cmpint (json_object_get_int_member_with_default (news, "total", 0), ==, 0);
  json_object_unref (news);
}

/* What waits for the disk has a limit; what is beyond it is counted, and there is room again when it was taken. */
static void
test_full (Fixture *f, gconstpointer data)
{
  g_autofree char *id = cf_id_new (), *visit = cf_id_new (), *page = cf_id_new ();
  CfdSubscriber *tab = attach (f, CFD_ALLOW_VISITOR, id);
  g_autoptr (GPtrArray) looks = NULL, again = NULL;
  CfdHubStats stats;

  for (guint i = 0; i < LOOKS_MAX + 3; i++)
    look (f, tab, visit, page, "A page", FALSE);
  cfd_hub_get_stats (f->hub, &stats);
  g_assert_cmpuint (stats.lost, ==, 3);
  looks = cfd_hub_take_looks (f->hub);
  g_assert_cmpuint (looks->len, ==, LOOKS_MAX);
  look (f, tab, visit, page, "A page", FALSE);
  again = cfd_hub_take_looks (f->hub);
  g_assert_cmpuint (again->len, ==, 1);
  cfd_hub_get_stats (f->hub, &stats);
  g_assert_cmpuint (stats.lost, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add ("/hub/online/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  TEST (coalesces);
  TEST (leaves);
  TEST (behind);
  TEST (nobody);
  TEST (crowd);
  TEST (other_sites);
  TEST (full);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cache/cache.h"
#include "app/cache/folder.h"
#include "app/cache/view.h"
#include "app/features/session/write.h"

#include "open-cache.h"

#include "protocol/id.h"
#include "protocol/records/conversation.h"
#include "protocol/records/saved-view.h"

#define SERVER "https://chat.example.com"
#define MINUTE_MS G_GINT64_CONSTANT (60000)

typedef struct
{
  char *agent_id;
  CfaCache *cache;
  gint64 rev;
} World;

static void
set_up (World *world, gconstpointer data)
{
  world->agent_id = cf_id_new ();
  world->cache = open_cache (SERVER, world->agent_id);
}

static void
tear_down (World *world, gconstpointer data)
{
  wait_idle ();
  g_assert_finalize_object (world->cache);
  g_free (world->agent_id);
}

static CfaDelta *
finish (GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;
  CfaDelta *delta;

  wait_until (*result != NULL);
  delta = cfa_cache_delta_finish (*result, &error);
  g_assert_no_error (error);
  g_clear_object (result);
  return delta;
}

/* @record: (transfer full): */
static CfaDelta *
apply (World *world, gpointer record)
{
  g_autoptr (GPtrArray) records = cf_structs_new ();
  GAsyncResult *result = NULL;

  ((CfRecord *) record)->rev = world->rev + 1;
  g_ptr_array_add (records, record);
  cfa_cache_apply_changes_async (world->cache, world->rev, world->rev + 1, FALSE, records, wait_keep_result, &result);
  world->rev++;
  return finish (&result);
}

static void
put (World *world, gpointer record)
{
  cfa_delta_free (apply (world, record));
}

static CfConversation *
new_conversation (const char *id)
{
  CfConversation *record = cf_struct_new (&cf_conversation_shape);

  record->parent.id = id != NULL ? g_strdup (id) : cf_id_new ();
  record->visitor_id = cf_id_new ();
  record->last_message_at = cf_now ();
  return record;
}

static CfSavedView *
new_view (const char *id)
{
  CfSavedView *view = cf_struct_new (&cf_saved_view_shape);

  view->parent.id = g_strdup (id);
  view->name = g_strdup ("Slow ones");
  return view;
}

static CfaInboxSlice *
slice (World *world, const char *folder)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CfaInboxSlice *found;

  cfa_cache_slice_async (world->cache, folder, CFA_ORDER_NEWEST, 0, 100, wait_keep_result, &result);
  wait_until (result != NULL);
  found = cfa_cache_slice_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->count.n, ==, found->rows->len);
  return found;
}

static guint
count (World *world, const char *folder)
{
  g_autoptr (CfaInboxSlice) found = slice (world, folder);

  return found->count.n;
}

static guint
counted (const CfaDelta *delta, const char *folder)
{
  const CfaCount *n = g_hash_table_lookup (delta->counts, folder);

  return n != NULL ? n->n : G_MAXUINT;
}

/* A view that comes finds what is here; what comes later finds its view; what it asks for may change; it may go. */
static void
test_life (World *world, gconstpointer data)
{
  g_autofree char *id = cf_id_new (), *tag = cf_id_new (), *first = cf_id_new (), *folder = cfa_folder_of_view (id);
  char *tags[] = { tag, NULL };
  CfConversation *conversation = new_conversation (first);
  CfSavedView *view = new_view (id);
  g_autoptr (CfaDelta) came = NULL, grew = NULL, went = NULL;

  conversation->tags = g_strdupv (tags);
  put (world, conversation);
  put (world, new_conversation (NULL));
  view->tag_id = g_strdup (tag);
  view->status = CF_VIEW_STATUS_OPEN;
  came = apply (world, view);
  g_assert_cmpuint (counted (came, folder), ==, 1);
  g_assert_cmpuint (count (world, folder), ==, 1);

  conversation = new_conversation (NULL);
  conversation->tags = g_strdupv (tags);
  cfa_cache_watch (world->cache, folder, CFA_ORDER_NEWEST);
  grew = apply (world, conversation);
  g_assert_cmpuint (counted (grew, folder), ==, 2);
  g_assert_cmpuint (grew->moves->len, ==, 1);
  g_assert_cmpint (g_array_index (grew->moves, CfaMove, 0).to, ==, 0);

  conversation = new_conversation (first);
  conversation->status = CF_CONVERSATION_CLOSED;
  conversation->tags = g_strdupv (tags);
  put (world, conversation);
  g_assert_cmpuint (count (world, folder), ==, 1);

  view = new_view (id);
  put (world, view);
  g_assert_cmpuint (count (world, folder), ==, 3);

  view = new_view (id);
  view->parent.deleted = TRUE;
  went = apply (world, view);
  g_assert_cmpuint (counted (went, folder), ==, 0);
  g_assert_cmpuint (count (world, folder), ==, 0);
}

/* What the agent does is in the view before the server knows of it. */
static void
test_outbox (World *world, gconstpointer data)
{
  g_autofree char *id = cf_id_new (), *first = cf_id_new (), *folder = cfa_folder_of_view (id);
  g_autoptr (CfaOutboxRow) write = cfa_write_new_action ("conversation.accept", first);
  CfSavedView *view = new_view (id);
  GAsyncResult *result = NULL;

  view->assignee = CF_VIEW_ASSIGNEE_ME;
  put (world, view);
  put (world, new_conversation (first));
  g_assert_cmpuint (count (world, folder), ==, 0);
  cfa_cache_enqueue_async (world->cache, write, wait_keep_result, &result);
  cfa_delta_free (finish (&result));
  g_assert_cmpuint (count (world, folder), ==, 1);
}

/* Time alone brings a visitor who waits into a view. */
static void
test_ripens (World *world, gconstpointer data)
{
  g_autofree char *id = cf_id_new (), *folder = cfa_folder_of_view (id);
  CfConversation *waiting = new_conversation (NULL);
  gint64 now = cf_now ();
  CfSavedView *view = new_view (id);
  g_autoptr (CfaDelta) early = NULL;
  GAsyncResult *result = NULL;

  view->waiting_over = 10 * MINUTE_MS;
  put (world, view);
  /* Both can only have been waiting for too short a time, whatever the clock does while this runs. */
  waiting->waiting_since = now + 60 * MINUTE_MS;
  put (world, waiting);
  put (world, new_conversation (NULL));
  cfa_cache_ripen_async (world->cache, now + 69 * MINUTE_MS, wait_keep_result, &result);
  early = finish (&result);
  g_assert_cmpuint (count (world, folder), ==, 0);
  g_assert_cmpuint (early->conversations->len, ==, 0);
}

/* One that waits longer than is asked for is in it as soon as the cache looks, once. */
static void
test_ripe (World *world, gconstpointer data)
{
  g_autofree char *id = cf_id_new (), *folder = cfa_folder_of_view (id);
  CfConversation *waiting = new_conversation (NULL);
  CfSavedView *view = new_view (id);
  g_autoptr (CfaDelta) first = NULL, second = NULL;
  GAsyncResult *result = NULL;

  view->waiting_over = 10 * MINUTE_MS;
  put (world, view);
  waiting->waiting_since = cf_now () - 20 * MINUTE_MS;
  put (world, waiting);
  g_assert_cmpuint (count (world, folder), ==, 1);
  cfa_cache_ripen_async (world->cache, cf_now (), wait_keep_result, &result);
  first = finish (&result);
  g_assert_cmpuint (first->conversations->len, ==, 1); /* looked at, and found where it is */
  g_assert_cmpuint (first->moves->len, ==, 0);
  cfa_cache_ripen_async (world->cache, cf_now () + 1, wait_keep_result, &result);
  second = finish (&result);
  g_assert_cmpuint (second->conversations->len, ==, 0);
}

/* Each filter by itself lets through what it names and keeps out the rest. */
static void
test_filters (void)
{
  const char *me = "0190a000-0000-7000-8000-000000000001", *other = "0190a000-0000-7000-8000-000000000002";
  g_auto (CfaPlace) place = { TRUE };
  struct { CfSavedView view; gboolean shown; } cases[] = {
    { { .status = CF_VIEW_STATUS_ANY }, TRUE },
    { { .status = CF_VIEW_STATUS_OPEN }, TRUE },
    { { .status = CF_VIEW_STATUS_SNOOZED }, FALSE },
    { { .status = CF_VIEW_STATUS_CLOSED }, FALSE },
    { { .assignee = CF_VIEW_ASSIGNEE_ME }, TRUE },
    { { .assignee = CF_VIEW_ASSIGNEE_NONE }, FALSE },
    { { .assignee = CF_VIEW_ASSIGNEE_AGENT, .assignee_id = (char *) me }, TRUE },
    { { .assignee = CF_VIEW_ASSIGNEE_AGENT, .assignee_id = (char *) other }, FALSE },
    { { .site_id = (char *) other }, TRUE },
    { { .site_id = (char *) me }, FALSE },
    { { .department_id = (char *) me }, FALSE },
    { { .tag_id = (char *) me }, TRUE },
    { { .tag_id = (char *) "0190a000-0000-7000-8000-000000000003" }, FALSE },
    { { .mood = CF_MOOD_NEGATIVE }, TRUE },
    { { .mood = CF_MOOD_POSITIVE }, FALSE },
    { { .waiting_over = 5 * MINUTE_MS }, TRUE },
    { { .waiting_over = 6 * MINUTE_MS }, FALSE },
  };

  place.box = CFA_BOX_MINE;
  place.assignee_id = g_strdup (me);
  place.site_id = g_strdup (other);
  place.tags = g_strdup_printf (" %s %s ", other, me);
  place.mood = CF_MOOD_NEGATIVE;
  place.wait = CFA_PLACE_WAITS - 1000 * MINUTE_MS;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (cfa_view_shows (&cases[i].view, &place, me, 1005 * MINUTE_MS) != cases[i].shown)
      g_error ("case %u: expected %s", i, cases[i].shown ? "it to be shown" : "it not to be shown");
  place.there = FALSE;
  g_assert_false (cfa_view_shows (&cases[0].view, &place, me, 0));
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("chatflow-views-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/views/filters", test_filters);
  g_test_add ("/app/views/life", World, NULL, set_up, test_life, tear_down);
  g_test_add ("/app/views/outbox", World, NULL, set_up, test_outbox, tear_down);
  g_test_add ("/app/views/ripens", World, NULL, set_up, test_ripens, tear_down);
  g_test_add ("/app/views/ripe", World, NULL, set_up, test_ripe, tear_down);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cache/folder.h"
#include "app/features/conversations/conversation-list-private.h"
#include "app/features/conversations/conversation-private.h"
#include "app/features/conversations/message-list-private.h"
#include "app/features/conversations/sparse-rows.h"
#include "app/features/session/write.h"

#include "open-cache.h"

#include "protocol/id.h"
#include "protocol/records/message.h"
#include "protocol/records/site.h"

#include <sqlite3.h>

/* A list model and the order that it shows, followed by items-changed alone as a widget does. */
typedef struct
{
  GListModel *model;
  GPtrArray *copy;
  guint changes;
  guint removed, added;
} Follower;

/* What a conversation of the cache must look like, worked out by hand. */
typedef struct
{
  char *id;
  gboolean there;
  CfConversationStatus status;
  char assignee; /* 'm' me, 'c' a colleague, '-' nobody */
  gint64 time;
  gint64 waiting; /* since when; 0 = not */
  gboolean snoozed;
  gboolean mentioned;
  char department; /* 'd' the one that is looked at, 'e' another, '-' none */
  guint unread;
  GPtrArray *writes; /* of CfaOutboxRow */
} Model;

/* Every inbox, one department and one site; @world->orders says in which order. */
#define N_LISTS (CFA_N_INBOXES + 2)
#define DEPARTMENT "0190a000-0000-7000-8000-00000000000d"
#define ELSEWHERE "0190a000-0000-7000-8000-00000000000e"

typedef struct
{
  char *me;
  CfaOrder orders[N_LISTS];
  CfaCache *cache;
  CfaConversations *all;
  Follower followers[N_LISTS];
  gint64 rev;
} World;

static void
follow (GListModel *model, guint position, guint removed, guint added, Follower *self)
{
  self->changes++;
  self->removed += removed;
  self->added += added;
  g_assert_cmpuint (position + removed, <=, self->copy->len);
  if (removed > 0)
    g_ptr_array_remove_range (self->copy, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (self->copy, position + i, g_list_model_get_item (model, position + i));
}

static void
open_world (World *world)
{
  world->cache = open_cache ("https://chat.example.com", world->me);
}

static void
set_up (World *world, gconstpointer data)
{
  world->me = cf_id_new ();
  open_world (world);
}

static CfaConversationList *
nth_list (World *world, guint i)
{
  g_autofree char *site = cfa_folder_of_site (world->me);
  const char *others[] = { "department:" DEPARTMENT, site };

  return cfa_conversations_get_folder (world->all, i < CFA_N_INBOXES ? cfa_folder_of_inbox (i) : others[i - CFA_N_INBOXES]);
}

static void
begin (World *world)
{
  world->all = cfa_conversations_new (world->me, "Ana", world->cache);
  cfa_conversations_begin (world->all);
  for (guint i = 0; i < N_LISTS; i++)
    {
      cfa_conversation_list_set_order (nth_list (world, i), world->orders[i]);
      wait_until (!cfa_conversation_list_get_loading (nth_list (world, i)));
    }
  wait_idle ();
}

static void
begin_following (World *world)
{
  begin (world);
  for (guint i = 0; i < N_LISTS; i++)
    {
      Follower *follower = &world->followers[i];

      follower->model = G_LIST_MODEL (nth_list (world, i));
      follower->copy = g_ptr_array_new_with_free_func (g_object_unref);
      follow (follower->model, 0, 0, g_list_model_get_n_items (follower->model), follower);
      g_signal_connect (follower->model, "items-changed", G_CALLBACK (follow), follower);
    }
}

static void
tear_down (World *world, gconstpointer data)
{
  for (guint i = 0; i < N_LISTS; i++)
    g_clear_pointer (&world->followers[i].copy, g_ptr_array_unref);
  if (world->all != NULL)
    {
      wait_idle ();
      g_assert_finalize_object (g_steal_pointer (&world->all));
    }
  wait_idle ();
  g_assert_finalize_object (g_steal_pointer (&world->cache));
  g_free (world->me);
}

static void
take_delta (World *world, GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaDelta) delta = NULL;

  wait_until (*result != NULL);
  delta = cfa_cache_delta_finish (*result, &error);
  g_assert_no_error (error);
  g_clear_object (result);
  cfa_conversations_follow (world->all, delta);
}

static void
apply (World *world, GPtrArray *records)
{
  GAsyncResult *result = NULL;

  cfa_cache_apply_answer_async (world->cache, records, NULL, NULL, wait_keep_result, &result);
  take_delta (world, &result);
}

static CfConversation *
record_of (World *world, const Model *model)
{
  CfConversation *record = cf_struct_new (&cf_conversation_shape);

  record->parent.id = g_strdup (model->id);
  record->parent.rev = ++world->rev;
  record->parent.deleted = !model->there;
  record->visitor_id = g_strdup (model->id);
  record->site_id = g_strdup (world->me);
  record->status = model->status;
  record->assignee_id = g_strdup (model->assignee == 'm' ? world->me : model->assignee == 'c' ? model->id : NULL);
  record->last_message_at = model->time;
  record->waiting_since = model->waiting;
  record->snoozed_until = model->snoozed ? G_MAXINT32 : 0;
  record->department_id = g_strdup (model->department == 'd' ? DEPARTMENT : model->department == 'e' ? ELSEWHERE : NULL);
  return record;
}

static void
say (World *world, Model *model, GPtrArray *records)
{
  CfMessage *message = cf_struct_new (&cf_message_shape);

  message->parent.id = cf_id_new ();
  message->parent.rev = ++world->rev;
  message->conversation_id = g_strdup (model->id);
  message->position = message->parent.rev;
  message->author_kind = CF_AUTHOR_VISITOR;
  message->text = g_strdup ("x");
  g_ptr_array_add (records, message);
  model->unread++;
}

/* A colleague's note calls this agent. */
static void
call (World *world, Model *model, GPtrArray *records)
{
  const char *mentions[] = { ELSEWHERE, world->me, NULL };
  CfMessage *note = cf_struct_new (&cf_message_shape);

  note->parent.id = cf_id_new ();
  note->parent.rev = ++world->rev;
  note->conversation_id = g_strdup (model->id);
  note->position = note->parent.rev;
  note->kind = CF_MESSAGE_NOTE;
  note->author_kind = CF_AUTHOR_AGENT;
  note->mentions = g_strdupv ((char **) mentions);
  g_ptr_array_add (records, note);
  model->mentioned = TRUE;
}

static void
change (World *world, Model *model, GPtrArray *records)
{
  model->there = g_test_rand_int_range (0, 8) > 0;
  model->status = g_test_rand_bit () ? CF_CONVERSATION_OPEN : CF_CONVERSATION_CLOSED;
  model->assignee = "mc-"[g_test_rand_int_range (0, 3)];
  model->snoozed = g_test_rand_int_range (0, 5) == 0;
  model->department = "de-"[g_test_rand_int_range (0, 3)];
  model->waiting = g_test_rand_bit () ? (gint64) g_test_rand_int_range (1, 40) * 11 * 60 * 60 * 1000 : 0;
  model->time = (gint64) g_test_rand_int_range (1, 40) * 10 * 60 * 60 * 1000; /* over many days */
  if (model->there && g_test_rand_bit ())
    say (world, model, records);
  if (model->there && g_test_rand_int_range (0, 6) == 0)
    call (world, model, records);
  g_ptr_array_add (records, record_of (world, model));
}

static void
act (World *world, Model *model)
{
  g_autoptr (CfaOutboxRow) row = NULL;
  GAsyncResult *result = NULL;

  switch (g_test_rand_int_range (0, 8))
    {
    case 5: row = cfa_write_new_snooze (model->id, g_test_rand_bit () ? G_MAXINT32 : 0); break;
    case 6: row = cfa_write_new_transfer (model->id, NULL, DEPARTMENT, "look at this"); break;
    case 7: row = cfa_write_new_action ("conversation.accept", model->id); break;
    case 0: row = cfa_write_new_action ("conversation.close", model->id); break;
    case 1: row = cfa_write_new_action ("conversation.reopen", model->id); break;
    case 2: row = cfa_write_new_action ("conversation.unassign", model->id); break;
    case 3: row = cfa_write_new_assign (model->id, world->me); break;
    default: row = cfa_write_new_text (NULL, model->id, "x", FALSE, NULL, NULL, NULL, -1); break;
    }
  g_ptr_array_add (model->writes, cfa_outbox_row_ref (row));
  cfa_conversations_set_writes (world->all, model->id, model->writes, TRUE);
  cfa_cache_enqueue_async (world->cache, row, wait_keep_result, &result);
  take_delta (world, &result);
}

/* The first write of the conversation is refused, or it is done. */
static void
answer (World *world, Model *model)
{
  GAsyncResult *result = NULL;
  CfaOutboxRow *first = model->writes->len > 0 ? model->writes->pdata[0] : NULL, *failed;

  if (first == NULL)
    return;
  if (g_test_rand_bit ())
    {
      failed = cfa_outbox_row_copy (first);
      failed->failed = CFA_REFUSAL_FINAL;
      cfa_outbox_row_unref (first);
      model->writes->pdata[0] = failed;
      cfa_conversations_set_writes (world->all, model->id, model->writes, TRUE);
      cfa_cache_mark_async (world->cache, failed->id, CFA_REFUSAL_FINAL, "no", wait_keep_result, &result);
    }
  else
    {
      cfa_cache_apply_answer_async (world->cache, NULL, first->id, NULL, wait_keep_result, &result);
      wait_until (result != NULL);
      g_ptr_array_remove_index (model->writes, 0);
      cfa_conversations_set_writes (world->all, model->id, model->writes, FALSE);
    }
  take_delta (world, &result);
}

/* The effect of the writes, by docs/protocol.md. */
static Model
seen (const Model *model)
{
  Model view = *model;

  for (guint i = 0; i < model->writes->len; i++)
    {
      const CfaOutboxRow *write = model->writes->pdata[i];

      if (write->failed)
        continue;
      if (g_str_equal (write->method, "conversation.close"))
        view.status = CF_CONVERSATION_CLOSED;
      else if (g_str_equal (write->method, "conversation.reopen") || g_str_equal (write->method, "message.send"))
        view.status = CF_CONVERSATION_OPEN;
      if (g_str_equal (write->method, "conversation.snooze"))
        view.snoozed = strstr (write->params, "\"until\":0") == NULL;
      if (g_str_equal (write->method, "conversation.transfer"))
        {
          view.assignee = '-';
          view.department = 'd';
          view.snoozed = FALSE;
        }
      if (g_str_equal (write->method, "conversation.assign") || g_str_equal (write->method, "conversation.accept"))
        view.assignee = 'm';
      else if (g_str_equal (write->method, "conversation.unassign"))
        view.assignee = '-';
      else if (g_str_equal (write->method, "message.send"))
        {
          view.time = MAX (view.time, write->created_at);
          view.waiting = 0;
          view.assignee = view.assignee == '-' ? 'm' : view.assignee;
        }
    }
  return view;
}

/* Newest first. */
static int
compare_models (gconstpointer a, gconstpointer b, gpointer data)
{
  const Model *left = a, *right = b;
  CfaOrder order = GPOINTER_TO_INT (data);

  if (order == CFA_ORDER_OLDEST)
    return compare_models (b, a, GINT_TO_POINTER (CFA_ORDER_NEWEST));
  if (order == CFA_ORDER_WAITING && (left->waiting > 0) != (right->waiting > 0))
    return left->waiting > 0 ? -1 : 1;
  if (order == CFA_ORDER_WAITING && left->waiting != right->waiting)
    return left->waiting < right->waiting ? -1 : 1;
  if ((order == CFA_ORDER_NEWEST || left->waiting == 0) && left->time != right->time)
    return left->time > right->time ? -1 : 1;
  return g_strcmp0 (right->id, left->id);
}

static gboolean
belongs (const Model *view, guint list)
{
  gboolean open = view->status == CF_CONVERSATION_OPEN;
  gboolean awake = open && !view->snoozed;

  if (!view->there)
    return FALSE;
  switch (list)
    {
    case CFA_INBOX_MINE: return awake && view->assignee == 'm';
    case CFA_INBOX_UNASSIGNED: return awake && view->assignee == '-';
    case CFA_INBOX_MENTIONS: return open && view->mentioned;
    case CFA_INBOX_ALL: return awake;
    case CFA_INBOX_SNOOZED: return open && view->snoozed;
    case CFA_INBOX_CLOSED: return !open;
    case CFA_N_INBOXES: return awake && view->department == 'd';
    default: return awake; /* all are of one site */
    }
}

static gboolean
is_whole (Follower *self)
{
  for (guint i = 0; i < self->copy->len; i++)
    if (cfa_conversation_get_loading (self->copy->pdata[i]))
      return FALSE;
  return TRUE;
}

static void
check (World *world, guint list, const Model *models, guint n)
{
  Follower *self = &world->followers[list];
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (Model));
  const char *folder;
  guint unread = 0;

  for (guint i = 0; i < n; i++)
    {
      Model view = seen (&models[i]);

      if (belongs (&view, list))
        g_array_append_val (wanted, view);
    }
  g_array_sort_with_data (wanted, compare_models, GINT_TO_POINTER (world->orders[list]));
  wait_until (is_whole (self));
  g_assert_cmpuint (self->copy->len, ==, wanted->len);
  g_assert_cmpuint (g_list_model_get_n_items (self->model), ==, wanted->len);
  g_assert_null (g_list_model_get_item (self->model, wanted->len));
  for (guint i = 0; i < wanted->len; i++)
    {
      const Model *view = &g_array_index (wanted, Model, i);
      g_autoptr (CfaConversation) conversation = g_list_model_get_item (self->model, i);

      g_assert_true (conversation == self->copy->pdata[i]);
      g_assert_cmpstr (cfa_conversation_get_id (conversation), ==, view->id);
      g_assert_cmpint (cfa_conversation_get_last_message_at (conversation), ==, view->time);
      g_assert_cmpint (cfa_conversation_get_status (conversation), ==, view->status);
      g_assert_cmpuint (cfa_conversation_get_unread (conversation), ==, view->unread);
      g_assert_true (cfa_conversations_get (world->all, view->id) == conversation);
      unread += view->unread > 0 && view->status == CF_CONVERSATION_OPEN ? 1 : 0;
    }
  g_assert_cmpuint (cfa_conversation_list_get_unread (CFA_CONVERSATION_LIST (self->model)), ==, unread);
  folder = cfa_conversation_list_get_folder (CFA_CONVERSATION_LIST (self->model));
  g_assert_cmpuint (cfa_conversations_get_count (world->all, folder).n, ==, wanted->len);
  g_assert_cmpuint (cfa_conversations_get_count (world->all, folder).unread, ==, unread);
}

static void
random_step (World *world, Model *models, guint n)
{
  g_autoptr (GPtrArray) records = cf_structs_new ();
  int what = g_test_rand_int_range (0, 10);

  if (what < 3)
    act (world, &models[g_test_rand_int_range (0, n)]);
  else if (what < 5)
    answer (world, &models[g_test_rand_int_range (0, n)]);
  else
    {
      for (int i = g_test_rand_int_range (1, 6); i > 0; i--)
        change (world, &models[g_test_rand_int_range (0, n)], records);
      apply (world, records);
    }
}

/* Whatever happens, each list is what the cache and the outbox make of it, and who follows its signals sees the same list; one signal
   for each step, unless a row was promised that lives already. */
static void
test_random (World *world, gconstpointer data)
{
  Model models[30] = { { NULL } };

  for (guint i = 0; i < N_LISTS; i++)
    world->orders[i] = (GPOINTER_TO_UINT (data) + i) % CFA_N_ORDERS;
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      models[i].id = cf_id_new ();
      models[i].assignee = '-';
      models[i].writes = g_ptr_array_new_with_free_func ((GDestroyNotify) cfa_outbox_row_unref);
    }
  begin_following (world);
  for (guint step = 0; step < 400; step++)
    {
      for (guint i = 0; i < N_LISTS; i++)
        world->followers[i].changes = 0;
      random_step (world, models, G_N_ELEMENTS (models));
      for (guint i = 0; i < N_LISTS; i++)
        {
          g_assert_cmpuint (world->followers[i].changes, <=, 1);
          check (world, i, models, G_N_ELEMENTS (models));
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_free (models[i].id);
      g_ptr_array_unref (models[i].writes);
    }
}

#define MANY "100000"

/* A file with very many conversations of mine, eighty a day, the first one the newest; every tenth is unread. */
static void
fill (World *world)
{
  static const char sql[] =
    "BEGIN;"
    "CREATE TEMP TABLE n AS WITH RECURSIVE c (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i + 1 < " MANY ") SELECT i,"
    "  printf ('0190a000-0000-7000-8000-%%012d', i) AS id, 1700000000000 - i * 1080000 AS at FROM c;"
    "INSERT INTO conversation (id, rev, deleted, site_id, visitor_id, status, assignee_id, last_message_at, preview)"
    "  SELECT id, 1, 0, 'site', id, 'open', '%s', at, 'words ' || i FROM n;"
    "INSERT INTO place SELECT id, 0, at, at, i %% 10 = 0, 0, NULL, 'site', NULL, NULL, 0 FROM n;"
    "INSERT INTO tally SELECT folder, waiting, time / 86400000, count(*) FROM place, (SELECT 'mine' AS folder UNION SELECT 'all'"
    "  UNION SELECT 'site:site'), (SELECT 0 AS waiting UNION SELECT 1) GROUP BY 1, 2, 3;"
    "INSERT INTO folder SELECT DISTINCT folder, " MANY ", " MANY " / 10 FROM tally;"
    "COMMIT;";
  g_autofree char *text = g_strdup_printf (sql, world->me);
  g_autofree char *path = cfa_cache_path ("https://chat.example.com", world->me);
  sqlite3 *db;

  wait_idle ();
  g_assert_finalize_object (g_steal_pointer (&world->cache));
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  if (sqlite3_exec (db, text, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  sqlite3_close (db);
  open_world (world);
}

static guint
kept (World *world)
{
  guint n = 0;

  for (guint i = 0; i < N_LISTS; i++)
    n += cfa_conversation_list_count_kept (nth_list (world, i));
  return n;
}

/* What the widget does: it asks for the rows around those in sight, holds them, and asks again for those that were replaced. */
static void
look_at (GListModel *model, guint position)
{
  guint end = MIN (position + 60, g_list_model_get_n_items (model));
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean whole = FALSE;

  while (!whole)
    {
      g_ptr_array_set_size (held, 0);
      whole = TRUE;
      for (guint i = position; i < end; i++)
        {
          g_ptr_array_add (held, g_list_model_get_item (model, i));
          whole &= !cfa_conversation_get_loading (held->pdata[i - position]);
        }
      if (!whole)
        g_main_context_iteration (NULL, TRUE);
    }
  for (guint i = 0; i < held->len; i++)
    {
      g_autofree char *id = g_strdup_printf ("0190a000-0000-7000-8000-%012u", position + i);

      g_assert_cmpstr (cfa_conversation_get_id (held->pdata[i]), ==, id);
    }
}

/* However long the inbox, and however far one scrolls, the rows that exist are few. */
static void
test_many (World *world, gconstpointer data)
{
  guint most = 0;
  GListModel *model;

  fill (world);
  begin (world);
  model = G_LIST_MODEL (cfa_conversations_get_inbox (world->all, CFA_INBOX_MINE));
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 100000);
  g_assert_cmpuint (cfa_conversation_list_get_unread (CFA_CONVERSATION_LIST (model)), ==, 10000);
  g_assert_cmpuint (kept (world), <=, CFA_N_INBOXES * CFA_SPARSE_PAGE);
  for (guint position = 0; position < 100000; position += 1700)
    {
      look_at (model, position);
      most = MAX (most, kept (world));
    }
  look_at (model, 99990);
  look_at (model, 0);
  g_test_message ("at most %u rows", most);
  g_assert_cmpuint (most, <=, 2 * CFA_SPARSE_PIECES * CFA_SPARSE_PAGE);
}

/* One from far below comes to the top: one row leaves, one comes, and no other is asked for. */
static void
test_far_move (World *world, gconstpointer data)
{
  g_autoptr (GPtrArray) records = cf_structs_new ();
  Follower follower = { NULL };
  Model model = { "0190a000-0000-7000-8000-000000070000", TRUE, CF_CONVERSATION_OPEN, 'm', 1700000001000 };
  g_autoptr (CfaConversation) first = NULL, second = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  CfaConversationList *list;
  guint before;

  fill (world);
  begin (world);
  list = cfa_conversations_get_inbox (world->all, CFA_INBOX_MINE);
  second = g_list_model_get_item (G_LIST_MODEL (list), 0);
  follower.copy = g_ptr_array_new ();
  g_ptr_array_set_size (follower.copy, 100000);
  before = kept (world);
  g_signal_connect (list, "items-changed", G_CALLBACK (follow), &follower);
  world->rev = 1;
  g_ptr_array_add (records, record_of (world, &model));
  apply (world, records);
  g_signal_handlers_disconnect_by_data (list, &follower);
  g_assert_cmpuint (follower.changes, ==, 2);
  g_assert_cmpuint (follower.removed, ==, 1);
  g_assert_cmpuint (follower.added, ==, 1);
  g_assert_cmpuint (kept (world), <=, before + 3); /* mine, all, its site */
  first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_true (first == follower.copy->pdata[0]);
  g_assert_cmpstr (cfa_conversation_get_id (first), ==, model.id);
  g_assert_cmpuint (cfa_conversation_list_find (list, second), ==, 1);
  cfa_conversation_list_locate_async (list, second, NULL, wait_keep_result, &result);
  wait_until (result != NULL);
  g_assert_cmpuint (cfa_conversation_list_locate_finish (list, result, NULL), ==, 1);
  g_object_unref (first);
  g_ptr_array_unref (follower.copy);
}

/* A place in the middle is found, and the next unread one below it, without anything being loaded. */
static void
test_lookup (World *world, gconstpointer data)
{
  g_autoptr (GAsyncResult) spot = NULL, next = NULL, last = NULL;
  g_autoptr (CfaConversationRow) row = NULL, around = NULL;
  gint64 places;

  fill (world);
  cfa_cache_spot_async (world->cache, cfa_folder_of_inbox (CFA_INBOX_ALL), CFA_ORDER_NEWEST, "0190a000-0000-7000-8000-000000051234", wait_keep_result, &spot);
  wait_until (spot != NULL);
  g_assert_cmpint (cfa_cache_spot_finish (spot, &places, NULL), ==, 51234);
  cfa_cache_next_unread_async (world->cache, cfa_folder_of_inbox (CFA_INBOX_MINE), "0190a000-0000-7000-8000-000000051234", wait_keep_result, &next);
  wait_until (next != NULL);
  row = cfa_cache_row_finish (next, NULL);
  g_assert_cmpstr (row->record->parent.id, ==, "0190a000-0000-7000-8000-000000051240");
  cfa_cache_next_unread_async (world->cache, cfa_folder_of_inbox (CFA_INBOX_ALL), "0190a000-0000-7000-8000-000000099999", wait_keep_result, &last);
  wait_until (last != NULL);
  around = cfa_cache_row_finish (last, NULL);
  g_assert_cmpstr (around->record->parent.id, ==, "0190a000-0000-7000-8000-000000000000");
}

/* A site that is renamed is renamed in all rows that are there, however few the cache tells of. */
static void
test_site (World *world, gconstpointer data)
{
  Model model = { cf_id_new (), TRUE, CF_CONVERSATION_OPEN, 'm', 5 };
  g_autoptr (GPtrArray) records = cf_structs_new (), later = cf_structs_new ();
  g_autoptr (CfSite) site = cf_struct_new (&cf_site_shape), renamed = NULL;
  g_autoptr (CfaConversation) conversation = NULL;

  site->parent.id = g_strdup (world->me);
  site->parent.rev = 1;
  site->name = g_strdup ("Shop");
  renamed = cf_struct_copy (site);
  renamed->parent.rev = 9;
  g_free (renamed->name);
  renamed->name = g_strdup ("Store");
  begin (world);
  g_ptr_array_add (records, cf_struct_ref (site));
  g_ptr_array_add (records, record_of (world, &model));
  apply (world, records);
  conversation = g_list_model_get_item (G_LIST_MODEL (cfa_conversations_get_inbox (world->all, CFA_INBOX_MINE)), 0);
  g_assert_cmpstr (cfa_conversation_get_site_name (conversation), ==, "Shop");
  g_ptr_array_add (later, cf_struct_ref (renamed));
  apply (world, later);
  g_assert_cmpstr (cfa_conversation_get_site_name (conversation), ==, "Store");
  g_clear_object (&conversation);
  g_free (model.id);
}

static void
reset (World *world, gint64 epoch)
{
  g_autoptr (GAsyncResult) result = NULL;

  cfa_cache_reset_async (world->cache, epoch, wait_keep_result, &result);
  wait_until (result != NULL);
  g_assert_true (cfa_cache_reset_finish (result, NULL));
  cfa_conversations_clear (world->all);
}

/* The cache was emptied: what is shown goes at once, and what comes again is counted from nothing. */
static void
test_reset (World *world, gconstpointer data)
{
  Model lost = { cf_id_new (), TRUE, CF_CONVERSATION_OPEN, '-', 7 }, kept = { cf_id_new (), TRUE, CF_CONVERSATION_OPEN, '-', 5 };
  g_autoptr (GPtrArray) records = cf_structs_new ();
  g_autoptr (GPtrArray) again = cf_structs_new ();
  g_autoptr (CfaConversation) held = NULL;
  CfaConversationList *list;

  begin_following (world);
  list = cfa_conversations_get_inbox (world->all, CFA_INBOX_ALL);
  say (world, &lost, records);
  say (world, &kept, records);
  g_ptr_array_add (records, record_of (world, &lost));
  g_ptr_array_add (records, record_of (world, &kept));
  apply (world, records);
  g_assert_cmpuint (world->followers[CFA_INBOX_ALL].copy->len, ==, 2);
  g_assert_cmpuint (cfa_conversation_list_get_unread (list), ==, 2);
  held = g_list_model_get_item (G_LIST_MODEL (list), 1);
  g_assert_cmpstr (cfa_conversation_get_id (held), ==, kept.id);

  reset (world, 7);
  g_assert_cmpint (cfa_cache_get_epoch (world->cache), ==, 7);
  g_assert_cmpuint (cfa_conversation_list_get_unread (list), ==, 0);
  for (guint i = 0; i < CFA_N_INBOXES; i++)
    g_assert_cmpuint (world->followers[i].copy->len, ==, 0);
  g_assert_null (cfa_conversations_get (world->all, lost.id));

  g_ptr_array_add (again, record_of (world, &kept));
  say (world, &kept, again);
  apply (world, again);
  wait_until (world->followers[CFA_INBOX_ALL].copy->len == 1 && world->followers[CFA_INBOX_UNASSIGNED].copy->len == 1);
  g_assert_true (g_ptr_array_index (world->followers[CFA_INBOX_ALL].copy, 0) == held);
  g_assert_cmpuint (cfa_conversation_list_get_unread (list), ==, 1);
  g_free (lost.id);
  g_free (kept.id);
}

static CfMessage *
message_at (gint64 position, const char *text)
{
  CfMessage *record = cf_struct_new (&cf_message_shape);

  record->parent.id = cf_id_new ();
  record->position = position;
  record->author_kind = CF_AUTHOR_VISITOR;
  record->text = g_strdup (text);
  return record;
}

static void
add_one (CfaMessageList *list, CfMessage *record, gboolean page)
{
  g_autoptr (GPtrArray) records = cf_structs_new ();

  g_ptr_array_add (records, cf_struct_ref (record));
  if (page)
    cfa_message_list_add_page (list, records);
  else
    cfa_message_list_add_new (list, records);
}

/* Returns: the list's texts in order, in one word. */
static char *
spell (CfaMessageList *list, Follower *follower)
{
  GString *out = g_string_new (NULL);

  g_assert_cmpuint (follower->copy->len, ==, g_list_model_get_n_items (G_LIST_MODEL (list)));
  for (guint i = 0; i < follower->copy->len; i++)
    {
      g_autoptr (CfaMessage) message = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_assert_true (message == follower->copy->pdata[i]);
      g_string_append (out, cfa_message_get_text (message));
    }
  return g_string_free (out, FALSE);
}

#define assert_spells(list, follower, word)                \
  G_STMT_START                                             \
  {                                                        \
    g_autofree char *spelled = spell (list, follower);     \
    g_assert_cmpstr (spelled, ==, word);                   \
  }                                                        \
  G_STMT_END

/* Pages, live messages and own ones on their way meet in one list, in order and without a gap. */
static void
test_messages (void)
{
  g_autofree char *me = cf_id_new ();
  g_autoptr (CfaMessageList) list = cfa_message_list_new (me, "Ana");
  Follower follower = { G_LIST_MODEL (list), g_ptr_array_new_with_free_func (g_object_unref), 0 };
  g_autoptr (CfMessage) b = message_at (20, "b"), d = message_at (40, "d"), a = message_at (10, "a"), c = message_at (30, "c");
  g_autoptr (CfMessage) twin = message_at (20, "t"), sent = message_at (50, "X");
  g_autoptr (GPtrArray) writes = g_ptr_array_new_with_free_func ((GDestroyNotify) cfa_outbox_row_unref);
  CfaMessage *own;

  /* between equal positions the id decides */
  g_free (twin->parent.id);
  twin->parent.id = g_strconcat (b->parent.id, "x", NULL);
  g_signal_connect (list, "items-changed", G_CALLBACK (follow), &follower);
  add_one (list, b, TRUE);
  add_one (list, d, FALSE);
  assert_spells (list, &follower, "bd");
  add_one (list, a, FALSE); /* above the window, where others may be missing */
  assert_spells (list, &follower, "bd");
  add_one (list, c, FALSE);
  add_one (list, c, FALSE);
  assert_spells (list, &follower, "bcd");
  add_one (list, twin, FALSE); /* of the same revision */
  assert_spells (list, &follower, "btcd");
  g_ptr_array_add (writes, cfa_write_new_text (NULL, a->parent.id, "X", FALSE, NULL, NULL, NULL, -1));
  g_ptr_array_add (writes, cfa_write_new_text (NULL, a->parent.id, "Y", TRUE, NULL, NULL, NULL, -1));
  cfa_message_list_set_writes (list, writes);
  assert_spells (list, &follower, "btcdXY");
  own = follower.copy->pdata[4];
  g_assert_cmpint (cfa_message_get_state (own), ==, CFA_MESSAGE_SENDING);
  g_free (sent->parent.id);
  sent->parent.id = g_strdup (cfa_message_get_id (own));
  follower.changes = 0;
  add_one (list, sent, FALSE);
  g_ptr_array_remove_index (writes, 0);
  cfa_message_list_set_writes (list, writes);
  assert_spells (list, &follower, "btcdXY");
  g_assert_cmpuint (follower.changes, ==, 0);
  g_assert_true (follower.copy->pdata[4] == own);
  g_assert_cmpint (cfa_message_get_state (own), ==, CFA_MESSAGE_SENT);
  g_assert_cmpint (cfa_message_get_position (own), ==, 50);
  c->parent.deleted = TRUE;
  add_one (list, c, FALSE);
  cfa_message_list_set_writes (list, NULL);
  add_one (list, a, TRUE);
  assert_spells (list, &follower, "abtdX");
  g_ptr_array_unref (follower.copy);
}

int
main (int argc, char **argv)
{
  static const struct { const char *path; void (*test) (World *, gconstpointer); } tests[] = {
    { "/app/lists/random", test_random },
    { "/app/lists/many", test_many },
    { "/app/lists/far-move", test_far_move },
    { "/app/lists/lookup", test_lookup },
    { "/app/lists/site", test_site },
    { "/app/lists/reset", test_reset },
  };
  g_autofree char *folder = g_dir_make_tmp ("chatflow-lists-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  /* Each list in each order. */
  g_test_add ("/app/lists/random-2", World, GUINT_TO_POINTER (1), set_up, test_random, tear_down);
  g_test_add ("/app/lists/random-3", World, GUINT_TO_POINTER (2), set_up, test_random, tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, World, NULL, set_up, tests[i].test, tear_down);
  g_test_add_func ("/app/lists/messages", test_messages);
  return g_test_run ();
}

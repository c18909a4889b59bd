/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cache/cache.h"
#include "app/features/session/write.h"

#include "open-cache.h"

#include "protocol/id.h"
#include "protocol/records/agent.h"
#include "protocol/records/conversation.h"
#include "protocol/records/message.h"
#include "protocol/records/read-mark.h"
#include "protocol/records/saved-view.h"
#include "protocol/records/site.h"
#include "protocol/records/team-message.h"
#include "protocol/records/visitor.h"
#include "search/tokenizer.h"

#include <sqlite3.h>
#include <string.h>

#define SERVER "https://chat.example.com"

/* Set of char *: every statement that any connection of this process has run. Filled on the cache's thread. */
static GHashTable *statements;
static GMutex lock;

#define DEPARTMENT "0190a000-0000-7000-8000-00000000000d"
#define SITE "0190a000-0000-7000-8000-00000000000e"
#define VIEW "0190a000-0000-7000-8000-00000000000f"

static const char *const folders[] = {
  "mine", "unassigned", "mentions", "all", "snoozed", "closed", "department:" DEPARTMENT, "site:" SITE, "view:" VIEW,
};

static int
on_statement (unsigned int kind, void *data, void *statement, void *text)
{
  g_mutex_lock (&lock);
  g_hash_table_add (statements, g_strdup (sqlite3_sql (statement)));
  g_mutex_unlock (&lock);
  return 0;
}

static int
watch (sqlite3 *db, char **error, const void *api)
{
  return sqlite3_trace_v2 (db, SQLITE_TRACE_STMT, on_statement, NULL);
}

static void
take (GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaDelta) delta = NULL;

  wait_until (*result != NULL);
  delta = cfa_cache_delta_finish (*result, &error);
  g_assert_no_error (error);
  g_clear_object (result);
}

static void
wait_for (GAsyncResult **result, GDestroyNotify free_result)
{
  g_autoptr (GError) error = NULL;
  gpointer value;

  wait_until (*result != NULL);
  value = g_task_propagate_pointer (G_TASK (*result), &error);
  g_assert_no_error (error);
  if (value != NULL)
    free_result (value);
  g_clear_object (result);
}

static void
apply (CfaCache *cache, gpointer record, gint64 rev)
{
  g_autoptr (GPtrArray) records = cf_structs_new ();
  CfRecord *base = record;
  GAsyncResult *result = NULL;

  if (base->id == NULL)
    base->id = cf_id_new ();
  base->rev = rev;
  g_ptr_array_add (records, record);
  cfa_cache_apply_changes_async (cache, rev - 1, rev, FALSE, records, wait_keep_result, &result);
  take (&result);
}

static void
apply_records (CfaCache *cache, const char *id, const char *agent_id)
{
  CfVisitor *visitor = cf_struct_new (&cf_visitor_shape);
  CfConversation *conversation = cf_struct_new (&cf_conversation_shape), *stone = cf_struct_new (&cf_conversation_shape);
  CfMessage *message = cf_struct_new (&cf_message_shape), *gone = cf_struct_new (&cf_message_shape);
  CfSavedView *view = cf_struct_new (&cf_saved_view_shape);
  CfReadMark *mark = cf_struct_new (&cf_read_mark_shape), *unread = cf_struct_new (&cf_read_mark_shape);

  conversation->parent.id = g_strdup (id);
  visitor->parent.id = cf_id_new ();
  conversation->visitor_id = g_strdup (visitor->parent.id);
  conversation->department_id = g_strdup (DEPARTMENT);
  conversation->site_id = g_strdup (SITE);
  conversation->assignee_id = g_strdup (agent_id);
  conversation->last_message_at = 1700000000000;
  message->conversation_id = g_strdup (id);
  message->author_kind = CF_AUTHOR_VISITOR;
  message->text = g_strdup ("words");
  mark->conversation_id = g_strdup (id);
  mark->reader_id = g_strdup (agent_id);
  gone->parent.deleted = unread->parent.deleted = stone->parent.deleted = TRUE;
  view->parent.id = g_strdup (VIEW);
  view->department_id = g_strdup (DEPARTMENT);
  view->waiting_over = 1;
  conversation->waiting_since = 1;
  apply (cache, cf_struct_new (&cf_agent_shape), 1);
  apply (cache, cf_struct_new (&cf_site_shape), 2);
  apply (cache, conversation, 3);
  apply (cache, visitor, 4);
  apply (cache, message, 5);
  apply (cache, mark, 6);
  apply (cache, gone, 7);
  apply (cache, unread, 8);
  apply (cache, view, 9);
  apply (cache, stone, 10);
}

static void
write_something (CfaCache *cache, const char *id)
{
  g_autoptr (CfaOutboxRow) text = cfa_write_new_text (NULL, id, "hi", FALSE, NULL, NULL, NULL, -1), read = cfa_write_new_read ("conversation.read", id, 5);
  GAsyncResult *result = NULL;

  cfa_cache_enqueue_async (cache, text, wait_keep_result, &result);
  take (&result);
  cfa_cache_enqueue_async (cache, read, wait_keep_result, &result);
  take (&result);
  cfa_cache_mark_async (cache, text->id, CFA_REFUSAL_FINAL, "no", wait_keep_result, &result);
  take (&result);
  cfa_cache_apply_answer_async (cache, NULL, text->id, id, wait_keep_result, &result);
  take (&result);
  cfa_cache_ripen_async (cache, cf_now (), wait_keep_result, &result);
  take (&result);
  cfa_cache_set_draft (cache, id, "half a thou", TRUE);
}

static void
search_everything (CfaCache *cache)
{
  for (int status = CF_SEARCH_STATUS_ANY; status <= CF_SEARCH_STATUS_SNOOZED; status++)
    for (int words = 0; words < 2; words++)
      {
        g_autoptr (CfSearchMessagesParams) params = cf_struct_new (&cf_search_messages_params_shape);
        GAsyncResult *result = NULL;

        params->text = words ? g_strdup ("words") : NULL;
        params->status = status;
        cfa_cache_search_async (cache, params, TRUE, 10, NULL, wait_keep_result, &result);
        wait_for (&result, cf_struct_unref);
      }
}

static void
read_everything (CfaCache *cache, const char *id)
{
  GAsyncResult *result = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      for (int order = 0; order < CFA_N_ORDERS; order++)
        {
          cfa_cache_slice_async (cache, folders[i], order, 0, 10, wait_keep_result, &result);
          wait_for (&result, (GDestroyNotify) cfa_inbox_slice_free);
          cfa_cache_spot_async (cache, folders[i], order, id, wait_keep_result, &result);
          wait_for (&result, g_free);
        }
      cfa_cache_next_unread_async (cache, folders[i], id, wait_keep_result, &result);
      wait_for (&result, (GDestroyNotify) cfa_conversation_row_free);
    }
  cfa_cache_counts_async (cache, wait_keep_result, &result);
  wait_for (&result, (GDestroyNotify) g_hash_table_unref);
  cfa_cache_messages_async (cache, &cf_message_shape, id, G_MAXINT64, "", 50, wait_keep_result, &result);
  wait_for (&result, (GDestroyNotify) cfa_messages_page_free);
  cfa_cache_messages_async (cache, &cf_team_message_shape, id, G_MAXINT64, "", 50, wait_keep_result, &result);
  wait_for (&result, (GDestroyNotify) cfa_messages_page_free);
  cfa_cache_team_unread_async (cache, wait_keep_result, &result);
  wait_for (&result, (GDestroyNotify) g_hash_table_unref);
  cfa_cache_row_async (cache, id, wait_keep_result, &result);
  wait_for (&result, (GDestroyNotify) cfa_conversation_row_free);
  cfa_cache_waiting_async (cache, 1, 2, 10, wait_keep_result, &result);
  wait_for (&result, (GDestroyNotify) g_ptr_array_unref);
  cfa_cache_of_visitor_async (cache, id, 10, wait_keep_result, &result);
  wait_for (&result, (GDestroyNotify) g_ptr_array_unref);
  cfa_cache_visitor_async (cache, id, wait_keep_result, &result);
  wait_for (&result, (GDestroyNotify) g_ptr_array_unref);
  cfa_cache_past_async (cache, id, 10, wait_keep_result, &result);
  wait_for (&result, (GDestroyNotify) g_ptr_array_unref);
  search_everything (cache);
}

/* Moves are told, and so looked for, of what is watched. */
static void
watch_everything (CfaCache *cache)
{
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    for (int order = 0; order < CFA_N_ORDERS; order++)
      cfa_cache_watch (cache, folders[i], order);
}

/* A step of a plan that reads a table from its beginning to its end. */
static gboolean
is_scan (const char *detail)
{
  return g_str_has_prefix (detail, "SCAN ") && strstr (detail, "CONSTANT ROW") == NULL && strstr (detail, "VIRTUAL TABLE INDEX") == NULL;
}

static guint
check_plan (sqlite3 *db, const char *sql)
{
  g_autofree char *explained = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  sqlite3_stmt *statement;
  guint steps = 0;

  if (!g_str_has_prefix (sql, "SELECT") && !g_str_has_prefix (sql, "INSERT") && !g_str_has_prefix (sql, "UPDATE") && !g_str_has_prefix (sql, "DELETE"))
    return 0;
  g_assert_cmpint (sqlite3_prepare_v2 (db, explained, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *detail = (const char *) sqlite3_column_text (statement, 3);

      steps++;
      if (is_scan (detail))
        g_error ("%s\n  %s", sql, detail);
    }
  sqlite3_finalize (statement);
  return steps;
}

/* Whatever the client asks its cache while it runs is answered by an index, however much there is. */
static void
test_plans (void)
{
  g_autofree char *agent_id = cf_id_new (), *id = cf_id_new (), *path = cfa_cache_path (SERVER, agent_id);
  g_autoptr (CfaCache) cache = NULL;
  g_autoptr (GList) texts = NULL;
  guint steps = 0;
  sqlite3 *db;

  cache = open_cache (SERVER, agent_id);
  g_hash_table_remove_all (statements); /* what builds the file, once */
  watch_everything (cache);
  apply_records (cache, id, agent_id);
  write_something (cache, id);
  read_everything (cache, id);
  g_mutex_lock (&lock);
  texts = g_hash_table_get_keys (statements);
  g_mutex_unlock (&lock);
  g_assert_cmpuint (g_list_length (texts), >, 40);
  sqlite3_cancel_auto_extension ((void (*) (void)) watch);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_true (cf_search_add_tokenizer (db));
  for (GList *l = texts; l != NULL; l = l->next)
    steps += check_plan (db, l->data);
  g_assert_cmpuint (steps, >, 30);
  sqlite3_close (db);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("chatflow-plans-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sqlite3_auto_extension ((void (*) (void)) watch);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/cache/plans", test_plans);
  return g_test_run ();
}

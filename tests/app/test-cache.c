/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cache/cache.h"
#include "app/cache/folder.h"
#include "app/features/session/write.h"

#include "open-cache.h"

#include "protocol/id.h"
#include "protocol/records/channel-member.h"
#include "protocol/records/channel.h"
#include "protocol/records/conversation.h"
#include "protocol/records/team-message.h"
#include "protocol/records/visitor.h"
#include "search/tokenizer.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>

#define SERVER "https://chat.example.com"

typedef struct
{
  char *agent_id;
  char *path;
  CfaCache *cache;
} World;

static void
open_world (World *world)
{
  world->cache = open_cache (SERVER, world->agent_id);
}

static void
close_cache (World *world)
{
  wait_idle ();
  g_assert_finalize_object (g_steal_pointer (&world->cache));
}

static void
set_up (World *world, gconstpointer data)
{
  world->agent_id = cf_id_new ();
  world->path = cfa_cache_path (SERVER, world->agent_id);
  open_world (world);
}

static void
tear_down (World *world, gconstpointer data)
{
  if (world->cache != NULL)
    close_cache (world);
  g_free (world->agent_id);
  g_free (world->path);
}

static CfaDelta *
finish (GAsyncResult **result, GError **error)
{
  CfaDelta *delta;

  wait_until (*result != NULL);
  delta = cfa_cache_delta_finish (*result, error);
  g_clear_object (result);
  return delta;
}

/* One record as a piece of the stream. */
static CfaDelta *
apply (World *world, gint64 prev, gint64 rev, gpointer record, GError **error)
{
  g_autoptr (GPtrArray) records = cf_structs_new ();
  GAsyncResult *result = NULL;

  if (record != NULL)
    g_ptr_array_add (records, cf_struct_ref (record));
  cfa_cache_apply_changes_async (world->cache, prev, rev, FALSE, records, wait_keep_result, &result);
  return finish (&result, error);
}

static void
apply_well (World *world, gint64 prev, gint64 rev, gpointer record)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaDelta) delta = apply (world, prev, rev, record, &error);

  g_assert_no_error (error);
  g_assert_nonnull (delta);
}

static CfConversation *
new_conversation (const char *id, gint64 rev, const char *preview)
{
  CfConversation *record = cf_struct_new (&cf_conversation_shape);

  record->parent.id = g_strdup (id);
  record->parent.rev = rev;
  record->visitor_id = cf_id_new ();
  record->preview = g_strdup (preview);
  record->last_message_at = rev;
  return record;
}

static CfMessage *
new_message (const char *conversation_id, gint64 rev, const char *text)
{
  CfMessage *record = cf_struct_new (&cf_message_shape);

  record->parent.id = cf_id_new ();
  record->parent.rev = rev;
  record->conversation_id = g_strdup (conversation_id);
  record->position = rev;
  record->author_kind = CF_AUTHOR_VISITOR;
  record->text = g_strdup (text);
  return record;
}

static GPtrArray *
conversations (World *world)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaInboxSlice) slice = NULL;

  cfa_cache_slice_async (world->cache, cfa_folder_of_inbox (CFA_INBOX_ALL), CFA_ORDER_NEWEST, 0, 100, wait_keep_result, &result);
  wait_until (result != NULL);
  slice = cfa_cache_slice_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (slice->count.n, ==, slice->rows->len);
  return g_ptr_array_ref (slice->rows);
}

static GPtrArray *
outbox (World *world)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows;

  cfa_cache_outbox_async (world->cache, wait_keep_result, &result);
  wait_until (result != NULL);
  rows = cfa_cache_array_finish (result, &error);
  g_assert_no_error (error);
  return rows;
}

static void
enqueue (World *world, CfaOutboxRow *row)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaDelta) delta = NULL;

  cfa_cache_enqueue_async (world->cache, row, wait_keep_result, &result);
  delta = finish (&result, &error);
  g_assert_no_error (error);
}

static void
test_order (World *world, gconstpointer data)
{
  g_autofree char *id = cf_id_new ();
  g_autoptr (CfConversation) old = new_conversation (id, 3, "old"), new = new_conversation (id, 5, "new");
  g_autoptr (GPtrArray) rows = NULL, records = cf_structs_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaDelta) delta = NULL;
  GAsyncResult *result = NULL;

  apply_well (world, 0, 5, new);
  g_ptr_array_add (records, cf_struct_ref (old));
  cfa_cache_apply_answer_async (world->cache, records, NULL, NULL, wait_keep_result, &result);
  delta = finish (&result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (delta->records->len, ==, 0); /* late, so not kept */
  rows = conversations (world);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (((CfaConversationRow *) rows->pdata[0])->record->preview, ==, "new");
  g_assert_cmpint (cfa_cache_get_applied (world->cache), ==, 5);
}

/* How many of @records, an answer, are kept. */
static guint
kept_of_answer (World *world, GPtrArray *records)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaDelta) delta = NULL;
  GAsyncResult *result = NULL;

  cfa_cache_apply_answer_async (world->cache, records, NULL, NULL, wait_keep_result, &result);
  delta = finish (&result, &error);
  g_assert_no_error (error);
  return delta->records->len;
}

static CfChannelMember *
new_seat (const char *channel_id, gint64 joined)
{
  CfChannelMember *seat = cf_struct_new (&cf_channel_member_shape);

  seat->parent.id = cf_id_new ();
  seat->parent.rev = seat->joined = joined;
  seat->channel_id = g_strdup (channel_id);
  return seat;
}

/* The answer to a call comes after the stream has told that the seat is gone: nothing of the channel comes back with it, nor of before another seat. */
static void
test_seat (World *world, gconstpointer data)
{
  g_autoptr (CfChannel) channel = cf_struct_new (&cf_channel_shape);
  g_autoptr (CfChannelMember) seat = cf_struct_new (&cf_channel_member_shape), gone = cf_struct_new (&cf_channel_member_shape);
  g_autoptr (CfTeamMessage) said = cf_struct_new (&cf_team_message_shape);
  g_autoptr (GPtrArray) records = cf_structs_new ();

  channel->parent.id = cf_id_new ();
  channel->name = g_strdup ("Billing");
  seat->parent.id = cf_id_new ();
  gone->parent.id = g_strdup (seat->parent.id);
  said->message.parent.id = cf_id_new ();
  channel->parent.rev = seat->parent.rev = said->message.parent.rev = said->message.position = 5;
  gone->parent.rev = 6;
  gone->parent.deleted = TRUE;
  seat->channel_id = g_strdup (channel->parent.id);
  said->message.conversation_id = g_strdup (channel->parent.id);
  said->message.text = g_strdup ("x");
  g_ptr_array_add (records, cf_struct_ref (channel));
  g_ptr_array_add (records, cf_struct_ref (said));
  g_assert_cmpuint (kept_of_answer (world, records), ==, 0);
  g_ptr_array_add (records, cf_struct_ref (seat));
  g_assert_cmpuint (kept_of_answer (world, records), ==, 3);
  apply_well (world, 0, 6, gone);
  g_assert_cmpuint (kept_of_answer (world, records), ==, 0);
  g_clear_pointer (&gone, cf_struct_unref);
  gone = new_seat (channel->parent.id, 8);
  apply_well (world, 6, 8, gone);
  g_ptr_array_remove_index (records, 0);
  g_assert_cmpuint (kept_of_answer (world, records), ==, 0);
  said->message.parent.rev = said->message.position = 9;
  g_assert_cmpuint (kept_of_answer (world, records), ==, 1);
}

static void
test_holes (World *world, gconstpointer data)
{
  g_autofree char *id = cf_id_new ();
  g_autoptr (CfConversation) record = new_conversation (id, 8, "x");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  apply_well (world, 0, 5, NULL);
  g_assert_null (apply (world, 7, 8, record, &error));
  g_assert_error (error, CFA_CACHE_ERROR, CFA_CACHE_ERROR_HOLE);
  g_assert_cmpint (cfa_cache_get_applied (world->cache), ==, 5);
  apply_well (world, 1, 4, record); /* old: dropped */
  rows = conversations (world);
  g_assert_cmpuint (rows->len, ==, 0);
  close_cache (world);
  open_world (world);
  g_assert_cmpint (cfa_cache_get_applied (world->cache), ==, 5);
}

/* The first copy stays a bounded one until its last page, also over a restart. */
static void
test_first (World *world, gconstpointer data)
{
  g_autoptr (CfaDelta) delta = NULL;
  GAsyncResult *result = NULL;

  g_assert_true (cfa_cache_get_first (world->cache));
  cfa_cache_apply_changes_async (world->cache, 0, 5, TRUE, NULL, wait_keep_result, &result);
  delta = finish (&result, NULL);
  g_assert_nonnull (delta);
  close_cache (world);
  open_world (world);
  g_assert_true (cfa_cache_get_first (world->cache));
  apply_well (world, 5, 5, NULL);
  g_assert_false (cfa_cache_get_first (world->cache));
  close_cache (world);
  open_world (world);
  g_assert_false (cfa_cache_get_first (world->cache));
}

static void
test_tombstone (World *world, gconstpointer data)
{
  g_autofree char *id = cf_id_new ();
  g_autoptr (CfConversation) record = new_conversation (id, 3, "secret"), late = new_conversation (id, 4, "late");
  g_autoptr (CfRecord) stone = cf_record_tombstone (&record->parent);
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaDelta) delta = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *file = NULL;
  gsize length;

  apply_well (world, 0, 3, record);
  stone->rev = 6;
  delta = apply (world, 3, 6, stone, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (delta->removed->len, ==, 1);
  apply_well (world, 6, 7, late);
  rows = conversations (world);
  g_assert_cmpuint (rows->len, ==, 0);
  close_cache (world);
  g_file_get_contents (world->path, &file, &length, &error);
  g_assert_no_error (error);
  g_assert_null (g_strstr_len (file, length, "secret")); /* forgotten on the disk too */
}

static void
test_unread (World *world, gconstpointer data)
{
  g_autofree char *id = cf_id_new ();
  g_autoptr (CfConversation) record = new_conversation (id, 3, "x");
  g_autoptr (CfMessage) first = new_message (id, 4, "one"), second = new_message (id, 5, "two");
  g_autoptr (CfaOutboxRow) read = cfa_write_new_read ("conversation.read", id, 4), further = cfa_write_new_read ("conversation.read", id, 5);
  g_autoptr (GPtrArray) before = NULL, after = NULL, waiting = NULL;

  apply_well (world, 0, 3, record);
  apply_well (world, 3, 4, first);
  apply_well (world, 4, 5, second);
  before = conversations (world);
  g_assert_cmpuint (((CfaConversationRow *) before->pdata[0])->unread, ==, 2);
  g_assert_false (((CfaConversationRow *) before->pdata[0])->visitor_known);
  enqueue (world, read);
  enqueue (world, further);
  after = conversations (world);
  g_assert_cmpuint (((CfaConversationRow *) after->pdata[0])->unread, ==, 0);
  waiting = outbox (world);
  g_assert_cmpuint (waiting->len, ==, 1); /* the later mark says it all */
}

/* The message itself is the proof that its write was carried out. */
static void
test_proof (World *world, gconstpointer data)
{
  g_autofree char *id = cf_id_new ();
  g_autoptr (CfaOutboxRow) row = cfa_write_new_text (NULL, id, "hi", FALSE, NULL, NULL, NULL, -1);
  g_autoptr (CfMessage) message = new_message (id, 2, "hi");
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaDelta) delta = NULL;
  g_autoptr (GPtrArray) waiting = NULL;

  enqueue (world, row);
  g_free (message->parent.id);
  message->parent.id = g_strdup (row->id);
  delta = apply (world, 0, 2, message, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (delta->done->len, ==, 1);
  waiting = outbox (world);
  g_assert_cmpuint (waiting->len, ==, 0);
}

static void
fill (World *world, const char *id)
{
  g_autoptr (CfConversation) record = new_conversation (id, 3, "x");
  g_autoptr (CfaOutboxRow) first = cfa_write_new_text (NULL, id, "first words", FALSE, NULL, NULL, NULL, -1), second = cfa_write_new_text (NULL, id, "second words", TRUE, NULL, NULL, NULL, -1);

  apply_well (world, 0, 3, record);
  enqueue (world, first);
  enqueue (world, second);
  cfa_cache_set_draft (world->cache, id, "for Vera", FALSE);
  cfa_cache_set_draft (world->cache, id, "half a thou", TRUE);
}

static void
check_carried_over (World *world, const char *id)
{
  g_autoptr (GPtrArray) waiting = outbox (world), before = conversations (world), after = NULL;
  g_autoptr (CfConversation) record = new_conversation (id, 3, "x");

  g_assert_cmpint (cfa_cache_get_applied (world->cache), ==, 0);
  g_assert_cmpuint (before->len, ==, 0);
  g_assert_cmpuint (waiting->len, ==, 2);
  g_assert_nonnull (strstr (((CfaOutboxRow *) waiting->pdata[0])->params, "first words"));
  g_assert_cmpstr (((CfaOutboxRow *) waiting->pdata[1])->method, ==, "note.add");
  apply_well (world, 0, 3, record);
  after = conversations (world);
  g_assert_cmpstr (((CfaConversationRow *) after->pdata[0])->note_draft, ==, "half a thou");
}

static void
run_sql (World *world, const char *sql)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (world->path, &db), ==, SQLITE_OK);
  g_assert_true (cf_search_add_tokenizer (db));
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
test_other_version (World *world, gconstpointer data)
{
  g_autofree char *id = cf_id_new ();

  fill (world, id);
  close_cache (world);
  run_sql (world, "PRAGMA user_version = 99");
  open_world (world);
  check_carried_over (world, id);
}

/* The first version did not say what a draft is; it comes back as what does no harm. */
static void
test_first_version (World *world, gconstpointer data)
{
  g_autofree char *id = cf_id_new ();

  fill (world, id);
  close_cache (world);
  run_sql (world, "CREATE TABLE first (conversation_id TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;"
                  "INSERT INTO first SELECT conversation_id, text FROM draft WHERE note = 1; DROP TABLE draft;"
                  "ALTER TABLE first RENAME TO draft; PRAGMA user_version = 1");
  open_world (world);
  check_carried_over (world, id);
}

static void
test_other_shape (World *world, gconstpointer data)
{
  g_autofree char *id = cf_id_new ();

  fill (world, id);
  close_cache (world);
  run_sql (world, "UPDATE meta SET value = 'other' WHERE key = 'shape'; DROP TABLE visitor; ALTER TABLE message ADD COLUMN mood TEXT");
  open_world (world);
  check_carried_over (world, id);
}

/* Writes over the first page of a table while the file is closed. */
static void
spoil (World *world, const char *table)
{
  g_autofree char *file = NULL;
  gint64 page = 0, size = 0;
  sqlite3 *db;
  sqlite3_stmt *statement;
  gsize length;

  g_assert_cmpint (sqlite3_open (world->path, &db), ==, SQLITE_OK);
  g_assert_true (cf_search_add_tokenizer (db));
  sqlite3_prepare_v2 (db, "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_schema WHERE name = ?1", -1, &statement, NULL);
  sqlite3_bind_text (statement, 1, table, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  page = sqlite3_column_int64 (statement, 0);
  size = sqlite3_column_int64 (statement, 1);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  g_file_get_contents (world->path, &file, &length, NULL);
  memset (file + (page - 1) * size, 0xee, size);
  g_assert_true (g_file_set_contents (world->path, file, length, NULL));
}

/* What is broken is met when the file is opened; outbox and drafts can still be read. */
static void
test_corrupt (World *world, gconstpointer data)
{
  g_autofree char *id = cf_id_new ();

  fill (world, id);
  close_cache (world);
  spoil (world, "meta");
  open_world (world);
  check_carried_over (world, id);
}

/* What is broken is met later, by a change that cannot be applied; from then on everything is asked for anew. */
static void
test_corrupt_later (World *world, gconstpointer data)
{
  g_autofree char *id = cf_id_new ();
  g_autoptr (CfConversation) record = new_conversation (id, 4, "x");
  g_autoptr (GError) error = NULL;

  fill (world, id);
  close_cache (world);
  spoil (world, "conversation");
  open_world (world);
  g_assert_cmpint (cfa_cache_get_applied (world->cache), ==, 3);
  g_assert_null (apply (world, 3, 4, record, &error));
  g_assert_error (error, CFA_CACHE_ERROR, CFA_CACHE_ERROR_CORRUPT);
  check_carried_over (world, id);
}

static void
test_garbage (World *world, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;

  close_cache (world);
  g_assert_true (g_file_set_contents (world->path, "this was never a database, and it is long enough to be taken for one....................................................", -1, NULL));
  open_world (world);
  rows = conversations (world);
  g_assert_cmpuint (rows->len, ==, 0);
}

/* A crash in the middle of building anew: the new file is whole, the old one is gone. */
static void
test_interrupted_rebuild (World *world, gconstpointer data)
{
  g_autofree char *id = cf_id_new (), *new = g_strconcat (world->path, ".new", NULL);
  g_autoptr (GPtrArray) waiting = NULL;

  fill (world, id);
  close_cache (world);
  g_assert_cmpint (g_rename (world->path, new), ==, 0);
  open_world (world);
  waiting = outbox (world);
  g_assert_cmpuint (waiting->len, ==, 2);
}

static void
test_second_process (World *world, gconstpointer data)
{
  if (g_test_subprocess ())
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      cfa_cache_open_async (SERVER, g_getenv ("OTHER_AGENT"), wait_keep_result, &result);
      wait_until (result != NULL);
      g_assert_null (cfa_cache_open_finish (result, &error));
      g_assert_error (error, CFA_CACHE_ERROR, CFA_CACHE_ERROR_BUSY);
      return;
    }
  g_setenv ("OTHER_AGENT", world->agent_id, TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* What does not fit on the disk fails with the right word, and what was there stays. */
static void
test_disk_full (World *world, gconstpointer data)
{
  g_autofree char *id = cf_id_new (), *long_text = g_strnfill (8000, 'x');
  struct rlimit before, tight;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) waiting = NULL;
  GStatBuf wal;
  g_autofree char *wal_path = g_strconcat (world->path, "-wal", NULL);
  guint stored = 0;

  fill (world, id);
  waiting = outbox (world); /* the draft, which was asked for before, is on disk now */
  g_clear_pointer (&waiting, g_ptr_array_unref);
  g_assert_cmpint (g_stat (wal_path, &wal), ==, 0);
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &before);
  tight = before;
  tight.rlim_cur = wal.st_size + 40000;
  setrlimit (RLIMIT_FSIZE, &tight);
  for (guint i = 0; i < 50 && error == NULL; i++)
    {
      g_autoptr (CfaOutboxRow) row = cfa_write_new_text (NULL, id, long_text, FALSE, NULL, NULL, NULL, -1);
      GAsyncResult *result = NULL;
      g_autoptr (CfaDelta) delta = NULL;

      cfa_cache_enqueue_async (world->cache, row, wait_keep_result, &result);
      delta = finish (&result, &error);
      stored += delta != NULL ? 1 : 0;
    }
  setrlimit (RLIMIT_FSIZE, &before);
  g_assert_error (error, CFA_CACHE_ERROR, CFA_CACHE_ERROR_FULL);
  close_cache (world);
  open_world (world);
  waiting = outbox (world);
  g_assert_cmpuint (waiting->len, ==, 2 + stored);
}

/* A flood shares its commits, and each call still succeeds or fails alone. */
static void
test_group (World *world, gconstpointer data)
{
  g_autofree char *id = cf_id_new ();
  g_autoptr (CfaOutboxRow) row = cfa_write_new_text (NULL, id, "twice", FALSE, NULL, NULL, NULL, -1);
  GAsyncResult *results[300] = { NULL };
  g_autoptr (GPtrArray) waiting = NULL;
  guint failed = 0;

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);
      g_autoptr (CfaOutboxRow) other = cfa_write_new_text (NULL, id, text, FALSE, NULL, NULL, NULL, -1);

      cfa_cache_enqueue_async (world->cache, i % 100 == 7 ? row : other, wait_keep_result, &results[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (CfaDelta) delta = finish (&results[i], NULL);

      failed += delta == NULL ? 1 : 0;
    }
  g_assert_cmpuint (failed, ==, 2); /* the same id again */
  waiting = outbox (world);
  g_assert_cmpuint (waiting->len, ==, G_N_ELEMENTS (results) - 2);
}

static void
test_private_folder (World *world, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (world->path);
  GStatBuf info;

  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
}

int
main (int argc, char **argv)
{
  static const struct { const char *path; void (*test) (World *, gconstpointer); } tests[] = {
    { "/app/cache/order", test_order },
    { "/app/cache/seat", test_seat },
    { "/app/cache/holes", test_holes },
    { "/app/cache/first", test_first },
    { "/app/cache/tombstone", test_tombstone },
    { "/app/cache/unread", test_unread },
    { "/app/cache/proof", test_proof },
    { "/app/cache/other-version", test_other_version },
    { "/app/cache/first-version", test_first_version },
    { "/app/cache/other-shape", test_other_shape },
    { "/app/cache/corrupt", test_corrupt },
    { "/app/cache/corrupt-later", test_corrupt_later },
    { "/app/cache/garbage", test_garbage },
    { "/app/cache/interrupted-rebuild", test_interrupted_rebuild },
    { "/app/cache/second-process", test_second_process },
    { "/app/cache/disk-full", test_disk_full },
    { "/app/cache/group", test_group },
    { "/app/cache/private-folder", test_private_folder },
  };
  g_autofree char *folder = g_dir_make_tmp ("chatflow-cache-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", folder, FALSE);
  if (g_getenv ("OTHER_AGENT") == NULL)
    g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, World, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}

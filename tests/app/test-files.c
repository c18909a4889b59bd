/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/connection/pace.h"
#include "app/features/files/file-cache.h"
#include "app/features/session/session-private.h"

#include "fake-server.h"
#include "open-cache.h"

#include "protocol/id.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <utime.h>

#define MEGABYTE (1024 * 1024)

/* A server with one conversation, a session of Ana's, and a folder with files. */
typedef struct
{
  FakeServer *server;
  char *id; /* of the conversation */
  CfaSession *session;
  char *folder;
  CfaUploadList *list; /* borrowed */
} World;

static void
begin_session (World *world)
{
  g_autoptr (CfaCache) cache = open_cache (fake_server_address (world->server), fake_server_agent_id (world->server));

  world->session = cfa_session_new (cfa_account_new (fake_server_address (world->server), fake_server_agent_id (world->server), "Ana", "ana@example.com"),
                                    cache, "token", FALSE);
  wait_until (cfa_session_get_link (world->session) == CFA_LINK_LIVE);
  world->list = cfa_session_get_uploads (world->session, world->id, FALSE);
}

static void
world_set_up (World *world, gconstpointer data)
{
  world->server = fake_server_new ();
  world->id = fake_server_add_conversation (world->server, fake_server_add_visitor (world->server, "Vera", NULL));
  world->folder = g_dir_make_tmp ("chatflow-files-XXXXXX", NULL);
  begin_session (world);
}

static void
end_session (World *world)
{
  gpointer watch = world->session;

  if (world->session == NULL)
    return;
  g_object_add_weak_pointer (G_OBJECT (world->session), &watch);
  cfa_session_stop (world->session);
  g_clear_object (&world->session);
  wait_until (watch == NULL);
  wait_idle ();
}

static void
world_tear_down (World *world, gconstpointer data)
{
  g_autofree char *kept = cfa_file_cache_folder (fake_server_agent_id (world->server));
  g_autoptr (GDir) dir = g_dir_open (world->folder, 0, NULL);
  const char *name;

  end_session (world);
  cfa_file_cache_trim (kept, -1);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (world->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (world->folder);
  fake_server_free (world->server);
  wait_idle ();
  g_free (world->folder);
  g_free (world->id);
}

/* Bytes of which no two pieces are alike. */
static char *
pattern (gsize size)
{
  char *bytes = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    bytes[i] = (char) ((i * 7 + i / 251) & 0xff);
  return bytes;
}

static char *
make_file (World *world, const char *name, gsize size)
{
  g_autofree char *bytes = pattern (size);
  char *path = g_build_filename (world->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
  return path;
}

/* Returns: (transfer full) */
static CfaUpload *
attach (World *world, CfaUploadList *list, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *name = g_path_get_basename (path);
  CfaUpload *upload = cfa_upload_new (name, file, NULL);

  cfa_session_attach (world->session, list, upload);
  return upload;
}

static CfaUpload *
attach_new (World *world, const char *name, gsize size)
{
  g_autofree char *path = make_file (world, name, size);

  return attach (world, world->list, path);
}

static void
wait_state (CfaUpload *upload, CfaUploadState state)
{
  wait_until (cfa_upload_get_state (upload) == state);
}

static void
assert_came (World *world, CfaUpload *upload, gsize size)
{
  g_autofree char *bytes = pattern (size);
  g_autoptr (GBytes) wanted = g_bytes_new (bytes, size), came = fake_server_content (world->server, cfa_upload_get_id (upload));

  g_assert_true (g_bytes_equal (wanted, came));
}

static void
count_steps (CfaUpload *upload, GArray *steps)
{
  gint64 sent = cfa_upload_get_sent (upload);

  g_array_append_val (steps, sent);
}

/* Piece by piece, all of it, with progress; a message takes it when it was looked at, and the outbox shows it meanwhile. */
static void
test_send (World *world, gconstpointer data)
{
  g_autoptr (CfaUpload) upload = attach_new (world, "plan.pdf", 3 * MEGABYTE + 17);
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (CfaMessageList) messages = NULL;
  g_autoptr (CfaMessage) message = NULL;
  g_auto (GStrv) ids = NULL;
  CfaConversation *conversation = cfa_session_get_conversation (world->session, world->id);

  g_signal_connect (upload, "changed", G_CALLBACK (count_steps), steps);
  wait_state (upload, CFA_UPLOAD_CHECKING);
  g_assert_cmpint (cfa_upload_list_get_state (world->list), ==, CFA_UPLOADS_BUSY);
  g_assert_cmpuint (fake_server_calls (world->server, "PUT"), ==, 4);
  assert_came (world, upload, 3 * MEGABYTE + 17);
  for (guint i = 1; i < steps->len; i++)
    g_assert_cmpint (g_array_index (steps, gint64, i), >=, g_array_index (steps, gint64, i - 1));
  g_assert_cmpuint (steps->len, >, 4);
  fake_server_settle (world->server, cfa_upload_get_id (upload), CF_FILE_READY, CF_FILE_REASON_NONE);
  wait_state (upload, CFA_UPLOAD_READY);
  ids = cfa_upload_list_take (world->list);
  g_assert_cmpint (cfa_upload_list_get_state (world->list), ==, CFA_UPLOADS_NONE);
  messages = cfa_session_open_messages (world->session, conversation);
  wait_until (!cfa_message_list_get_loading (messages));
  cfa_session_send_text (world->session, conversation, "the plan", NULL, (const char *const *) ids);
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (messages)) == 1);
  message = g_list_model_get_item (G_LIST_MODEL (messages), 0);
  g_assert_cmpint (cfa_message_get_state (message), ==, CFA_MESSAGE_SENDING);
  g_assert_cmpstr (cfa_message_get_files (message)[0], ==, ids[0]);
  wait_until (cfa_message_get_state (message) == CFA_MESSAGE_SENT);
  g_assert_cmpstr (cfa_message_get_files (message)[0], ==, ids[0]);
  g_assert_null (cfa_message_get_files (message)[1]);
}

/* The line breaks in the middle of a piece: what is there is not sent again, and what comes is what was chosen. */
static void
test_resume (World *world, gconstpointer data)
{
  g_autoptr (CfaUpload) upload = NULL;

  fake_server_trouble (world->server, "PUT", FAKE_DROP_AFTER, CF_ERROR_INTERNAL, 0);
  upload = attach_new (world, "plan.pdf", 2 * MEGABYTE);
  wait_state (upload, CFA_UPLOAD_CHECKING);
  g_assert_cmpuint (fake_server_calls (world->server, "HEAD"), >=, 1);
  assert_came (world, upload, 2 * MEGABYTE);
}

/* The server is gone for a while; meanwhile the file waits, afterwards it goes on. */
static void
test_offline (World *world, gconstpointer data)
{
  g_autoptr (CfaUpload) upload = NULL;

  fake_server_stop (world->server);
  wait_until (cfa_session_get_link (world->session) == CFA_LINK_WAITING);
  upload = attach_new (world, "plan.pdf", 1000);
  wait_until (cfa_upload_get_size (upload) == 1000);
  g_assert_cmpint (cfa_upload_get_state (upload), ==, CFA_UPLOAD_WAITING);
  fake_server_start (world->server);
  cfa_session_retry_now (world->session);
  wait_state (upload, CFA_UPLOAD_CHECKING);
  assert_came (world, upload, 1000);
}

/* What was lost was the answer: the announcement is repeated, and is the same file. */
static void
test_lost_answer (World *world, gconstpointer data)
{
  g_autoptr (CfaUpload) upload = NULL;

  fake_server_trouble (world->server, "file.create", FAKE_DROP_AFTER, CF_ERROR_INTERNAL, 0);
  upload = attach_new (world, "plan.pdf", 1000);
  wait_state (upload, CFA_UPLOAD_CHECKING);
  g_assert_cmpuint (fake_server_calls (world->server, "file.create"), ==, 2);
  assert_came (world, upload, 1000);
}

/* Over the limit, not one byte is sent. */
static void
test_too_large (World *world, gconstpointer data)
{
  g_autoptr (CfaUpload) upload = NULL;

  fake_server_set_file_max (world->server, 999);
  upload = attach_new (world, "film.mp4", 1000);
  wait_state (upload, CFA_UPLOAD_FAILED);
  g_assert_cmpstr (cfa_upload_get_problem (upload), ==, "Too large: 1.0\xc2\xa0kB. At most 999 bytes can be sent.");
  g_assert_false (cfa_upload_get_can_retry (upload));
  g_assert_cmpuint (fake_server_calls (world->server, "PUT"), ==, 0);
  g_assert_cmpint (cfa_upload_list_get_state (world->list), ==, CFA_UPLOADS_FAILED);
  g_assert_true (cfa_upload_list_remove (world->list, upload));
  g_assert_cmpint (cfa_upload_list_get_state (world->list), ==, CFA_UPLOADS_NONE);
}

/* What it really is may not be sent; who sends the next one is not held up. */
static void
test_refused (World *world, gconstpointer data)
{
  g_autoptr (CfaUpload) upload = attach_new (world, "setup.exe", 1000), next = NULL;

  wait_state (upload, CFA_UPLOAD_CHECKING);
  cfa_upload_list_set_awaited (world->list, TRUE);
  fake_server_settle (world->server, cfa_upload_get_id (upload), CF_FILE_REFUSED, CF_FILE_REASON_INFECTED);
  wait_state (upload, CFA_UPLOAD_FAILED);
  g_assert_cmpstr (cfa_upload_get_problem (upload), ==, "A virus was found in it");
  g_assert_false (cfa_upload_list_get_awaited (world->list));
  next = attach_new (world, "plan.pdf", 1000);
  wait_state (next, CFA_UPLOAD_CHECKING);
}

/* Folders, nothing, what is gone, and what is empty are refused with words, without a call. */
static void
test_no_file (World *world, gconstpointer data)
{
  g_autofree char *gone = g_build_filename (world->folder, "gone.txt", NULL);
  g_autoptr (CfaUpload) folder = attach (world, world->list, world->folder), missing = attach (world, world->list, gone);
  g_autoptr (CfaUpload) empty = attach_new (world, "empty.txt", 0);

  wait_state (folder, CFA_UPLOAD_FAILED);
  wait_state (missing, CFA_UPLOAD_FAILED);
  wait_state (empty, CFA_UPLOAD_FAILED);
  g_assert_cmpstr (cfa_upload_get_problem (folder), ==, "A folder cannot be sent. Make an archive of it first.");
  g_assert_false (cfa_upload_get_can_retry (folder));
  g_assert_cmpstr (cfa_upload_get_problem (missing), ==, "The file is not there any more");
  g_assert_cmpstr (cfa_upload_get_problem (empty), ==, "The file is empty");
  g_assert_cmpuint (fake_server_calls (world->server, "file.create"), ==, 0);
  g_assert_true (g_file_set_contents (gone, "here now", -1, NULL));
  cfa_session_retry_upload (world->session, missing);
  wait_state (missing, CFA_UPLOAD_CHECKING);
}

static void
shorten (CfaUpload *upload, char *path)
{
  if (cfa_upload_get_state (upload) == CFA_UPLOAD_SENDING && cfa_upload_get_sent (upload) >= MEGABYTE)
    g_assert_cmpint (truncate (path, 5), ==, 0);
}

/* It is cut short while it is sent: what is there is not taken for the whole. */
static void
test_cut_short (World *world, gconstpointer data)
{
  g_autofree char *path = make_file (world, "log.txt", 3 * MEGABYTE);
  g_autoptr (CfaUpload) upload = attach (world, world->list, path);

  g_signal_connect (upload, "changed", G_CALLBACK (shorten), path);
  wait_state (upload, CFA_UPLOAD_FAILED);
  g_assert_cmpstr (cfa_upload_get_problem (upload), ==, "The file has changed while it was read");
  g_assert_true (cfa_upload_get_can_retry (upload));
}

static void
remove_when_sending (CfaUpload *upload, World *world)
{
  if (cfa_upload_get_sent (upload) >= MEGABYTE)
    cfa_upload_list_remove (world->list, upload);
}

/* Taken away in the middle, the rest is not sent, and the next one has its turn. */
static void
test_cancel (World *world, gconstpointer data)
{
  g_autoptr (CfaUpload) upload = attach_new (world, "plan.pdf", 8 * MEGABYTE), next = attach_new (world, "next.pdf", 1000);

  g_signal_connect (upload, "changed", G_CALLBACK (remove_when_sending), world);
  wait_state (next, CFA_UPLOAD_CHECKING);
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (world->list)) == 1); /* the small one may have been looked at first */
  g_assert_cmpuint (fake_server_calls (world->server, "PUT"), <, 9);
}

/* What belongs to a note is announced as such, in a list of its own. */
static void
test_note (World *world, gconstpointer data)
{
  CfaUploadList *notes = cfa_session_get_uploads (world->session, world->id, TRUE);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("picture", 7);
  g_autoptr (CfaUpload) upload = cfa_upload_new ("pasted.png", NULL, bytes);

  g_assert_true (notes != world->list);
  cfa_session_attach (world->session, notes, upload);
  wait_state (upload, CFA_UPLOAD_CHECKING);
  g_assert_true (fake_server_file (world->server, "pasted.png")->staff_only);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (world->list)), ==, 0);
}

/* An eleventh file, and a name that is longer than any screen. */
static void
test_too_many (World *world, gconstpointer data)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (CfaUpload) last = NULL, first = NULL;

  for (guint i = 0; i < 500; i++)
    g_string_append (name, "\xf0\x9f\x98\x80");
  for (guint i = 0; i < CFA_UPLOADS_MAX; i++)
    {
      g_autoptr (CfaUpload) upload = cfa_upload_new (name->str, NULL, bytes);

      cfa_session_attach (world->session, world->list, upload);
    }
  last = cfa_upload_new ("last", NULL, bytes);
  cfa_session_attach (world->session, world->list, last);
  g_assert_cmpstr (cfa_upload_get_problem (last), ==, "A message takes 10 files at most");
  first = g_list_model_get_item (G_LIST_MODEL (world->list), 0);
  wait_state (first, CFA_UPLOAD_CHECKING);
}

/* The session ends while a file is on its way: nothing is left behind, nothing crashes. */
static void
test_end (World *world, gconstpointer data)
{
  g_autoptr (CfaUpload) upload = attach_new (world, "plan.pdf", 8 * MEGABYTE);

  wait_state (upload, CFA_UPLOAD_SENDING);
  end_session (world);
}

/* A file of a message is known by its record, fetched once, and found here the next time. */
static void
test_fetch (World *world, gconstpointer data)
{
  g_autoptr (CfaUpload) upload = attach_new (world, "plan.pdf", 300000);
  g_autoptr (CfaAttachment) attachment = NULL, again = NULL;
  g_autofree char *contents = NULL, *bytes = pattern (300000), *id = NULL;
  gsize length;

  wait_state (upload, CFA_UPLOAD_CHECKING);
  id = g_strdup (cfa_upload_get_id (upload));
  fake_server_settle (world->server, id, CF_FILE_READY, CF_FILE_REASON_NONE);
  wait_state (upload, CFA_UPLOAD_READY);
  attachment = cfa_session_open_attachment (world->session, id);
  wait_until (cfa_attachment_get_record (attachment) != NULL);
  g_assert_cmpint (cfa_attachment_get_state (attachment), ==, CFA_ATTACHMENT_REMOTE);
  cfa_session_fetch_attachment (world->session, attachment);
  wait_until (cfa_attachment_get_state (attachment) == CFA_ATTACHMENT_HERE);
  g_assert_true (g_file_get_contents (cfa_attachment_get_path (attachment), &contents, &length, NULL));
  g_assert_cmpmem (contents, length, bytes, 300000);
  g_assert_cmpuint (fake_server_calls (world->server, "GET"), ==, 1);
  g_clear_object (&attachment);
  again = cfa_session_open_attachment (world->session, id);
  wait_until (cfa_attachment_get_record (again) != NULL);
  cfa_session_fetch_attachment (world->session, again);
  wait_until (cfa_attachment_get_state (again) == CFA_ATTACHMENT_HERE);
  g_assert_cmpuint (fake_server_calls (world->server, "GET"), ==, 1);
}

/* A download that breaks says so, and can be tried again. */
static void
test_fetch_breaks (World *world, gconstpointer data)
{
  g_autoptr (CfaUpload) upload = attach_new (world, "plan.pdf", 300000);
  g_autoptr (CfaAttachment) attachment = NULL;

  wait_state (upload, CFA_UPLOAD_CHECKING);
  fake_server_settle (world->server, cfa_upload_get_id (upload), CF_FILE_READY, CF_FILE_REASON_NONE);
  wait_state (upload, CFA_UPLOAD_READY);
  attachment = cfa_session_open_attachment (world->session, cfa_upload_get_id (upload));
  wait_until (cfa_attachment_get_record (attachment) != NULL);
  fake_server_trouble (world->server, "GET", FAKE_DROP_BEFORE, CF_ERROR_INTERNAL, 0);
  cfa_session_fetch_attachment (world->session, attachment);
  wait_until (cfa_attachment_get_state (attachment) == CFA_ATTACHMENT_FAILED);
  g_assert_cmpstr (cfa_attachment_get_problem (attachment), ==, "It could not be fetched. Try again.");
  cfa_session_fetch_attachment (world->session, attachment);
  wait_until (cfa_attachment_get_state (attachment) == CFA_ATTACHMENT_HERE);
}

/* Of what a thread does to a file nobody is told. */
static gboolean
look_again (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static char *
fetch_photo (World *world, const char *photo, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cfa_session_fetch_photo_async (world->session, photo, wait_keep_result, &result);
  wait_until (result != NULL);
  return cfa_session_fetch_photo_finish (world->session, result, error);
}

/* What was fetched is here without a connection, until nobody has it any more; what the server calls a photo leads to no other place. */
static void
test_photo (World *world, gconstpointer data)
{
  static const char *const wrong[] = { "", "../../../../../../../../../../../etc/passwd", "short", "Zk3yq0d1Vx5c8mB2nL7pR4tW6uJ9eA-hG_sFoKiQvT/" };
  const char *photo = "Zk3yq0d1Vx5c8mB2nL7pR4tW6uJ9eA-hG_sFoKiQvTY";
  g_autofree char *folder = cfa_file_cache_folder (fake_server_agent_id (world->server)), *place = g_build_filename (folder, photo, NULL);
  g_autofree char *kept = g_build_filename (place, "photo.jpg", NULL), *found = NULL;
  g_autoptr (GError) error = NULL, unknown = NULL;
  guint tick;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) refused = NULL;

      g_assert_null (fetch_photo (world, wrong[i], &refused));
      g_assert_error (refused, CF_ERROR, CF_ERROR_INVALID);
    }
  g_assert_null (fetch_photo (world, photo, &unknown));
  g_assert_error (unknown, CF_ERROR, CF_ERROR_NOT_FOUND);
  g_mkdir_with_parents (place, 0700);
  g_assert_true (g_file_set_contents (kept, "a photo", -1, NULL));
  fake_server_stop (world->server);
  found = fetch_photo (world, photo, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, kept);
  cfa_session_forget_photo (world->session, photo);
  tick = g_timeout_add (10, look_again, NULL);
  wait_until (!g_file_test (place, G_FILE_TEST_EXISTS));
  g_source_remove (tick);
}

/* The folder stays below its limit; what was used last stays. Names from elsewhere stay in it. */
static void
test_file_cache (void)
{
  g_autofree char *folder = g_dir_make_tmp ("chatflow-kept-XXXXXX", NULL);
  const char *const names[] = { "old.pdf", "new.pdf", "../../evil", "..", "" };
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (CfFile) record = cf_struct_new (&cf_file_shape);
      g_autoptr (GFile) place = NULL;
      g_autoptr (GFile) parent = NULL, root = g_file_new_for_path (folder);
      struct utimbuf times = { 1000 + i, 1000 + i };

      record->parent.id = cf_id_new ();
      record->name = g_strdup (names[i]);
      place = cfa_file_cache_place (folder, record);
      parent = g_file_get_parent (place);
      g_assert_true (g_file_has_prefix (place, root));
      g_assert_true (g_file_has_parent (parent, root));
      g_assert_true (g_file_make_directory (parent, NULL, NULL));
      g_ptr_array_add (paths, g_file_get_path (place));
      g_assert_true (g_file_set_contents (paths->pdata[i], "0123456789", 10, NULL));
      g_assert_cmpint (utime (paths->pdata[i], &times), ==, 0);
    }
  cfa_file_cache_trim (folder, 30);
  g_assert_false (g_file_test (paths->pdata[0], G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (paths->pdata[1], G_FILE_TEST_EXISTS));
  for (guint i = 2; i < paths->len; i++)
    g_assert_true (g_file_test (paths->pdata[i], G_FILE_TEST_EXISTS));
  cfa_file_cache_trim (folder, -1);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* The nth file of the draft. */
static CfaUpload *
nth (World *world, guint n)
{
  g_autoptr (CfaUpload) upload = g_list_model_get_item (G_LIST_MODEL (world->list), n);

  g_assert_nonnull (upload);
  return upload; /* the list holds it */
}

/* What was chosen, what was pasted and what is on the server already are in the draft again after a restart; what is sent is not. */
static void
test_restart (World *world, gconstpointer data)
{
  g_autofree char *pasted = pattern (5000), *ready_id = NULL, *pasted_id = NULL, *drafts = cfa_draft_files_folder (fake_server_agent_id (world->server));
  g_autoptr (GBytes) bytes = g_bytes_new (pasted, 5000);
  g_autoptr (CfaUpload) ready = attach_new (world, "ready.pdf", 1000), chosen = NULL, screenshot = NULL;
  g_autoptr (CfaMessageList) messages = NULL;
  g_auto (GStrv) ids = NULL;

  wait_state (ready, CFA_UPLOAD_CHECKING);
  fake_server_settle (world->server, cfa_upload_get_id (ready), CF_FILE_READY, CF_FILE_REASON_NONE);
  wait_state (ready, CFA_UPLOAD_READY);
  fake_server_stop (world->server);
  wait_until (cfa_session_get_link (world->session) == CFA_LINK_WAITING);
  chosen = attach_new (world, "chosen.pdf", 2000);
  wait_until (cfa_upload_get_size (chosen) == 2000);
  screenshot = cfa_upload_new ("Screenshot.png", NULL, bytes);
  cfa_session_attach (world->session, world->list, screenshot);
  ready_id = g_strdup (cfa_upload_get_id (ready));
  pasted_id = g_strdup (cfa_upload_get_id (screenshot));
  wait_idle ();
  end_session (world);

  fake_server_start (world->server);
  begin_session (world);
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (world->list)) == 3);
  g_assert_cmpstr (cfa_upload_get_id (nth (world, 0)), ==, ready_id);
  g_assert_cmpstr (cfa_upload_get_name (nth (world, 1)), ==, "chosen.pdf");
  g_assert_cmpstr (cfa_upload_get_id (nth (world, 2)), ==, pasted_id);
  wait_state (nth (world, 0), CFA_UPLOAD_READY);
  wait_state (nth (world, 1), CFA_UPLOAD_CHECKING);
  wait_state (nth (world, 2), CFA_UPLOAD_CHECKING);
  assert_came (world, nth (world, 1), 2000);
  assert_came (world, nth (world, 2), 5000);
  for (guint i = 1; i < 3; i++)
    fake_server_settle (world->server, cfa_upload_get_id (nth (world, i)), CF_FILE_READY, CF_FILE_REASON_NONE);
  wait_until (cfa_upload_list_get_state (world->list) == CFA_UPLOADS_READY);
  ids = cfa_upload_list_take (world->list);
  cfa_session_send_text (world->session, cfa_session_get_conversation (world->session, world->id), "all", NULL, (const char *const *) ids);
  wait_until (cfa_session_get_pending (world->session) == 0);
  end_session (world);

  begin_session (world);
  messages = cfa_session_open_messages (world->session, cfa_session_get_conversation (world->session, world->id));
  wait_until (!cfa_message_list_get_loading (messages));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (world->list)), ==, 0);
  wait_until (!g_file_test (drafts, G_FILE_TEST_EXISTS)); /* nothing is left of what was pasted */
}

/* What is gone from this computer meanwhile, and was not sent yet, is told. */
static void
test_restart_gone (World *world, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (CfaUpload) chosen = NULL;

  fake_server_stop (world->server);
  wait_until (cfa_session_get_link (world->session) == CFA_LINK_WAITING);
  chosen = attach_new (world, "chosen.pdf", 2000);
  wait_until (cfa_upload_get_size (chosen) == 2000);
  end_session (world);
  path = g_build_filename (world->folder, "chosen.pdf", NULL);
  g_assert_cmpint (g_remove (path), ==, 0);
  fake_server_start (world->server);
  begin_session (world);
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (world->list)) == 1);
  wait_state (nth (world, 0), CFA_UPLOAD_FAILED);
  g_assert_cmpstr (cfa_upload_get_problem (nth (world, 0)), ==, "The file is not there any more");
}

int
main (int argc, char **argv)
{
  static const struct { const char *path; void (*test) (World *, gconstpointer); } tests[] = {
    { "/files/send", test_send }, { "/files/resume", test_resume }, { "/files/offline", test_offline }, { "/files/lost-answer", test_lost_answer },
    { "/files/too-large", test_too_large }, { "/files/refused", test_refused }, { "/files/no-file", test_no_file },
    { "/files/cut-short", test_cut_short }, { "/files/cancel", test_cancel }, { "/files/note", test_note }, { "/files/too-many", test_too_many },
    { "/files/end", test_end }, { "/files/fetch", test_fetch }, { "/files/fetch-breaks", test_fetch_breaks }, { "/files/photo", test_photo },
    { "/files/restart", test_restart }, { "/files/restart-gone", test_restart_gone },
  };

  g_autofree char *folder = g_dir_make_tmp ("chatflow-home-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  g_setenv ("LC_ALL", "C", TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  cfa_pace_set (10);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, World, NULL, world_set_up, tests[i].test, world_tear_down);
  g_test_add_func ("/files/cache", test_file_cache);
  return g_test_run ();
}

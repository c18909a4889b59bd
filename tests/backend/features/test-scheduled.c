/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "backend/features/files/file-service.h"
#include "backend/features/scheduled/scheduled-service.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/methods/results.h"

/* What is sent later: once, in its author's name, and not when it would do harm. */

#define HOUR_MS ((gint64) 60 * 60 * 1000)

static CfRecordsResult *do_call (World *world, const CfdCaller *caller, const char *method, const char *json, ...) G_GNUC_PRINTF (4, 5);

static CfRecordsResult *
do_call (World *world, const CfdCaller *caller, const char *method, const char *json, ...)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  CfRecordsResult *result;
  va_list args;

  va_start (args, json);
  text = g_strdup_vprintf (json, args);
  va_end (args);
  result = world_call (world, caller, method, &error, "%s", text);
  g_assert_no_error (error);
  return result;
}

static void done (World *world, const CfdCaller *caller, const char *method, const char *json, ...) G_GNUC_PRINTF (4, 5);

/* A call whose answer is of no interest. */
static void
done (World *world, const CfdCaller *caller, const char *method, const char *json, ...)
{
  g_autofree char *text = NULL;
  g_autoptr (CfRecordsResult) result = NULL;
  va_list args;

  va_start (args, json);
  text = g_strdup_vprintf (json, args);
  va_end (args);
  result = do_call (world, caller, method, "%s", text);
}

static CfScheduledMessage *
scheduled_of (CfRecordsResult *result)
{
  return world_record (result, &cf_scheduled_message_shape, 0);
}

/* Returns: its id */
static char *
add (World *world, const CfdCaller *caller, const char *conversation, const char *more)
{
  char *id = cf_id_new ();

  done (world, caller, "scheduled.add", "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"later\",\"send_at\":%" G_GINT64_FORMAT "%s}",
        id, conversation, cf_now () + HOUR_MS, more);
  return id;
}

static gboolean
due_now (CfdTx *tx, gpointer id, GError **error)
{
  cfd_tx_set_now (tx, cfd_tx_now (tx) + 2 * HOUR_MS);
  return cfd_scheduling.act (tx, id, error);
}

static gboolean
due_early (CfdTx *tx, gpointer id, GError **error)
{
  return cfd_scheduling.act (tx, id, error);
}

static gboolean
refuse (CfdTx *tx, gpointer id, GError **error)
{
  return cfd_scheduling.refuse (tx, id, "files: a.txt\nis gone", error);
}

static void
run (World *world, CfdDbWork work, char *id)
{
  g_autoptr (GError) error = NULL;

  world_run (world, CFD_DB_WRITE, work, id, &error);
  g_assert_no_error (error);
}

typedef struct
{
  const char *id;
  CfScheduledMessage *record;
  CfMessage *message;
} Reading;

static gboolean
read_both (CfdTx *tx, gpointer data, GError **error)
{
  Reading *reading = data;

  reading->record = cfd_tx_get (tx, error, &cf_scheduled_message_shape, reading->id);
  reading->message = cfd_tx_get (tx, error, &cf_message_shape, reading->id);
  return TRUE;
}

/* Whether it was sent; else it stands, held back for @held. */
static gboolean
is_sent (World *world, const char *id, CfHeld held)
{
  Reading reading = { id };
  gboolean sent;

  world_run (world, CFD_DB_READ, read_both, &reading, NULL);
  sent = reading.message != NULL;
  g_assert_cmpint (reading.record->parent.deleted, ==, sent);
  if (!sent)
    g_assert_cmpint (reading.record->held, ==, held);
  else
    {
      g_assert_cmpstr (reading.message->text, ==, "later");
      g_assert_cmpstr (reading.message->author_id, ==, reading.record->author_id);
      g_assert_null (reading.record->text);
      cf_struct_unref (reading.message);
    }
  cf_struct_unref (reading.record);
  return sent;
}

static guint
count (World *world, const CfdCaller *caller, const char *conversation)
{
  g_autoptr (CfRecordsResult) all = do_call (world, caller, "message.list", "{\"conversation_id\":\"%s\"}", conversation);

  return all->records->len;
}

static void
close_it (World *world, const CfdCaller *caller, const char *conversation)
{
  g_autofree char *event = cf_id_new ();

  done (world, caller, "conversation.close", "{\"id\":\"%s\",\"event_id\":\"%s\"}", conversation, event);
}

static void
say (World *world, const CfdCaller *caller, const char *conversation)
{
  g_autofree char *id = cf_id_new ();

  done (world, caller, "message.send", "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"now\"}", id, conversation);
}

static void
test_due (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello"), *id = add (world, world->agent, conversation, "");
  guint before = count (world, world->visitor, conversation);

  run (world, due_early, id);
  g_assert_false (is_sent (world, id, CF_HELD_NO));
  run (world, due_now, id);
  g_assert_true (is_sent (world, id, CF_HELD_NO));
  run (world, due_now, id);
  /* the text, and that its author has taken the conversation */
  g_assert_cmpuint (count (world, world->visitor, conversation), ==, before + 2);
}

static void
test_repeats (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello"), *id = cf_id_new ();
  g_autofree char *json = g_strdup_printf ("{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"later\",\"send_at\":%" G_GINT64_FORMAT "}",
                                           id, conversation, cf_now () + HOUR_MS);
  g_autoptr (CfRecordsResult) first = do_call (world, world->agent, "scheduled.add", "%s", json);
  g_autoptr (CfRecordsResult) again = do_call (world, world->agent, "scheduled.add", "%s", json);
  g_autoptr (CfRecordsResult) sent = NULL, resent = NULL, late = NULL;

  g_assert_cmpint (scheduled_of (first)->parent.rev, ==, scheduled_of (again)->parent.rev);
  world_refuses (world, world->admin, "scheduled.add", CF_ERROR_CONFLICT, "%s", json);
  world_refuses (world, world->stranger, "scheduled.add", CF_ERROR_CONFLICT, "%s", json);
  sent = do_call (world, world->agent, "scheduled.send", "{\"id\":\"%s\"}", id);
  resent = do_call (world, world->agent, "scheduled.send", "{\"id\":\"%s\"}", id);
  late = do_call (world, world->agent, "scheduled.add", "%s", json);
  g_assert_true (is_sent (world, id, CF_HELD_NO));
  g_assert_cmpstr (((CfRecord *) world_record (resent, &cf_message_shape, 0))->id, ==, id);
  g_assert_true (scheduled_of (late)->parent.deleted);
  /* What was sent cannot be called back. */
  world_refuses (world, world->agent, "scheduled.cancel", CF_ERROR_CONFLICT, "{\"id\":\"%s\"}", id);
  world_refuses (world, world->agent, "scheduled.update", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"text\":\"other\"}", id);
}

static void
test_cancel (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello");
  g_autofree char *id = add (world, world->agent, conversation, ""), *admins = add (world, world->admin, conversation, "");
  g_autoptr (CfRecordsResult) gone = do_call (world, world->admin, "scheduled.cancel", "{\"id\":\"%s\"}", id);
  g_autoptr (CfRecordsResult) again = do_call (world, world->agent, "scheduled.cancel", "{\"id\":\"%s\"}", id);

  g_assert_true (scheduled_of (gone)->parent.deleted);
  g_assert_cmpint (scheduled_of (gone)->parent.rev, ==, scheduled_of (again)->parent.rev);
  world_refuses (world, world->agent, "scheduled.cancel", CF_ERROR_FORBIDDEN, "{\"id\":\"%s\"}", admins);
  world_refuses (world, world->stranger, "scheduled.cancel", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", admins);
  world_refuses (world, world->agent, "scheduled.send", CF_ERROR_FORBIDDEN, "{\"id\":\"%s\"}", admins);
  world_refuses (world, world->agent, "scheduled.update", CF_ERROR_FORBIDDEN, "{\"id\":\"%s\",\"text\":\"x\"}", admins);
  world_refuses (world, world->agent, "scheduled.send", CF_ERROR_CONFLICT, "{\"id\":\"%s\"}", id);
  world_refuses (world, world->agent, "scheduled.update", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"text\":\"x\"}", id);
  run (world, due_now, id);
  g_assert_cmpuint (count (world, world->visitor, conversation), ==, 1);
}

/* The visitor wrote first: held back only where its author wants that, and what the author has seen does not count. */
static void
test_visitor_wrote (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello");
  g_autofree char *anyway = add (world, world->agent, conversation, ""), *polite = add (world, world->agent, conversation, ",\"unless_reply\":true");

  say (world, world->visitor, conversation);
  run (world, due_now, anyway);
  run (world, due_now, polite);
  g_assert_true (is_sent (world, anyway, CF_HELD_NO));
  g_assert_false (is_sent (world, polite, CF_HELD_VISITOR_WROTE));
  done (world, world->agent, "scheduled.update", "{\"id\":\"%s\",\"send_at\":%" G_GINT64_FORMAT "}", polite, cf_now () + HOUR_MS);
  g_assert_false (is_sent (world, polite, CF_HELD_NO));
  run (world, due_now, polite);
  g_assert_true (is_sent (world, polite, CF_HELD_NO));
}

/* Who closes a conversation knows of their own message; another's is held back; to one that was closed before it is sent on purpose. */
static void
test_closed (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello");
  g_autofree char *agents = add (world, world->agent, conversation, ""), *admins = add (world, world->admin, conversation, "");
  g_autofree char *afterwards = NULL;

  close_it (world, world->admin, conversation);
  run (world, due_now, agents);
  g_assert_false (is_sent (world, agents, CF_HELD_CLOSED));
  run (world, due_now, admins);
  g_assert_true (is_sent (world, admins, CF_HELD_NO));
  close_it (world, world->admin, conversation);
  afterwards = add (world, world->agent, conversation, "");
  run (world, due_now, afterwards);
  g_assert_true (is_sent (world, afterwards, CF_HELD_NO));
}

static void
test_author_left (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello"), *id = add (world, world->agent, conversation, "");

  done (world, world->admin, "agent.update", "{\"id\":\"%s\",\"disabled\":true}", world->agent->id);
  run (world, due_now, id);
  g_assert_false (is_sent (world, id, CF_HELD_AGENT_DISABLED));
  done (world, world->admin, "scheduled.cancel", "{\"id\":\"%s\"}", id);
}

static gboolean
make_ready (CfdTx *tx, gpointer id, GError **error)
{
  g_autoptr (CfFile) file = cfd_tx_get (tx, error, &cf_file_shape, id);

  file->state = CF_FILE_READY;
  return cfd_tx_put (tx, file, error);
}

static gboolean
count_forgotten (CfdTx *tx, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) files = NULL;

  cfd_tx_set_now (tx, cfd_tx_now (tx) + 48 * HOUR_MS);
  files = cfd_files_forgotten (tx, error);
  *(guint *) data = files->len;
  return TRUE;
}

static guint
forgotten (World *world)
{
  guint n = 0;

  world_run (world, CFD_DB_READ, count_forgotten, &n, NULL);
  return n;
}

/* The visitor hears nothing of a file before its message; it is kept as long as it waits. */
static void
test_files (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello"), *file = cf_id_new (), *id = NULL, *more = NULL;
  g_autoptr (CfStruct) made = world_call (world, world->agent, "file.create", NULL,
                                          "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"name\":\"a.txt\",\"size\":5}", file, conversation);

  more = g_strdup_printf (",\"files\":[\"%s\"]", file);
  world_refuses (world, world->agent, "scheduled.add", CF_ERROR_CONFLICT,
                 "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"x\",\"send_at\":1,\"files\":[\"%s\"]}", conversation, conversation, file);
  run (world, make_ready, file);
  g_assert_cmpuint (forgotten (world), ==, 1);
  id = add (world, world->agent, conversation, more);
  g_assert_cmpuint (forgotten (world), ==, 0);
  world_refuses (world, world->visitor, "file.link", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", file);
  run (world, due_now, id);
  g_assert_true (is_sent (world, id, CF_HELD_NO));
  cf_struct_unref (world_call (world, world->visitor, "file.link", NULL, "{\"id\":\"%s\"}", file));
}

/* What can never be sent stays with its reason, in one line. */
static void
test_refused (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello"), *id = add (world, world->agent, conversation, "");
  Reading reading = { id };

  run (world, refuse, id);
  world_run (world, CFD_DB_READ, read_both, &reading, NULL);
  g_assert_cmpint (reading.record->held, ==, CF_HELD_REFUSED);
  g_assert_cmpstr (reading.record->detail, ==, "files: a.txt is gone");
  cf_struct_unref (reading.record);
  done (world, world->agent, "scheduled.send", "{\"id\":\"%s\"}", id);
  g_assert_true (is_sent (world, id, CF_HELD_NO));
}

static void
test_limits (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello"), *id = cf_id_new (), *note = cf_id_new ();
  gint64 far = cf_now () + CF_SCHEDULE_MAX_MS + HOUR_MS;

  done (world, world->agent, "note.add", "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"psst\"}", note, conversation);
#define REFUSES(code, more, ...)                                                                                                     \
  world_refuses (world, world->agent, "scheduled.add", code, "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"x\"," more "}", id, \
                 conversation, ##__VA_ARGS__)
  REFUSES (CF_ERROR_INVALID, "\"send_at\":%" G_GINT64_FORMAT, far);
  REFUSES (CF_ERROR_INVALID, "\"send_at\":%" G_GINT64_FORMAT ",\"reply_to\":\"%s\"", cf_now (), note);
  REFUSES (CF_ERROR_NOT_FOUND, "\"send_at\":%" G_GINT64_FORMAT ",\"reply_to\":\"%s\"", cf_now (), id);
#undef REFUSES
  world_refuses (world, world->stranger, "scheduled.add", CF_ERROR_NOT_FOUND,
                 "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"x\",\"send_at\":1}", id, conversation);
  /* the id of a message that is there already */
  world_refuses (world, world->agent, "scheduled.add", CF_ERROR_CONFLICT,
                 "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"x\",\"send_at\":1}", note, conversation);
  for (int i = 0; i < CF_SCHEDULED_MAX; i++)
    g_free (add (world, world->agent, conversation, ""));
  world_refuses (world, world->agent, "scheduled.add", CF_ERROR_CONFLICT,
                 "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"x\",\"send_at\":1}", id, conversation);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduled/due", test_due);
  g_test_add_func ("/scheduled/repeats", test_repeats);
  g_test_add_func ("/scheduled/cancel", test_cancel);
  g_test_add_func ("/scheduled/visitor-wrote", test_visitor_wrote);
  g_test_add_func ("/scheduled/closed", test_closed);
  g_test_add_func ("/scheduled/author-left", test_author_left);
  g_test_add_func ("/scheduled/files", test_files);
  g_test_add_func ("/scheduled/refused", test_refused);
  g_test_add_func ("/scheduled/limits", test_limits);
  return g_test_run ();
}

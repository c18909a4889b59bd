/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "backend/features/conversations/conversation-service.h"
#include "backend/features/conversations/message-service.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/methods/rating-params.h"
#include "protocol/methods/results.h"
#include "protocol/methods/search-params.h"

/* What an agent does with a conversation, and what is refused. */

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

static CfConversation *
conversation_of (CfRecordsResult *result)
{
  return world_record (result, &cf_conversation_shape, 0);
}

static CfMessage *
message_of (CfRecordsResult *result)
{
  return world_record (result, &cf_message_shape, 0);
}

/* The conversation as it stands. */
static CfConversation *
read_conversation (World *world, const char *id)
{
  g_autoptr (CfRecordsResult) all = do_call (world, world->admin, "conversation.get", "{\"id\":\"%s\"}", id);

  return cf_struct_ref (conversation_of (all));
}

static guint
count_messages (World *world, const CfdCaller *caller, const char *conversation)
{
  g_autoptr (CfRecordsResult) all = do_call (world, caller, "message.list", "{\"conversation_id\":\"%s\"}", conversation);

  return all->records->len;
}

/* The id of a text or note that is written. */
static char *
write_words (World *world, const CfdCaller *caller, const char *method, const char *conversation, const char *text)
{
  char *id = cf_id_new ();
  g_autoptr (CfRecordsResult) result =
    do_call (world, caller, method, "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"%s\"}", id, conversation, text);

  return id;
}

static CfMood
mood_of (World *world, const char *id)
{
  g_autoptr (CfConversation) conversation = read_conversation (world, id);

  return conversation->mood;
}

/* It follows the visitor's words alone, and forgets those that are taken away. */
static void
test_mood (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = world_start (world, world->visitor, "hello"), *angry = NULL, *said = NULL, *note = NULL, *pleased = NULL;
  g_autoptr (CfRecordsResult) removed = NULL;

  g_assert_cmpint (mood_of (world, id), ==, CF_MOOD_NONE);
  said = write_words (world, world->agent, "message.send", id, "what a terrible day");
  note = write_words (world, world->agent, "note.add", id, "they are awful");
  g_assert_cmpint (mood_of (world, id), ==, CF_MOOD_NONE);
  angry = write_words (world, world->visitor, "message.send", id, "This is not good, I hate it");
  g_assert_cmpint (mood_of (world, id), ==, CF_MOOD_NEGATIVE);
  removed = do_call (world, world->admin, "message.remove", "{\"id\":\"%s\"}", angry);
  g_assert_cmpint (mood_of (world, id), ==, CF_MOOD_NONE);
  pleased = write_words (world, world->visitor, "message.send", id, "All is well now, great, thank you!");
  g_assert_cmpint (mood_of (world, id), ==, CF_MOOD_POSITIVE);
}

static void
test_accept (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = world_start (world, world->visitor, "hello"), *first = cf_id_new (), *second = cf_id_new (), *third = cf_id_new ();
  g_autoptr (CfRecordsResult) taken =
    do_call (world, world->agent, "conversation.accept", "{\"id\":\"%s\",\"event_id\":\"%s\"}", id, first);
  g_autoptr (CfRecordsResult) again =
    do_call (world, world->agent, "conversation.accept", "{\"id\":\"%s\",\"event_id\":\"%s\"}", id, first);
  g_autoptr (CfRecordsResult) mine =
    do_call (world, world->agent, "conversation.accept", "{\"id\":\"%s\",\"event_id\":\"%s\"}", id, second);
  g_autoptr (GError) late = NULL;
  g_autofree char *words = g_strdup_printf ("%s has taken it", world->agent->name);

  g_assert_cmpstr (conversation_of (taken)->assignee_id, ==, world->agent->id);
  g_assert_cmpint (message_of (taken)->event, ==, CF_MESSAGE_EVENT_ASSIGNED);
  g_assert_cmpstr (message_of (taken)->target_id, ==, world->agent->id);
  g_assert_true (cf_struct_equal (message_of (taken), message_of (again)));
  g_assert_cmpuint (mine->records->len, ==, 1);
  g_assert_null (world_call (world, world->admin, "conversation.accept", &late, "{\"id\":\"%s\",\"event_id\":\"%s\"}", id, third));
  g_assert_error (late, CF_ERROR, CF_ERROR_CONFLICT);
  g_assert_cmpstr (late->message, ==, words);
  world_refuses (world, world->admin, "conversation.accept", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"event_id\":\"%s\"}", id, first);
  world_refuses (world, world->stranger, "conversation.accept", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"event_id\":\"%s\"}", id, third);
}

typedef struct
{
  const CfdCaller *caller;
  const char *id;
  int *waiting, *won, *lost;
} Rival;

static gboolean
try_to_take (CfdTx *tx, gpointer data, GError **error)
{
  Rival *rival = data;
  g_autofree char *event = cf_id_new ();
  g_autoptr (CfConversationActionParams) params = cf_struct_new (&cf_conversation_action_params_shape);
  g_autoptr (GPtrArray) done = NULL;

  params->id = g_strdup (rival->id);
  params->event_id = g_steal_pointer (&event);
  done = cfd_conversations_accept (tx, rival->caller, params, error);
  return done != NULL;
}

static void
tried (gpointer data, const GError *error)
{
  Rival *rival = data;

  --*rival->waiting;
  if (error == NULL)
    ++*rival->won;
  else if (g_error_matches (error, CF_ERROR, CF_ERROR_CONFLICT))
    ++*rival->lost;
}

/* Both calls share a commit, and still only one has it. */
static void
test_two_at_once (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = world_start (world, world->visitor, "hello");
  int waiting = 2, won = 0, lost = 0;
  Rival rivals[] = { { world->agent, id, &waiting, &won, &lost }, { world->admin, id, &waiting, &won, &lost } };

  for (guint i = 0; i < G_N_ELEMENTS (rivals); i++)
    cfd_db_submit (world->db, CFD_DB_WRITE, try_to_take, tried, &rivals[i]);
  while (waiting > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (won, ==, 1);
  g_assert_cmpint (lost, ==, 1);
  g_assert_cmpuint (count_messages (world, world->agent, id), ==, 2);
}

static gboolean
make_department (CfdTx *tx, gpointer data, GError **error)
{
  World *world = ((gpointer *) data)[0];

  return cfd_tx_execute (tx, error, "INSERT INTO department (id, organisation_id, rev, name) VALUES ($1, $2, 1, 'Sales')", "tt",
                         ((gpointer *) data)[1], world->organisation_id);
}

static void
test_transfer_to_agent (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = world_start (world, world->visitor, "hello"), *event = cf_id_new (), *note = cf_id_new (), *other = cf_id_new ();
  g_autofree char *json = g_strdup_printf ("{\"id\":\"%s\",\"event_id\":\"%s\",\"agent_id\":\"%s\",\"note\":\"she asks for you\",\"note_id\":\"%s\"}",
                                           id, event, world->admin->id, note);
  g_autoptr (CfRecordsResult) given = do_call (world, world->agent, "conversation.transfer", "%s", json);
  g_autoptr (CfRecordsResult) again = do_call (world, world->agent, "conversation.transfer", "%s", json);
  g_autoptr (CfRecordsResult) had =
    do_call (world, world->agent, "conversation.transfer", "{\"id\":\"%s\",\"event_id\":\"%s\",\"agent_id\":\"%s\"}", id, other, world->admin->id);
  CfMessage *said = world_record (given, &cf_message_shape, 1);

  g_assert_cmpstr (conversation_of (given)->assignee_id, ==, world->admin->id);
  g_assert_cmpint (message_of (given)->event, ==, CF_MESSAGE_EVENT_TRANSFERRED);
  g_assert_cmpstr (message_of (given)->target_name, ==, world->admin->name);
  g_assert_false (message_of (given)->staff_only);
  g_assert_cmpint (said->kind, ==, CF_MESSAGE_NOTE);
  g_assert_true (said->staff_only);
  g_assert_cmpint (said->position, ==, message_of (given)->position);
  g_assert_cmpuint (again->records->len, ==, 3);
  g_assert_cmpuint (had->records->len, ==, 1);
  /* hello, transferred, note; the visitor reads no note */
  g_assert_cmpuint (count_messages (world, world->agent, id), ==, 3);
  g_assert_cmpuint (count_messages (world, world->visitor, id), ==, 2);
  world_refuses (world, world->agent, "conversation.transfer", CF_ERROR_CONFLICT,
                 "{\"id\":\"%s\",\"event_id\":\"%s\",\"agent_id\":\"%s\"}", id, event, world->agent->id);
}

static void
test_transfer_to_department (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *id = world_start (world, world->visitor, "hello"), *accept = cf_id_new (), *event = cf_id_new (), *department = cf_id_new ();
  g_autoptr (CfRecordsResult) taken =
    do_call (world, world->agent, "conversation.accept", "{\"id\":\"%s\",\"event_id\":\"%s\"}", id, accept);
  g_autoptr (CfRecordsResult) given = NULL;
  gpointer making[] = { world, department };

  g_assert_true (world_run (world, CFD_DB_WRITE, make_department, making, &error));
  given = do_call (world, world->agent, "conversation.transfer", "{\"id\":\"%s\",\"event_id\":\"%s\",\"department_id\":\"%s\"}", id, event, department);
  g_assert_cmpstr (conversation_of (given)->department_id, ==, department);
  g_assert_null (conversation_of (given)->assignee_id);
  g_assert_null (conversation_of (given)->assignee_name);
  g_assert_cmpstr (message_of (given)->target_id, ==, department);
  g_assert_cmpstr (message_of (given)->target_name, ==, "Sales");
}

static void
test_transfer_refusals (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = world_start (world, world->visitor, "hello"), *event = cf_id_new (), *other = cf_id_new ();
  g_autoptr (CfRecordsResult) off = do_call (world, world->admin, "agent.update", "{\"id\":\"%s\",\"disabled\":true}", world->agent->id);
  const char *admin = world->admin->id;

#define REFUSES(caller, code, more, ...)                                                                                             \
  world_refuses (world, caller, "conversation.transfer", code, "{\"id\":\"%s\",\"event_id\":\"%s\"" more "}", id, event, ##__VA_ARGS__)
  REFUSES (world->admin, CF_ERROR_INVALID, "");
  REFUSES (world->admin, CF_ERROR_INVALID, ",\"agent_id\":\"%s\",\"department_id\":\"%s\"", admin, other);
  REFUSES (world->admin, CF_ERROR_INVALID, ",\"agent_id\":\"%s\",\"note\":\"x\"", admin);
  REFUSES (world->admin, CF_ERROR_INVALID, ",\"agent_id\":\"%s\",\"note_id\":\"%s\"", admin, other);
  REFUSES (world->admin, CF_ERROR_INVALID, ",\"agent_id\":\"%s\",\"note\":\"x\",\"note_id\":\"%s\"", admin, event);
  REFUSES (world->admin, CF_ERROR_CONFLICT, ",\"agent_id\":\"%s\"", world->agent->id);
  REFUSES (world->admin, CF_ERROR_NOT_FOUND, ",\"agent_id\":\"%s\"", world->stranger->id);
  REFUSES (world->admin, CF_ERROR_NOT_FOUND, ",\"department_id\":\"%s\"", other);
  REFUSES (world->stranger, CF_ERROR_NOT_FOUND, ",\"agent_id\":\"%s\"", world->stranger->id);
#undef REFUSES
  /* all or nothing */
  g_assert_cmpuint (count_messages (world, world->admin, id), ==, 1);
}

static gboolean
wake (CfdTx *tx, gpointer id, GError **error)
{
  return cfd_conversations_wake_due (tx, id, error);
}

static gboolean
wake_later (CfdTx *tx, gpointer id, GError **error)
{
  cfd_tx_set_now (tx, cfd_tx_now (tx) + 2 * 60 * 60 * 1000);
  return cfd_conversations_wake_due (tx, id, error);
}

static void
test_snooze (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *id = world_start (world, world->visitor, "hello"), *event = cf_id_new (), *ends = cf_id_new (), *late = cf_id_new ();
  gint64 until = cf_now () + 60 * 60 * 1000;
  g_autofree char *json = g_strdup_printf ("{\"id\":\"%s\",\"event_id\":\"%s\",\"until\":%" G_GINT64_FORMAT "}", id, event, until);
  g_autoptr (CfRecordsResult) asleep = do_call (world, world->agent, "conversation.snooze", "%s", json);
  g_autoptr (CfRecordsResult) awake =
    do_call (world, world->agent, "conversation.snooze", "{\"id\":\"%s\",\"event_id\":\"%s\",\"until\":0}", id, ends);
  g_autoptr (CfRecordsResult) repeated = do_call (world, world->agent, "conversation.snooze", "%s", json);
  g_autoptr (CfRecordsResult) closed = NULL;

  g_assert_cmpint (conversation_of (asleep)->snoozed_until, ==, until);
  g_assert_cmpint (conversation_of (asleep)->status, ==, CF_CONVERSATION_OPEN);
  g_assert_cmpint (message_of (asleep)->event, ==, CF_MESSAGE_EVENT_SNOOZED);
  g_assert_true (message_of (asleep)->staff_only);
  g_assert_cmpint (message_of (awake)->event, ==, CF_MESSAGE_EVENT_WOKEN);
  g_assert_true (message_of (awake)->staff_only);
  /* The first one sent again does not put it to sleep again. */
  g_assert_cmpint (conversation_of (repeated)->snoozed_until, ==, 0);
  g_assert_cmpuint (count_messages (world, world->visitor, id), ==, 1);
  world_refuses (world, world->agent, "conversation.snooze", CF_ERROR_INVALID, "{\"id\":\"%s\",\"event_id\":\"%s\",\"until\":1}", id, late);
  world_refuses (world, world->stranger, "conversation.snooze", CF_ERROR_NOT_FOUND,
                 "{\"id\":\"%s\",\"event_id\":\"%s\",\"until\":%" G_GINT64_FORMAT "}", id, late, until);
  closed = do_call (world, world->agent, "conversation.close", "{\"id\":\"%s\",\"event_id\":\"%s\"}", id, late);
  world_refuses (world, world->agent, "conversation.snooze", CF_ERROR_CONFLICT,
                 "{\"id\":\"%s\",\"event_id\":\"%s\",\"until\":%" G_GINT64_FORMAT "}", id, world->site->parent.id, until);
}

static void
test_wake (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *id = world_start (world, world->visitor, "hello"), *one = cf_id_new (), *two = cf_id_new (), *three = cf_id_new ();
  gint64 until = cf_now () + 60 * 60 * 1000;
  g_autoptr (CfRecordsResult) asleep =
    do_call (world, world->agent, "conversation.snooze", "{\"id\":\"%s\",\"event_id\":\"%s\",\"until\":%" G_GINT64_FORMAT "}", id, one, until);
  g_autofree char *answer = NULL, *asked = NULL;
  g_autoptr (CfConversation) early = NULL, due = NULL, still = NULL, heard = NULL, closed = NULL;
  g_autoptr (CfRecordsResult) again = NULL, shut = NULL;

  g_assert_true (world_run (world, CFD_DB_WRITE, wake, id, &error));
  early = read_conversation (world, id);
  g_assert_cmpint (early->snoozed_until, ==, until);
  g_assert_true (world_run (world, CFD_DB_WRITE, wake_later, id, &error));
  due = read_conversation (world, id);
  g_assert_cmpint (due->snoozed_until, ==, 0);
  g_assert_cmpuint (count_messages (world, world->agent, id), ==, 3);
  g_assert_true (world_run (world, CFD_DB_WRITE, wake_later, id, &error));
  g_assert_cmpuint (count_messages (world, world->agent, id), ==, 3);

  again = do_call (world, world->agent, "conversation.snooze", "{\"id\":\"%s\",\"event_id\":\"%s\",\"until\":%" G_GINT64_FORMAT "}", id, two, until);
  answer = write_words (world, world->agent, "message.send", id, "I ask them");
  still = read_conversation (world, id);
  g_assert_cmpint (still->snoozed_until, ==, until);
  asked = write_words (world, world->visitor, "message.send", id, "and?");
  heard = read_conversation (world, id);
  g_assert_cmpint (heard->snoozed_until, ==, 0);
  /* What is closed is not waited for. */
  again = (cf_struct_unref (again),
           do_call (world, world->agent, "conversation.snooze", "{\"id\":\"%s\",\"event_id\":\"%s\",\"until\":%" G_GINT64_FORMAT "}", id, three, until));
  shut = do_call (world, world->agent, "conversation.close", "{\"id\":\"%s\",\"event_id\":\"%s\"}", id, world->site->parent.id);
  closed = read_conversation (world, id);
  g_assert_cmpint (closed->snoozed_until, ==, 0);
}

static void
test_tag (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = world_start (world, world->visitor, "hello"), *a = cf_id_new (), *b = cf_id_new ();
  g_autoptr (GString) many = g_string_new (NULL);
  g_autoptr (CfRecordsResult) tagged =
    do_call (world, world->agent, "conversation.tag", "{\"id\":\"%s\",\"tags\":[\"%s\",\"%s\",\"%s\"]}", id, b, a, b);
  g_autoptr (CfRecordsResult) same = do_call (world, world->agent, "conversation.tag", "{\"id\":\"%s\",\"tags\":[\"%s\",\"%s\"]}", id, b, a);
  g_autoptr (CfRecordsResult) none = do_call (world, world->agent, "conversation.tag", "{\"id\":\"%s\",\"tags\":[]}", id);

  g_assert_cmpuint (g_strv_length (conversation_of (tagged)->tags), ==, 2);
  g_assert_cmpstr (conversation_of (tagged)->tags[0], ==, b);
  g_assert_cmpint (CF_RECORD (conversation_of (same))->rev, ==, CF_RECORD (conversation_of (tagged))->rev);
  g_assert_null (conversation_of (none)->tags);
  for (int i = 0; i < CF_CONVERSATION_TAGS_MAX + 1; i++)
    {
      g_autofree char *tag = cf_id_new ();

      g_string_append_printf (many, "%s\"%s\"", i > 0 ? "," : "", tag);
    }
  world_refuses (world, world->agent, "conversation.tag", CF_ERROR_TOO_LARGE, "{\"id\":\"%s\",\"tags\":[%s]}", id, many->str);
  world_refuses (world, world->agent, "conversation.tag", CF_ERROR_INVALID, "{\"id\":\"%s\",\"tags\":[\"vip\"]}", id);
  world_refuses (world, world->stranger, "conversation.tag", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"tags\":[]}", id);
}

static void
test_escalate (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = world_start (world, world->visitor, "hello"), *event = cf_id_new (), *note = cf_id_new (), *other = cf_id_new (), *end = cf_id_new ();
  g_autofree char *late = cf_id_new ();
  g_autofree char *json = g_strdup_printf ("{\"id\":\"%s\",\"event_id\":\"%s\",\"note\":\"she shouts\",\"note_id\":\"%s\"}", id, event, note);
  g_autoptr (CfRecordsResult) called = do_call (world, world->agent, "conversation.escalate", "%s", json);
  g_autoptr (CfRecordsResult) again = do_call (world, world->agent, "conversation.escalate", "%s", json);
  g_autoptr (CfRecordsResult) had = do_call (world, world->admin, "conversation.escalate", "{\"id\":\"%s\",\"event_id\":\"%s\"}", id, other);
  g_autoptr (CfRecordsResult) calm = do_call (world, world->admin, "conversation.escalate", "{\"id\":\"%s\",\"event_id\":\"%s\",\"ended\":true}", id, end);

  g_assert_cmpint (conversation_of (called)->escalated_at, >, 0);
  g_assert_null (conversation_of (called)->assignee_id);
  g_assert_cmpint (message_of (called)->event, ==, CF_MESSAGE_EVENT_ESCALATED);
  g_assert_true (message_of (called)->staff_only);
  g_assert_cmpuint (again->records->len, ==, 3);
  g_assert_cmpuint (had->records->len, ==, 1);
  g_assert_cmpint (conversation_of (calm)->escalated_at, ==, 0);
  /* hello, escalated, note, ended; the visitor reads their own word alone */
  g_assert_cmpuint (count_messages (world, world->agent, id), ==, 4);
  g_assert_cmpuint (count_messages (world, world->visitor, id), ==, 1);
  world_refuses (world, world->stranger, "conversation.escalate", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"event_id\":\"%s\"}", id, late);
  world_refuses (world, world->agent, "conversation.escalate", CF_ERROR_INVALID,
                 "{\"id\":\"%s\",\"event_id\":\"%s\",\"note\":\"why\"}", id, late);
}

static void
test_escalate_closed (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = world_start (world, world->visitor, "hello"), *event = cf_id_new (), *close = cf_id_new (), *late = cf_id_new ();
  g_autoptr (CfRecordsResult) called = do_call (world, world->agent, "conversation.escalate", "{\"id\":\"%s\",\"event_id\":\"%s\"}", id, event);
  g_autoptr (CfRecordsResult) closed = do_call (world, world->agent, "conversation.close", "{\"id\":\"%s\",\"event_id\":\"%s\"}", id, close);

  g_assert_cmpint (conversation_of (called)->escalated_at, >, 0);
  g_assert_cmpint (conversation_of (closed)->escalated_at, ==, 0);
  world_refuses (world, world->agent, "conversation.escalate", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"event_id\":\"%s\"}", id, late);
}

static void
test_pin (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = world_start (world, world->visitor, "hello"), *elsewhere = world_start (world, world->other_visitor, "hello");
  g_autofree char *note = write_words (world, world->agent, "note.add", id, "an old customer");
  g_autofree char *foreign = write_words (world, world->agent, "note.add", elsewhere, "another");
  g_autofree char *text = write_words (world, world->agent, "message.send", id, "hello");
  g_autoptr (CfRecordsResult) pinned = do_call (world, world->agent, "conversation.pin", "{\"id\":\"%s\",\"message_id\":\"%s\"}", id, note);
  g_autoptr (CfRecordsResult) none = do_call (world, world->agent, "conversation.pin", "{\"id\":\"%s\",\"message_id\":\"\"}", id);
  g_autoptr (CfRecordsResult) again = do_call (world, world->agent, "conversation.pin", "{\"id\":\"%s\",\"message_id\":\"%s\"}", id, note);
  g_autoptr (CfRecordsResult) removed = do_call (world, world->agent, "message.remove", "{\"id\":\"%s\"}", note);

  g_assert_cmpstr (conversation_of (pinned)->pinned_id, ==, note);
  g_assert_null (conversation_of (none)->pinned_id);
  g_assert_cmpstr (conversation_of (again)->pinned_id, ==, note);
  g_assert_null (conversation_of (removed)->pinned_id);
  world_refuses (world, world->agent, "conversation.pin", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"message_id\":\"%s\"}", id, note);
  world_refuses (world, world->agent, "conversation.pin", CF_ERROR_INVALID, "{\"id\":\"%s\",\"message_id\":\"%s\"}", id, text);
  world_refuses (world, world->agent, "conversation.pin", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"message_id\":\"%s\"}", id, foreign);
  world_refuses (world, world->stranger, "conversation.pin", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"message_id\":\"\"}", id);
}

static void
test_rate (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = world_start (world, world->visitor, "hello"), *other = world_start (world, world->other_visitor, "hello");
  g_autofree char *event = cf_id_new (), *answer = NULL;
  g_autoptr (CfRecordsResult) rated = NULL, changed = NULL, closed = NULL, unanswered = NULL, scaled = NULL, again = NULL, stars = NULL;

  world_refuses (world, world->visitor, "conversation.rate", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"rating\":5}", id);
  answer = write_words (world, world->agent, "message.send", id, "here you are");
  rated = do_call (world, world->visitor, "conversation.rate", "{\"id\":\"%s\",\"rating\":5,\"comment\":\"fast\"}", id);
  changed = do_call (world, world->visitor, "conversation.rate", "{\"id\":\"%s\",\"rating\":2}", id);
  g_assert_cmpint (conversation_of (rated)->rating, ==, 5);
  g_assert_cmpstr (conversation_of (rated)->rating_comment, ==, "fast");
  g_assert_cmpint (conversation_of (changed)->rating, ==, 2);
  g_assert_null (conversation_of (changed)->rating_comment);
  g_assert_null (conversation_of (changed)->survey);
  scaled = do_call (world, world->visitor, "conversation.rate", "{\"id\":\"%s\",\"rating\":4,\"survey\":{\"kind\":\"scale\",\"score\":7}}", id);
  g_assert_cmpint (conversation_of (scaled)->rating, ==, 4);
  g_assert_cmpint (conversation_of (scaled)->survey->score, ==, 7);
  again = do_call (world, world->visitor, "conversation.rate", "{\"id\":\"%s\",\"rating\":4,\"survey\":{\"kind\":\"scale\",\"score\":8}}", id);
  g_assert_cmpint (conversation_of (again)->survey->score, ==, 8);
  stars = do_call (world, world->visitor, "conversation.rate", "{\"id\":\"%s\",\"rating\":4,\"survey\":{\"kind\":\"stars\",\"score\":4}}", id);
  g_assert_null (conversation_of (stars)->survey);
  world_refuses (world, world->visitor, "conversation.rate", CF_ERROR_INVALID, "{\"id\":\"%s\",\"rating\":5,\"survey\":{\"kind\":\"scale\",\"score\":2}}", id);
  world_refuses (world, world->visitor, "conversation.rate", CF_ERROR_INVALID, "{\"id\":\"%s\",\"rating\":5,\"survey\":{\"kind\":\"thumbs\",\"score\":2}}", id);
  world_refuses (world, world->other_visitor, "conversation.rate", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"rating\":1}", id);
  closed = do_call (world, world->agent, "conversation.close", "{\"id\":\"%s\",\"event_id\":\"%s\"}", other, event);
  unanswered = do_call (world, world->other_visitor, "conversation.rate", "{\"id\":\"%s\",\"rating\":1}", other);
  g_assert_cmpint (conversation_of (unanswered)->rating, ==, 1);
}

/* What is older than a month counts no more. */
static gboolean
age_rating (CfdTx *tx, gpointer data, GError **error)
{
  g_autoptr (CfConversation) conversation = cfd_tx_get (tx, error, &cf_conversation_shape, data);

  conversation->rated_at -= (gint64) (CF_RATING_DAYS + 1) * 24 * 3600 * 1000;
  return cfd_tx_put (tx, conversation, error);
}

static void
assert_summary (World *world, const CfdCaller *caller, const char *agent_id, gint64 ratings, gint64 stars, gint64 good, guint comments)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = agent_id != NULL ? g_strdup_printf ("{\"agent_id\":\"%s\"}", agent_id) : g_strdup ("{}");
  g_autoptr (CfRatingSummaryResult) summary = world_call (world, caller, "rating.summary", &error, "%s", json);

  g_assert_no_error (error);
  g_assert_cmpint (summary->ratings, ==, ratings);
  g_assert_cmpint (summary->stars, ==, stars);
  g_assert_cmpint (summary->good, ==, good);
  g_assert_cmpint (summary->records->len, ==, comments);
}

static void
test_rating_summary (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = world_start (world, world->visitor, "hello"), *other = world_start (world, world->other_visitor, "hello");
  g_autofree char *first = write_words (world, world->agent, "message.send", id, "here you are");
  g_autofree char *second = write_words (world, world->agent, "message.send", other, "here too");
  g_autoptr (CfRecordsResult) rated = NULL, also = NULL, changed = NULL;
  g_autoptr (CfConversation) now = NULL;
  g_autoptr (GError) error = NULL;

  assert_summary (world, world->agent, NULL, 0, 0, 0, 0);
  rated = do_call (world, world->visitor, "conversation.rate", "{\"id\":\"%s\",\"rating\":5,\"comment\":\"fast\"}", id);
  also = do_call (world, world->other_visitor, "conversation.rate", "{\"id\":\"%s\",\"rating\":2}", other);
  now = read_conversation (world, id);
  g_assert_cmpstr (now->rated_agent_id, ==, world->agent->id);
  assert_summary (world, world->agent, NULL, 2, 7, 1, 1);
  assert_summary (world, world->admin, world->agent->id, 2, 7, 1, 1);
  assert_summary (world, world->admin, NULL, 0, 0, 0, 0);
  world_refuses (world, world->agent, "rating.summary", CF_ERROR_FORBIDDEN, "{\"agent_id\":\"%s\"}", world->admin->id);
  world_refuses (world, world->admin, "rating.summary", CF_ERROR_NOT_FOUND, "{\"agent_id\":\"%s\"}", world->stranger->id);
  changed = do_call (world, world->other_visitor, "conversation.rate", "{\"id\":\"%s\",\"rating\":4,\"comment\":\"after all\"}", other);
  assert_summary (world, world->agent, NULL, 2, 9, 2, 2);
  g_assert_true (world_run (world, CFD_DB_WRITE, age_rating, id, &error));
  g_assert_no_error (error);
  assert_summary (world, world->agent, NULL, 1, 4, 1, 1);
}

typedef struct
{
  const CfdCaller *caller;
  const char *id;
  gboolean removes;
  GPtrArray *done;
} Late;

/* The same call a quarter of an hour later, and a moment. */
static gboolean
call_late (CfdTx *tx, gpointer data, GError **error)
{
  Late *late = data;
  g_autoptr (CfMessageEditParams) params = cf_struct_new (&cf_message_edit_params_shape);

  cfd_tx_set_now (tx, cfd_tx_now (tx) + CF_MESSAGE_EDIT_MS + 1000);
  params->id = g_strdup (late->id);
  params->text = g_strdup ("too late");
  g_clear_pointer (&late->done, g_ptr_array_unref);
  late->done = late->removes ? cfd_messages_remove (tx, late->caller, late->id, error) : cfd_messages_edit (tx, late->caller, params, error);
  return late->done != NULL;
}

static void
refuses_late (World *world, const CfdCaller *caller, const char *id, gboolean removes, int code)
{
  g_autoptr (GError) error = NULL;
  Late late = { caller, id, removes, NULL };

  g_assert_false (world_run (world, CFD_DB_WRITE, call_late, &late, &error));
  g_assert_error (error, CF_ERROR, code);
}

static guint
count_hits (World *world, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfSearchResult) found = NULL;

  g_assert_true (cfd_db_index (world->db, &error));
  found = world_call (world, world->agent, "search.messages", &error, "{\"text\":\"%s\"}", words);
  g_assert_no_error (error);
  return found->hits != NULL ? found->hits->len : 0;
}

static void
test_edit (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = world_start (world, world->visitor, "hello"), *asked = NULL;
  g_autofree char *text = write_words (world, world->agent, "message.send", id, "the parcle left");
  g_autofree char *note = write_words (world, world->agent, "note.add", id, "ask Bob");
  g_autoptr (CfRecordsResult) edited = do_call (world, world->agent, "message.edit", "{\"id\":\"%s\",\"text\":\"the parcel left\"}", text);
  g_autoptr (CfRecordsResult) same = do_call (world, world->agent, "message.edit", "{\"id\":\"%s\",\"text\":\"the parcel left\"}", text);
  g_autoptr (CfRecordsResult) of_note = do_call (world, world->agent, "message.edit", "{\"id\":\"%s\",\"text\":\"ask Bea\"}", note);
  /* The message itself, sent once more because its answer was lost, does not bring the old words back. */
  g_autoptr (CfRecordsResult) repeated =
    do_call (world, world->agent, "message.send", "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"the parcle left\"}", text, id);
  g_autoptr (CfRecordsResult) history = do_call (world, world->agent, "message.list", "{\"conversation_id\":\"%s\"}", id);
  CfMessage *event = world_record (history, &cf_message_shape, 1);

  g_assert_cmpstr (message_of (edited)->text, ==, "the parcel left");
  g_assert_cmpint (message_of (edited)->edited_at, >, 0);
  g_assert_cmpstr (conversation_of (edited)->preview, ==, "the parcel left");
  g_assert_cmpint (CF_RECORD (message_of (same))->rev, ==, CF_RECORD (message_of (edited))->rev);
  g_assert_null (conversation_of (of_note));
  g_assert_cmpstr (message_of (repeated)->text, ==, "the parcel left");
  g_assert_cmpuint (count_hits (world, "parcel"), ==, 1);
  g_assert_cmpuint (count_hits (world, "parcle"), ==, 0);
  g_assert_cmpint (event->kind, ==, CF_MESSAGE_EVENT);
  world_refuses (world, world->agent, "message.edit", CF_ERROR_INVALID, "{\"id\":\"%s\",\"text\":\"x\"}", event->parent.id);
  world_refuses (world, world->admin, "message.edit", CF_ERROR_FORBIDDEN, "{\"id\":\"%s\",\"text\":\"x\"}", text);
  world_refuses (world, world->stranger, "message.edit", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"text\":\"x\"}", text);
  refuses_late (world, world->agent, text, FALSE, CF_ERROR_CONFLICT);
  asked = write_words (world, world->visitor, "message.send", id, "thanks");
  cf_struct_unref (edited);
  edited = do_call (world, world->agent, "message.edit", "{\"id\":\"%s\",\"text\":\"it left\"}", text);
  g_assert_null (conversation_of (edited)); /* it is not the last one any longer */
}

static void
test_remove (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *id = world_start (world, world->visitor, "hello");
  g_autofree char *first = write_words (world, world->agent, "message.send", id, "yesterday");
  g_autofree char *text = write_words (world, world->agent, "message.send", id, "my password is tulip");
  g_autofree char *by_visitor = write_words (world, world->visitor, "message.send", id, "number 4711");
  Late late = { world->admin, first, TRUE, NULL };
  g_autoptr (CfRecordsResult) removed = NULL, again = NULL, by_admin = NULL, repeated = NULL;

  g_assert_cmpuint (count_hits (world, "tulip"), ==, 1);
  removed = do_call (world, world->agent, "message.remove", "{\"id\":\"%s\"}", text);
  again = do_call (world, world->agent, "message.remove", "{\"id\":\"%s\"}", text);
  g_assert_null (message_of (removed)->text);
  g_assert_cmpint (message_of (removed)->removed_at, >, 0);
  g_assert_cmpint (CF_RECORD (message_of (again))->rev, ==, CF_RECORD (message_of (removed))->rev);
  g_assert_cmpuint (count_hits (world, "tulip"), ==, 0);
  g_assert_cmpuint (count_messages (world, world->visitor, id), ==, 5);
  world_refuses (world, world->agent, "message.edit", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"text\":\"x\"}", text);
  world_refuses (world, world->agent, "message.remove", CF_ERROR_FORBIDDEN, "{\"id\":\"%s\"}", by_visitor);
  world_refuses (world, world->stranger, "message.remove", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", by_visitor);
  refuses_late (world, world->agent, first, TRUE, CF_ERROR_CONFLICT);
  g_assert_true (world_run (world, CFD_DB_WRITE, call_late, &late, &error));
  g_clear_pointer (&late.done, g_ptr_array_unref);
  by_admin = do_call (world, world->admin, "message.remove", "{\"id\":\"%s\"}", by_visitor);
  g_assert_null (conversation_of (by_admin)->preview);
  repeated = do_call (world, world->agent, "message.send", "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"my password is tulip\"}", text, id);
  g_assert_null (message_of (repeated)->text);
}

static void
test_reply (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = world_start (world, world->visitor, "hello"), *elsewhere = world_start (world, world->other_visitor, "hi");
  g_autofree char *text = write_words (world, world->agent, "message.send", id, "which one?"), *one = cf_id_new (), *two = cf_id_new ();
  g_autofree char *note = write_words (world, world->agent, "note.add", id, "hm");
  g_autoptr (CfRecordsResult) quoted =
    do_call (world, world->visitor, "message.send", "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"this\",\"reply_to\":\"%s\"}", one, id, text);
  g_autoptr (CfRecordsResult) noted =
    do_call (world, world->admin, "note.add", "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"ok\",\"reply_to\":\"%s\"}", two, id, note);
  g_autofree char *new = cf_id_new ();

  g_assert_cmpstr (message_of (quoted)->reply_to, ==, text);
  g_assert_cmpstr (message_of (noted)->reply_to, ==, note);
#define REFUSES(caller, code, conversation, reply)                                                                                       \
  world_refuses (world, caller, "message.send", code, "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"x\",\"reply_to\":\"%s\"}", \
                 new, conversation, reply)
  REFUSES (world->visitor, CF_ERROR_NOT_FOUND, id, note);
  REFUSES (world->agent, CF_ERROR_INVALID, id, note);
  REFUSES (world->agent, CF_ERROR_NOT_FOUND, elsewhere, text);
  REFUSES (world->agent, CF_ERROR_NOT_FOUND, id, new);
  /* the same id for words that quote something else */
  world_refuses (world, world->visitor, "message.send", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"this\"}", one, id);
#undef REFUSES
}

static void
test_mentions_and_files (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = world_start (world, world->visitor, "hello"), *note = cf_id_new (), *new = cf_id_new ();
  g_autoptr (CfRecordsResult) called =
    do_call (world, world->agent, "note.add", "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"@you\",\"mentions\":[\"%s\"],\"files\":[]}", note, id,
             world->admin->id);
  g_autoptr (GString) many = g_string_new (NULL);

  g_assert_cmpstr (message_of (called)->mentions[0], ==, world->admin->id);
  for (int i = 0; i < CF_MESSAGE_MENTIONS_MAX + 1; i++)
    g_string_append_printf (many, "%s\"%s\"", i > 0 ? "," : "", world->admin->id);
#define REFUSES(caller, method, code, more, ...)                                                                                          \
  world_refuses (world, caller, method, code, "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"x\"," more "}", new, id, __VA_ARGS__)
  REFUSES (world->agent, "note.add", CF_ERROR_NOT_FOUND, "\"mentions\":[\"%s\"]", world->stranger->id);
  REFUSES (world->agent, "note.add", CF_ERROR_NOT_FOUND, "\"mentions\":[\"%s\"]", "Ana");
  REFUSES (world->agent, "note.add", CF_ERROR_TOO_LARGE, "\"mentions\":[%s]", many->str);
  REFUSES (world->agent, "note.add", CF_ERROR_NOT_FOUND, "\"files\":[\"%s\"]", new);
  REFUSES (world->agent, "message.send", CF_ERROR_INVALID, "\"mentions\":[\"%s\"]", world->admin->id);
  REFUSES (world->visitor, "message.send", CF_ERROR_INVALID, "\"mentions\":[\"%s\"]", world->admin->id);
  REFUSES (world->visitor, "message.send", CF_ERROR_NOT_FOUND, "\"files\":[\"%s\"]", new);
#undef REFUSES
}

static void
test_colleague_was_faster (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = world_start (world, world->visitor, "hello"), *one = cf_id_new (), *two = cf_id_new (), *three = cf_id_new ();
  g_autoptr (CfConversation) asked = read_conversation (world, id);
  g_autofree char *json = g_strdup_printf ("{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"yes\",\"after\":%" G_GINT64_FORMAT "}", one, id,
                                           asked->last_position);
  g_autoptr (CfRecordsResult) answered = do_call (world, world->agent, "message.send", "%s", json);
  g_autoptr (CfRecordsResult) again = do_call (world, world->agent, "message.send", "%s", json);
  g_autofree char *more = write_words (world, world->visitor, "message.send", id, "and more"), *own = NULL;
  g_autoptr (GError) late = NULL;
  g_autoptr (CfRecordsResult) informed = NULL, unasked = NULL;

  g_assert_null (world_call (world, world->admin, "message.send", &late,
                             "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"no\",\"after\":%" G_GINT64_FORMAT "}", two, id, asked->last_position));
  g_assert_error (late, CF_ERROR, CF_ERROR_CONFLICT);
  g_assert_true (g_str_has_prefix (late->message, world->agent->name));
  /* What the visitor has written since, or oneself, is no obstacle. */
  informed = do_call (world, world->admin, "message.send", "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"no\",\"after\":%" G_GINT64_FORMAT "}",
                      two, id, conversation_of (answered)->last_position);
  unasked = do_call (world, world->agent, "message.send", "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"hm\"}", three, id);
  g_assert_nonnull (message_of (informed));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/accept", test_accept);
  g_test_add_func ("/desk/mood", test_mood);
  g_test_add_func ("/desk/two-at-once", test_two_at_once);
  g_test_add_func ("/desk/transfer-to-agent", test_transfer_to_agent);
  g_test_add_func ("/desk/transfer-to-department", test_transfer_to_department);
  g_test_add_func ("/desk/transfer-refusals", test_transfer_refusals);
  g_test_add_func ("/desk/snooze", test_snooze);
  g_test_add_func ("/desk/wake", test_wake);
  g_test_add_func ("/desk/tag", test_tag);
  g_test_add_func ("/desk/escalate", test_escalate);
  g_test_add_func ("/desk/escalate-closed", test_escalate_closed);
  g_test_add_func ("/desk/pin", test_pin);
  g_test_add_func ("/desk/rate", test_rate);
  g_test_add_func ("/desk/rating-summary", test_rating_summary);
  g_test_add_func ("/desk/edit", test_edit);
  g_test_add_func ("/desk/remove", test_remove);
  g_test_add_func ("/desk/reply", test_reply);
  g_test_add_func ("/desk/mentions-and-files", test_mentions_and_files);
  g_test_add_func ("/desk/colleague-was-faster", test_colleague_was_faster);
  return g_test_run ();
}

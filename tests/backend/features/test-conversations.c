/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "backend/features/conversations/conversation.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/methods/results.h"
#include "protocol/records/visitor.h"

static gpointer
call (World *world, const CfdCaller *caller, const char *method, const char *json)
{
  g_autoptr (GError) error = NULL;
  gpointer result = world_call (world, caller, method, &error, "%s", json);

  g_assert_no_error (error);
  return result;
}

static CfRecordsResult *
send_text (World *world, const CfdCaller *caller, const char *conversation, const char *id, const char *text)
{
  g_autofree char *json = g_strdup_printf ("{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"%s\"}", id, conversation, text);

  return call (world, caller, "message.send", json);
}

static void
test_start (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *first = world_start (world, world->visitor, "hello");
  g_autofree char *second = world_start (world, world->visitor, "me again");
  g_autofree char *other = world_start (world, world->other_visitor, "somebody else");
  g_autofree char *json = g_strdup_printf ("{\"conversation_id\":\"%s\"}", first);
  g_autoptr (CfRecordsResult) history = call (world, world->visitor, "message.list", json);

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, !=, other);
  g_assert_cmpuint (history->records->len, ==, 2);
  g_assert_cmpstr (((CfMessage *) world_record (history, &cf_message_shape, 0))->text, ==, "hello");
  g_assert_cmpstr (((CfMessage *) world_record (history, &cf_message_shape, 1))->text, ==, "me again");
  world_refuses (world, world->other_visitor, "message.list", CF_ERROR_NOT_FOUND, "%s", json);
  world_refuses (world, world->stranger, "message.list", CF_ERROR_NOT_FOUND, "%s", json);
  world_refuses (world, world->other_visitor, "conversation.start", CF_ERROR_CONFLICT,
                 "{\"id\":\"%s\",\"message_id\":\"01a1fbf4-85dd-78e4-891f-014aa54ba254\",\"text\":\"x\"}", first);
}

static void
test_repeat (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello");
  g_autofree char *id = cf_id_new (), *other = world_start (world, world->other_visitor, "x");
  g_autoptr (CfRecordsResult) once = send_text (world, world->agent, conversation, id, "answer");
  g_autoptr (CfRecordsResult) twice = send_text (world, world->agent, conversation, id, "answer");
  CfMessage *first = world_record (once, &cf_message_shape, 1), *again = world_record (twice, &cf_message_shape, 0);

  /* The agent's first answer also took the conversation. */
  g_assert_cmpint (((CfMessage *) world_record (once, &cf_message_shape, 0))->event, ==, CF_MESSAGE_EVENT_ASSIGNED);
  g_assert_true (cf_struct_equal (first, again));
  world_refuses (world, world->agent, "message.send", CF_ERROR_CONFLICT,
                 "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"other words\"}", id, conversation);
  world_refuses (world, world->agent, "message.send", CF_ERROR_CONFLICT,
                 "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"answer\"}", id, other);
  world_refuses (world, world->agent, "note.add", CF_ERROR_CONFLICT,
                 "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"answer\"}", id, conversation);
  world_refuses (world, world->admin, "message.send", CF_ERROR_CONFLICT,
                 "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"answer\"}", id, conversation);
  world_refuses (world, world->visitor, "message.send", CF_ERROR_CONFLICT,
                 "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"answer\"}", id, conversation);
  world_refuses (world, world->stranger, "message.send", CF_ERROR_CONFLICT,
                 "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"answer\"}", id, conversation);
}

static void
test_note (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello");
  g_autofree char *id = cf_id_new ();
  g_autofree char *json = g_strdup_printf ("{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"among us\"}", id, conversation);
  g_autofree char *get = g_strdup_printf ("{\"id\":\"%s\"}", conversation);
  g_autofree char *list = g_strdup_printf ("{\"conversation_id\":\"%s\"}", conversation);
  g_autoptr (CfRecordsResult) before = call (world, world->agent, "conversation.get", get);
  g_autoptr (CfRecordsResult) noted = call (world, world->agent, "note.add", json);
  g_autoptr (CfRecordsResult) after = call (world, world->agent, "conversation.get", get);
  g_autoptr (CfRecordsResult) seen = call (world, world->visitor, "message.list", list);

  g_assert_cmpuint (noted->records->len, ==, 1);
  g_assert_true (((CfMessage *) noted->records->pdata[0])->staff_only);
  g_assert_true (cf_struct_equal (world_record (before, &cf_conversation_shape, 0), world_record (after, &cf_conversation_shape, 0)));
  g_assert_nonnull (world_record (after, &cf_message_shape, 1));
  g_assert_cmpuint (seen->records->len, ==, 1);
}

static void
test_close_and_reopen (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello");
  g_autofree char *event = cf_id_new (), *again = cf_id_new (), *text = cf_id_new ();
  g_autofree char *json = g_strdup_printf ("{\"id\":\"%s\",\"event_id\":\"%s\"}", conversation, event);
  g_autofree char *repeat = g_strdup_printf ("{\"id\":\"%s\",\"event_id\":\"%s\"}", conversation, again);
  g_autofree char *list = g_strdup_printf ("{\"conversation_id\":\"%s\"}", conversation);
  g_autoptr (CfRecordsResult) closed = call (world, world->agent, "conversation.close", json);
  g_autoptr (CfRecordsResult) already = call (world, world->agent, "conversation.close", repeat);
  g_autoptr (CfRecordsResult) spoke = send_text (world, world->visitor, conversation, text, "one more thing");
  g_autoptr (CfRecordsResult) late = call (world, world->agent, "conversation.close", json);
  g_autoptr (CfRecordsResult) history = call (world, world->visitor, "message.list", list);
  CfConversation *then = world_record (closed, &cf_conversation_shape, 0), *now = world_record (spoke, &cf_conversation_shape, 0);

  g_assert_cmpint (then->status, ==, CF_CONVERSATION_CLOSED);
  g_assert_cmpint (then->closed_at, >, 0);
  g_assert_cmpint (then->waiting_since, ==, 0);
  g_assert_cmpuint (already->records->len, ==, 1);
  g_assert_cmpint (CF_RECORD (already->records->pdata[0])->rev, ==, CF_RECORD (then)->rev);
  g_assert_cmpint (now->status, ==, CF_CONVERSATION_OPEN);
  g_assert_nonnull (world_record (spoke, &cf_visitor_shape, 0));
  /* The first close, sent once more after its answer was lost, does not close what was opened since. */
  g_assert_cmpint (((CfConversation *) world_record (late, &cf_conversation_shape, 0))->status, ==, CF_CONVERSATION_OPEN);
  g_assert_cmpuint (history->records->len, ==, 4);
  g_assert_cmpint (((CfMessage *) history->records->pdata[2])->event, ==, CF_MESSAGE_EVENT_REOPENED);
  g_assert_cmpstr (((CfMessage *) history->records->pdata[3])->text, ==, "one more thing");
}

static void
test_assign (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello");
  g_autofree char *one = cf_id_new (), *two = cf_id_new (), *three = cf_id_new ();
  g_autofree char *to_admin = g_strdup_printf ("{\"id\":\"%s\",\"event_id\":\"%s\",\"agent_id\":\"%s\"}", conversation, one, world->admin->id);
  g_autofree char *back = g_strdup_printf ("{\"id\":\"%s\",\"event_id\":\"%s\"}", conversation, two);
  g_autofree char *off = g_strdup_printf ("{\"id\":\"%s\",\"disabled\":true}", world->agent->id);
  g_autofree char *list = g_strdup_printf ("{\"conversation_id\":\"%s\"}", conversation);
  g_autoptr (CfRecordsResult) given = call (world, world->agent, "conversation.assign", to_admin);
  g_autoptr (CfRecordsResult) returned = call (world, world->admin, "conversation.unassign", back);
  g_autoptr (CfRecordsResult) switched = call (world, world->admin, "agent.update", off);
  g_autoptr (CfRecordsResult) seen = call (world, world->visitor, "message.list", list);
  CfConversation *now = world_record (given, &cf_conversation_shape, 0);
  CfMessage *left;

  g_assert_cmpstr (now->assignee_id, ==, world->admin->id);
  g_assert_cmpstr (now->assignee_name, ==, world->admin->name);
  g_assert_cmpstr (((CfMessage *) world_record (given, &cf_message_shape, 0))->target_name, ==, world->admin->name);
  g_assert_null (((CfConversation *) world_record (returned, &cf_conversation_shape, 0))->assignee_id);
  g_assert_true (((CfAgent *) switched->records->pdata[0])->disabled);
  /* The visitor saw who came, and who left: by name alone. */
  g_assert_cmpuint (seen->records->len, ==, 3);
  left = world_record (returned, &cf_message_shape, 0);
  g_assert_cmpstr (left->target_name, ==, world->admin->name);
  g_assert_null (left->target_id);
  world_refuses (world, world->admin, "conversation.assign", CF_ERROR_CONFLICT,
                 "{\"id\":\"%s\",\"event_id\":\"%s\",\"agent_id\":\"%s\"}", conversation, three, world->agent->id);
  world_refuses (world, world->admin, "conversation.assign", CF_ERROR_NOT_FOUND,
                 "{\"id\":\"%s\",\"event_id\":\"%s\",\"agent_id\":\"%s\"}", conversation, three, world->stranger->id);
}

static void
test_read (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello");
  g_autofree char *id = cf_id_new (), *note = cf_id_new ();
  g_autoptr (CfRecordsResult) answer = send_text (world, world->agent, conversation, id, "answer");
  g_autofree char *note_json = g_strdup_printf ("{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"note\"}", note, conversation);
  g_autoptr (CfRecordsResult) noted = call (world, world->agent, "note.add", note_json);
  g_autofree char *far = g_strdup_printf ("{\"conversation_id\":\"%s\",\"position\":999999}", conversation);
  g_autofree char *back = g_strdup_printf ("{\"conversation_id\":\"%s\",\"position\":1}", conversation);
  g_autoptr (CfRecordsResult) by_agent = call (world, world->agent, "conversation.read", far);
  g_autoptr (CfRecordsResult) by_visitor = call (world, world->visitor, "conversation.read", far);
  g_autoptr (CfRecordsResult) backward = call (world, world->visitor, "conversation.read", back);
  gint64 last = ((CfConversation *) world_record (answer, &cf_conversation_shape, 0))->last_position;

  /* On the last text, not on the note behind it; and never back. */
  g_assert_cmpint (((CfReadMark *) by_agent->records->pdata[0])->position, ==, last);
  g_assert_cmpint (((CfReadMark *) by_visitor->records->pdata[0])->position, ==, last);
  g_assert_cmpint (((CfReadMark *) backward->records->pdata[0])->position, ==, last);
  world_refuses (world, world->other_visitor, "conversation.read", CF_ERROR_NOT_FOUND, "%s", far);
}

static void
test_pages (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "0");
  gint64 before = 0;
  guint seen = 0, pages = 0;
  gboolean more = TRUE;

  for (int i = 1; i < 60; i++)
    {
      g_autofree char *id = cf_id_new (), *text = g_strdup_printf ("%d", i);
      g_autoptr (CfRecordsResult) sent = send_text (world, i % 2 ? world->agent : world->visitor, conversation, id, text);
    }
  while (more)
    {
      g_autofree char *json = g_strdup_printf ("{\"conversation_id\":\"%s\",\"limit\":7,\"before\":%" G_GINT64_FORMAT "}", conversation, before);
      g_autoptr (CfRecordsResult) page = call (world, world->agent, "message.list", json);

      for (guint i = 1; i < page->records->len; i++)
        g_assert_cmpint (((CfMessage *) page->records->pdata[i - 1])->position, <=, ((CfMessage *) page->records->pdata[i])->position);
      before = ((CfMessage *) page->records->pdata[0])->position;
      seen += page->records->len;
      more = page->more;
      pages++;
    }
  g_assert_cmpuint (seen, ==, 61); /* sixty texts and "assigned" */
  g_assert_cmpuint (pages, ==, 9);
}

static void
test_list (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *first = world_start (world, world->visitor, "first");
  g_autofree char *second = world_start (world, world->other_visitor, "second");
  g_autofree char *mine = g_strdup_printf ("{\"assignee_id\":\"%s\"}", world->agent->id);
  g_autofree char *id = cf_id_new ();
  g_autofree char *of = g_strdup_printf ("{\"visitor_id\":\"%s\"}", world->visitor->id);
  g_autoptr (CfRecordsResult) sent = send_text (world, world->agent, first, id, "answer");
  g_autoptr (CfRecordsResult) all = call (world, world->agent, "conversation.list", "{}");
  g_autoptr (CfRecordsResult) one = call (world, world->agent, "conversation.list", "{\"limit\":1}");
  g_autoptr (CfRecordsResult) open = call (world, world->agent, "conversation.list", "{\"status\":\"open\"}");
  g_autoptr (CfRecordsResult) closed = call (world, world->agent, "conversation.list", "{\"status\":\"closed\"}");
  g_autoptr (CfRecordsResult) assigned = call (world, world->agent, "conversation.list", mine);
  g_autoptr (CfRecordsResult) of_visitor = call (world, world->agent, "conversation.list", of);
  g_autoptr (CfRecordsResult) foreign = call (world, world->stranger, "conversation.list", "{}");

  g_assert_cmpstr (CF_RECORD (all->records->pdata[0])->id, ==, first);
  g_assert_cmpstr (CF_RECORD (all->records->pdata[2])->id, ==, second);
  g_assert_cmpuint (one->records->len, ==, 2);
  g_assert_true (one->more);
  g_assert_cmpuint (open->records->len, ==, 4);
  g_assert_cmpuint (closed->records->len, ==, 0);
  g_assert_cmpuint (assigned->records->len, ==, 2);
  g_assert_cmpuint (of_visitor->records->len, ==, 2);
  g_assert_cmpuint (foreign->records->len, ==, 0);
}

static void
test_preview (void)
{
  g_autofree char *lines = cfd_conversation_preview ("  one\n\n two\tthree ");
  g_autoptr (GString) longer = g_string_new (NULL);
  g_autofree char *cut = NULL;

  for (int i = 0; i < 300; i++)
    g_string_append (longer, "\xf0\x9f\x98\x80");
  cut = cfd_conversation_preview (longer->str);
  g_assert_cmpstr (lines, ==, "one two three");
  g_assert_cmpint (g_utf8_strlen (cut, -1), ==, 140);
  g_assert_true (g_str_has_suffix (cut, "…"));
}

static void
test_waiting (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello");
  g_autofree char *get = g_strdup_printf ("{\"id\":\"%s\"}", conversation);
  g_autofree char *more = cf_id_new (), *answer = cf_id_new ();
  g_autoptr (CfRecordsResult) first = call (world, world->agent, "conversation.get", get);
  g_autoptr (CfRecordsResult) spoke = send_text (world, world->visitor, conversation, more, "are you there?");
  g_autoptr (CfRecordsResult) answered = send_text (world, world->agent, conversation, answer, "yes");
  gint64 since = ((CfConversation *) world_record (first, &cf_conversation_shape, 0))->waiting_since;

  g_assert_cmpint (since, >, 0);
  g_assert_cmpint (((CfConversation *) world_record (spoke, &cf_conversation_shape, 0))->waiting_since, ==, since);
  g_assert_cmpint (((CfConversation *) world_record (answered, &cf_conversation_shape, 0))->waiting_since, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/conversations/start", test_start);
  g_test_add_func ("/conversations/repeat", test_repeat);
  g_test_add_func ("/conversations/note", test_note);
  g_test_add_func ("/conversations/close-and-reopen", test_close_and_reopen);
  g_test_add_func ("/conversations/assign", test_assign);
  g_test_add_func ("/conversations/read", test_read);
  g_test_add_func ("/conversations/pages", test_pages);
  g_test_add_func ("/conversations/list", test_list);
  g_test_add_func ("/conversations/preview", test_preview);
  g_test_add_func ("/conversations/waiting", test_waiting);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Channels of agents: who hears what, from when on and until when. */
#include "world.h"

#include "backend/features/accounts/account-service.h"
#include "backend/features/sync/sync-service.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/methods/file-params.h"
#include "protocol/methods/results.h"
#include "protocol/methods/search-params.h"
#include "protocol/methods/session.h"
#include "protocol/records/channel-member.h"
#include "protocol/records/channel.h"
#include "protocol/records/file.h"
#include "protocol/records/team-message.h"

/* The world and two more agents of its first organisation. */
typedef struct
{
  World *world;
  CfdCaller *ben, *cleo;
} Team;

static gboolean
add_agent (CfdTx *tx, gpointer data, GError **error)
{
  CfdCaller *caller = data;
  g_autoptr (CfAgentAddParams) params = cf_struct_new (&cf_agent_add_params_shape);
  g_autoptr (CfAgent) agent = NULL;

  params->id = g_strdup (caller->id);
  params->email = g_strdup_printf ("%s@one.example", caller->id);
  params->name = g_strdup (caller->name);
  agent = cfd_accounts_add_agent (tx, caller->organisation_id, NULL, params, "x", error);
  return agent != NULL;
}

static CfdCaller *
make_agent (World *world, const char *name)
{
  CfdCaller *caller = cfd_caller_copy (world->agent);
  g_autoptr (GError) error = NULL;

  g_free (caller->id);
  g_free (caller->name);
  caller->id = cf_id_new ();
  caller->name = g_strdup (name);
  world_run (world, CFD_DB_WRITE, add_agent, caller, &error);
  g_assert_no_error (error);
  return caller;
}

static Team *
team_new (void)
{
  Team *team = g_new0 (Team, 1);

  team->world = world_new ();
  team->ben = make_agent (team->world, "Ben");
  team->cleo = make_agent (team->world, "Cleo");
  return team;
}

static void
team_free (Team *team)
{
  cfd_caller_unref (team->ben);
  cfd_caller_unref (team->cleo);
  world_free (team->world);
  g_free (team);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Team, team_free)

static gpointer
call (Team *team, const CfdCaller *caller, const char *method, const char *format, ...)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  va_list values;
  gpointer result;

  va_start (values, format);
  json = g_strdup_vprintf (format, values);
  va_end (values);
  result = world_call (team->world, caller, method, &error, "%s", json);
  g_assert_no_error (error);
  return result;
}

/* @members: callers, ended by NULL. Returns: (transfer full): its id */
static char *
put (Team *team, const CfdCaller *by, const char *id, const char *name, const CfdCaller *const *members)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autoptr (CfStruct) result = NULL;
  char *own = id != NULL ? g_strdup (id) : cf_id_new ();

  for (; *members != NULL; members++)
    g_string_append_printf (list, "%s\"%s\"", list->len > 0 ? "," : "", (*members)->id);
  result = call (team, by, "channel.put", "{\"id\":\"%s\",\"name\":\"%s\",\"members\":[%s]}", own, name, list->str);
  return own;
}

static char *
say (Team *team, const CfdCaller *by, const char *channel_id, const char *text)
{
  char *id = cf_id_new ();
  g_autoptr (CfStruct) result =
    call (team, by, "channel.send", "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"%s\"}", id, channel_id, text);

  return id;
}

typedef struct
{
  const CfdCaller *caller;
  gint64 since;
  gboolean first;
  CfRecordsResult *page;
} Reading;

static gboolean
read_changes (CfdTx *tx, gpointer data, GError **error)
{
  Reading *reading = data;
  g_autoptr (CfSyncParams) params = cf_struct_new (&cf_sync_params_shape);

  params->since = reading->since;
  params->first = reading->first;
  params->limit = CF_SYNC_MAX;
  reading->page = cfd_sync_changes (tx, reading->caller, params, error);
  return reading->page != NULL;
}

/* What that person's client gets after @since. */
static CfRecordsResult *
changes (Team *team, const CfdCaller *caller, gint64 since, gboolean first)
{
  Reading reading = { caller, since, first };
  g_autoptr (GError) error = NULL;

  world_run (team->world, CFD_DB_READ, read_changes, &reading, &error);
  g_assert_no_error (error);
  g_assert_false (reading.page->more);
  return reading.page;
}

static guint
count (CfRecordsResult *page, const CfShape *shape)
{
  guint n = 0;

  while (world_record (page, shape, n) != NULL)
    n++;
  return n;
}

static void
assert_hears (Team *team, const CfdCaller *caller, guint channels, guint messages)
{
  for (guint first = 0; first < 2; first++)
    {
      g_autoptr (CfRecordsResult) page = changes (team, caller, 0, first);

      g_assert_cmpuint (count (page, &cf_channel_shape), ==, channels);
      g_assert_cmpuint (count (page, &cf_team_message_shape), ==, messages);
    }
}

/* @preview: (nullable): what the caller's list of channels shows of what was said last */
static void
assert_preview (Team *team, const CfdCaller *caller, const char *id, const char *preview)
{
  g_autoptr (CfStruct) list = call (team, caller, "channel.list", "{}");
  const CfChannel *channel = world_record (list, &cf_channel_shape, 0);

  g_assert_cmpstr (channel->parent.id, ==, id);
  g_assert_cmpstr (channel->preview, ==, preview);
  g_assert_cmpint (channel->last_author_id != NULL, ==, preview != NULL);
}

/* Whoever opens it: it is the same one, and nobody else's, not an admin's. */
static void
test_direct (void)
{
  g_autoptr (Team) team = team_new ();
  g_autofree char *id = cf_channel_direct_id (team->ben->id, team->cleo->id), *same = cf_channel_direct_id (team->cleo->id, team->ben->id);
  g_autoptr (CfStruct) made = call (team, team->ben, "channel.open_direct", "{\"agent_id\":\"%s\"}", team->cleo->id);
  g_autoptr (CfStruct) again = call (team, team->cleo, "channel.open_direct", "{\"agent_id\":\"%s\"}", team->ben->id);
  CfChannel *one = world_record (made, &cf_channel_shape, 0), *other = world_record (again, &cf_channel_shape, 0);
  g_autofree char *text = say (team, team->ben, id, "lunch?");
  World *world = team->world;

  g_assert_true (cf_id_is_valid (id));
  g_assert_cmpstr (id, ==, same);
  g_assert_cmpstr (one->parent.id, ==, id);
  g_assert_true (cf_struct_equal (one, other));
  g_assert_cmpstr (((CfChannelMember *) world_record (made, &cf_channel_member_shape, 0))->agent_id, ==, team->ben->id);
  g_assert_cmpstr (((CfChannelMember *) world_record (again, &cf_channel_member_shape, 0))->agent_id, ==, team->cleo->id);
  assert_hears (team, team->ben, 1, 1);
  assert_hears (team, team->cleo, 1, 1);
  assert_hears (team, world->admin, 0, 0);
  assert_hears (team, world->stranger, 0, 0);
  world_refuses (world, team->ben, "channel.open_direct", CF_ERROR_INVALID, "{\"agent_id\":\"%s\"}", team->ben->id);
  world_refuses (world, team->ben, "channel.open_direct", CF_ERROR_NOT_FOUND, "{\"agent_id\":\"%s\"}", world->stranger->id);
  world_refuses (world, team->ben, "channel.leave", CF_ERROR_INVALID, "{\"id\":\"%s\"}", id);
  world_refuses (world, team->ben, "channel.put", CF_ERROR_INVALID, "{\"id\":\"%s\",\"name\":\"x\",\"members\":[\"%s\"]}", id, team->ben->id);
}

/* Every door that takes the id of a channel, or of what is in it, is shut to whoever is not a member. */
static void
test_doors (void)
{
  g_autoptr (Team) team = team_new ();
  World *world = team->world;
  g_autofree char *id = put (team, team->ben, NULL, "Front desk", (const CfdCaller *[]) { team->ben, team->cleo, NULL });
  g_autofree char *text = say (team, team->ben, id, "sesame"), *fresh = cf_id_new ();
  const CfdCaller *others[] = { world->admin, world->stranger };
  g_autoptr (CfStruct) found = call (team, world->admin, "search.messages", "{\"text\":\"sesame\"}");

  g_assert_cmpuint (((CfSearchResult *) found)->records->len, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (CfStruct) list = call (team, others[i], "channel.list", "{}");

      g_assert_null (world_record (list, &cf_channel_shape, 0));
      world_refuses (world, others[i], "channel.messages", CF_ERROR_NOT_FOUND, "{\"conversation_id\":\"%s\"}", id);
      world_refuses (world, others[i], "channel.send", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"x\"}", fresh, id);
      world_refuses (world, others[i], "channel.read", CF_ERROR_NOT_FOUND, "{\"conversation_id\":\"%s\",\"position\":9}", id);
      world_refuses (world, others[i], "channel.leave", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", id);
      world_refuses (world, others[i], "channel.put", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"name\":\"x\",\"members\":[\"%s\"]}", id, others[i]->id);
      world_refuses (world, others[i], "channel.edit", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"text\":\"x\"}", text);
      world_refuses (world, others[i], "channel.remove", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", text);
      world_refuses (world, others[i], "message.edit", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"text\":\"x\"}", text);
      world_refuses (world, others[i], "message.remove", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", text);
      world_refuses (world, others[i], "message.list", CF_ERROR_NOT_FOUND, "{\"conversation_id\":\"%s\"}", id);
      world_refuses (world, others[i], "conversation.get", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", id);
      world_refuses (world, others[i], "file.create", CF_ERROR_NOT_FOUND,
                     "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"name\":\"a\",\"size\":1}", fresh, id);
    }
  world_refuses (world, world->visitor, "file.create", CF_ERROR_NOT_FOUND,
                 "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"name\":\"a\",\"size\":1}", fresh, id);
}

/* Who comes reads from then on; who goes keeps nothing, and hears so. */
static void
test_coming_and_going (void)
{
  g_autoptr (Team) team = team_new ();
  World *world = team->world;
  const CfdCaller *two[] = { team->ben, world->agent, NULL }, *three[] = { team->ben, world->agent, team->cleo, NULL };
  g_autofree char *id = put (team, team->ben, NULL, " Front   desk ", two), *before = say (team, team->ben, id, "before");
  g_autofree char *same = put (team, world->agent, id, "Front desk", three), *after = say (team, world->agent, id, "after");
  g_autoptr (CfStruct) history = call (team, team->cleo, "channel.messages", "{\"conversation_id\":\"%s\"}", id), left = NULL, left_again = NULL;
  g_autoptr (CfRecordsResult) gone = NULL;
  gint64 rev;

  g_assert_cmpstr (((CfMessage *) world_record (history, &cf_team_message_shape, 0))->text, ==, "after");
  assert_hears (team, team->cleo, 1, 1);
  assert_preview (team, team->cleo, id, "after");
  assert_hears (team, team->ben, 1, 2);
  world_refuses (world, team->cleo, "channel.send", CF_ERROR_NOT_FOUND,
                 "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"x\",\"reply_to\":\"%s\"}", same, id, before);
  world_refuses (world, team->cleo, "channel.put", CF_ERROR_FORBIDDEN, "{\"id\":\"%s\",\"name\":\"x\",\"members\":[\"%s\"]}", id, team->cleo->id);

  rev = ((CfRecordsResult *) history)->records->len > 0 ? CF_RECORD (world_record (history, &cf_team_message_shape, 0))->rev : 0;
  g_clear_pointer (&same, g_free);
  same = put (team, team->ben, id, "Front desk", two);
  gone = changes (team, team->cleo, rev, FALSE);
  g_assert_true (CF_RECORD (world_record (gone, &cf_channel_member_shape, 0))->deleted);
  g_assert_cmpuint (count (gone, &cf_channel_shape), ==, 0);
  assert_hears (team, team->cleo, 0, 0);
  world_refuses (world, team->cleo, "channel.messages", CF_ERROR_NOT_FOUND, "{\"conversation_id\":\"%s\"}", id);

  left = call (team, world->agent, "channel.leave", "{\"id\":\"%s\"}", id);
  left_again = call (team, world->agent, "channel.leave", "{\"id\":\"%s\"}", id);
  g_assert_true (cf_struct_equal (world_record (left, &cf_channel_member_shape, 0), world_record (left_again, &cf_channel_member_shape, 0)));
  assert_hears (team, world->agent, 0, 0);
  g_clear_pointer (&same, g_free);
  same = put (team, team->ben, id, "Front desk", three);
  assert_hears (team, world->agent, 1, 0);
  assert_hears (team, team->ben, 1, 2);
  assert_preview (team, world->agent, id, NULL);
}

/* Nor does the channel say what was said last before somebody came, however it is worded since. */
static void
test_preview_of_before (void)
{
  g_autoptr (Team) team = team_new ();
  const CfdCaller *two[] = { team->ben, team->world->agent, NULL }, *three[] = { team->ben, team->world->agent, team->cleo, NULL };
  g_autofree char *id = put (team, team->ben, NULL, "Front desk", two), *text = say (team, team->ben, id, "secret"), *same = NULL;
  g_autoptr (CfStruct) edited = NULL;

  assert_preview (team, team->ben, id, "secret");
  same = put (team, team->ben, id, "Front desk", three);
  assert_preview (team, team->cleo, id, NULL);
  edited = call (team, team->ben, "channel.edit", "{\"id\":\"%s\",\"text\":\"still secret\"}", text);
  assert_preview (team, team->cleo, id, NULL);
  g_free (say (team, team->ben, id, "hello"));
  assert_preview (team, team->cleo, id, "hello");
}

/* A call that is repeated by who went and came back since is carried out, and brings back nothing of before. */
static void
test_repeat_over_another_seat (void)
{
  g_autoptr (Team) team = team_new ();
  const CfdCaller *two[] = { team->ben, team->cleo, NULL };
  g_autofree char *id = put (team, team->ben, NULL, "Front desk", two), *text = cf_id_new (), *same = NULL;
  g_autofree char *json = g_strdup_printf ("{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"x\"}", text, id);
  g_autoptr (CfStruct) sent = call (team, team->cleo, "channel.send", "%s", json), repeat = call (team, team->cleo, "channel.send", "%s", json);
  g_autoptr (CfStruct) left = call (team, team->cleo, "channel.leave", "{\"id\":\"%s\"}", id), late = NULL;

  g_assert_nonnull (world_record (sent, &cf_team_message_shape, 0));
  g_assert_nonnull (world_record (repeat, &cf_team_message_shape, 0));
  same = put (team, team->ben, id, "Front desk", two);
  late = call (team, team->cleo, "channel.send", "%s", json);
  g_assert_cmpstr (CF_RECORD (world_record (late, &cf_channel_shape, 0))->id, ==, id);
  g_assert_null (world_record (late, &cf_team_message_shape, 0));
  assert_hears (team, team->cleo, 1, 0);
  assert_hears (team, team->ben, 1, 1);
}

static void
test_last_one_leaves (void)
{
  g_autoptr (Team) team = team_new ();
  g_autofree char *id = put (team, team->ben, NULL, "Notes", (const CfdCaller *[]) { team->ben, NULL }), *text = say (team, team->ben, id, "x");
  g_autofree char *kept = g_strdup_printf ("SELECT count(*) FROM team_message WHERE conversation_id = '%s'", id);
  gint64 before = temp_count (team->world->db, kept);
  g_autoptr (CfStruct) left = call (team, team->ben, "channel.leave", "{\"id\":\"%s\"}", id);

  g_assert_cmpint (before, ==, 1);
  assert_hears (team, team->ben, 0, 0);
  g_assert_cmpint (temp_count (team->world->db, kept), ==, 0);
  world_refuses (team->world, team->ben, "channel.put", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"name\":\"x\",\"members\":[\"%s\"]}", id, team->ben->id);
}

/* The same machinery as in conversations: repeats, edits, removals, marks, mentions. */
static void
test_messages (void)
{
  g_autoptr (Team) team = team_new ();
  World *world = team->world;
  g_autofree char *id = put (team, team->ben, NULL, "Front desk", (const CfdCaller *[]) { team->ben, world->admin, NULL }), *fresh = cf_id_new ();
  g_autofree char *json = g_strdup_printf ("{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"one  two\",\"mentions\":[\"%s\"]}", fresh, id, world->admin->id);
  g_autoptr (CfStruct) sent = call (team, team->ben, "channel.send", "%s", json), repeat = call (team, team->ben, "channel.send", "%s", json);
  CfMessage *message = world_record (sent, &cf_team_message_shape, 0);
  CfChannel *channel = world_record (repeat, &cf_channel_shape, 0);
  g_autoptr (CfStruct) edited = NULL, read = NULL, back = NULL, removed = NULL;
  g_autofree char *other = cf_id_new ();

  g_assert_true (cf_struct_equal (message, world_record (repeat, &cf_team_message_shape, 0)));
  g_assert_cmpstr (channel->preview, ==, "one two");
  g_assert_cmpstr (channel->last_author_id, ==, team->ben->id);
  g_assert_cmpint (channel->last_position, ==, message->position);
  g_assert_cmpint (((CfChannelMember *) world_record (sent, &cf_channel_member_shape, 0))->position, ==, message->position);
  world_refuses (world, world->admin, "channel.send", CF_ERROR_CONFLICT, "%s", json);
  world_refuses (world, team->ben, "channel.send", CF_ERROR_INVALID,
                 "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"x\",\"mentions\":[\"%s\"]}", other, id, team->cleo->id);
  /* not even an admin, who is a member here, has a say in others' words */
  world_refuses (world, world->admin, "channel.remove", CF_ERROR_FORBIDDEN, "{\"id\":\"%s\"}", fresh);
  world_refuses (world, world->admin, "channel.edit", CF_ERROR_FORBIDDEN, "{\"id\":\"%s\",\"text\":\"x\"}", fresh);

  edited = call (team, team->ben, "channel.edit", "{\"id\":\"%s\",\"text\":\"three\"}", fresh);
  g_assert_cmpstr (((CfChannel *) world_record (edited, &cf_channel_shape, 0))->preview, ==, "three");
  g_assert_cmpint (((CfMessage *) world_record (edited, &cf_team_message_shape, 0))->position, ==, message->position);
  read = call (team, world->admin, "channel.read", "{\"conversation_id\":\"%s\",\"position\":%d}", id, G_MAXINT32);
  back = call (team, world->admin, "channel.read", "{\"conversation_id\":\"%s\",\"position\":1}", id);
  g_assert_cmpint (((CfChannelMember *) world_record (read, &cf_channel_member_shape, 0))->position, ==, message->position);
  g_assert_true (cf_struct_equal (world_record (read, &cf_channel_member_shape, 0), world_record (back, &cf_channel_member_shape, 0)));
  removed = call (team, team->ben, "channel.remove", "{\"id\":\"%s\"}", fresh);
  message = world_record (removed, &cf_team_message_shape, 0);
  g_assert_null (message->text);
  g_assert_cmpint (message->removed_at, >, 0);
}

/* "text|text" of what an agent finds, newest first; with "+" when there is more. */
static char *
found (Team *team, const CfdCaller *by, const char *text, const char *more)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfSearchResult) result = NULL;
  GString *all = g_string_new (NULL);

  g_assert_true (cfd_db_index (team->world->db, &error));
  result = call (team, by, "search.team", "{\"text\":\"%s\"%s}", text, more);
  for (guint i = 0; i < result->hits->len; i++)
    g_string_append_printf (all, "%s%s", i > 0 ? "|" : "", ((CfSearchHit *) result->hits->pdata[i])->snippet);
  g_assert_true (result->more == (result->next > 0));
  return g_string_free (g_string_append (all, result->more ? "+" : ""), FALSE);
}

#define assert_finds(team, by, text, more, expected)             \
  G_STMT_START                                                   \
  {                                                              \
    g_autofree char *got = found (team, by, text, more);         \
    g_assert_cmpstr (got, ==, expected);                         \
  }                                                              \
  G_STMT_END

/* What was said is found by those who could read it, as it is now, and nobody else learns even that it is there. */
static void
test_search (void)
{
  g_autoptr (Team) team = team_new ();
  World *world = team->world;
  const CfdCaller *two[] = { team->ben, team->cleo, NULL }, *three[] = { team->ben, team->cleo, world->admin, NULL };
  g_autoptr (CfStruct) made = call (team, team->ben, "channel.open_direct", "{\"agent_id\":\"%s\"}", team->cleo->id);
  const char *direct = CF_RECORD (world_record (made, &cf_channel_shape, 0))->id;
  g_autofree char *secret = say (team, team->ben, direct, "a blue whale"), *id = put (team, team->ben, NULL, "Sea", two), *same = NULL, *again = NULL;
  g_autofree char *first = say (team, team->cleo, id, "the whale sings"), *second = NULL;
  g_autoptr (CfStruct) edited = NULL, removed = NULL;

  assert_finds (team, team->ben, "whale", "", "the whale sings|a blue whale");
  assert_finds (team, team->cleo, "BLUE whal", "", "a blue whale");
  assert_finds (team, team->cleo, "whale", ",\"limit\":1", "the whale sings+");
  assert_finds (team, world->admin, "whale", "", "");
  assert_finds (team, world->admin, "whale", ",\"limit\":1", "");
  assert_finds (team, world->stranger, "whale", "", "");
  same = put (team, team->ben, id, "Sea", three);
  second = say (team, world->admin, id, "which whale?");
  assert_finds (team, world->admin, "whale", "", "which whale?");
  assert_finds (team, team->cleo, "whale", "", "which whale?|the whale sings|a blue whale");
  again = put (team, team->ben, id, "Sea", two);
  assert_finds (team, world->admin, "whale", "", "");
  edited = call (team, team->cleo, "channel.edit", "{\"id\":\"%s\",\"text\":\"the heron sings\"}", first);
  assert_finds (team, team->ben, "whale sings", "", "");
  assert_finds (team, team->ben, "heron", "", "the heron sings");
  removed = call (team, team->cleo, "channel.remove", "{\"id\":\"%s\"}", first);
  assert_finds (team, team->ben, "heron", "", "");
  g_clear_pointer (&edited, cf_struct_unref);
  edited = call (team, team->cleo, "channel.leave", "{\"id\":\"%s\"}", id);
  g_clear_pointer (&removed, cf_struct_unref);
  removed = call (team, team->ben, "channel.leave", "{\"id\":\"%s\"}", id);
  assert_finds (team, team->ben, "whale", "", "a blue whale");
  g_assert_cmpint (temp_count (world->db, "SELECT count(*) FROM team_message_search"), ==, 1); /* what nobody can read is not kept here either */
}

static gboolean
switch_off (CfdTx *tx, gpointer id, GError **error)
{
  return cfd_tx_execute (tx, error, "UPDATE agent SET disabled = 1 WHERE id = $1", "t", id);
}

/* Nothing is said to who can't sign in, and nobody lets them in. */
static void
test_disabled (void)
{
  g_autoptr (Team) team = team_new ();
  World *world = team->world;
  g_autoptr (CfStruct) made = call (team, team->ben, "channel.open_direct", "{\"agent_id\":\"%s\"}", team->cleo->id);
  g_autofree char *id = g_strdup (CF_RECORD (world_record (made, &cf_channel_shape, 0))->id), *fresh = cf_id_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (world_run (world, CFD_DB_WRITE, switch_off, team->cleo->id, &error));
  world_refuses (world, team->ben, "channel.send", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"x\"}", fresh, id);
  world_refuses (world, world->admin, "channel.open_direct", CF_ERROR_CONFLICT, "{\"agent_id\":\"%s\"}", team->cleo->id);
  world_refuses (world, team->ben, "channel.put", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"name\":\"x\",\"members\":[\"%s\",\"%s\"]}", fresh, team->ben->id, team->cleo->id);
}

static gboolean
make_ready (CfdTx *tx, gpointer id, GError **error)
{
  return cfd_tx_execute (tx, error, "UPDATE file SET state = 'ready' WHERE id = $1", "t", id);
}

/* A file is its author's until it is sent, and then of those who may read the message. */
static void
test_files (void)
{
  g_autoptr (Team) team = team_new ();
  World *world = team->world;
  g_autofree char *id = put (team, team->ben, NULL, "Front desk", (const CfdCaller *[]) { team->ben, team->cleo, NULL });
  g_autofree char *file = cf_id_new (), *text = cf_id_new (), *same = NULL;
  g_autofree char *json = g_strdup_printf ("{\"id\":\"%s\",\"conversation_id\":\"%s\",\"name\":\"a.txt\",\"size\":3}", file, id);
  g_autoptr (CfStruct) made = call (team, team->ben, "file.create", "%s", json), again = call (team, team->ben, "file.create", "%s", json);
  g_autoptr (CfStruct) sent = NULL, link = NULL;
  g_autoptr (CfRecordsResult) theirs = NULL, cleos = changes (team, team->cleo, 0, TRUE), bens = changes (team, team->ben, 0, TRUE);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (count (cleos, &cf_file_shape), ==, 0);
  g_assert_cmpuint (count (bens, &cf_file_shape), ==, 1);
  world_refuses (world, team->cleo, "file.link", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", file);
  g_assert_true (world_run (world, CFD_DB_WRITE, make_ready, file, &error));
  world_refuses (world, team->cleo, "channel.send", CF_ERROR_NOT_FOUND,
                 "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"x\",\"files\":[\"%s\"]}", text, id, file);
  sent = call (team, team->ben, "channel.send", "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"see\",\"files\":[\"%s\"]}", text, id, file);
  g_assert_true (((CfFile *) world_record (sent, &cf_file_shape, 0))->sent);
  link = call (team, team->cleo, "file.link", "{\"id\":\"%s\"}", file);
  g_assert_nonnull (((CfFileResult *) link)->link);
  world_refuses (world, world->admin, "file.link", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", file);
  world_refuses (world, world->visitor, "file.link", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", file);
  for (guint first = 0; first < 2; first++)
    {
      const CfdCaller *callers[] = { team->cleo, team->ben, world->admin };

      for (guint i = 0; i < G_N_ELEMENTS (callers); i++)
        {
          g_autoptr (CfRecordsResult) page = changes (team, callers[i], 0, first);

          g_assert_cmpuint (count (page, &cf_file_shape), ==, i < 2);
        }
    }
  same = put (team, team->ben, id, "Front desk", (const CfdCaller *[]) { team->ben, NULL });
  world_refuses (world, team->cleo, "file.link", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", file);
  theirs = changes (team, team->cleo, 0, FALSE);
  g_assert_cmpuint (count (theirs, &cf_file_shape), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/team-chat/direct", test_direct);
  g_test_add_func ("/team-chat/doors", test_doors);
  g_test_add_func ("/team-chat/coming-and-going", test_coming_and_going);
  g_test_add_func ("/team-chat/preview-of-before", test_preview_of_before);
  g_test_add_func ("/team-chat/repeat-over-another-seat", test_repeat_over_another_seat);
  g_test_add_func ("/team-chat/last-one-leaves", test_last_one_leaves);
  g_test_add_func ("/team-chat/messages", test_messages);
  g_test_add_func ("/team-chat/search", test_search);
  g_test_add_func ("/team-chat/disabled", test_disabled);
  g_test_add_func ("/team-chat/files", test_files);
  return g_test_run ();
}

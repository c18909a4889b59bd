/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "backend/features/routing/routing-service.h"
#include "backend/hub/roster.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/records/department.h"

typedef struct
{
  World *world;
  CfdRoutingStep step;
  const char *conversation, *department;
} Giving;

static gboolean
give (CfdTx *tx, gpointer data, GError **error)
{
  Giving *giving = data;

  return cfd_routing_give (tx, giving->world->organisation_id, &giving->step, error);
}

static gboolean
hand_back (CfdTx *tx, gpointer data, GError **error)
{
  Giving *giving = data;

  return cfd_routing_hand_back (tx, giving->world->organisation_id, 0, &giving->step, error);
}

static gboolean
move (CfdTx *tx, gpointer data, GError **error)
{
  Giving *giving = data;
  g_autoptr (CfConversation) conversation = cfd_tx_get (tx, error, &cf_conversation_shape, giving->conversation);

  conversation->department_id = g_strdup (giving->department);
  return cfd_tx_put (tx, conversation, error) && cfd_routing_offer (tx, conversation, NULL, error);
}

static void
run (World *world, CfdDbWork work, const char *conversation, const char *department)
{
  Giving giving = { .world = world, .conversation = conversation, .department = department };
  g_autoptr (GError) error = NULL;

  g_assert_true (world_run (world, CFD_DB_WRITE, work, &giving, &error));
  g_assert_no_error (error);
}

static char *
make_department (World *world, const char *assignment, int capacity)
{
  g_autoptr (GError) error = NULL;
  char *id = cf_id_new ();
  g_autoptr (CfStruct) made =
    world_call (world, world->admin, "department.add", &error, "{\"id\":\"%s\",\"name\":\"Sales\",\"assignment\":\"%s\",\"capacity\":%d,\"members\":[\"%s\",\"%s\"]}",
                id, assignment, capacity, world->admin->id, world->agent->id);

  g_assert_no_error (error);
  return id;
}

static char *
start_at (World *world, const CfSite *site, const char *department)
{
  g_autoptr (CfdCaller) visitor = world_visitor (world, site);
  char *id = world_start (world, visitor, "hello");

  run (world, move, id, department);
  return id;
}

static char *
start_in (World *world, const char *department)
{
  return start_at (world, world->site, department);
}

/* Returns: whose the conversation is; as constant text */
static const char *
whose (World *world, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) result = world_call (world, world->admin, "conversation.get", &error, "{\"id\":\"%s\"}", id);
  const CfConversation *conversation = world_record (result, &cf_conversation_shape, 0);

  return conversation->assignee_id == NULL                                    ? "nobody"
         : g_str_equal (conversation->assignee_id, world->admin->id) ? "admin" : "agent";
}

static void
set (World *world, const CfdCaller *who, CfPresenceState state)
{
  cfd_roster_set (world->organisation_id, who->id, state, state != CF_PRESENCE_OFFLINE);
}

static void
close_one (World *world, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *event = cf_id_new ();
  g_autoptr (CfStruct) closed = world_call (world, world->admin, "conversation.close", &error, "{\"id\":\"%s\",\"event_id\":\"%s\"}", id, event);

  g_assert_no_error (error);
}

static void
test_round_robin (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *department = make_department (world, "round_robin", 2);
  char *ids[6];

  ids[0] = start_in (world, department);
  g_assert_cmpstr (whose (world, ids[0]), ==, "nobody"); /* nobody is there */
  set (world, world->admin, CF_PRESENCE_ONLINE);
  set (world, world->agent, CF_PRESENCE_AWAY);
  run (world, give, NULL, NULL);
  g_assert_cmpstr (whose (world, ids[0]), ==, "admin");
  ids[1] = start_in (world, department);
  g_assert_cmpstr (whose (world, ids[1]), ==, "admin"); /* who is away is passed over */
  set (world, world->agent, CF_PRESENCE_ONLINE);
  ids[2] = start_in (world, department);
  ids[3] = start_in (world, department);
  ids[4] = start_in (world, department);
  ids[5] = start_in (world, department);
  g_assert_cmpstr (whose (world, ids[2]), ==, "agent");
  g_assert_cmpstr (whose (world, ids[3]), ==, "agent");
  g_assert_cmpstr (whose (world, ids[4]), ==, "nobody"); /* all have two */
  close_one (world, ids[1]);
  run (world, give, NULL, NULL);
  run (world, give, NULL, NULL);
  g_assert_cmpstr (whose (world, ids[4]), ==, "admin"); /* who came first */
  g_assert_cmpstr (whose (world, ids[5]), ==, "nobody");
  g_assert_cmpint (temp_count (world->db, "SELECT count(*) FROM message WHERE organisation_id IN (SELECT id FROM organisation) AND event = 'assigned' AND author_kind = 'system'"), ==, 5);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_free (ids[i]);
}

static void
test_least_busy (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *department = make_department (world, "least_busy", 0), *first = NULL, *second = NULL, *third = NULL, *id = cf_id_new ();
  g_autoptr (CfStruct) answer = NULL;
  g_autoptr (GError) error = NULL;

  set (world, world->admin, CF_PRESENCE_ONLINE);
  set (world, world->agent, CF_PRESENCE_ONLINE);
  first = start_in (world, department);
  second = start_in (world, department);
  g_assert_cmpstr (whose (world, first), ==, "admin");
  g_assert_cmpstr (whose (world, second), ==, "agent");
  answer = world_call (world, world->agent, "message.send", &error, "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"yes\"}", id, second);
  g_assert_no_error (error);
  third = start_in (world, department);
  g_assert_cmpstr (whose (world, third), ==, "agent"); /* on whom nobody waits */
}

static void
test_hand_back (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *department = make_department (world, "round_robin", 0), *given = NULL, *taken = NULL, *id = cf_id_new ();
  g_autoptr (CfStruct) assigned = NULL;
  g_autoptr (GError) error = NULL;

  set (world, world->agent, CF_PRESENCE_ONLINE);
  given = start_in (world, department);
  taken = start_in (world, department);
  assigned = world_call (world, world->admin, "conversation.assign", &error, "{\"id\":\"%s\",\"event_id\":\"%s\",\"agent_id\":\"%s\"}", taken, id, world->admin->id);
  g_assert_no_error (error);
  run (world, hand_back, NULL, NULL);
  g_assert_cmpstr (whose (world, given), ==, "agent"); /* who is there keeps it */
  set (world, world->agent, CF_PRESENCE_OFFLINE);
  run (world, hand_back, NULL, NULL);
  g_assert_cmpstr (whose (world, given), ==, "nobody");
  g_assert_cmpstr (whose (world, taken), ==, "admin"); /* a person gave it, also to one who is gone */
  /* the visitor is told who left */
  g_assert_cmpint (temp_count (world->db, "SELECT count(*) FROM message WHERE organisation_id IN (SELECT id FROM organisation) AND event = 'unassigned'"
                               " AND staff_only = 0 AND target_name LIKE 'Name of agent%'"), ==, 1);
}

static void
set_skills (World *world, const CfdCaller *who, const char *list)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) set_now = world_call (world, world->admin, "agent.skills", &error, "{\"id\":\"%s\",\"skills\":[%s]}", who->id, list);

  g_assert_no_error (error);
}

/* Begins one with @tags while nobody is there. */
static char *
start_tagged (World *world, const char *department, const char *tags)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = start_in (world, department);
  g_autoptr (CfStruct) tagged = world_call (world, world->admin, "conversation.tag", &error, "{\"id\":\"%s\",\"tags\":[%s]}", id, tags);

  g_assert_no_error (error);
  g_assert_cmpstr (whose (world, id), ==, "nobody");
  return g_steal_pointer (&id);
}

/* Who knows most of it has it, as long as they have room; then anybody. */
static void
prefer_skilled (const char *assignment)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *department = make_department (world, assignment, 2), *refunds = cf_id_new (), *french = cf_id_new (), *other = cf_id_new ();
  g_autofree char *one = g_strdup_printf ("\"%s\"", refunds), *both = g_strdup_printf ("\"%s\",\"%s\"", french, refunds);
  g_autofree char *foreign = g_strdup_printf ("\"%s\"", other);
  char *ids[5];

  set_skills (world, world->admin, one);
  set_skills (world, world->agent, both);
  ids[0] = start_tagged (world, department, foreign);
  ids[1] = start_tagged (world, department, both);
  ids[2] = start_tagged (world, department, both);
  ids[3] = start_tagged (world, department, both);
  ids[4] = start_tagged (world, department, one);
  set (world, world->admin, CF_PRESENCE_ONLINE);
  set (world, world->agent, CF_PRESENCE_ONLINE);
  run (world, give, NULL, NULL);
  g_assert_cmpstr (whose (world, ids[0]), ==, "admin"); /* nobody knows of it: whose turn it is */
  g_assert_cmpstr (whose (world, ids[1]), ==, "agent");
  g_assert_cmpstr (whose (world, ids[2]), ==, "agent");
  g_assert_cmpstr (whose (world, ids[3]), ==, "admin"); /* the other has two */
  g_assert_cmpstr (whose (world, ids[4]), ==, "nobody");
  set_skills (world, world->agent, "");
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_free (ids[i]);
}

static void
test_skills (void)
{
  prefer_skilled ("round_robin");
  prefer_skilled ("least_busy");
}

static void
set_sites (World *world, const CfdCaller *who, const CfSite *site)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *list = site != NULL ? g_strdup_printf ("\"%s\"", site->parent.id) : g_strdup ("");
  g_autoptr (CfStruct) set_now = world_call (world, world->admin, "agent.sites", &error, "{\"id\":\"%s\",\"sites\":[%s]}", who->id, list);

  g_assert_no_error (error);
}

/* What nobody serves waits, and holds up nothing else; who serves all has it. */
static void
serve_sites (const char *assignment)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *department = make_department (world, assignment, 0), *before = NULL, *first = NULL, *second = NULL;

  set_sites (world, world->agent, world->other_site);
  before = start_in (world, department);
  set (world, world->agent, CF_PRESENCE_ONLINE);
  run (world, give, NULL, NULL);
  g_assert_cmpstr (whose (world, before), ==, "nobody");
  first = start_at (world, world->other_site, department);
  g_assert_cmpstr (whose (world, first), ==, "agent"); /* at once, though another was there before */
  set (world, world->agent, CF_PRESENCE_OFFLINE);
  for (guint i = 0; i < 2 * CFD_ROUTING_STEP; i++) /* more than one look takes in */
    {
      g_autofree char *stuck = start_in (world, department);

      g_assert_cmpstr (whose (world, stuck), ==, "nobody");
    }
  second = start_at (world, world->other_site, department);
  set (world, world->agent, CF_PRESENCE_ONLINE);
  run (world, give, NULL, NULL);
  g_assert_cmpstr (whose (world, second), ==, "agent");
  g_assert_cmpstr (whose (world, before), ==, "nobody");
  set_sites (world, world->agent, NULL);
  run (world, give, NULL, NULL);
  g_assert_cmpstr (whose (world, before), ==, "agent");
}

static void
test_sites (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *foreign = cf_id_new ();

  serve_sites ("round_robin");
  serve_sites ("least_busy");
  world_refuses (world, world->admin, "agent.sites", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"sites\":[\"%s\"]}", world->agent->id, foreign);
  world_refuses (world, world->stranger, "agent.sites", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"sites\":[]}", world->agent->id);
  world_refuses (world, world->stranger, "agent.sites", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"sites\":[\"%s\"]}", world->stranger->id, world->site->parent.id);
  world_refuses (world, world->admin, "agent.sites", CF_ERROR_INVALID, "{\"id\":\"%s\",\"sites\":[\"all\"]}", world->agent->id);
}

/* Also what was given to somebody who has left the department since. */
static void
test_hand_back_of_former (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *department = make_department (world, "round_robin", 0), *given = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) left = NULL;

  set (world, world->agent, CF_PRESENCE_ONLINE);
  given = start_in (world, department);
  g_assert_cmpstr (whose (world, given), ==, "agent");
  left = world_call (world, world->admin, "department.update", &error, "{\"id\":\"%s\",\"members\":[\"%s\"]}", department, world->admin->id);
  g_assert_no_error (error);
  set (world, world->agent, CF_PRESENCE_OFFLINE);
  run (world, hand_back, NULL, NULL);
  g_assert_cmpstr (whose (world, given), ==, "nobody");
}

/* Who has lost the connection counts as gone for what is given, whatever they said of themselves; who is there and does not say so keeps
 * what they have. */
static void
test_connections (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *department = make_department (world, "round_robin", 0), *first = NULL, *second = NULL;

  set (world, world->agent, CF_PRESENCE_ONLINE);
  first = start_in (world, department);
  cfd_roster_set (world->organisation_id, world->agent->id, CF_PRESENCE_ONLINE, FALSE);
  second = start_in (world, department);
  g_assert_cmpstr (whose (world, first), ==, "agent");
  g_assert_cmpstr (whose (world, second), ==, "nobody");
  cfd_roster_set (world->organisation_id, world->agent->id, CF_PRESENCE_OFFLINE, TRUE);
  run (world, hand_back, NULL, NULL);
  g_assert_cmpstr (whose (world, first), ==, "agent");
  run (world, give, NULL, NULL);
  g_assert_cmpstr (whose (world, second), ==, "nobody");
  cfd_roster_set (world->organisation_id, world->agent->id, CF_PRESENCE_ONLINE, TRUE);
  run (world, give, NULL, NULL);
  g_assert_cmpstr (whose (world, second), ==, "agent");
}

static void
test_off (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *department = make_department (world, "off", 0), *id = NULL;

  set (world, world->agent, CF_PRESENCE_ONLINE);
  id = start_in (world, department);
  run (world, give, NULL, NULL);
  g_assert_cmpstr (whose (world, id), ==, "nobody");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/routing/round-robin", test_round_robin);
  g_test_add_func ("/routing/least-busy", test_least_busy);
  g_test_add_func ("/routing/hand-back", test_hand_back);
  g_test_add_func ("/routing/hand-back-of-former", test_hand_back_of_former);
  g_test_add_func ("/routing/skills", test_skills);
  g_test_add_func ("/routing/sites", test_sites);
  g_test_add_func ("/routing/connections", test_connections);
  g_test_add_func ("/routing/off", test_off);
  return g_test_run ();
}

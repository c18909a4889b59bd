/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/features.h"
#include "backend/rpc/connection-methods.h"
#include "backend/rpc/socket-door.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "tests/backend/features/world.h"
#include "tests/backend/hub/fake-peer.h"

#include <string.h>

/* The real rows on a real database; only the peers are not. */
typedef struct
{
  World *world;
  CfdHub *hub;
  CfdRouter *router;
  CfdSocketDoor *door;
  GPtrArray *peers;
  int last_id;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree const CfdFeature **features = (const CfdFeature **) cfd_connection_with (cfd_features ());

  f->world = world_new ();
  f->hub = cfd_hub_new (f->world->db, 50);
  cfd_db_set_publish (f->world->db, cfd_hub_publish, NULL, f->hub);
  f->router = cfd_router_new (f->world->db, f->hub, features, &error);
  g_assert_no_error (error);
  f->door = cfd_socket_door_new (f->router);
  f->peers = g_ptr_array_new ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  temp_db_close (f->world->temp);
  for (guint i = 0; i < f->peers->len; i++)
    {
      cfd_socket_door_closed (f->door, f->peers->pdata[i]);
      cfd_peer_unref (f->peers->pdata[i]);
    }
  g_ptr_array_unref (f->peers);
  cfd_socket_door_free (f->door);
  cfd_router_free (f->router);
  cfd_hub_free (f->hub);
  world_free (f->world);
}

static CfdPeer *
connect_peer (Fixture *f)
{
  CfdPeer *peer = fake_peer_new ();

  peer->origin = g_strdup ("https://shop.example");
  cfd_socket_door_opened (f->door, peer);
  g_ptr_array_add (f->peers, peer);
  return peer;
}

static void
say (Fixture *f, CfdPeer *peer, const char *text)
{
  cfd_socket_door_text (f->door, peer, text, strlen (text));
}

static int
request (Fixture *f, CfdPeer *peer, const char *method, const char *params)
{
  g_autofree char *text = g_strdup_printf ("{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":%s}", ++f->last_id, method, params);

  say (f, peer, text);
  return f->last_id;
}

/* The answer to that call; notifications before it are passed over. */
static JsonObject *
answer_to (CfdPeer *peer, int id)
{
  for (;;)
    {
      g_autoptr (JsonObject) frame = fake_peer_wait (peer);

      if (json_object_get_int_member_with_default (frame, "id", -1) == id)
        return g_steal_pointer (&frame);
    }
}

static void
expect_reason (CfdPeer *peer, int id, const char *reason)
{
  g_autoptr (JsonObject) frame = answer_to (peer, id);
  JsonObject *error = json_object_has_member (frame, "error") ? json_object_get_object_member (frame, "error") : NULL;

  if (reason == NULL)
    {
      g_assert_true (json_object_has_member (frame, "result"));
      return;
    }
  g_assert_nonnull (error);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (error, "data"), "reason"), ==, reason);
}

static void
refuses (Fixture *f, CfdPeer *peer, const char *method, const char *params, const char *reason)
{
  expect_reason (peer, request (f, peer, method, params), reason);
}

static char *
visitor_token (void)
{
  g_autofree char *id = cf_id_new ();

  return g_strconcat (id, ".abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", NULL);
}

static char *
visitor_params (Fixture *f, const char *token)
{
  return g_strdup_printf ("{\"site\":\"%s\",\"token\":\"%s\",\"since\":0}", f->world->site->key, token);
}

static CfdPeer *
open_visitor (Fixture *f)
{
  CfdPeer *peer = connect_peer (f);
  g_autofree char *token = visitor_token (), *params = visitor_params (f, token);

  refuses (f, peer, "session.open", params, NULL);
  return peer;
}

static char *
login (Fixture *f, const char *email)
{
  CfdPeer *peer = connect_peer (f);
  g_autofree char *params = g_strdup_printf ("{\"email\":\"%s\",\"password\":\"" WORLD_PASSWORD "\",\"device\":\"test\"}", email);
  g_autoptr (JsonObject) frame = answer_to (peer, request (f, peer, "session.login", params));
  JsonObject *result = json_object_get_object_member (frame, "result");

  /* who signs in reads the answer as staff */
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (result, "agent"), "email"), ==, email);
  return g_strdup (json_object_get_string_member (result, "token"));
}

static CfdPeer *
open_agent (Fixture *f, const char *email)
{
  g_autofree char *token = login (f, email), *params = g_strdup_printf ("{\"token\":\"%s\"}", token);
  CfdPeer *peer = connect_peer (f);

  refuses (f, peer, "session.open", params, NULL);
  return peer;
}

static void
test_before_open (Fixture *f, gconstpointer data)
{
  CfdPeer *peer = connect_peer (f);

  refuses (f, peer, "server.info", "{}", NULL);
  refuses (f, peer, "no.such", "{}", "not_found");
  refuses (f, peer, "server.info", "{\"extra\":1}", "invalid");
  refuses (f, peer, "session.login", "{\"email\":\"a@b.c\"}", "invalid");
  refuses (f, peer, "agent.list", "{}", "unauthenticated");
  refuses (f, peer, "signal.typing", "{\"conversation_id\":\"x\"}", "unauthenticated");
  say (f, peer, "not json");
  g_assert_nonnull (strstr (fake_peer_next (peer), "\"id\":null"));
  say (f, peer, "{\"jsonrpc\":\"2.0\",\"method\":\"agent.list\"}"); /* a notification is never answered */
  say (f, peer, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
  g_assert_null (fake_peer_next (peer));
  g_assert_true (peer->open);
  g_assert_false (peer->settled);
}

static void
test_open (Fixture *f, gconstpointer data)
{
  CfdPeer *peer = connect_peer (f);
  g_autofree char *token = visitor_token (), *params = visitor_params (f, token), *conversation = cf_id_new (), *message = cf_id_new ();
  g_autofree char *start = g_strdup_printf ("{\"id\":\"%s\",\"message_id\":\"%s\",\"text\":\"hello\"}", conversation, message);
  int open = request (f, peer, "session.open", params), second = request (f, peer, "session.open", params);
  int write = request (f, peer, "conversation.start", start); /* waits for its turn */

  g_assert_true (peer->settled); /* how long the answer takes is not their doing */
  expect_reason (peer, open, NULL);
  g_assert_true (peer->settled);
  expect_reason (peer, second, "conflict");
  expect_reason (peer, write, NULL);
  refuses (f, peer, "session.open", params, "conflict");
  g_assert_true (peer->open);
}

static void
refused_open (Fixture *f, const char *params, const char *origin, const char *reason)
{
  CfdPeer *peer = connect_peer (f);

  g_free (peer->origin);
  peer->origin = g_strdup (origin);
  refuses (f, peer, "session.open", params, reason);
  g_assert_false (peer->settled); /* what is left of their time runs on */
  g_assert_false (peer->open);
  g_assert_cmpuint (peer->close_code, ==, CFD_CLOSE_SESSION);
  g_assert_cmpstr (peer->close_reason, ==, reason);
}

static void
test_refused_open (Fixture *f, gconstpointer data)
{
  g_autofree char *token = visitor_token (), *params = visitor_params (f, token);
  CfdPeer *peer = connect_peer (f);

  refused_open (f, params, "https://evil.example", "bad_origin");
  refused_open (f, "{\"site\":\"nosuchsite\"}", "https://shop.example", "bad_site");
  refused_open (f, "{\"token\":\"nobody\"}", NULL, "unauthenticated");
  refused_open (f, "{}", NULL, "unauthenticated");
  /* a call that is only wrong may be made again */
  refuses (f, peer, "session.open", "{\"nonsense\":true}", "invalid");
  g_assert_true (peer->open);
  refuses (f, peer, "session.open", params, NULL);
}

/* For every row: whom it does not allow is refused, before anything else is looked at but the params. */
static void
test_roles (Fixture *f, gconstpointer data)
{
  const GPtrArray *rows = cfd_method_table_rows (cfd_router_get_table (f->router));
  static const CfdAllow kinds[] = { CFD_ALLOW_ANYONE, CFD_ALLOW_VISITOR, CFD_ALLOW_AGENT, CFD_ALLOW_SUPERVISOR, CFD_ALLOW_ADMIN };
  CfdPeer *nobody = connect_peer (f), *visitor = open_visitor (f), *agent = open_agent (f, "agent@one.example");

  for (guint i = 0; i < rows->len; i++)
    {
      const CfdMethod *row = rows->pdata[i];

      for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
        {
          g_autoptr (CfdCaller) caller = cfd_caller_new (kinds[k]);

          g_assert_cmpint (cfd_method_permits (row, caller, NULL), ==, (row->allow & (kinds[k] | CFD_ALLOW_ANYONE)) != 0);
        }
      if (row->allow & CFD_ALLOW_ANYONE)
        continue;
      refuses (f, nobody, row->name, "{}", "unauthenticated");
      if ((row->allow & CFD_ALLOW_VISITOR) == 0)
        refuses (f, visitor, row->name, "{}", "forbidden");
      if ((row->allow & CFD_ALLOW_AGENT) == 0)
        refuses (f, agent, row->name, "{}", "forbidden");
    }
}

/* For every row: a key with all scopes but the row's is refused, one with that alone is not; and on a socket nobody is a key. */
static void
test_scopes (Fixture *f, gconstpointer data)
{
  const GPtrArray *rows = cfd_method_table_rows (cfd_router_get_table (f->router));
  const guint all = CF_API_SCOPE_BIT (CF_N_API_SCOPES) - 1;
  CfdPeer *peer = connect_peer (f);
  guint with_scope = 0, seen = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const CfdMethod *row = rows->pdata[i];
      g_autoptr (CfdCaller) others = cfd_caller_new (CFD_ALLOW_KEY), own = cfd_caller_new (CFD_ALLOW_KEY);
      g_autoptr (GError) error = NULL;

      if (row->allow & CFD_ALLOW_ANYONE)
        continue;
      others->scopes = all & ~row->scope;
      own->scopes = row->scope;
      g_assert_false (cfd_method_permits (row, others, &error));
      g_assert_error (error, CF_ERROR, CF_ERROR_FORBIDDEN);
      g_assert_cmpint (cfd_method_permits (row, own, NULL), ==, row->scope != 0);
      with_scope += row->scope != 0;
      seen |= row->scope;
    }
  g_assert_cmpuint (with_scope, >, 15);
  g_assert_cmpuint (seen, ==, all);
  refuses (f, peer, "session.open", "{\"token\":\"cfk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}", "unauthenticated");
}

static void
test_push (Fixture *f, gconstpointer data)
{
  CfdPeer *visitor = open_visitor (f), *agent = open_agent (f, "agent@one.example");
  g_autofree char *conversation = cf_id_new (), *message = cf_id_new ();
  g_autofree char *start = g_strdup_printf ("{\"id\":\"%s\",\"message_id\":\"%s\",\"text\":\"hello\"}", conversation, message);
  gboolean told = FALSE;

  refuses (f, visitor, "conversation.start", start, NULL);
  while (!told)
    {
      g_autoptr (JsonObject) frame = fake_peer_wait (agent);

      told = g_strcmp0 (json_object_get_string_member_with_default (frame, "method", NULL), "changes") == 0;
    }
  refuses (f, agent, "agent.list", "{}", NULL);
  refuses (f, visitor, "conversation.start", start, NULL); /* the same again is the same, now that the visitor exists */
}

static void
test_logout (Fixture *f, gconstpointer data)
{
  CfdPeer *agent = open_agent (f, "agent@one.example");

  refuses (f, agent, "session.logout", "{}", NULL);
  temp_wait (!agent->open);
  g_assert_cmpuint (agent->close_code, ==, CFD_CLOSE_SESSION);
  g_assert_cmpstr (agent->close_reason, ==, "revoked");
}

static void
test_presence (Fixture *f, gconstpointer data)
{
  CfdPeer *agent = open_agent (f, "agent@one.example");

  refuses (f, agent, "presence.set", "{}", "invalid");
  refuses (f, agent, "presence.set", "{\"state\":\"offline\"}", NULL);
  refuses (f, agent, "presence.set", "{\"state\":\"away\"}", NULL);
}

static void
test_rate (Fixture *f, gconstpointer data)
{
  CfdPeer *peer = connect_peer (f);
  g_autoptr (JsonObject) frame = NULL;
  JsonObject *details;

  peer->tokens = 1;
  refuses (f, peer, "server.info", "{}", NULL);
  frame = answer_to (peer, request (f, peer, "server.info", "{}"));
  details = json_object_get_object_member (json_object_get_object_member (frame, "error"), "data");
  g_assert_cmpstr (json_object_get_string_member (details, "reason"), ==, "rate_limited");
  g_assert_cmpint (json_object_get_int_member (details, "retry_after_ms"), ==, 250);
  for (guint i = 0; i < 10000 && peer->open; i++)
    request (f, peer, "server.info", "{}");
  g_assert_cmpuint (peer->close_code, ==, CFD_CLOSE_POLICY);
}

/* Only so many calls of one peer are under way; what is over is refused, not lost. */
static void
test_too_many (Fixture *f, gconstpointer data)
{
  CfdPeer *agent = open_agent (f, "agent@one.example");
  guint done = 0, refused = 0;
  int first = f->last_id + 1;

  for (guint i = 0; i < 100; i++)
    request (f, agent, "agent.list", "{}");
  while (done + refused < 100)
    {
      g_autoptr (JsonObject) frame = fake_peer_wait (agent);

      if (json_object_get_int_member_with_default (frame, "id", -1) < first)
        continue;
      done += json_object_has_member (frame, "result");
      refused += json_object_has_member (frame, "error");
    }
  g_assert_cmpuint (done, ==, 64);
  g_assert_cmpuint (refused, ==, 36);
}

static void
set_flag (gpointer data)
{
  *(gboolean *) data = TRUE;
}

static void
test_end (Fixture *f, gconstpointer data)
{
  CfdPeer *visitor = open_visitor (f);
  g_autofree char *conversation = cf_id_new (), *message = cf_id_new ();
  g_autofree char *start = g_strdup_printf ("{\"id\":\"%s\",\"message_id\":\"%s\",\"text\":\"hello\"}", conversation, message);
  gboolean drained = FALSE;
  int accepted = request (f, visitor, "conversation.start", start), late;

  cfd_router_quiesce (f->router, set_flag, &drained);
  g_assert_false (drained);
  late = request (f, visitor, "server.info", "{}");
  expect_reason (visitor, late, "unavailable");
  expect_reason (visitor, accepted, NULL);
  temp_wait (drained);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add ("/socket-door/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  TEST (before_open);
  TEST (open);
  TEST (refused_open);
  TEST (roles);
  TEST (scopes);
  TEST (push);
  TEST (logout);
  TEST (presence);
  TEST (rate);
  TEST (too_many);
  TEST (end);
  return g_test_run ();
}

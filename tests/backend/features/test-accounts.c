/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "backend/features/accounts/agent.h"
#include "backend/features/accounts/login-session-service.h"
#include "backend/features/accounts/password.h"
#include "backend/features/accounts/token-service.h"
#include "backend/features/sync/sync-service.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/records/login-session.h"

typedef struct
{
  const char *token, *site, *origin;
  gint64 now; /* 0 = the real one */
  CfdCaller *caller;
} Asking;

static gboolean
authenticate (CfdTx *tx, gpointer data, GError **error)
{
  Asking *asking = data;

  if (asking->now > 0)
    cfd_tx_set_now (tx, asking->now);
  asking->caller = cfd_sync_authenticate (tx, asking->token, asking->site, asking->origin, "127.0.0.1", error);
  return asking->caller != NULL;
}

static CfdCaller *
ask (World *world, Asking asking, GError **error)
{
  return world_run (world, CFD_DB_READ, authenticate, &asking, error) ? asking.caller : NULL;
}

static void
assert_refused (World *world, Asking asking, CfError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ask (world, asking, &error));
  g_assert_error (error, CF_ERROR, (int) code);
}

static CfLoginResult *
login_from (World *world, const char *address, const char *email, const char *password, GError **error)
{
  g_autoptr (CfdCaller) nobody = cfd_caller_new (CFD_ALLOW_ANYONE);

  nobody->address = cfd_shared_text (address);
  return world_call (world, nobody, "session.login", error, "{\"email\":\"%s\",\"password\":\"%s\",\"device\":\"test\"}", email, password);
}

static CfLoginResult *
login (World *world, const char *email, const char *password, GError **error)
{
  return login_from (world, "127.0.0.1", email, password, error);
}

static void
test_login (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL, wrong = NULL, unknown = NULL;
  g_autoptr (CfLoginResult) result = login (world, " Agent@One.example", WORLD_PASSWORD, &error);
  g_autoptr (CfdCaller) caller = NULL;

  g_assert_no_error (error);
  g_assert_true (cfd_token_is_valid (result->token));
  g_assert_cmpstr (result->agent->parent.id, ==, world->agent->id);
  caller = ask (world, (Asking) { .token = result->token }, &error);
  g_assert_no_error (error);
  g_assert_cmpint (caller->kind, ==, CFD_ALLOW_AGENT);
  g_assert_cmpstr (caller->session_id, ==, result->session->parent.id);

  /* Who knows an address learns nothing that who does not know it would not. */
  g_assert_null (login (world, "agent@one.example", "a bad password", &wrong));
  g_assert_null (login (world, "nobody@one.example", "a bad password", &unknown));
  g_assert_error (wrong, CF_ERROR, CF_ERROR_UNAUTHENTICATED);
  g_assert_cmpstr (wrong->message, ==, unknown->message);
}

static void
test_token_reasons (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (CfLoginResult) result = login (world, "agent@one.example", WORLD_PASSWORD, NULL);
  g_autoptr (CfLoginResult) other = login (world, "agent@one.example", WORLD_PASSWORD, NULL);
  g_autoptr (CfdCaller) caller = ask (world, (Asking) { .token = result->token }, NULL);
  g_autoptr (CfdCaller) admin = NULL;
  g_autofree char *unknown = cfd_token_new ();
  g_autoptr (CfStruct) out = NULL, off = NULL;
  g_autoptr (GError) error = NULL;

  assert_refused (world, (Asking) { .token = unknown }, CF_ERROR_UNAUTHENTICATED);
  assert_refused (world, (Asking) { .token = "" }, CF_ERROR_UNAUTHENTICATED);
  assert_refused (world, (Asking) { .token = result->token, .now = result->session->expires_at }, CF_ERROR_EXPIRED);
  admin = ask (world, (Asking) { .token = result->token, .now = result->session->expires_at - 1 }, NULL);
  g_assert_nonnull (admin);

  out = world_call (world, caller, "session.logout", &error, "{}");
  g_assert_no_error (error);
  assert_refused (world, (Asking) { .token = result->token }, CF_ERROR_REVOKED);

  off = world_call (world, world->admin, "agent.update", &error, "{\"id\":\"%s\",\"disabled\":true}", world->agent->id);
  g_assert_no_error (error);
  assert_refused (world, (Asking) { .token = other->token }, CF_ERROR_DISABLED);
  g_assert_null (login (world, "agent@one.example", WORLD_PASSWORD, &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_DISABLED);
}

static void
test_sign_out_everywhere (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (CfLoginResult) one = login (world, "agent@one.example", WORLD_PASSWORD, NULL);
  g_autoptr (CfLoginResult) two = login (world, "agent@one.example", WORLD_PASSWORD, NULL);
  g_autoptr (CfLoginResult) admin = login (world, "admin@one.example", WORLD_PASSWORD, NULL);
  g_autoptr (CfStruct) ended = NULL;
  g_autoptr (CfdCaller) still = NULL;
  g_autoptr (GError) error = NULL;

  world_refuses (world, world->agent, "session.revoke_all", CF_ERROR_FORBIDDEN, "{\"agent_id\":\"%s\"}", world->admin->id);
  world_refuses (world, world->stranger, "session.revoke_all", CF_ERROR_NOT_FOUND, "{\"agent_id\":\"%s\"}", world->agent->id);
  world_refuses (world, world->agent, "session.revoke", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", admin->session->parent.id);
  ended = world_call (world, world->agent, "session.revoke_all", &error, "{}");
  g_assert_no_error (error);
  g_assert_nonnull (world_record (ended, &cf_login_session_shape, 1));
  assert_refused (world, (Asking) { .token = one->token }, CF_ERROR_REVOKED);
  assert_refused (world, (Asking) { .token = two->token }, CF_ERROR_REVOKED);
  still = ask (world, (Asking) { .token = admin->token }, &error);
  g_assert_no_error (error);
}

static void
test_throttle (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (CfLoginResult) elsewhere = NULL;
  g_autoptr (GError) error = NULL, other = NULL, none = NULL;

  cfd_login_sessions_configure (3, 30);
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (GError) refused = NULL;

      g_assert_null (login_from (world, "192.0.2.1", "agent@one.example", "a bad password", &refused));
      g_assert_error (refused, CF_ERROR, CF_ERROR_UNAUTHENTICATED);
    }
  /* The address may not try another account, and the account not be tried from another address. */
  g_assert_null (login_from (world, "192.0.2.1", "admin@one.example", WORLD_PASSWORD, &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_RATE_LIMITED);
  g_assert_null (login_from (world, "192.0.2.2", "agent@one.example", WORLD_PASSWORD, &other));
  g_assert_error (other, CF_ERROR, CF_ERROR_RATE_LIMITED);
  elsewhere = login_from (world, "192.0.2.2", "admin@one.example", WORLD_PASSWORD, &none);
  g_assert_no_error (none);
  cfd_login_sessions_configure (1000, 30);
}

static void
test_passwords (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (CfLoginResult) here = login (world, "agent@one.example", WORLD_PASSWORD, NULL);
  g_autoptr (CfLoginResult) there = login (world, "agent@one.example", WORLD_PASSWORD, NULL);
  g_autoptr (CfdCaller) caller = ask (world, (Asking) { .token = here->token }, NULL);
  g_autoptr (CfdCaller) still = NULL;
  g_autoptr (CfStruct) changed = NULL;
  g_autoptr (CfLoginResult) again = NULL;
  g_autoptr (GError) error = NULL;

  world_refuses (world, caller, "agent.password", CF_ERROR_FORBIDDEN, "{\"password\":\"another password\"}");
  world_refuses (world, caller, "agent.password", CF_ERROR_FORBIDDEN, "{\"password\":\"another password\",\"old_password\":\"wrong one\"}");
  world_refuses (world, caller, "agent.password", CF_ERROR_FORBIDDEN, "{\"agent_id\":\"%s\",\"password\":\"another password\"}", world->admin->id);
  world_refuses (world, caller, "agent.password", CF_ERROR_INVALID,
                 "{\"password\":\"agent@one.example\",\"old_password\":\"" WORLD_PASSWORD "\"}");
  changed = world_call (world, caller, "agent.password", &error,
                        "{\"password\":\"another password\",\"old_password\":\"" WORLD_PASSWORD "\"}");
  g_assert_no_error (error);
  still = ask (world, (Asking) { .token = here->token }, &error);
  g_assert_no_error (error);
  assert_refused (world, (Asking) { .token = there->token }, CF_ERROR_REVOKED);
  again = login (world, "agent@one.example", "another password", &error);
  g_assert_no_error (error);
}

static void
test_team (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = cf_id_new (), *other = cf_id_new ();
  g_autofree char *add = g_strdup_printf ("{\"id\":\"%s\",\"email\":\"New@one.example\",\"name\":\"New\",\"role\":\"supervisor\","
                                          "\"password\":\"long enough\"}", id);
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) added = world_call (world, world->admin, "agent.add", &error, "%s", add);
  g_autoptr (CfStruct) repeated = world_call (world, world->admin, "agent.add", &error, "%s", add);
  g_autoptr (CfStruct) team = world_call (world, world->agent, "agent.list", &error, "{}");

  g_assert_no_error (error);
  g_assert_true (cf_struct_equal (world_record (added, &cf_agent_shape, 0), world_record (repeated, &cf_agent_shape, 0)));
  g_assert_cmpstr (((CfAgent *) world_record (added, &cf_agent_shape, 0))->email, ==, "new@one.example");
  g_assert_nonnull (world_record (team, &cf_agent_shape, 2));
  g_assert_null (world_record (team, &cf_agent_shape, 3));
  world_refuses (world, world->stranger, "agent.add", CF_ERROR_CONFLICT,
                 "{\"id\":\"%s\",\"email\":\"new@one.example\",\"name\":\"New\",\"role\":\"agent\",\"password\":\"long enough\"}", other);
  world_refuses (world, world->admin, "agent.update", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"disabled\":true}", world->admin->id);
  world_refuses (world, world->admin, "agent.update", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"role\":\"agent\"}", world->admin->id);
  world_refuses (world, world->stranger, "agent.update", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"name\":\"x\"}", world->agent->id);
}

static void
test_emails (void)
{
  static const char *const bad[] = { "ana", "@a.bc", "ana@", "ana@b", "ana@.bc", "a@b@c.de", "a b@c.de", "ana@b.cd.", "" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (cfd_agent_normalise_email (bad[i], &error));
      g_assert_error (error, CF_ERROR, CF_ERROR_INVALID);
    }
}

static void
test_visitor_tokens (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = cf_id_new (), *secret = cfd_token_new (), *wrong = cfd_token_new ();
  g_autofree char *token = g_strconcat (id, ".", secret, NULL), *stolen = g_strconcat (id, ".", wrong, NULL);
  g_autofree char *conversation = NULL;
  g_autoptr (GError) error = NULL;
  const char *key = world->site->key, *origin = "https://shop.example";
  g_autoptr (CfdCaller) nobody = ask (world, (Asking) { NULL, key, origin }, &error);
  g_autoptr (CfdCaller) fresh = ask (world, (Asking) { token, key, origin }, &error);
  g_autoptr (CfdCaller) thief = ask (world, (Asking) { stolen, key, origin }, &error);
  g_autoptr (CfdCaller) known = NULL;

  g_assert_no_error (error);
  g_assert_null (nobody->id);
  world_refuses (world, nobody, "visitor.identify", CF_ERROR_UNAUTHENTICATED, "{\"name\":\"x\"}");
  g_assert_nonnull (fresh->secret_hash);
  conversation = world_start (world, fresh, "hello");
  known = ask (world, (Asking) { token, key, origin }, &error);
  g_assert_no_error (error);
  g_assert_null (known->secret_hash);
  g_assert_cmpstr (known->id, ==, id);

  /* Who opened with another secret before the visitor existed cannot write as them now. */
  world_refuses (world, thief, "visitor.identify", CF_ERROR_UNAUTHENTICATED, "{\"name\":\"x\"}");
  assert_refused (world, (Asking) { stolen, key, origin }, CF_ERROR_UNAUTHENTICATED);
  assert_refused (world, (Asking) { "short", key, origin }, CF_ERROR_UNAUTHENTICATED);
  assert_refused (world, (Asking) { token, world->other_site->key, "https://www.other.example" }, CF_ERROR_BAD_SITE);
  assert_refused (world, (Asking) { token, "no such key", origin }, CF_ERROR_BAD_SITE);
  assert_refused (world, (Asking) { token, key, "https://evil.example" }, CF_ERROR_BAD_ORIGIN);
  assert_refused (world, (Asking) { token, key, "null" }, CF_ERROR_BAD_ORIGIN);
  assert_refused (world, (Asking) { token }, CF_ERROR_UNAUTHENTICATED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  cfd_login_sessions_configure (1000, 30);
  g_test_add_func ("/accounts/login", test_login);
  g_test_add_func ("/accounts/token-reasons", test_token_reasons);
  g_test_add_func ("/accounts/sign-out-everywhere", test_sign_out_everywhere);
  g_test_add_func ("/accounts/throttle", test_throttle);
  g_test_add_func ("/accounts/passwords", test_passwords);
  g_test_add_func ("/accounts/team", test_team);
  g_test_add_func ("/accounts/emails", test_emails);
  g_test_add_func ("/accounts/visitor-tokens", test_visitor_tokens);
  return g_test_run ();
}

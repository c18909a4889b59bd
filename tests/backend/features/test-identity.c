/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "backend/features/accounts/token-service.h"
#include "backend/features/sites/jwt.h"
#include "backend/features/sites/site-service.h"
#include "backend/features/visitors/identity-claims.h"
#include "backend/features/visitors/visitor-service.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/json.h"
#include "protocol/methods/site-secret-params.h"
#include "protocol/methods/visitor-params.h"
#include "protocol/records/visitor.h"

#include <sodium.h>
#include <string.h>

#define HS256 "{\"alg\":\"HS256\",\"typ\":\"JWT\"}"
#define NOW   G_GINT64_CONSTANT (1795000000000)

static char *
encode (const void *bytes, gsize size)
{
  gsize length = sodium_base64_ENCODED_LEN (size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);

  return sodium_bin2base64 (g_malloc (length), length, bytes, size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static char *
sign (const char *header, const char *payload, const char *key)
{
  g_autofree char *first = encode (header, strlen (header)), *second = encode (payload, strlen (payload));
  g_autofree char *text = g_strconcat (first, ".", second, NULL), *third = NULL;
  guint8 mac[crypto_auth_hmacsha256_BYTES];
  crypto_auth_hmacsha256_state state;

  crypto_auth_hmacsha256_init (&state, (const guint8 *) key, strlen (key));
  crypto_auth_hmacsha256_update (&state, (const guint8 *) text, strlen (text));
  crypto_auth_hmacsha256_final (&state, mac);
  third = encode (mac, sizeof mac);
  return g_strconcat (text, ".", third, NULL);
}

/* RFC 7515, A.1: its key, byte by byte, and its token. */
static void
test_rfc_example (void)
{
  static const char jwt[] = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
                            ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
                            ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  static const char key[] = "\x03\x23\x35\x4b\x2b\x0f\xa5\xbc\x83\x7e\x06\x65\x77\x7b\xa6\x8f\x5a\xb3\x28\xe6\xf0\x54\xc9\x28\xa9\x0f\x84\xb2\xd2\x50\x2e\xbf"
                            "\xd3\xfb\x5a\x92\xd2\x06\x47\xef\x96\x8a\xb4\xc3\x77\x62\x3d\x22\x3d\x2e\x21\x72\x05\x2e\x4f\x08\xc0\xcd\x9a\xf5\x67\xd0\x80\xa3";
  const char *keys[] = { "another", key };
  g_autoptr (GError) error = NULL;
  guint which = 9;
  g_autofree char *payload = cfd_jwt_open (jwt, keys, 2, &which, &error);
  g_autofree char *none = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (which, ==, 1);
  g_assert_cmpstr (payload, ==, "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}");
  none = cfd_jwt_open (jwt, keys, 1, &which, &error);
  g_assert_null (none);
  g_assert_error (error, CF_ERROR, CF_ERROR_UNAUTHENTICATED);
}

static void
assert_refused (const char *jwt, CfError code)
{
  const char *keys[] = { "secret" };
  g_autoptr (GError) error = NULL;
  guint which;

  g_test_message ("%.120s", jwt);
  g_assert_null (cfd_jwt_open (jwt, keys, 1, &which, &error));
  g_assert_error (error, CF_ERROR, (int) code);
}

static void
test_refused_tokens (void)
{
  static const char *const headers[] = {
    "{\"alg\":\"none\"}", "{\"alg\":\"None\"}", "{\"alg\":\"hs256\"}", "{\"alg\":\"HS256 \"}", "{\"alg\":\"\\u0048S256\"}", "{\"alg\":\"HS384\"}",
    "{\"alg\":\"HS512\"}", "{\"alg\":\"RS256\"}", "{\"alg\":\"ES256\"}", "{\"alg\":[\"HS256\"]}", "{\"alg\":null}", "{\"typ\":\"JWT\"}", "{}", "[]", "\"HS256\"", "",
    "{\"alg\":\"none\",\"alg\":\"HS256\"}", "{\"alg\":\"HS256\",\"crit\":[\"exp\"]}", "{\"alg\":\"HS256\"", "{\"alg\":\"HS256\"}x",
  };
  static const char *const payloads[] = { "", "[]", "\"x\"", "{\"a\":1,\"a\":2}", "{", "{}{}" };
  g_autofree char *good = sign (HS256, "{}", "secret"), *bare = g_strndup (good, strrchr (good, '.') - good + 1);
  g_autofree char *padded = g_strconcat (good, "=", NULL), *four = g_strconcat (good, ".", NULL), *spaced = g_strconcat (good, "\n", NULL);
  g_autofree char *long_one = g_strnfill (CF_JWT_MAX + 1, 'a'), *other = sign (HS256, "{}", "Secret"), *loose = g_strdup (good);
  const char *keys[] = { "secret" };
  guint which;
  g_autofree char *payload = cfd_jwt_open (good, keys, 1, &which, NULL);

  g_assert_cmpstr (payload, ==, "{}");
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autofree char *jwt = sign (headers[i], "{}", "secret");

      assert_refused (jwt, CF_ERROR_INVALID);
    }
  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_autofree char *jwt = sign (HS256, payloads[i], "secret");

      assert_refused (jwt, CF_ERROR_INVALID);
    }
  /* 32 bytes leave two bits of the last letter unused: they must be zero, or one token had four ways to be written */
  loose[strlen (loose) - 1]++;
  assert_refused (loose, CF_ERROR_INVALID);
  assert_refused (bare, CF_ERROR_UNAUTHENTICATED);
  assert_refused (other, CF_ERROR_UNAUTHENTICATED);
  assert_refused (padded, CF_ERROR_INVALID);
  assert_refused (four, CF_ERROR_INVALID);
  assert_refused (spaced, CF_ERROR_INVALID);
  assert_refused (long_one, CF_ERROR_TOO_LARGE);
  assert_refused ("", CF_ERROR_INVALID);
  assert_refused ("..", CF_ERROR_INVALID);
  assert_refused ("a.b", CF_ERROR_INVALID);
}

static void
assert_claims (const char *payload, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfdIdentityClaims) claims = cfd_identity_claims_read (payload, NOW, &error);

  g_test_message ("%s", payload);
  if (code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, CF_ERROR, code);
}

static void
test_claims (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfdIdentityClaims) claims = cfd_identity_claims_read (
    "{\"sub\":42,\"exp\":1795000300,\"name\":\"Zo\\u00eb\",\"email\":null,\"attributes\":{\"Plan\":\"gold\",\"Seats\":12,\"Beta\":true,\"Odd\":[1]}}", NOW, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (claims->sub, ==, "42");
  g_assert_cmpstr (claims->name, ==, "Zoë");
  g_assert_null (claims->email);
  g_assert_cmpint (claims->expires_at, ==, NOW + 300000);
  g_assert_cmpuint (claims->attributes->len, ==, 3);
  g_assert_cmpstr (((const CfSaidAttribute *) claims->attributes->pdata[2])->value, ==, "yes");
  assert_claims ("{\"sub\":\"a\",\"exp\":1794999941}", -1); /* within the minute that clocks may differ */
  assert_claims ("{\"sub\":\"a\",\"exp\":1794999940}", CF_ERROR_EXPIRED);
  assert_claims ("{\"sub\":\"a\",\"exp\":1795604860}", -1);
  assert_claims ("{\"sub\":\"a\",\"exp\":1795604861}", CF_ERROR_INVALID);
  assert_claims ("{\"sub\":\"a\"}", CF_ERROR_INVALID);
  assert_claims ("{\"sub\":\"a\",\"exp\":\"1795000300\"}", CF_ERROR_INVALID);
  assert_claims ("{\"sub\":\"a\",\"exp\":1795000300.5}", CF_ERROR_INVALID);
  assert_claims ("{\"sub\":\"a\",\"exp\":1795000300000}", CF_ERROR_INVALID);
  assert_claims ("{\"sub\":\"a\",\"exp\":-1}", CF_ERROR_INVALID);
  assert_claims ("{\"sub\":\"a\",\"exp\":1795000300,\"nbf\":1795000060}", -1);
  assert_claims ("{\"sub\":\"a\",\"exp\":1795000300,\"nbf\":1795000061}", CF_ERROR_INVALID);
  assert_claims ("{\"sub\":\"a\",\"exp\":1795000300,\"iat\":1795000061}", CF_ERROR_INVALID);
  assert_claims ("{\"exp\":1795000300}", CF_ERROR_INVALID);
  assert_claims ("{\"sub\":\"\",\"exp\":1795000300}", CF_ERROR_INVALID);
  assert_claims ("{\"sub\":{},\"exp\":1795000300}", CF_ERROR_INVALID);
  assert_claims ("{\"sub\":\"a\",\"exp\":1795000300,\"email\":7}", CF_ERROR_INVALID);
  assert_claims ("{\"sub\":\"a\",\"exp\":1795000300,\"attributes\":[]}", CF_ERROR_INVALID);
}

static char *
add_secret (World *world, const CfSite *site, char **id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *own_id = cf_id_new ();
  g_autoptr (CfStruct) result = world_call (world, world->admin, "site.add_secret", &error, "{\"id\":\"%s\",\"site_id\":\"%s\"}", own_id, site->parent.id);

  g_assert_no_error (error);
  if (id != NULL)
    *id = g_steal_pointer (&own_id);
  return g_strdup (((CfSiteSecretResult *) result)->secret);
}

/* A token of that person, good for an hour. @more: further claims, led by a comma */
static char *
token (const char *secret, const char *sub, const char *more)
{
  g_autofree char *payload = g_strdup_printf ("{\"sub\":\"%s\",\"exp\":%" G_GINT64_FORMAT "%s}", sub, g_get_real_time () / G_USEC_PER_SEC + 3600, more);

  return sign (HS256, payload, secret);
}

static CfVisitor *
prove (World *world, const CfdCaller *caller, const char *secret, const char *sub, const char *more)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *jwt = token (secret, sub, more);
  g_autoptr (CfStruct) result = world_call (world, caller, "visitor.prove", &error, "{\"jwt\":\"%s\"}", jwt);

  g_assert_no_error (error);
  return cf_struct_ref (world_record (result, &cf_visitor_shape, 0));
}

static void
refuses_proof (World *world, const CfdCaller *caller, const char *secret, CfError code)
{
  g_autofree char *jwt = token (secret, "u1", "");

  world_refuses (world, caller, "visitor.prove", code, "{\"jwt\":\"%s\"}", jwt);
}

static void
test_secrets (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *first_id = NULL, *second_id = NULL, *third = cf_id_new ();
  g_autofree char *first = add_secret (world, world->site, &first_id), *second = add_secret (world, world->site, &second_id);
  g_autofree char *others = add_secret (world, world->other_site, NULL), *again = NULL;
  g_autoptr (CfVisitor) visitor = NULL;
  g_autoptr (CfVisitor) same = NULL;
  g_autoptr (CfStruct) list = NULL;
  g_autoptr (CfStruct) left = NULL;
  g_autoptr (CfStruct) repeated = NULL;
  g_autoptr (GString) json = g_string_new (NULL);
  const CfSiteSecretInfo *info;

  g_assert_cmpuint (strlen (first), ==, 43);
  g_assert_cmpstr (first, !=, second);
  world_refuses (world, world->admin, "site.add_secret", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"site_id\":\"%s\"}", third, world->site->parent.id);
  world_refuses (world, world->stranger, "site.add_secret", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"site_id\":\"%s\"}", third, world->site->parent.id);
  world_refuses (world, world->stranger, "site.secrets", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", world->site->parent.id);
  world_refuses (world, world->stranger, "site.revoke_secret", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", first_id);

  /* both live ones prove, another site's and none do not */
  visitor = prove (world, world->visitor, first, "u1", "");
  same = prove (world, world->visitor, second, "u1", "");
  g_assert_cmpstr (visitor->parent.id, ==, same->parent.id);
  refuses_proof (world, world->other_visitor, others, CF_ERROR_UNAUTHENTICATED);
  refuses_proof (world, world->other_visitor, "", CF_ERROR_UNAUTHENTICATED);

  list = world_call (world, world->admin, "site.secrets", &error, "{\"id\":\"%s\"}", world->site->parent.id);
  g_assert_no_error (error);
  cf_json_encode (json, list, CF_AUDIENCE_STAFF);
  g_assert_null (strstr (json->str, first));
  g_assert_null (strstr (json->str, second));
  info = ((CfSiteSecretsResult *) list)->secrets->pdata[0];
  g_assert_cmpstr (info->id, ==, first_id);
  g_assert_cmpint (info->used_at, >, 0);

  /* its answer can't have been lost: it is in use */
  world_refuses (world, world->admin, "site.add_secret", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"site_id\":\"%s\"}", first_id, world->site->parent.id);
  left = world_call (world, world->admin, "site.revoke_secret", &error, "{\"id\":\"%s\"}", first_id);
  g_assert_no_error (error);
  g_assert_cmpuint (((CfSiteSecretsResult *) left)->secrets->len, ==, 1);
  refuses_proof (world, world->other_visitor, first, CF_ERROR_UNAUTHENTICATED);
  world_refuses (world, world->admin, "site.revoke_secret", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", first_id);

  /* a call that came twice: the second answer counts */
  repeated = world_call (world, world->admin, "site.add_secret", &error, "{\"id\":\"%s\",\"site_id\":\"%s\"}", third, world->site->parent.id);
  g_assert_no_error (error);
  again = g_strdup (((CfSiteSecretResult *) repeated)->secret);
  cf_struct_unref (g_steal_pointer (&repeated));
  repeated = world_call (world, world->admin, "site.add_secret", &error, "{\"id\":\"%s\",\"site_id\":\"%s\"}", third, world->site->parent.id);
  g_assert_no_error (error);
  g_assert_cmpstr (((CfSiteSecretResult *) repeated)->secret, !=, again);
  refuses_proof (world, world->other_visitor, again, CF_ERROR_UNAUTHENTICATED);
}

static void
test_profile (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *secret = add_secret (world, world->site, NULL), *plan = cf_id_new (), *since = cf_id_new ();
  g_autoptr (CfStruct) first = world_call (world, world->admin, "attribute.put", &error, "{\"id\":\"%s\",\"name\":\"Plan\",\"kind\":\"text\"}", plan);
  g_autoptr (CfStruct) second = world_call (world, world->admin, "attribute.put", &error, "{\"id\":\"%s\",\"name\":\"Since\",\"kind\":\"date\"}", since);
  g_autoptr (CfVisitor) visitor = NULL;
  g_autoptr (CfVisitor) same = NULL;
  g_autoptr (CfStruct) claimed = NULL;
  const CfVisitor *after;

  g_assert_no_error (error);
  visitor = prove (world, world->visitor, secret, "u1",
                   ",\"name\":\"Ana\",\"email\":\"ana@example.com\",\"phone\":\"+351 912 345 678\",\"attributes\":{\"Plan\":\"gold\",\"Since\":\"soon\",\"No\":1}");
  g_assert_cmpint (cf_visitor_get_state (visitor), ==, CF_VISITOR_VERIFIED);
  g_assert_cmpstr (visitor->external_id, ==, "u1");
  g_assert_cmpstr (cf_visitor_get_attribute (visitor, plan), ==, "gold");
  g_assert_null (cf_visitor_get_attribute (visitor, since)); /* no date */
  same = prove (world, world->visitor, secret, "u1", ",\"name\":\"Ana\",\"email\":\"ana@example.com\"");
  g_assert_cmpint (same->parent.rev, ==, visitor->parent.rev); /* a page that proves the same again writes nothing */

  /* what was proven is not changed by what is only said */
  claimed = world_call (world, world->visitor, "visitor.identify", &error, "{\"name\":\"Eve\",\"email\":\"eve@example.com\",\"attributes\":["
                        "{\"name\":\"Plan\",\"value\":\"platinum\"},{\"name\":\"Since\",\"value\":\"2026-01-01\"}]}");
  g_assert_no_error (error);
  after = world_record (claimed, &cf_visitor_shape, 0);
  g_assert_cmpstr (after->name, ==, "Ana");
  g_assert_cmpstr (after->email, ==, "ana@example.com");
  g_assert_cmpstr (cf_visitor_get_attribute (after, plan), ==, "gold");
  g_assert_cmpstr (cf_visitor_get_attribute (after, since), ==, "2026-01-01"); /* nobody knew that */
  g_assert_cmpint (cf_visitor_get_state (after), ==, CF_VISITOR_VERIFIED);
  world_refuses (world, world->visitor, "visitor.prove", CF_ERROR_INVALID, "{\"jwt\":\"x\"}");
}

/* Of a proven person without an address in the proof, a claimed address is just that. */
static void
test_claimed_address (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *secret = add_secret (world, world->site, NULL);
  g_autoptr (CfVisitor) visitor = prove (world, world->visitor, secret, "u1", "");
  g_autoptr (CfStruct) claimed = NULL;
  g_autoptr (CfVisitor) again = NULL;

  g_assert_cmpint (cf_visitor_get_state (visitor), ==, CF_VISITOR_VERIFIED);
  claimed = world_call (world, world->visitor, "visitor.identify", &error, "{\"email\":\"boss@example.com\"}");
  g_assert_no_error (error);
  g_assert_cmpint (cf_visitor_get_state (world_record (claimed, &cf_visitor_shape, 0)), ==, CF_VISITOR_IDENTIFIED);
  again = prove (world, world->visitor, secret, "u1", "");
  g_assert_cmpint (cf_visitor_get_state (again), ==, CF_VISITOR_IDENTIFIED);
}

typedef struct
{
  const CfSite *site;
  char *token;
  gint64 later; /* ms */
  CfdCaller *caller;
} Coming;

static gboolean
come (CfdTx *tx, gpointer data, GError **error)
{
  Coming *coming = data;

  cfd_tx_set_now (tx, cfd_tx_now (tx) + coming->later);
  coming->caller = cfd_visitors_authenticate (tx, coming->site, coming->token, error);
  return coming->caller != NULL;
}

/* A browser with that secret opens a socket as that visitor. */
static CfdCaller *
open_as (World *world, const char *id, const char *secret, gint64 later, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%s.%s", id, secret);
  Coming coming = { world->site, text, later, NULL };

  world_run (world, CFD_DB_READ, come, &coming, error);
  return coming.caller;
}

static void
test_second_browser (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *secret = add_secret (world, world->site, NULL), *key = cfd_token_new (), *fresh = cf_id_new (), *talk = NULL;
  g_autoptr (CfVisitor) person = NULL;
  g_autoptr (CfVisitor) adopted = NULL;
  g_autoptr (CfdCaller) browser = NULL;
  g_autoptr (CfdCaller) back = NULL;

  talk = world_start (world, world->visitor, "Where is my parcel?");
  person = prove (world, world->visitor, secret, "u1", ",\"email\":\"ana@example.com\"");

  /* whoever knows the id, and claims the address, opens nothing */
  browser = open_as (world, person->parent.id, key, 0, &error);
  g_assert_null (browser);
  g_assert_error (error, CF_ERROR, CF_ERROR_UNAUTHENTICATED);
  g_clear_error (&error);
  browser = open_as (world, fresh, key, 0, &error);
  g_assert_no_error (error);
  cf_struct_unref (world_call (world, browser, "visitor.identify", &error, "{\"email\":\"ana@example.com\"}"));
  g_assert_no_error (error);
  world_refuses (world, browser, "message.list", CF_ERROR_NOT_FOUND, "{\"conversation_id\":\"%s\"}", talk);

  /* with a proof the browser becomes theirs, for a time */
  adopted = prove (world, browser, secret, "u1", "");
  g_assert_cmpstr (adopted->parent.id, ==, person->parent.id);
  back = open_as (world, person->parent.id, key, 0, &error);
  g_assert_no_error (error);
  cf_struct_unref (world_call (world, back, "message.list", &error, "{\"conversation_id\":\"%s\"}", talk));
  g_assert_no_error (error);
  g_assert_null (open_as (world, person->parent.id, key, G_GINT64_CONSTANT (25) * 3600 * 1000, &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_EXPIRED);
  refuses_proof (world, world->visitor, "wrong", CF_ERROR_UNAUTHENTICATED);
}

/* The secret with which the person came first is no way around the proof either. */
static void
test_first_browser_expires (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *secret = add_secret (world, world->site, NULL), *key = cfd_token_new (), *id = cf_id_new ();
  g_autoptr (CfdCaller) browser = open_as (world, id, key, 0, &error);
  g_autoptr (CfVisitor) person = prove (world, browser, secret, "u1", "");
  g_autoptr (CfdCaller) soon = NULL;

  g_assert_cmpstr (person->parent.id, ==, id);
  soon = open_as (world, id, key, 3600 * 1000, &error);
  g_assert_no_error (error);
  g_assert_null (open_as (world, id, key, G_GINT64_CONSTANT (25) * 3600 * 1000, &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_EXPIRED);
}

static void
test_talked_before (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *secret = add_secret (world, world->site, NULL), *theirs = NULL, *own = NULL;
  g_autoptr (CfVisitor) person = NULL;
  g_autoptr (CfVisitor) here = NULL;

  theirs = world_start (world, world->visitor, "From the phone");
  person = prove (world, world->visitor, secret, "u1", "");
  own = world_start (world, world->other_visitor, "From the desk");
  here = prove (world, world->other_visitor, secret, "u1", "");
  g_assert_cmpstr (here->parent.id, ==, world->other_visitor->id);
  g_assert_cmpstr (here->merged_into, ==, person->parent.id);
  g_assert_cmpint (cf_visitor_get_state (here), ==, CF_VISITOR_VERIFIED);
  world_refuses (world, world->other_visitor, "message.list", CF_ERROR_NOT_FOUND, "{\"conversation_id\":\"%s\"}", theirs);
}

static void
test_other_person (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *secret = add_secret (world, world->site, NULL), *jwt = token (secret, "u2", "");
  g_autoptr (CfVisitor) person = prove (world, world->visitor, secret, "u1", "");

  g_assert_nonnull (person);
  world_refuses (world, world->visitor, "visitor.prove", CF_ERROR_CONFLICT, "{\"jwt\":\"%s\"}", jwt);
}

static gboolean
demand (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) result = world_call (world, world->admin, "site.configure", &error, "{\"id\":\"%s\",\"version\":1,\"verified_only\":true}",
                                            world->site->parent.id);

  g_assert_no_error (error);
  return ((CfSite *) world_record (result, &cf_site_shape, 0))->verified_only;
}

static void
test_verified_only (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *secret = add_secret (world, world->site, NULL), *id = cf_id_new (), *talk = world_start (world, world->other_visitor, "Before");
  g_autofree char *after = NULL;
  g_autoptr (CfVisitor) person = NULL;

  g_assert_true (demand (world));
  world_refuses (world, world->visitor, "conversation.start", CF_ERROR_UNVERIFIED, "{\"id\":\"%s\",\"message_id\":\"%s\",\"text\":\"Hi\"}", id, id);
  world_refuses (world, world->visitor, "visitor.identify", CF_ERROR_UNVERIFIED, "{\"name\":\"Ana\"}");
  world_refuses (world, world->other_visitor, "message.send", CF_ERROR_UNVERIFIED, "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"Hi\"}", id, talk);
  world_refuses (world, world->other_visitor, "conversation.rate", CF_ERROR_UNVERIFIED, "{\"id\":\"%s\",\"rating\":5}", talk);
  world_refuses (world, world->other_visitor, "conversation.read", CF_ERROR_UNVERIFIED, "{\"conversation_id\":\"%s\",\"position\":1}", talk);
  world_refuses (world, world->other_visitor, "file.create", CF_ERROR_UNVERIFIED, "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"name\":\"a\",\"size\":1}", id, talk);
  cf_struct_unref (world_call (world, world->other_visitor, "message.list", &error, "{\"conversation_id\":\"%s\"}", talk));
  g_assert_no_error (error);
  person = prove (world, world->visitor, secret, "u1", "");
  after = world_start (world, world->visitor, "Hi");
  g_assert_nonnull (after);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (sodium_init () >= 0);
  g_test_add_func ("/backend/features/identity/rfc-example", test_rfc_example);
  g_test_add_func ("/backend/features/identity/refused-tokens", test_refused_tokens);
  g_test_add_func ("/backend/features/identity/claims", test_claims);
  g_test_add_func ("/backend/features/identity/secrets", test_secrets);
  g_test_add_func ("/backend/features/identity/profile", test_profile);
  g_test_add_func ("/backend/features/identity/claimed-address", test_claimed_address);
  g_test_add_func ("/backend/features/identity/second-browser", test_second_browser);
  g_test_add_func ("/backend/features/identity/first-browser-expires", test_first_browser_expires);
  g_test_add_func ("/backend/features/identity/talked-before", test_talked_before);
  g_test_add_func ("/backend/features/identity/other-person", test_other_person);
  g_test_add_func ("/backend/features/identity/verified-only", test_verified_only);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "backend/features.h"
#include "backend/features/sites/api-key-service.h"
#include "backend/features/sites/site-limit-service.h"
#include "backend/rpc/key-reach.h"
#include "backend/rpc/method-table.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/json.h"
#include "protocol/methods/analytics-params.h"

#include <string.h>

/* Which keys there are, what they open, and how much of a site may be had. */

static CfApiKeyResult *
add_key (World *world, const CfSite *site, const char *id, const char *scopes)
{
  g_autoptr (GError) error = NULL;
  CfApiKeyResult *result = world_call (world, world->admin, "site.add_key", &error, "{\"id\":\"%s\",\"site_id\":\"%s\",\"name\":\"Server\",\"scopes\":%s}", id,
                                       site->parent.id, scopes);

  g_assert_no_error (error);
  return result;
}

typedef struct
{
  const char *key;
  CfdCaller *caller;
  gint64 later; /* days */
} Knock;

static gboolean
knock (CfdTx *tx, gpointer data, GError **error)
{
  Knock *self = data;

  g_clear_pointer (&self->caller, cfd_caller_unref);
  if (self->later > 0)
    cfd_tx_set_now (tx, cfd_tx_now (tx) + self->later * 86400000);
  self->caller = cfd_api_keys_authenticate (tx, self->key, NULL, error);
  return self->caller != NULL;
}

static CfdCaller *
authenticate (World *world, const char *key)
{
  g_autoptr (GError) error = NULL;
  Knock work = { .key = key };

  world_run (world, CFD_DB_READ, knock, &work, &error);
  g_assert_no_error (error);
  return work.caller;
}

static void
is_refused (World *world, const char *key, gint64 later, CfError code)
{
  g_autoptr (GError) error = NULL;
  Knock work = { .key = key, .later = later };

  g_assert_false (world_run (world, CFD_DB_WRITE, knock, &work, &error));
  g_assert_error (error, CF_ERROR, (int) code);
}

static void
test_life (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = cf_id_new (), *second = cf_id_new ();
  g_autoptr (CfApiKeyResult) lost = add_key (world, world->site, id, "[\"privacy\",\"visitors:read\",\"privacy\"]");
  g_autoptr (CfApiKeyResult) key = add_key (world, world->site, id, "[\"visitors:read\",\"privacy\"]"); /* again: the answer was lost */
  g_autoptr (CfApiKeyResult) short_lived = NULL;
  g_autoptr (CfdCaller) caller = NULL;
  g_autoptr (CfStruct) listed = NULL, left = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *hidden = g_strdup_printf ("SELECT count(*) FROM api_key WHERE hash LIKE '%%%s%%' OR prefix = '%s'", key->key, key->key);

  g_assert_cmpstr (lost->key, !=, key->key);
  is_refused (world, lost->key, 0, CF_ERROR_UNAUTHENTICATED);
  caller = authenticate (world, key->key);
  g_assert_cmpint (caller->kind, ==, CFD_ALLOW_KEY);
  g_assert_cmpstr (caller->site_id, ==, world->site->parent.id);
  g_assert_cmpuint (caller->scopes, ==, CF_API_SCOPE_BIT (CF_API_SCOPE_VISITORS_READ) | CF_API_SCOPE_BIT (CF_API_SCOPE_PRIVACY));
  g_assert_cmpint (temp_count (world->db, hidden), ==, 0);
  world_refuses (world, world->admin, "site.add_key", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"site_id\":\"%s\",\"name\":\"Server\",\"scopes\":[\"privacy\"]}", id,
                 world->site->parent.id);
  world_refuses (world, world->stranger, "site.add_key", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"site_id\":\"%s\",\"name\":\"x\",\"scopes\":[\"privacy\"]}", second,
                 world->site->parent.id);
  world_refuses (world, world->stranger, "site.keys", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", world->site->parent.id);
  world_refuses (world, world->stranger, "site.revoke_key", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", id);
  short_lived = world_call (world, world->admin, "site.add_key", &error, "{\"id\":\"%s\",\"site_id\":\"%s\",\"name\":\"x\",\"scopes\":[\"privacy\"],\"expires_at\":%" G_GINT64_FORMAT "}",
                            second, world->site->parent.id, g_get_real_time () / 1000 + 86400000);
  g_assert_no_error (error);
  is_refused (world, short_lived->key, 2, CF_ERROR_EXPIRED);
  left = world_call (world, world->admin, "site.revoke_key", &error, "{\"id\":\"%s\"}", id);
  g_assert_no_error (error);
  g_assert_cmpuint (((CfApiKeysResult *) left)->keys->len, ==, 1);
  is_refused (world, key->key, 0, CF_ERROR_REVOKED);
  world_refuses (world, world->admin, "site.add_key", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"site_id\":\"%s\",\"name\":\"Server\",\"scopes\":[\"visitors:read\",\"privacy\"]}", id,
                 world->site->parent.id); /* what was revoked does not come back */
  listed = world_call (world, world->admin, "site.keys", &error, "{\"id\":\"%s\"}", world->site->parent.id);
  g_assert_no_error (error);
  g_assert_cmpuint (((CfApiKeysResult *) listed)->keys->len, ==, 1);
  is_refused (world, "cfk_", 0, CF_ERROR_UNAUTHENTICATED);
}

static gboolean
store_used (CfdTx *tx, gpointer data, GError **error)
{
  return cfd_api_keys_store_used (tx, error);
}

/* Many uses are one write, and none until an hour later. */
static void
test_used (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = cf_id_new ();
  g_autoptr (CfApiKeyResult) key = add_key (world, world->site, id, "[\"privacy\"]");

  world_run (world, CFD_DB_WRITE, store_used, NULL, NULL); /* of the tests before */
  for (guint i = 0; i < 3; i++)
    cfd_caller_unref (authenticate (world, key->key));
  g_assert_cmpint (temp_count (world->db, "SELECT count(*) FROM api_key WHERE used_at > 0"), ==, 0);
  g_assert_true (cfd_api_keys_any_used ());
  world_run (world, CFD_DB_WRITE, store_used, NULL, NULL);
  g_assert_cmpint (temp_count (world->db, "SELECT count(*) FROM api_key WHERE used_at > 0"), ==, 1);
  cfd_caller_unref (authenticate (world, key->key));
  g_assert_false (cfd_api_keys_any_used ());
}

typedef struct
{
  const CfdMethod *method;
  const CfdCaller *caller;
  CfStruct *params;
} Reach;

static gboolean
reach (CfdTx *tx, gpointer data, GError **error)
{
  Reach *self = data;

  return cfd_key_reaches (tx, self->method, self->caller, self->params, error);
}

/* Of each row with a scope: the key's own site's things, and nobody else's. */
static void
test_reach (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (CfdMethodTable) table = cfd_method_table_new (cfd_features (), NULL);
  const GPtrArray *rows = cfd_method_table_rows (table);
  g_autoptr (CfdCaller) neighbour = world_visitor (world, world->other_site);
  g_autofree char *own = world_start (world, world->visitor, "hi"), *theirs = world_start (world, neighbour, "hi"), *id = cf_id_new ();
  g_autoptr (CfApiKeyResult) key = add_key (world, world->site, id, "[\"privacy\"]");
  g_autoptr (CfdCaller) caller = authenticate (world, key->key);
  guint tried = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const CfdMethod *row = rows->pdata[i];
      const CfField *field = row->scope != 0 ? cf_shape_field (row->params, row->subject_param) : NULL;
      gboolean site = row->subject == &cf_site_shape, conversation = row->subject == &cf_conversation_shape;
      const char *good = site ? world->site->parent.id : conversation ? own : world->visitor->id;
      const char *bad = site ? world->other_site->parent.id : conversation ? theirs : neighbour->id;
      const char *names[] = { good, bad, id, NULL };

      for (guint k = 0; row->scope != 0 && k < G_N_ELEMENTS (names); k++)
        {
          g_autoptr (CfStruct) params = cf_struct_new (row->params);
          g_autoptr (GError) error = NULL;
          Reach work = { row, caller, params };

          cf_field_at (char *, params, field) = g_strdup (names[k]);
          g_assert_cmpint (world_run (world, CFD_DB_READ, reach, &work, &error), ==, k == 0 || (site && names[k] == NULL));
          if (error != NULL)
            g_assert_error (error, CF_ERROR, (int) (names[k] != NULL ? CF_ERROR_NOT_FOUND : CF_ERROR_INVALID));
          else
            g_assert_cmpstr (cf_field_at (char *, params, field), ==, good);
          tried++;
        }
    }
  g_assert_cmpuint (tried, >, 60);
}

static void
test_numbers (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *first = world_start (world, world->visitor, "hi"), *second = world_start (world, world->other_visitor, "hi"), *event = cf_id_new ();
  g_autoptr (CfdCaller) neighbour = world_visitor (world, world->other_site);
  g_autofree char *third = world_start (world, neighbour, "hi");
  g_autoptr (CfStruct) closed = NULL;
  g_autoptr (CfAnalyticsResult) result = NULL, empty = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (second != NULL && third != NULL);
  closed = world_call (world, world->agent, "conversation.close", &error, "{\"id\":\"%s\",\"event_id\":\"%s\"}", first, event);
  g_assert_no_error (error);
  result = world_call (world, world->admin, "analytics.conversations", &error, "{\"site_id\":\"%s\",\"until\":%" G_GINT64_FORMAT "}", world->site->parent.id,
                       g_get_real_time () / 1000 + 60000);
  g_assert_no_error (error);
  g_assert_cmpint (result->started, ==, 2);
  g_assert_cmpint (result->closed, ==, 1);
  g_assert_cmpint (result->rated, ==, 0);
  g_assert_cmpuint (result->days->len, >=, 1);
  empty = world_call (world, world->admin, "analytics.conversations", &error, "{\"site_id\":\"%s\",\"since\":1000,\"until\":2000}", world->site->parent.id);
  g_assert_no_error (error);
  g_assert_cmpint (empty->started, ==, 0);
  world_refuses (world, world->admin, "analytics.conversations", CF_ERROR_INVALID, "{\"site_id\":\"%s\",\"since\":1,\"until\":8000000000}", world->site->parent.id);
  world_refuses (world, world->admin, "analytics.conversations", CF_ERROR_INVALID, "{\"site_id\":\"%s\",\"since\":2000,\"until\":1000}", world->site->parent.id);
  world_refuses (world, world->admin, "analytics.conversations", CF_ERROR_INVALID, "{}");
  world_refuses (world, world->stranger, "analytics.conversations", CF_ERROR_NOT_FOUND, "{\"site_id\":\"%s\"}", world->site->parent.id);
}

/* One site's limits are not another's, and without any everything is free. */
static void
test_limits (void)
{
  g_autoptr (CfSiteLimits) limits = cf_struct_new (&cf_site_limits_shape);
  g_autoptr (GError) error = NULL;
  guint64 before[CFD_N_SITE_USES], after[CFD_N_SITE_USES];
  gint64 wait = 0;

  cfd_site_limits_refused (before);
  limits->uploads = 2;
  cfd_site_limits_set ("a", limits);
  g_assert_true (cfd_site_limits_spend ("a", CFD_SITE_UPLOADS, 1, NULL, NULL));
  g_assert_true (cfd_site_limits_spend ("a", CFD_SITE_UPLOADS, 1, NULL, NULL));
  g_assert_false (cfd_site_limits_spend ("a", CFD_SITE_UPLOADS, 1, &wait, &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_RATE_LIMITED);
  g_assert_cmpint (wait, >, 0);
  g_assert_cmpint (wait, <=, 60000);
  for (guint i = 0; i < 100; i++)
    {
      g_assert_true (cfd_site_limits_spend ("a", CFD_SITE_CALLS, 1, NULL, NULL));
      g_assert_true (cfd_site_limits_spend ("b", CFD_SITE_UPLOADS, 1, NULL, NULL));
      g_assert_true (cfd_site_limits_spend (NULL, CFD_SITE_UPLOADS, 1, NULL, NULL));
    }
  cfd_site_limits_refused (after);
  g_assert_cmpuint (after[CFD_SITE_UPLOADS] - before[CFD_SITE_UPLOADS], ==, 1);
  cfd_site_limits_set ("a", NULL);
  g_assert_true (cfd_site_limits_spend ("a", CFD_SITE_UPLOADS, 1, NULL, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/features/keys/life", test_life);
  g_test_add_func ("/features/keys/used", test_used);
  g_test_add_func ("/features/keys/reach", test_reach);
  g_test_add_func ("/features/keys/numbers", test_numbers);
  g_test_add_func ("/features/keys/limits", test_limits);
  return g_test_run ();
}

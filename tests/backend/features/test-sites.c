/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "backend/features/sites/site.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/json.h"
#include "protocol/methods/site-params.h"

static const struct
{
  const char *origins, *origin;
  gboolean allowed;
} cases[] = {
  { "https://shop.example", "https://shop.example", TRUE },
  { "https://shop.example", "https://SHOP.example", TRUE },
  { "https://shop.example", "http://shop.example", FALSE },
  { "https://shop.example", "https://shop.example:8443", FALSE },
  { "https://shop.example:8443", "https://shop.example:8443", TRUE },
  { "https://shop.example", "https://shop.example.evil.example", FALSE },
  { "https://shop.example", "https://evilshop.example", FALSE },
  { "https://*.shop.example", "https://www.shop.example", TRUE },
  { "https://*.shop.example", "https://a.b.shop.example", TRUE },
  { "https://*.shop.example", "https://shop.example", FALSE },
  { "https://*.shop.example", "https://evilshop.example", FALSE },
  { "https://*.shop.example", "http://www.shop.example", FALSE },
  { "https://*.shop.example", "https://evil.example/.shop.example", FALSE },
  { "https://*.shop.example", "https://.shop.example", FALSE },
  { "https://a.example https://b.example", "https://b.example", TRUE },
  { "*", "null", TRUE },
  { "https://a.example", "null", FALSE },
  { "https://a.example", NULL, TRUE },
};

static void
test_origins (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CfSite) site = cf_struct_new (&cf_site_shape);

      g_test_message ("%s for %s", cases[i].origin, cases[i].origins);
      site->origins = g_strsplit (cases[i].origins, " ", -1);
      g_assert_cmpint (cfd_site_allows (site, cases[i].origin), ==, cases[i].allowed);
    }
}

static void
test_add_and_update (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *id = cf_id_new ();
  g_autoptr (CfStruct) added = world_call (world, world->admin, "site.add", &error,
                                           "{\"id\":\"%s\",\"name\":\"S\",\"origins\":[\"https://s.example\"],\"color\":\"#a1B2c3\"}", id);
  g_autoptr (CfStruct) changed = NULL;
  CfSite *site, *now;

  g_assert_no_error (error);
  site = world_record (added, &cf_site_shape, 0);
  g_assert_cmpuint (strlen (site->key), ==, 22);
  changed = world_call (world, world->admin, "site.update", &error, "{\"id\":\"%s\",\"greeting\":\"Hi\"}", id);
  g_assert_no_error (error);
  now = world_record (changed, &cf_site_shape, 0);
  g_assert_cmpstr (now->greeting, ==, "Hi");
  g_assert_cmpstr (now->color, ==, "#a1B2c3");
  g_assert_cmpstr (now->key, ==, site->key);
  world_refuses (world, world->admin, "site.update", CF_ERROR_INVALID, "{\"id\":\"%s\",\"color\":\"red\"}", id);
  world_refuses (world, world->admin, "site.update", CF_ERROR_INVALID, "{\"id\":\"%s\",\"color\":\"#12345g\"}", id);
  world_refuses (world, world->admin, "site.update", CF_ERROR_INVALID, "{\"id\":\"%s\",\"origins\":[\"shop.example\"]}", id);
  world_refuses (world, world->admin, "site.update", CF_ERROR_INVALID, "{\"id\":\"%s\",\"origins\":[\"https://a.example/path\"]}", id);
  world_refuses (world, world->admin, "site.update", CF_ERROR_INVALID, "{\"id\":\"%s\",\"origins\":[\"https://*\"]}", id);
}

static gint64
version_of (World *world)
{
  g_autofree char *id = g_strdup (world->site->parent.id);
  g_autoptr (CfSiteSettings) settings = world_call (world, world->agent, "site.settings", NULL, "{\"id\":\"%s\"}", id);

  g_assert_nonnull (settings);
  return settings->version;
}

static void
test_settings (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  const char *id = world->site->parent.id;
  const char *change = "{\"id\":\"%s\",\"version\":%d,\"color\":\"#112233\",\"appearance\":{\"side\":\"left\",\"title\":\"Help\"},\"peek_off\":true}";
  g_autoptr (CfStruct) first = NULL, again = NULL, later = NULL;
  g_autoptr (CfSiteSettings) settings = NULL;
  CfSite *site;

  g_assert_cmpint (version_of (world), ==, 1);
  first = world_call (world, world->admin, "site.configure", &error, change, id, 1);
  g_assert_no_error (error);
  site = world_record (first, &cf_site_shape, 0);
  g_assert_cmpint (site->version, ==, 2);
  g_assert_cmpstr (site->changed_by, ==, world->admin->name);
  g_assert_cmpint (site->appearance->side, ==, CF_SIDE_LEFT);
  /* the answer was lost */
  again = world_call (world, world->admin, "site.configure", &error, change, id, 1);
  g_assert_no_error (error);
  site = world_record (again, &cf_site_shape, 0);
  g_assert_cmpint (site->version, ==, 2);
  /* what was not given stays, a section is one thing */
  later = world_call (world, world->admin, "site.configure", &error, "{\"id\":\"%s\",\"version\":2,\"appearance\":{\"scheme\":\"dark\"}}", id);
  g_assert_no_error (error);
  settings = world_call (world, world->agent, "site.settings", &error, "{\"id\":\"%s\"}", id);
  g_assert_no_error (error);
  g_assert_cmpstr (settings->color, ==, "#112233");
  g_assert_true (settings->peek_off);
  g_assert_null (settings->appearance->title);
  g_assert_cmpint (settings->appearance->scheme, ==, CF_SCHEME_DARK);
  g_assert_false (settings->now->closed);
  g_assert_cmpint (settings->version, ==, 3);
}

/* Who has looked at an older version is told who was faster, and nothing is written over. */
static void
test_conflict (void)
{
  g_autoptr (World) world = world_new ();
  const char *id = world->site->parent.id;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) first = world_call (world, world->admin, "site.configure", &error, "{\"id\":\"%s\",\"version\":1,\"greeting\":\"A\"}", id);
  g_autoptr (CfStruct) updated = NULL, late = NULL;

  g_assert_no_error (error);
  late = world_call (world, world->admin, "site.configure", &error, "{\"id\":\"%s\",\"version\":1,\"greeting\":\"B\"}", id);
  g_assert_error (error, CF_ERROR, CF_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, world->admin->name));
  g_assert_nonnull (strstr (error->message, " UTC"));
  g_clear_error (&error);
  /* the older method counts too, as far as it changes a setting */
  updated = world_call (world, world->admin, "site.update", &error, "{\"id\":\"%s\",\"greeting\":\"C\"}", id);
  g_assert_no_error (error);
  world_refuses (world, world->admin, "site.configure", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"version\":2,\"greeting\":\"D\"}", id);
  g_assert_cmpint (version_of (world), ==, 3);
}

static void
test_refused (void)
{
  static const char *const documents[] = {
    "\"hours\":{\"limited\":true}",
    "\"hours\":{\"limited\":true,\"time_zone\":\"Europe/Nowhere\"}",
    "\"hours\":{\"limited\":true,\"time_zone\":\"../../../etc/passwd\"}",
    "\"hours\":{\"time_zone\":\"/etc/localtime\"}",
    "\"hours\":{\"ranges\":[{\"day\":\"monday\",\"from\":\"9:00h\",\"to\":\"10:00\"}]}",
    "\"hours\":{\"ranges\":[{\"day\":\"monday\",\"from\":\"24:00\",\"to\":\"10:00\"}]}",
    "\"hours\":{\"ranges\":[{\"day\":\"monday\",\"from\":\"10:00\",\"to\":\"24:01\"}]}",
    "\"hours\":{\"ranges\":[{\"day\":\"monday\",\"from\":\"10:00\",\"to\":\"10:00\"}]}",
    "\"hours\":{\"holidays\":[{\"date\":\"2026-02-29\"}]}",
    "\"hours\":{\"holidays\":[{\"date\":\"25.12.2026\"}]}",
    "\"hours\":{\"holidays\":[{\"date\":\"9999-12-31\"}]}",
    "\"origins\":[\"shop.example\"]",
    "\"color\":\"red\"",
  };
  g_autoptr (World) world = world_new ();

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_test_message ("%s", documents[i]);
      world_refuses (world, world->admin, "site.configure", CF_ERROR_INVALID, "{\"id\":\"%s\",\"version\":1,%s}", world->site->parent.id, documents[i]);
    }
  world_refuses (world, world->stranger, "site.configure", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"version\":1,\"greeting\":\"x\"}", world->site->parent.id);
  world_refuses (world, world->stranger, "site.settings", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", world->site->parent.id);
  g_assert_cmpint (version_of (world), ==, 1);
}

static char *
many_keys (void)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (text, "%s\"k%u\":1", i > 0 ? "," : "", i);
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

static void
test_many_keys (void)
{
  g_autofree char *text = many_keys ();
  g_autoptr (GError) error = NULL;

  g_assert_null (cf_json_decode_text (&cf_site_configure_params_shape, text, CF_DECODE_STRICT, &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "site_configure_params: got unknown field \"k0\"");
}

/* Outside its hours a site that takes no messages lets nobody begin; who talks already goes on. */
static void
test_no_messages (void)
{
  g_autoptr (World) world = world_new ();
  const char *id = world->site->parent.id;
  g_autofree char *conversation = world_start (world, world->visitor, "Hello");
  g_autofree char *new_id = cf_id_new (), *message_id = cf_id_new (), *next_id = cf_id_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) closed = NULL, went_on = NULL, captured = NULL, begun = NULL;
  g_autoptr (CfSiteOpening) opening = NULL;

  closed = world_call (world, world->admin, "site.configure", &error,
                       "{\"id\":\"%s\",\"version\":1,\"hours\":{\"limited\":true,\"time_zone\":\"UTC\"},\"offline\":{\"messages_off\":true}}", id);
  g_assert_no_error (error);
  opening = world_call (world, world->visitor, "site.opening", &error, "{}");
  g_assert_no_error (error);
  g_assert_true (opening->closed);
  g_assert_cmpint (opening->until, ==, 0);
  world_refuses (world, world->other_visitor, "conversation.start", CF_ERROR_FORBIDDEN,
                 "{\"id\":\"%s\",\"message_id\":\"%s\",\"text\":\"Hi\"}", new_id, message_id);
  went_on = world_call (world, world->visitor, "conversation.start", &error, "{\"id\":\"%s\",\"message_id\":\"%s\",\"text\":\"still here\"}", conversation, next_id);
  g_assert_no_error (error);
  captured = world_call (world, world->admin, "site.configure", &error, "{\"id\":\"%s\",\"version\":2,\"offline\":{\"text\":\"Tomorrow.\"}}", id);
  g_assert_no_error (error);
  begun = world_call (world, world->other_visitor, "conversation.start", &error, "{\"id\":\"%s\",\"message_id\":\"%s\",\"text\":\"Hi\"}", new_id, message_id);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sites/origins", test_origins);
  g_test_add_func ("/sites/add-and-update", test_add_and_update);
  g_test_add_func ("/sites/settings", test_settings);
  g_test_add_func ("/sites/settings/conflict", test_conflict);
  g_test_add_func ("/sites/settings/refused", test_refused);
  g_test_add_func ("/sites/settings/many-keys", test_many_keys);
  g_test_add_func ("/sites/no-messages", test_no_messages);
  return g_test_run ();
}

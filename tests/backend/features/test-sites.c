/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "backend/features/sites/site.h"
#include "protocol/error.h"
#include "protocol/id.h"

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sites/origins", test_origins);
  g_test_add_func ("/sites/add-and-update", test_add_and_update);
  return g_test_run ();
}

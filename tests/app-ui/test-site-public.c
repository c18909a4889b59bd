/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/features/settings/site-public.h"
#include "protocol/json.h"

#include <string.h>

#define STAFF                                                                                                                          \
  "{\"type\":\"site\",\"id\":\"0190a5c0-0003-7abc-8def-0123456789ab\",\"rev\":5,\"name\":\"Shop\",\"key\":\"site_4f9a\","                \
  "\"origins\":[\"https://secret.example\"],\"color\":\"#3366cc\",\"greeting\":\"Hi\\n</script>\",\"created_at\":1795000000000,"         \
  "\"appearance\":{\"side\":\"left\",\"title\":\"Shop \\\"1\\\"\",\"bubble_text\":\"Questions?\"},"                                       \
  "\"hours\":{\"limited\":true,\"time_zone\":\"Europe/Lisbon\"},\"offline\":{\"text\":\"Asleep\"},\"version\":4,\"changed_by\":\"Ana\","   \
  "\"changed_at\":1795000000000,\"form\":{\"on\":true,\"version\":4,\"fields\":[{\"id\":\"0190a5c0-000f-7abc-8def-0123456789ab\","         \
  "\"kind\":\"text\",\"label\":\"Order\"},{\"id\":\"0190a5c0-0010-7abc-8def-0123456789ab\",\"kind\":\"department\","                    \
  "\"label\":\"Whom do you need?\",\"departments\":[\"0190a5c0-0011-7abc-8def-0123456789ab\",\"0190a5c0-0012-7abc-8def-0123456789ab\"],"  \
  "\"offered\":[{\"id\":\"0190a5c0-0011-7abc-8def-0123456789ab\",\"name\":\"Sales\"}]}]}}"

static CfSite *
new_site (void)
{
  g_autoptr (GError) error = NULL;
  CfSite *site = cf_json_decode_text (&cf_site_shape, STAFF, CF_DECODE_LENIENT, &error);

  g_assert_no_error (error);
  return site;
}

/* What a visitor's client reads out of it. */
static CfSite *
read_back (const char *json)
{
  g_autoptr (GError) error = NULL;
  CfJson value;
  CfRecord *site;

  g_assert_true (cf_json_check (json, strlen (json), &value, &error));
  site = cf_json_decode_record (&value, CF_DECODE_STRICT, &error);
  g_assert_no_error (error);
  g_assert_true (site->parent.shape == &cf_site_shape);
  return (CfSite *) site;
}

static void
test_all_that_visitors_see (void)
{
  g_autoptr (CfSite) site = new_site (), read = NULL;
  g_autofree char *json = cfa_site_public (site);
  const GPtrArray *offered;

  read = read_back (json);
  g_assert_cmpstr (read->name, ==, "Shop");
  g_assert_cmpstr (read->key, ==, "site_4f9a");
  g_assert_cmpstr (read->color, ==, "#3366cc");
  g_assert_cmpstr (read->greeting, ==, "Hi\n</script>");
  g_assert_true (cf_struct_equal (read->appearance, site->appearance));
  g_assert_true (cf_struct_equal (read->offline, site->offline));
  g_assert_cmpuint (read->form->fields->len, ==, 2);
  g_assert_true (cf_struct_equal (read->form->fields->pdata[0], site->form->fields->pdata[0]));
  offered = ((CfFormField *) read->form->fields->pdata[1])->offered;
  g_assert_cmpuint (offered->len, ==, 1);
  g_assert_cmpstr (((CfFormDepartment *) offered->pdata[0])->name, ==, "Sales");
}

static void
test_nothing_of_the_staff (void)
{
  g_autoptr (CfSite) site = new_site ();
  g_autofree char *json = cfa_site_public (site);

  for (const char *const *word = (const char *const[]) { "origins", "secret.example", "hours", "Lisbon", "version\":4,\"changed", "Ana", "created_at", "\"departments\"", "0012-7abc", NULL }; *word != NULL; word++)
    g_assert_null (strstr (json, *word));
}

/* As the draft has it: sections that nobody has filled. */
static void
test_empty_sections (void)
{
  g_autoptr (CfSite) site = cf_struct_new (&cf_site_shape), read = NULL;
  g_autofree char *json = NULL;

  site->parent.id = g_strdup ("0190a5c0-0003-7abc-8def-0123456789ab");
  site->name = g_strdup ("Shop");
  site->appearance = cf_struct_new (&cf_site_appearance_shape);
  site->offline = cf_struct_new (&cf_site_offline_shape);
  site->form = cf_struct_new (&cf_site_form_shape);
  json = cfa_site_public (site);
  read = read_back (json);
  g_assert_cmpstr (read->name, ==, "Shop");
  g_assert_null (read->greeting);
  g_assert_true (read->form == NULL || !read->form->on);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/site-public/all-that-visitors-see", test_all_that_visitors_see);
  g_test_add_func ("/site-public/nothing-of-the-staff", test_nothing_of_the_staff);
  g_test_add_func ("/site-public/empty-sections", test_empty_sections);
  return g_test_run ();
}

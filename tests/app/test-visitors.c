/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cache/cache.h"
#include "app/cache/folder.h"
#include "app/features/session/profiles.h"
#include "app/features/session/write.h"
#include "app/features/visitors/visitor-words.h"

#include "open-cache.h"

#include "protocol/id.h"
#include "protocol/methods/visitor-params.h"
#include "protocol/records/conversation.h"

#define SERVER "https://chat.example.com"
#define TAG "0190a000-0000-7000-8000-000000000101"
#define PLAN "0190a000-0000-7000-8000-0000000000e1"

typedef struct
{
  char *agent_id;
  CfaCache *cache;
  CfaProfiles *profiles;
  gint64 rev;
} World;

static void
set_up (World *world, gconstpointer data)
{
  world->agent_id = cf_id_new ();
  world->cache = open_cache (SERVER, world->agent_id);
  world->profiles = cfa_profiles_new (world->cache);
}

static void
tear_down (World *world, gconstpointer data)
{
  wait_idle ();
  g_assert_finalize_object (world->profiles);
  g_assert_finalize_object (world->cache);
  g_free (world->agent_id);
}

/* @record: (transfer full): comes from the server. */
static void
put (World *world, gpointer record)
{
  g_autoptr (GPtrArray) records = cf_structs_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CfaDelta) delta = NULL;
  g_autoptr (GError) error = NULL;

  ((CfRecord *) record)->rev = world->rev + 1;
  g_ptr_array_add (records, record);
  cfa_cache_apply_changes_async (world->cache, world->rev, world->rev + 1, FALSE, records, wait_keep_result, &result);
  world->rev++;
  wait_until (result != NULL);
  delta = cfa_cache_delta_finish (result, &error);
  g_assert_no_error (error);
  cfa_profiles_follow (world->profiles, records);
}

static void
put_visitor (World *world, const char *id, const char *name, const char *merged_into)
{
  CfVisitor *record = cf_struct_new (&cf_visitor_shape);

  record->parent.id = g_strdup (id);
  record->name = g_strdup (name);
  record->merged_into = g_strdup (merged_into);
  put (world, record);
}

static void
put_conversation (World *world, const char *id, const char *visitor_id, gint64 at)
{
  CfConversation *record = cf_struct_new (&cf_conversation_shape);

  record->parent.id = g_strdup (id);
  record->visitor_id = g_strdup (visitor_id);
  record->last_message_at = at;
  put (world, record);
}

static CfaConversationRow *
find_row (World *world, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CfaConversationRow *row;

  cfa_cache_row_async (world->cache, id, wait_keep_result, &result);
  wait_until (result != NULL);
  row = cfa_cache_row_finish (result, &error);
  g_assert_no_error (error);
  return row;
}

static void
assert_past (World *world, const char *visitor_id, const char *const *ids)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;

  cfa_cache_past_async (world->cache, visitor_id, 10, wait_keep_result, &result);
  wait_until (result != NULL);
  found = cfa_cache_array_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, g_strv_length ((char **) ids));
  for (guint i = 0; i < found->len; i++)
    g_assert_cmpstr (CF_RECORD (found->pdata[i])->id, ==, ids[i]);
}

/* Who was merged is shown as the other one everywhere, with what both have said, until that is undone. */
static void
test_merged (World *world, gconstpointer data)
{
  g_autofree char *ana = cf_id_new (), *other = cf_id_new (), *first = cf_id_new (), *second = cf_id_new ();
  const char *const both[] = { second, first, NULL }, *const own[] = { first, NULL }, *const theirs[] = { second, NULL };
  g_autoptr (CfaVisitor) shown = NULL, asked = NULL;

  put_visitor (world, ana, "Ana", NULL);
  put_visitor (world, other, "A. Sousa", NULL);
  put_conversation (world, first, ana, 1);
  put_conversation (world, second, other, 2);
  shown = cfa_profiles_open (world->profiles, ana);
  asked = cfa_profiles_open (world->profiles, other);
  wait_until (cfa_visitor_get (shown) != NULL && cfa_visitor_get (asked) != NULL);
  g_assert_cmpstr (cfa_visitor_get (asked)->name, ==, "A. Sousa");
  assert_past (world, ana, own);

  put_visitor (world, other, "A. Sousa", ana);
  wait_until (cfa_visitor_get_merged (shown)->len == 1 && g_strcmp0 (cfa_visitor_get_id (asked), ana) == 0);
  g_assert_cmpstr (cfa_visitor_get (asked)->name, ==, "Ana");
  assert_past (world, ana, both);
  {
    g_autoptr (CfaConversationRow) row = find_row (world, second);

    g_assert_cmpstr (row->visitor_name, ==, "Ana");
  }

  put_visitor (world, other, "A. Sousa", NULL);
  wait_until (cfa_visitor_get_merged (shown)->len == 0 && g_strcmp0 (cfa_visitor_get_id (asked), other) == 0);
  assert_past (world, ana, own);
  assert_past (world, other, theirs);
  {
    g_autoptr (CfaConversationRow) row = find_row (world, second);

    g_assert_cmpstr (row->visitor_name, ==, "A. Sousa");
  }
}

/* @params: (transfer full): */
static void
add_write (GPtrArray *writes, const char *method, const char *id, gpointer params)
{
  g_ptr_array_add (writes, cfa_write_new_visitor (method, id, params));
  cf_struct_unref (params);
}

static CfVisitorTagParams *
tag_params (const char *id)
{
  CfVisitorTagParams *params = cf_struct_new (&cf_visitor_tag_params_shape);

  params->id = g_strdup (id);
  params->tag_id = g_strdup (TAG);
  return params;
}

static CfVisitorAttributeParams *
attribute_params (const char *id, const char *value)
{
  CfVisitorAttributeParams *params = cf_struct_new (&cf_visitor_attribute_params_shape);

  params->id = g_strdup (id);
  params->attribute_id = g_strdup (PLAN);
  params->value = g_strdup (value);
  cf_struct_give (params, "value");
  return params;
}

static CfVisitorUpdateParams *
name_params (const char *id, const char *name)
{
  CfVisitorUpdateParams *params = cf_struct_new (&cf_visitor_update_params_shape);

  params->id = g_strdup (id);
  params->name = g_strdup (name);
  cf_struct_give (params, "name");
  return params;
}

/* What the server does not have yet is shown; what it refused is not, and what it takes is left alone when something else is written. */
static void
test_writes (World *world, gconstpointer data)
{
  g_autofree char *id = cf_id_new ();
  g_autoptr (CfaVisitor) visitor = cfa_profiles_open (world->profiles, id);
  g_autoptr (GPtrArray) writes = g_ptr_array_new_with_free_func ((GDestroyNotify) cfa_outbox_row_unref);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  put_visitor (world, id, "Ana", NULL);
  wait_until (cfa_visitor_get (visitor) != NULL);
  add_write (writes, "visitor.update", id, name_params (id, "Ana Maria"));
  add_write (writes, "visitor.tag", id, tag_params (id));
  add_write (writes, "visitor.tag", id, tag_params (id));
  add_write (writes, "visitor.attribute", id, attribute_params (id, "gold"));
  add_write (writes, "visitor.attribute", id, attribute_params (id, "silver"));
  cfa_profiles_set_writes (world->profiles, id, writes);
  g_assert_cmpstr (cfa_visitor_get (visitor)->name, ==, "Ana Maria");
  g_assert_cmpuint (g_strv_length (cfa_visitor_get (visitor)->tags), ==, 1);
  g_assert_cmpuint (g_strv_length (cfa_visitor_get (visitor)->attributes), ==, 1);
  g_assert_cmpstr (cf_visitor_get_attribute (cfa_visitor_get (visitor), PLAN), ==, "silver");

  add_write (writes, "visitor.untag", id, tag_params (id));
  add_write (writes, "visitor.attribute", id, attribute_params (id, ""));
  ((CfaOutboxRow *) writes->pdata[0])->failed = CFA_REFUSAL_FINAL;
  cfa_profiles_set_writes (world->profiles, id, writes);
  g_assert_cmpstr (cfa_visitor_get (visitor)->name, ==, "Ana");
  g_assert_null (cfa_visitor_get (visitor)->tags);
  g_assert_null (cfa_visitor_get (visitor)->attributes);

  cfa_profiles_set_writes (world->profiles, id, none);
  put_visitor (world, id, "Anna", NULL);
  wait_until (g_strcmp0 (cfa_visitor_get (visitor)->name, "Anna") == 0);
}

/* What a merge changes is said before it is done. */
static void
test_preview (void)
{
  g_autoptr (CfVisitor) into = cf_struct_new (&cf_visitor_shape), from = cf_struct_new (&cf_visitor_shape);
  g_autofree char *nothing = cfa_visitor_merge_preview (into, from), *lines = NULL;

  g_assert_cmpstr (nothing, ==, "");
  into->name = g_strdup ("Ana");
  from->name = g_strdup ("A. Sousa");
  from->phone = g_strdup ("+351 21");
  lines = cfa_visitor_merge_preview (into, from);
  g_assert_cmpstr (lines, ==, "Name stays “Ana”, not “A. Sousa”\nPhone becomes “+351 21”");
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("chatflow-visitors-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/app/visitors/merged", World, NULL, set_up, test_merged, tear_down);
  g_test_add ("/app/visitors/writes", World, NULL, set_up, test_writes, tear_down);
  g_test_add_func ("/app/visitors/preview", test_preview);
  return g_test_run ();
}

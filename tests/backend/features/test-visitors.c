/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/json.h"
#include "protocol/methods/audit-params.h"
#include "protocol/methods/results.h"
#include "protocol/methods/visitor-params.h"
#include "protocol/records/attribute.h"
#include "protocol/records/tag.h"
#include "protocol/records/visitor.h"

#include <string.h>

/* What the staff knows of visitors, and what is refused. */

static gpointer do_call (World *world, const CfdCaller *caller, const char *method, const char *json, ...) G_GNUC_PRINTF (4, 5);

static gpointer
do_call (World *world, const CfdCaller *caller, const char *method, const char *json, ...)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gpointer result;
  va_list args;

  va_start (args, json);
  text = g_strdup_vprintf (json, args);
  va_end (args);
  result = world_call (world, caller, method, &error, "%s", text);
  g_assert_no_error (error);
  return result;
}

#define try_call(...)                                                     \
  G_STMT_START                                                            \
  {                                                                       \
    g_autoptr (CfStruct) answer = do_call (__VA_ARGS__);                  \
    g_assert_nonnull (answer);                                            \
  }                                                                       \
  G_STMT_END

static CfVisitor *
read_visitor (World *world, const char *id)
{
  g_autoptr (CfRecordsResult) all = do_call (world, world->admin, "visitor.get", "{\"id\":\"%s\"}", id);

  return cf_struct_ref (world_record (all, &cf_visitor_shape, 0));
}

static void
assert_state (World *world, const char *id, CfVisitorState state)
{
  g_autoptr (CfVisitor) visitor = read_visitor (world, id);

  g_assert_cmpint (cf_visitor_get_state (visitor), ==, state);
}

static char *
add_tag (World *world, const char *name)
{
  char *id = cf_id_new ();

  try_call (world, world->admin, "tag.add", "{\"id\":\"%s\",\"name\":\"%s\"}", id, name);
  return id;
}

static char *
add_attribute (World *world, const char *rest)
{
  char *id = cf_id_new ();

  try_call (world, world->admin, "attribute.put", "{\"id\":\"%s\",%s}", id, rest);
  return id;
}

static guint
count_audit (World *world, const char *action)
{
  g_autoptr (CfAuditListResult) list = do_call (world, world->admin, "audit.list", "{\"action\":\"%s\"}", action);

  return list->entries->len;
}

static void
test_update (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello");
  const char *id = world->visitor->id;
  g_autoptr (CfVisitor) first = NULL, second = NULL;

  assert_state (world, id, CF_VISITOR_ANONYMOUS);
  try_call (world, world->agent, "visitor.update", "{\"id\":\"%s\",\"phone\":\"+351 912 345 678\"}", id);
  assert_state (world, id, CF_VISITOR_PARTLY);
  try_call (world, world->agent, "visitor.update", "{\"id\":\"%s\",\"email\":\"ana@shop.example\",\"note\":\"a\\nb\"}", id);
  assert_state (world, id, CF_VISITOR_IDENTIFIED);
  first = read_visitor (world, id);
  g_assert_cmpstr (first->phone, ==, "+351 912 345 678");
  g_assert_cmpstr (first->phone_key, ==, "351912345678");
  g_assert_cmpstr (first->note, ==, "a\nb");
  g_assert_cmpstr (first->edited_by, ==, world->agent->id);
  /* said again it changes nothing, not even the revision */
  try_call (world, world->admin, "visitor.update", "{\"id\":\"%s\",\"email\":\"ana@shop.example\",\"note\":\"a\\nb\"}", id);
  second = read_visitor (world, id);
  g_assert_cmpint (second->parent.rev, ==, first->parent.rev);
  g_assert_cmpstr (second->edited_by, ==, world->agent->id);
  try_call (world, world->agent, "visitor.update", "{\"id\":\"%s\",\"email\":null,\"phone\":\"\"}", id);
  assert_state (world, id, CF_VISITOR_ANONYMOUS);
  world_refuses (world, world->agent, "visitor.update", CF_ERROR_INVALID, "{\"id\":\"%s\",\"email\":\"ana\"}", id);
  world_refuses (world, world->agent, "visitor.update", CF_ERROR_INVALID, "{\"id\":\"%s\",\"email\":\"@shop\"}", id);
  world_refuses (world, world->agent, "visitor.update", CF_ERROR_INVALID, "{\"id\":\"%s\",\"phone\":\"call me\"}", id);
  world_refuses (world, world->agent, "visitor.update", CF_ERROR_INVALID, "{\"id\":\"%s\",\"phone\":\"12\"}", id);
  world_refuses (world, world->stranger, "visitor.update", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"name\":\"x\"}", id);
}

static void
test_verify (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello");
  const char *id = world->visitor->id;

  world_refuses (world, world->admin, "visitor.verify", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"verified\":true}", id);
  try_call (world, world->visitor, "visitor.identify", "{\"email\":\"ana@shop.example\"}");
  try_call (world, world->admin, "visitor.verify", "{\"id\":\"%s\",\"verified\":true}", id);
  try_call (world, world->admin, "visitor.verify", "{\"id\":\"%s\",\"verified\":true}", id);
  assert_state (world, id, CF_VISITOR_VERIFIED);
  g_assert_cmpuint (count_audit (world, "visitor.verify"), ==, 1);
  /* what was proven of one address is not proven of another */
  try_call (world, world->visitor, "visitor.identify", "{\"email\":\"bea@shop.example\"}");
  assert_state (world, id, CF_VISITOR_IDENTIFIED);
}

static void
test_tags (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello"), *vip = add_tag (world, "vip"), *nothing = cf_id_new ();
  const char *id = world->visitor->id;
  g_autoptr (CfVisitor) tagged = NULL, bare = NULL;

  try_call (world, world->agent, "visitor.tag", "{\"id\":\"%s\",\"tag_id\":\"%s\"}", id, vip);
  try_call (world, world->agent, "visitor.tag", "{\"id\":\"%s\",\"tag_id\":\"%s\"}", id, vip);
  tagged = read_visitor (world, id);
  g_assert_cmpuint (g_strv_length (tagged->tags), ==, 1);
  world_refuses (world, world->agent, "visitor.tag", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"tag_id\":\"%s\"}", id, nothing);
  try_call (world, world->admin, "tag.remove", "{\"id\":\"%s\"}", vip);
  try_call (world, world->agent, "visitor.untag", "{\"id\":\"%s\",\"tag_id\":\"%s\"}", id, vip);
  try_call (world, world->agent, "visitor.untag", "{\"id\":\"%s\",\"tag_id\":\"%s\"}", id, vip);
  bare = read_visitor (world, id);
  g_assert_null (bare->tags);
  for (guint i = 0; i < CF_VISITOR_TAGS_MAX; i++)
    {
      g_autofree char *name = g_strdup_printf ("tag %u", i), *tag = add_tag (world, name);

      try_call (world, world->agent, "visitor.tag", "{\"id\":\"%s\",\"tag_id\":\"%s\"}", id, tag);
    }
  g_free (vip);
  vip = add_tag (world, "one too many");
  world_refuses (world, world->agent, "visitor.tag", CF_ERROR_TOO_LARGE, "{\"id\":\"%s\",\"tag_id\":\"%s\"}", id, vip);
}

static void
test_attributes (void)
{
  static const struct
  {
    const char *definition, *good, *bad;
  } kinds[] = {
    { "\"name\":\"Text\",\"kind\":\"text\"", "anything = at all", NULL },
    { "\"name\":\"Number\",\"kind\":\"number\"", "-12.5", "1e9" },
    { "\"name\":\"More\",\"kind\":\"number\"", "7", "7." },
    { "\"name\":\"Date\",\"kind\":\"date\"", "2024-02-29", "2023-02-29" },
    { "\"name\":\"Plan\",\"kind\":\"choice\",\"choices\":[\"gold\",\"silver\"]", "gold", "Gold" },
    { "\"name\":\"Partner\",\"kind\":\"yes_no\"", "no", "maybe" },
  };
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello"), *spare = cf_id_new ();
  const char *id = world->visitor->id;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *attribute = add_attribute (world, kinds[i].definition);
      g_autoptr (CfVisitor) set = NULL, cleared = NULL;

      try_call (world, world->agent, "visitor.attribute", "{\"id\":\"%s\",\"attribute_id\":\"%s\",\"value\":\"%s\"}", id, attribute, kinds[i].good);
      set = read_visitor (world, id);
      g_assert_cmpstr (cf_visitor_get_attribute (set, attribute), ==, kinds[i].good);
      if (kinds[i].bad != NULL)
        world_refuses (world, world->agent, "visitor.attribute", CF_ERROR_INVALID,
                       "{\"id\":\"%s\",\"attribute_id\":\"%s\",\"value\":\"%s\"}", id, attribute, kinds[i].bad);
      try_call (world, world->agent, "visitor.attribute", "{\"id\":\"%s\",\"attribute_id\":\"%s\",\"value\":\"\"}", id, attribute);
      cleared = read_visitor (world, id);
      g_assert_null (cleared->attributes);
    }
  world_refuses (world, world->agent, "visitor.attribute", CF_ERROR_NOT_FOUND,
                 "{\"id\":\"%s\",\"attribute_id\":\"%s\",\"value\":\"1\"}", id, spare);
}

static void
test_definitions (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *plan = add_attribute (world, "\"name\":\"Plan\",\"kind\":\"choice\",\"choices\":[\"gold\"]"), *other = cf_id_new ();
  g_autoptr (CfRecordsResult) list = NULL;
  const CfAttribute *attribute;

  try_call (world, world->admin, "attribute.put", "{\"id\":\"%s\",\"choices\":[\"gold\",\" silver  plus \"],\"place\":4}", plan);
  try_call (world, world->admin, "attribute.put", "{\"id\":\"%s\",\"choices\":[\"gold\",\"silver plus\"],\"place\":4}", plan);
  list = do_call (world, world->agent, "attribute.list", "{}");
  attribute = world_record (list, &cf_attribute_shape, 0);
  g_assert_cmpstr (attribute->choices[1], ==, "silver plus");
  g_assert_cmpint (attribute->place, ==, 4);
  g_assert_cmpuint (count_audit (world, "attribute.update"), ==, 1);
  world_refuses (world, world->admin, "attribute.put", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"kind\":\"text\"}", plan);
  world_refuses (world, world->admin, "attribute.put", CF_ERROR_INVALID, "{\"id\":\"%s\",\"choices\":[]}", plan);
  world_refuses (world, world->admin, "attribute.put", CF_ERROR_INVALID, "{\"id\":\"%s\",\"choices\":[\"a\",\"A\"]}", plan);
  world_refuses (world, world->admin, "attribute.put", CF_ERROR_INVALID, "{\"id\":\"%s\"}", other);
  world_refuses (world, world->admin, "attribute.put", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"name\":\"plan\"}", other);
  world_refuses (world, world->admin, "attribute.put", CF_ERROR_INVALID, "{\"id\":\"%s\",\"name\":\"X\",\"choices\":[\"a\"]}", other);
  world_refuses (world, world->stranger, "attribute.put", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"name\":\"X\"}", plan);
  try_call (world, world->admin, "attribute.remove", "{\"id\":\"%s\"}", plan);
  try_call (world, world->admin, "attribute.remove", "{\"id\":\"%s\"}", plan);
  world_refuses (world, world->stranger, "attribute.remove", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", plan);
}

static guint
count_conversations (World *world, const char *visitor_id)
{
  g_autoptr (CfRecordsResult) page = do_call (world, world->agent, "conversation.list", "{\"visitor_id\":\"%s\"}", visitor_id);
  guint n = 0;

  while (world_record (page, &cf_conversation_shape, n) != NULL)
    n++;
  return n;
}

static char *
as_json (World *world, const char *id)
{
  g_autoptr (CfVisitor) visitor = read_visitor (world, id);
  GString *out = g_string_new (NULL);

  visitor->parent.rev = 0;
  g_clear_pointer (&visitor->edited_by, g_free);
  visitor->edited_at = 0;
  cf_json_encode (out, visitor, CF_AUDIENCE_STAFF);
  return g_string_free (out, FALSE);
}

static void
test_merge (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *mine = world_start (world, world->visitor, "from my phone"), *theirs = world_start (world, world->other_visitor, "from my desk");
  g_autofree char *vip = add_tag (world, "vip"), *plan = add_attribute (world, "\"name\":\"Plan\",\"kind\":\"text\"");
  const char *from = world->visitor->id, *into = world->other_visitor->id;
  g_autofree char *from_before = NULL, *into_before = NULL, *from_after = NULL, *into_after = NULL, *text = cf_id_new ();
  g_autoptr (CfVisitor) merged = NULL;
  g_autoptr (CfRecordsResult) alike = NULL, both = NULL, none = NULL;

  try_call (world, world->agent, "visitor.update",
            "{\"id\":\"%s\",\"name\":\"Ana\",\"email\":\"Ana@shop.example\",\"phone\":\"+351 912 345 678\",\"note\":\"phone\"}", from);
  try_call (world, world->agent, "visitor.tag", "{\"id\":\"%s\",\"tag_id\":\"%s\"}", from, vip);
  try_call (world, world->agent, "visitor.attribute", "{\"id\":\"%s\",\"attribute_id\":\"%s\",\"value\":\"gold\"}", from, plan);
  try_call (world, world->agent, "visitor.update", "{\"id\":\"%s\",\"email\":\"ana@SHOP.example\",\"phone\":\"00351 912345678\",\"note\":\"desk\"}", into);
  alike = do_call (world, world->agent, "visitor.alike", "{\"id\":\"%s\"}", into);
  g_assert_cmpuint (alike->records->len, ==, 1);
  from_before = as_json (world, from);
  into_before = as_json (world, into);

  try_call (world, world->agent, "visitor.merge", "{\"id\":\"%s\",\"into\":\"%s\"}", from, into);
  try_call (world, world->agent, "visitor.merge", "{\"id\":\"%s\",\"into\":\"%s\"}", from, into);
  g_assert_cmpuint (count_audit (world, "visitor.merge"), ==, 1);
  merged = read_visitor (world, into);
  g_assert_cmpstr (merged->name, ==, "Ana");
  g_assert_cmpstr (merged->email, ==, "ana@SHOP.example");
  g_assert_cmpstr (merged->note, ==, "desk\n\nphone");
  g_assert_cmpstr (merged->tags[0], ==, vip);
  g_assert_cmpstr (cf_visitor_get_attribute (merged, plan), ==, "gold");
  g_assert_cmpuint (count_conversations (world, into), ==, 2);
  none = do_call (world, world->agent, "visitor.alike", "{\"id\":\"%s\"}", into);
  g_assert_cmpuint (none->records->len, ==, 0);
  both = do_call (world, world->agent, "conversation.get", "{\"id\":\"%s\"}", mine);
  g_assert_nonnull (world_record (both, &cf_visitor_shape, 1));

  /* the merged one's browser goes on, and sees nothing of the other */
  try_call (world, world->visitor, "message.send", "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"still me\"}", text, mine);
  world_refuses (world, world->visitor, "message.list", CF_ERROR_NOT_FOUND, "{\"conversation_id\":\"%s\"}", theirs);
  world_refuses (world, world->other_visitor, "message.list", CF_ERROR_NOT_FOUND, "{\"conversation_id\":\"%s\"}", mine);
  /* what is written for the merged one reaches who is shown */
  try_call (world, world->agent, "visitor.update", "{\"id\":\"%s\",\"company\":\"Acme\"}", from);
  try_call (world, world->agent, "visitor.update", "{\"id\":\"%s\",\"company\":\"\"}", from);

  try_call (world, world->agent, "visitor.unmerge", "{\"id\":\"%s\"}", from);
  try_call (world, world->agent, "visitor.unmerge", "{\"id\":\"%s\"}", from);
  from_after = as_json (world, from);
  into_after = as_json (world, into);
  g_assert_cmpstr (from_after, ==, from_before);
  g_assert_cmpstr (into_after, ==, into_before);
  g_assert_cmpuint (count_conversations (world, into), ==, 1);
  g_assert_cmpuint (count_audit (world, "visitor.unmerge"), ==, 1);
}

static void
test_merge_changed_since (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *mine = world_start (world, world->visitor, "a"), *theirs = world_start (world, world->other_visitor, "b");
  const char *from = world->visitor->id, *into = world->other_visitor->id;
  g_autoptr (CfVisitor) apart = NULL;

  try_call (world, world->agent, "visitor.update", "{\"id\":\"%s\",\"name\":\"Ana\",\"company\":\"Acme\"}", from);
  try_call (world, world->agent, "visitor.merge", "{\"id\":\"%s\",\"into\":\"%s\"}", from, into);
  try_call (world, world->agent, "visitor.update", "{\"id\":\"%s\",\"company\":\"Acme Inc.\"}", into);
  try_call (world, world->agent, "visitor.unmerge", "{\"id\":\"%s\"}", from);
  apart = read_visitor (world, into);
  g_assert_null (apart->name);
  g_assert_cmpstr (apart->company, ==, "Acme Inc."); /* somebody wrote that meanwhile */
}

static void
test_merge_chain (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (CfdCaller) third = world_visitor (world, world->site);
  g_autoptr (CfdCaller) elsewhere = world_visitor (world, world->other_site);
  g_autofree char *a = world_start (world, world->visitor, "a"), *b = world_start (world, world->other_visitor, "b");
  g_autofree char *c = world_start (world, third, "c"), *d = world_start (world, elsewhere, "d");
  const char *first = world->visitor->id, *second = world->other_visitor->id;
  g_autoptr (CfVisitor) moved = NULL, back = NULL;

  world_refuses (world, world->agent, "visitor.merge", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"into\":\"%s\"}", first, first);
  world_refuses (world, world->agent, "visitor.merge", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"into\":\"%s\"}", first, elsewhere->id);
  world_refuses (world, world->stranger, "visitor.merge", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"into\":\"%s\"}", first, second);
  try_call (world, world->agent, "visitor.merge", "{\"id\":\"%s\",\"into\":\"%s\"}", first, second);
  world_refuses (world, world->agent, "visitor.merge", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"into\":\"%s\"}", second, first);
  world_refuses (world, world->agent, "visitor.merge", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"into\":\"%s\"}", first, third->id);
  try_call (world, world->agent, "visitor.merge", "{\"id\":\"%s\",\"into\":\"%s\"}", second, third->id);
  moved = read_visitor (world, first);
  g_assert_cmpstr (moved->merged_into, ==, third->id); /* a link is never followed twice */
  g_assert_cmpuint (count_conversations (world, third->id), ==, 3);
  try_call (world, world->agent, "visitor.unmerge", "{\"id\":\"%s\"}", second);
  back = read_visitor (world, first);
  g_assert_cmpstr (back->merged_into, ==, second);
  g_assert_cmpuint (count_conversations (world, second), ==, 2);
}

static CfVisitorImportResult *
import (World *world, const char *csv)
{
  GString *escaped = g_string_new (NULL);
  CfVisitorImportResult *result;

  cf_json_encode_string (escaped, csv);
  result = do_call (world, world->admin, "visitor.import", "{\"site_id\":\"%s\",\"csv\":%s}", world->site->parent.id, escaped->str);
  g_string_free (escaped, TRUE);
  return result;
}

static void
test_import (void)
{
  const char *csv = "\xef\xbb\xbf" "Email;Name;Phone;Tags;Plan\r\n"
                    "ana@shop.example;\"Ana \"\"A.\"\" Sousa\";'+351 912 345 678;vip;gold\r\n"
                    "\r\n"
                    "not an address;Bo;;;\r\n"
                    ";Nobody;;;\r\n"
                    "bea@shop.example;Bea;;nothing;\r\n"
                    "cleo@shop.example;Cleo;;;bronze\r\n"
                    "dan@shop.example;Dan;;;silver;too;many\r\n"
                    "eve@shop.example;\"two\nlines\";;;\r\n";
  const guint problems[] = { 4, 5, 6, 7, 8, 9 };
  g_autoptr (World) world = world_new ();
  g_autofree char *vip = add_tag (world, "VIP"), *plan = NULL;
  g_autoptr (CfVisitorImportResult) first = NULL, second = NULL, third = NULL;
  g_autoptr (CfVisitorExportResult) all = NULL;

  plan = add_attribute (world, "\"name\":\"Plan\",\"kind\":\"choice\",\"choices\":[\"gold\",\"silver\"]");
  first = import (world, csv);
  g_assert_cmpint (first->added, ==, 1);
  g_assert_cmpuint (first->problems->len, ==, G_N_ELEMENTS (problems));
  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    g_assert_cmpint (((const CfImportProblem *) first->problems->pdata[i])->line, ==, problems[i]);
  second = import (world, csv);
  g_assert_cmpint (second->added, ==, 0);
  g_assert_cmpint (second->same, ==, 1);
  third = import (world, "email,company\nANA@shop.example,Acme\n");
  g_assert_cmpint (third->changed, ==, 1);
  all = do_call (world, world->admin, "visitor.export", "{}");
  g_assert_nonnull (strstr (all->csv, "\"Ana \"\"A.\"\" Sousa\",\"ana@shop.example\",\"'+351 912 345 678\",\"Acme\",\"\",\"VIP\",\"identified\""));
  g_assert_nonnull (strstr (all->csv, ",\"gold\"\r\n"));
  g_assert_cmpuint (count_audit (world, "visitor.import"), ==, 3);
  g_assert_cmpuint (count_audit (world, "visitor.export"), ==, 1);
  /* what was written can be read again, and changes nothing */
  g_clear_pointer (&second, cf_struct_unref);
  second = import (world, all->csv);
  g_assert_cmpuint (second->problems->len, ==, 0);
  g_assert_cmpint (second->same, ==, 1);
}

static void
test_import_refused (void)
{
  static const char *const bad[] = { "surname\nx\n", "email,name\n\"ana@shop.example,Ana\n", "\n\n" };
  g_autoptr (World) world = world_new ();
  g_autoptr (GString) long_text = g_string_new ("email\n");
  g_autofree char *nothing = cf_id_new ();

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GString) escaped = g_string_new (NULL);

      cf_json_encode_string (escaped, bad[i]);
      world_refuses (world, world->admin, "visitor.import", CF_ERROR_INVALID, "{\"site_id\":\"%s\",\"csv\":%s}", world->site->parent.id, escaped->str);
    }
  for (guint i = 0; i <= CF_IMPORT_LINES_MAX; i++)
    g_string_append_printf (long_text, "v%u@shop.example\\n", i);
  g_string_erase (long_text, 0, 6);
  g_string_prepend (long_text, "email\\n");
  world_refuses (world, world->admin, "visitor.import", CF_ERROR_TOO_LARGE, "{\"site_id\":\"%s\",\"csv\":\"%s\"}", world->site->parent.id, long_text->str);
  world_refuses (world, world->admin, "visitor.import", CF_ERROR_NOT_FOUND, "{\"site_id\":\"%s\",\"csv\":\"email\"}", nothing);
  world_refuses (world, world->stranger, "visitor.import", CF_ERROR_NOT_FOUND, "{\"site_id\":\"%s\",\"csv\":\"email\"}", world->site->parent.id);
}

static void
test_export_pages (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (CfVisitorImportResult) made = import (world, "email\na@shop.example\nb@shop.example\nc@shop.example\n");
  g_autoptr (CfVisitorExportResult) first = do_call (world, world->admin, "visitor.export", "{\"limit\":2}");
  g_autoptr (CfVisitorExportResult) second = do_call (world, world->admin, "visitor.export", "{\"limit\":2,\"after\":%" G_GINT64_FORMAT "}", first->next);
  g_autoptr (CfVisitorExportResult) other = do_call (world, world->admin, "visitor.export", "{\"site_id\":\"%s\"}", world->other_site->parent.id);
  g_autoptr (CfVisitorExportResult) foreign = do_call (world, world->stranger, "visitor.export", "{}");

  g_assert_cmpint (made->added, ==, 3);
  g_assert_true (first->more);
  g_assert_nonnull (strstr (first->csv, "b@shop.example"));
  g_assert_null (strstr (first->csv, "c@shop.example"));
  g_assert_false (second->more);
  g_assert_nonnull (strstr (second->csv, "c@shop.example"));
  g_assert_null (strstr (other->csv, "@"));
  g_assert_null (strstr (foreign->csv, "@"));
}

static void
test_time_zones (void)
{
  static const char *const good[] = { "Europe/Lisbon", "America/Argentina/Buenos_Aires", "Etc/GMT+3", "UTC" };
  static const char *const bad[] = { "", "../../etc/passwd", "/etc/passwd", "Europe/../x", "Europe/", "Europe//x", ":x", "a b" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (cf_time_zone_is_valid (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (cf_time_zone_is_valid (bad[i]));
}

/* None of it on the wire to a visitor, whatever is in the record. */
static void
test_audience (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello"), *secret = add_tag (world, "secret-tag");
  g_autofree char *rank = add_attribute (world, "\"name\":\"Rank\",\"kind\":\"text\"");
  g_autoptr (CfRecordsResult) all = NULL;
  g_autoptr (GString) seen = g_string_new (NULL);
  static const char *const hidden[] = { "secret", "912345", "phone", "company", "note", "tags", "attributes", "merged", "edited", "verified" };

  try_call (world, world->agent, "visitor.update", "{\"id\":\"%s\",\"phone\":\"912345678\",\"company\":\"secret\",\"note\":\"secret\"}", world->visitor->id);
  try_call (world, world->agent, "visitor.tag", "{\"id\":\"%s\",\"tag_id\":\"%s\"}", world->visitor->id, secret);
  try_call (world, world->agent, "visitor.attribute", "{\"id\":\"%s\",\"attribute_id\":\"%s\",\"value\":\"secret\"}", world->visitor->id, rank);
  all = do_call (world, world->visitor, "sync.changes", "{\"since\":0}");
  g_assert_nonnull (world_record (all, &cf_visitor_shape, 0));
  g_assert_null (world_record (all, &cf_attribute_shape, 0));
  cf_json_encode (seen, all, CF_AUDIENCE_VISITOR);
  for (guint i = 0; i < G_N_ELEMENTS (hidden); i++)
    g_assert_null (strstr (seen->str, hidden[i]));
}

/* Who is shown in the place of somebody with an open conversation is part of a first copy, also without a conversation of their own. */
static void
test_first_copy (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello");
  g_autoptr (CfVisitorImportResult) made = import (world, "email,name\nana@shop.example,Ana\nbo@shop.example,Bo\n");
  g_autoptr (CfRecordsResult) alike = NULL, first = NULL;
  const CfVisitor *shown;
  guint n = 0;

  try_call (world, world->agent, "visitor.update", "{\"id\":\"%s\",\"email\":\"ana@shop.example\"}", world->visitor->id);
  alike = do_call (world, world->agent, "visitor.alike", "{\"id\":\"%s\"}", world->visitor->id);
  shown = world_record (alike, &cf_visitor_shape, 0);
  try_call (world, world->agent, "visitor.merge", "{\"id\":\"%s\",\"into\":\"%s\"}", world->visitor->id, shown->parent.id);
  first = do_call (world, world->agent, "sync.changes", "{\"since\":0}");
  while (world_record (first, &cf_visitor_shape, n) != NULL)
    n++;
  g_assert_cmpuint (n, ==, 2); /* not Bo, who has said nothing */
}

static char **
ignored_of (World *world, const CfdCaller *caller, const char *json)
{
  g_autoptr (CfIdentifyResult) result = do_call (world, caller, "visitor.identify", "%s", json);

  g_assert_cmpuint (result->records->len, ==, 1);
  return g_strdupv (result->ignored);
}

/* What a page or a site's server says by the names of attributes. */
static void
test_said_attributes (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *plan = add_attribute (world, "\"name\":\"plan\",\"kind\":\"choice\",\"choices\":[\"free\",\"pro\"]");
  g_autofree char *seats = add_attribute (world, "\"name\":\"seats\",\"kind\":\"number\"");
  g_autofree char *vip = add_attribute (world, "\"name\":\"vip\",\"kind\":\"yes_no\"");
  g_autofree char *conversation = world_start (world, world->visitor, "hello");
  const char *id = world->visitor->id;
  g_auto (GStrv) ignored = NULL, none = NULL, taken = NULL;
  g_autoptr (GString) long_one = g_string_new ("{\"attributes\":[");
  g_autoptr (CfVisitor) first = NULL, second = NULL, third = NULL;
  g_autofree char *by_site = NULL;

  ignored = ignored_of (world, world->visitor, "{\"name\":\"Mia\",\"attributes\":[{\"name\":\"plan\",\"value\":\"pro\"},{\"name\":\"seats\",\"value\":\"many\"},"
                        "{\"name\":\"Vip\",\"value\":\"yes\"},{\"name\":\"vip\",\"value\":\"yes\"},{\"name\":\"shoe size\",\"value\":\"42\"}]}");
  g_assert_cmpuint (g_strv_length (ignored), ==, 3);
  g_assert_cmpstr (ignored[0], ==, "seats");
  g_assert_cmpstr (ignored[1], ==, "Vip");
  g_assert_cmpstr (ignored[2], ==, "shoe size");
  first = read_visitor (world, id);
  g_assert_cmpstr (first->name, ==, "Mia");
  g_assert_cmpstr (cf_visitor_get_attribute (first, plan), ==, "pro");
  g_assert_cmpstr (cf_visitor_get_attribute (first, vip), ==, "yes");
  g_assert_null (cf_visitor_get_attribute (first, seats));
  assert_state (world, id, CF_VISITOR_PARTLY);

  /* said again it changes nothing, not even the revision; an empty value takes it away */
  none = ignored_of (world, world->visitor, "{\"attributes\":[{\"name\":\"plan\",\"value\":\"pro\"}]}");
  g_assert_null (none);
  second = read_visitor (world, id);
  g_assert_cmpint (second->parent.rev, ==, first->parent.rev);
  by_site = g_strdup_printf ("{\"visitor_id\":\"%s\",\"attributes\":[{\"name\":\"seats\",\"value\":\"4\"},{\"name\":\"vip\",\"value\":\"\"}]}", id);
  taken = ignored_of (world, world->admin, by_site);
  g_assert_null (taken);
  third = read_visitor (world, id);
  g_assert_cmpstr (cf_visitor_get_attribute (third, seats), ==, "4");
  g_assert_null (cf_visitor_get_attribute (third, vip));

  /* of another organisation there are none, and nobody is told what ours are */
  g_assert_cmpstr (cf_visitor_get_attribute (third, plan), ==, "pro");
  world_refuses (world, world->stranger, "visitor.identify", CF_ERROR_NOT_FOUND, "%s", by_site);
  for (guint i = 0; i < 21; i++)
    g_string_append_printf (long_one, "%s{\"name\":\"a%u\",\"value\":\"%0500d\"}", i > 0 ? "," : "", i, 0);
  g_string_append (long_one, "]}");
  world_refuses (world, world->visitor, "visitor.identify", CF_ERROR_TOO_LARGE, "%s", long_one->str);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backend/features/visitors/update", test_update);
  g_test_add_func ("/backend/features/visitors/said-attributes", test_said_attributes);
  g_test_add_func ("/backend/features/visitors/verify", test_verify);
  g_test_add_func ("/backend/features/visitors/tags", test_tags);
  g_test_add_func ("/backend/features/visitors/attributes", test_attributes);
  g_test_add_func ("/backend/features/visitors/definitions", test_definitions);
  g_test_add_func ("/backend/features/visitors/merge", test_merge);
  g_test_add_func ("/backend/features/visitors/merge-changed-since", test_merge_changed_since);
  g_test_add_func ("/backend/features/visitors/merge-chain", test_merge_chain);
  g_test_add_func ("/backend/features/visitors/import", test_import);
  g_test_add_func ("/backend/features/visitors/import-refused", test_import_refused);
  g_test_add_func ("/backend/features/visitors/export-pages", test_export_pages);
  g_test_add_func ("/backend/features/visitors/time-zones", test_time_zones);
  g_test_add_func ("/backend/features/visitors/audience", test_audience);
  g_test_add_func ("/backend/features/visitors/first-copy", test_first_copy);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "backend/features/replies/shortcut.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/methods/audit-params.h"
#include "protocol/methods/results.h"
#include "protocol/records/audit-entry.h"
#include "protocol/records/canned-response.h"
#include "protocol/records/macro.h"

static void
test_shortcuts (void)
{
  static const struct { const char *typed, *stored; } cases[] = {
    { "Hi", "hi" }, { "refund-2_b", "refund-2_b" }, { "GRÜSSE", "grüsse" }, { "u\xcc\x88" "ber", "über" }, { "你好", "你好" }, { "ขอบคุณ", "ขอบคุณ" },
    { "", NULL }, { "a b", NULL }, { "/hi", NULL }, { "hi!", NULL }, { "👋", NULL }, { "\xcc\x88", NULL }, { "a{b}", NULL },
  };
  g_autofree char *longest = g_strnfill (CF_SHORTCUT_MAX, 'x'), *good = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *got = cfd_shortcut_normalise (cases[i].typed, &error);

      g_assert_cmpstr (got, ==, cases[i].stored);
      if (cases[i].stored == NULL)
        g_assert_error (error, CF_ERROR, CF_ERROR_INVALID);
    }
  good = cfd_shortcut_normalise (longest, NULL);
  g_assert_cmpstr (good, ==, longest);
}

static char *
add (World *world, const CfdCaller *caller, const char *shortcut, gboolean shared)
{
  g_autofree char *id = cf_id_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) result = world_call (world, caller, "canned.add", &error, "{\"id\":\"%s\",\"shortcut\":\"%s\",\"text\":\"t\"%s}",
                                            id, shortcut, shared ? ",\"shared\":true" : "");

  g_assert_no_error (error);
  return g_steal_pointer (&id);
}

static void
test_add_again (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *id = add (world, world->agent, "Hi", FALSE);
  g_autoptr (CfStruct) again = world_call (world, world->agent, "canned.add", &error, "{\"id\":\"%s\",\"shortcut\":\"hI\",\"text\":\"t\"}", id);
  g_autoptr (CfStruct) gone = NULL, late = NULL, twice = NULL;
  CfCannedResponse *canned;

  g_assert_no_error (error);
  canned = world_record (again, &cf_canned_response_shape, 0);
  g_assert_cmpstr (canned->shortcut, ==, "hi");
  g_assert_cmpstr (canned->owner_id, ==, world->agent->id);
  world_refuses (world, world->agent, "canned.add", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"shortcut\":\"hi\",\"text\":\"other\"}", id);
  world_refuses (world, world->admin, "canned.add", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"shortcut\":\"hi\",\"text\":\"t\"}", id);
  world_refuses (world, world->stranger, "canned.add", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"shortcut\":\"hi\",\"text\":\"t\"}", id);
  gone = world_call (world, world->agent, "canned.remove", &error, "{\"id\":\"%s\"}", id);
  g_assert_no_error (error);
  g_assert_true (((CfRecord *) world_record (gone, &cf_canned_response_shape, 0))->deleted);
  twice = world_call (world, world->agent, "canned.remove", &error, "{\"id\":\"%s\"}", id);
  g_assert_no_error (error);
  late = world_call (world, world->agent, "canned.add", &error, "{\"id\":\"%s\",\"shortcut\":\"hi\",\"text\":\"t\"}", id);
  g_assert_no_error (error);
  g_assert_true (((CfRecord *) world_record (late, &cf_canned_response_shape, 0))->deleted);
  world_refuses (world, world->agent, "canned.update", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"text\":\"x\"}", id);
  world_refuses (world, world->admin, "canned.remove", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", id);
}

/* Nobody may ever see two with one shortcut; what others have for themselves is in nobody's way. */
static void
test_shortcuts_are_unique (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *own = add (world, world->agent, "hi", FALSE), *theirs = add (world, world->admin, "hi", FALSE);
  g_autofree char *shared = add (world, world->admin, "all", TRUE), *elsewhere = add (world, world->stranger, "all", TRUE);
  g_autofree char *id = cf_id_new (), *again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) kept = NULL, gone = NULL;

  world_refuses (world, world->agent, "canned.add", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"shortcut\":\"HI\",\"text\":\"t\"}", id);
  world_refuses (world, world->agent, "canned.add", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"shortcut\":\"All\",\"text\":\"t\"}", id);
  world_refuses (world, world->admin, "canned.add", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"shortcut\":\"hi\",\"text\":\"t\",\"shared\":true}", id);
  world_refuses (world, world->agent, "canned.update", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"shortcut\":\"all\"}", own);
  world_refuses (world, world->admin, "canned.update", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"shortcut\":\"hi\"}", shared);
  kept = world_call (world, world->agent, "canned.update", &error, "{\"id\":\"%s\",\"shortcut\":\"hi\",\"category\":\"C\"}", own);
  g_assert_no_error (error);
  g_assert_cmpstr (((CfCannedResponse *) world_record (kept, &cf_canned_response_shape, 0))->category, ==, "C");
  g_assert_cmpstr (((CfCannedResponse *) world_record (kept, &cf_canned_response_shape, 0))->text, ==, "t");
  gone = world_call (world, world->agent, "canned.remove", &error, "{\"id\":\"%s\"}", own);
  g_assert_no_error (error);
  again = add (world, world->agent, "hi", FALSE);
}

static void
test_whose (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *own = add (world, world->agent, "hi", FALSE), *shared = add (world, world->admin, "all", TRUE), *id = cf_id_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) used = NULL, admins = NULL, agents = NULL, strangers = NULL;

  world_refuses (world, world->agent, "canned.add", CF_ERROR_FORBIDDEN, "{\"id\":\"%s\",\"shortcut\":\"x\",\"text\":\"t\",\"shared\":true}", id);
  world_refuses (world, world->agent, "canned.update", CF_ERROR_FORBIDDEN, "{\"id\":\"%s\",\"text\":\"x\"}", shared);
  world_refuses (world, world->agent, "canned.remove", CF_ERROR_FORBIDDEN, "{\"id\":\"%s\"}", shared);
  world_refuses (world, world->admin, "canned.update", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"text\":\"x\"}", own);
  world_refuses (world, world->admin, "canned.used", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", own);
  world_refuses (world, world->stranger, "canned.used", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", shared);
  used = world_call (world, world->agent, "canned.used", &error, "{\"id\":\"%s\"}", shared);
  g_assert_no_error (error);
  g_assert_cmpint (((CfCannedResponse *) world_record (used, &cf_canned_response_shape, 0))->uses, ==, 1);
  for (int first = 0; first < 2; first++)
    {
      const char *since = first ? "{\"since\":0}" : "{\"since\":1}";

      admins = world_call (world, world->admin, "sync.changes", &error, "%s", since);
      agents = world_call (world, world->agent, "sync.changes", &error, "%s", since);
      strangers = world_call (world, world->stranger, "sync.changes", &error, "{\"since\":0}");
      g_assert_cmpstr (((CfRecord *) world_record (admins, &cf_canned_response_shape, 0))->id, ==, shared);
      g_assert_null (world_record (admins, &cf_canned_response_shape, 1));
      g_assert_nonnull (world_record (agents, &cf_canned_response_shape, 1));
      g_assert_null (world_record (strangers, &cf_canned_response_shape, 0));
      g_clear_pointer (&admins, cf_struct_unref);
      g_clear_pointer (&agents, cf_struct_unref);
      g_clear_pointer (&strangers, cf_struct_unref);
    }
}

static void
test_macro_rules (void)
{
  static const struct { const char *json; gboolean good; } cases[] = {
    { "\"text\":\"hello\"", TRUE }, { "\"note\":\"x\"", TRUE }, { "\"close\":true", TRUE }, { "\"assign\":\"me\"", TRUE }, { "\"assign\":\"none\"", TRUE },
    { "\"text\":\" \\n \"", FALSE }, { "\"assign\":\"leave\"", FALSE }, { "\"assign\":\"agent\"", FALSE },
    { "\"add_tags\":[\"0190a5c0-0011-7abc-8def-0123456789ab\"]", TRUE }, { "\"add_tags\":[]", FALSE },
    { "\"add_tags\":[\"0190a5c0-0011-7abc-8def-0123456789ab\"],\"remove_tags\":[\"0190a5c0-0011-7abc-8def-0123456789ab\"]", FALSE },
    { "\"close\":true,\"assignee_id\":\"0190a5c0-0002-7abc-8def-0123456789ab\"", FALSE },
  };
  g_autoptr (World) world = world_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = cf_id_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (CfStruct) result = world_call (world, world->agent, "macro.add", &error, "{\"id\":\"%s\",\"name\":\"n\",%s}", id, cases[i].json);

      g_test_message ("%s", cases[i].json);
      if (cases[i].good)
        g_assert_no_error (error);
      else
        g_assert_error (error, CF_ERROR, CF_ERROR_INVALID);
    }
}

static void
test_macros (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = cf_id_new (), *shared = cf_id_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) added = world_call (world, world->agent, "macro.add", &error,
                                           "{\"id\":\"%s\",\"name\":\"n\",\"text\":\"t\",\"assign\":\"agent\",\"assignee_id\":\"%s\",\"close\":true}",
                                           id, world->admin->id);
  g_autoptr (CfStruct) again = world_call (world, world->agent, "macro.add", &error,
                                           "{\"id\":\"%s\",\"name\":\"n\",\"text\":\"t\",\"assign\":\"agent\",\"assignee_id\":\"%s\",\"close\":true}",
                                           id, world->admin->id);
  g_autoptr (CfStruct) changed = NULL, used = NULL, all = NULL, gone = NULL;
  CfMacro *macro;

  g_assert_no_error (error);
  world_refuses (world, world->agent, "macro.add", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"name\":\"n\",\"text\":\"t\"}", id);
  world_refuses (world, world->agent, "macro.update", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"assignee_id\":\"%s\"}", id, world->stranger->id);
  world_refuses (world, world->agent, "macro.update", CF_ERROR_INVALID, "{\"id\":\"%s\",\"assign\":\"me\"}", id);
  changed = world_call (world, world->agent, "macro.update", &error, "{\"id\":\"%s\",\"assign\":\"me\",\"assignee_id\":null,\"text\":null}", id);
  g_assert_no_error (error);
  macro = world_record (changed, &cf_macro_shape, 0);
  g_assert_null (macro->text);
  g_assert_null (macro->assignee_id);
  g_assert_true (macro->close);
  world_refuses (world, world->admin, "macro.update", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"close\":false}", id);
  world_refuses (world, world->agent, "macro.add", CF_ERROR_FORBIDDEN, "{\"id\":\"%s\",\"name\":\"n\",\"close\":true,\"shared\":true}", shared);
  all = world_call (world, world->admin, "macro.add", &error, "{\"id\":\"%s\",\"name\":\"n\",\"close\":true,\"shared\":true}", shared);
  used = world_call (world, world->agent, "macro.used", &error, "{\"id\":\"%s\"}", shared);
  g_assert_no_error (error);
  g_assert_cmpint (((CfMacro *) world_record (used, &cf_macro_shape, 0))->uses, ==, 1);
  world_refuses (world, world->agent, "macro.remove", CF_ERROR_FORBIDDEN, "{\"id\":\"%s\"}", shared);
  gone = world_call (world, world->agent, "macro.remove", &error, "{\"id\":\"%s\"}", id);
  g_assert_no_error (error);
  g_assert_true (((CfRecord *) world_record (gone, &cf_macro_shape, 0))->deleted);
}

static guint
count_entries (World *world, const char *action, const char **detail)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfAuditListResult) list = world_call (world, world->admin, "audit.list", &error, "{\"action\":\"%s\"}", action);

  g_assert_no_error (error);
  if (list->entries->len > 0)
    *detail = g_intern_string (((const CfAuditEntry *) list->entries->pdata[0])->detail);
  return list->entries->len;
}

/* The log tells of what the team shares, and of nothing that an agent has for themselves. */
static void
test_audit (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *own = add (world, world->agent, "hi", FALSE), *shared = add (world, world->admin, "all", TRUE), *macro = cf_id_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) mine = world_call (world, world->agent, "canned.update", &error, "{\"id\":\"%s\",\"text\":\"secret\"}", own);
  g_autoptr (CfStruct) changed = world_call (world, world->admin, "canned.update", &error, "{\"id\":\"%s\",\"text\":\"u\"}", shared);
  g_autoptr (CfStruct) used = world_call (world, world->agent, "canned.used", &error, "{\"id\":\"%s\"}", shared);
  g_autoptr (CfStruct) gone = world_call (world, world->admin, "canned.remove", &error, "{\"id\":\"%s\"}", shared);
  g_autoptr (CfStruct) made = world_call (world, world->admin, "macro.add", &error, "{\"id\":\"%s\",\"name\":\"n\",\"close\":true,\"shared\":true}", macro);
  g_autoptr (CfStruct) named = world_call (world, world->admin, "macro.update", &error, "{\"id\":\"%s\",\"name\":\"m\"}", macro);
  g_autoptr (CfStruct) out = world_call (world, world->admin, "macro.remove", &error, "{\"id\":\"%s\"}", macro);
  const char *detail = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (count_entries (world, "canned.add", &detail), ==, 1);
  g_assert_cmpuint (count_entries (world, "canned.update", &detail), ==, 1);
  g_assert_cmpstr (detail, ==, "text: t → u");
  g_assert_cmpuint (count_entries (world, "canned.remove", &detail), ==, 1);
  g_assert_cmpuint (count_entries (world, "canned.used", &detail), ==, 0);
  g_assert_cmpuint (count_entries (world, "macro.add", &detail), ==, 1);
  g_assert_cmpuint (count_entries (world, "macro.update", &detail), ==, 1);
  g_assert_cmpstr (detail, ==, "name: n → m");
  g_assert_cmpuint (count_entries (world, "macro.remove", &detail), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replies/shortcuts", test_shortcuts);
  g_test_add_func ("/replies/add-again", test_add_again);
  g_test_add_func ("/replies/shortcuts-are-unique", test_shortcuts_are_unique);
  g_test_add_func ("/replies/whose", test_whose);
  g_test_add_func ("/replies/macro-rules", test_macro_rules);
  g_test_add_func ("/replies/macros", test_macros);
  g_test_add_func ("/replies/audit", test_audit);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/db/changeset.h"

#include "protocol/records/conversation.h"
#include "protocol/records/message.h"

static CfRecord *
make (const CfShape *shape, const char *id, gint64 rev)
{
  CfRecord *record = cf_struct_new (shape);

  record->id = g_strdup (id);
  record->rev = rev;
  return record;
}

static void
test_last_state_once (void)
{
  g_autoptr (CfdChangeset) changes = cfd_changeset_new ("acme", 7);
  g_autoptr (CfRecord) first = make (&cf_message_shape, "a", 1), other = make (&cf_message_shape, "b", 2);
  g_autoptr (CfRecord) second = make (&cf_message_shape, "a", 3), third = make (&cf_message_shape, "a", 4);

  cfd_changeset_add (changes, first);
  cfd_changeset_add (changes, other);
  cfd_changeset_add (changes, second);
  cfd_changeset_add (changes, third);
  g_assert_cmpuint (changes->records->len, ==, 2);
  g_assert_true (changes->records->pdata[0] == third);
  g_assert_true (changes->records->pdata[1] == other);
}

/* Whoever makes a record makes its id: the same id in two types is two records. */
static void
test_same_id_other_type (void)
{
  g_autoptr (CfdChangeset) changes = cfd_changeset_new ("acme", 7);
  g_autoptr (CfRecord) message = make (&cf_message_shape, "a", 1), conversation = make (&cf_conversation_shape, "a", 1);

  cfd_changeset_add (changes, message);
  cfd_changeset_add (changes, conversation);
  g_assert_cmpuint (changes->records->len, ==, 2);
}

static void
test_references (void)
{
  g_autoptr (CfdChangeset) kept = NULL;
  CfdChangeset *changes = cfd_changeset_new ("acme", 7);
  CfRecord *record = make (&cf_message_shape, "a", 1);

  cfd_changeset_add (changes, record);
  cf_struct_unref (record);
  kept = cfd_changeset_ref (changes);
  cfd_changeset_unref (changes);
  g_assert_cmpstr (((CfRecord *) kept->records->pdata[0])->id, ==, "a");
  g_assert_cmpstr (kept->organisation_id, ==, "acme");
  g_assert_cmpint (kept->rev, ==, 7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backend/db/changeset/last-state-once", test_last_state_once);
  g_test_add_func ("/backend/db/changeset/same-id-other-type", test_same_id_other_type);
  g_test_add_func ("/backend/db/changeset/references", test_references);
  return g_test_run ();
}

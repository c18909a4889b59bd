/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "backend/features/privacy/erasure-service.h"
#include "backend/features/privacy/expiry-service.h"
#include "backend/features/privacy/retention-service.h"
#include "backend/features/visitors/visitor-address.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/methods/privacy-params.h"
#include "protocol/methods/site-params.h"
#include "protocol/methods/results.h"
#include "protocol/records/visitor.h"

#include <string.h>

/* Who is kept for how long, what is masked, and that nothing of a person is forgotten when they are to be. */

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

static void
set_privacy (World *world, const char *privacy)
{
  g_autoptr (CfSiteSettings) now = do_call (world, world->admin, "site.settings", "{\"id\":\"%s\"}", world->site->parent.id);
  g_autoptr (CfStruct) answer = do_call (world, world->admin, "site.configure", "{\"id\":\"%s\",\"version\":%" G_GINT64_FORMAT ",\"privacy\":%s}",
                                         world->site->parent.id, now->version, privacy);

  g_assert_nonnull (answer);
}

/* Columns by which a table tells whose something is. */
#define TELLS \
  "SELECT m.name FROM sqlite_master m JOIN pragma_table_info (m.name) p WHERE m.type = 'table'" \
  " AND p.name IN ('visitor_id', 'conversation_id', 'merged_into', 'target_id', 'into_id', 'visit_id')"

/* Tables with such a column that have nothing of a visitor, and why. */
static const char *const not_theirs[] = {
  "message",      /* these four are records: see below */
  "team_message", /* a channel of agents; what they say of a visitor is their own */
  NULL,
};

static gboolean
read_tables (CfdTx *tx, gpointer data, GError **error)
{
  *(GPtrArray **) data = cfd_rows_texts (cfd_tx_query (tx, error, TELLS, NULL), error);
  return *(GPtrArray **) data != NULL;
}

static gboolean
is_part (const char *table)
{
  for (const CfdPersonPart *part = cfd_person_parts; part->shape != NULL; part++)
    if (g_str_equal (part->shape->table, table))
      return TRUE;
  return g_strv_contains (cfd_person_tables, table);
}

/* A new table that refers to a visitor is exported and erased, or it is said here why not. */
static void
test_complete (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GPtrArray) tables = NULL;
  g_autoptr (GError) error = NULL;

  world_run (world, CFD_DB_READ, read_tables, &tables, &error);
  g_assert_no_error (error);
  g_assert_cmpint (tables->len, >, 8);
  for (guint i = 0; i < tables->len; i++)
    if (!is_part (tables->pdata[i]) && !g_strv_contains (not_theirs, tables->pdata[i]))
      g_error ("%s refers to a visitor: name it in person-store.c", (char *) tables->pdata[i]);
  for (const CfdPersonPart *part = cfd_person_parts; part->shape != NULL; part++)
    for (guint i = 0; i < CFD_PERSON_KEPT_MAX && part->kept[i] != NULL; i++)
      {
        const CfField *field = cf_shape_field (part->shape, part->kept[i]);

        g_assert_nonnull (field);
        g_assert_true (field->kind != CF_KIND_TEXT && field->kind != CF_KIND_STRUCT && field->kind != CF_KIND_STRINGS);
        g_assert_true (field->kind != CF_KIND_STRING || g_str_equal (field->name, "secret_hash"));
      }
}

typedef struct
{
  char *id, *organisation_id;
  gboolean more;
} Step;

static gboolean
step (CfdTx *tx, gpointer data, GError **error)
{
  Step *self = data;
  const CfdErasure erasure = { .id = self->id, .organisation_id = self->organisation_id };

  return cfd_erasures_step (tx, &erasure, &self->more, error);
}

static void
test_erase (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "my words");
  g_autofree char *other = world_start (world, world->other_visitor, "words of somebody else");
  g_autoptr (CfErasureResult) asked = NULL, again = NULL;
  g_autoptr (GError) error = NULL;
  Step work = { world->visitor->id, world->organisation_id, TRUE };

  world_refuses (world, world->stranger, "person.erase", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", world->visitor->id);
  world_refuses (world, world->stranger, "person.export", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", world->visitor->id);
  asked = do_call (world, world->admin, "person.erase", "{\"id\":\"%s\"}", world->visitor->id);
  g_assert_cmpint (asked->total, >=, 3);
  g_assert_cmpint (asked->done, ==, 2);
  world_refuses (world, world->visitor, "message.send", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"more\"}", world->agent->id,
                 conversation);
  world_refuses (world, world->agent, "message.send", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"more\"}", world->agent->id,
                 conversation);
  while (work.more)
    {
      world_run (world, CFD_DB_WRITE, step, &work, &error);
      g_assert_no_error (error);
    }
  again = do_call (world, world->admin, "person.erase", "{\"id\":\"%s\"}", world->visitor->id);
  g_assert_cmpint (again->done, ==, again->total);
  g_assert_cmpint (temp_count (world->db, "SELECT count(*) FROM message WHERE organisation_id IN (SELECT id FROM organisation) AND text = 'my words'"), ==, 0);
  g_assert_cmpint (temp_count (world->db, "SELECT count(*) FROM message WHERE organisation_id IN (SELECT id FROM organisation) AND text = 'words of somebody else'"), ==, 1);
  g_assert_cmpint (temp_count (world->db, "SELECT count(*) FROM visitor WHERE organisation_id IN (SELECT id FROM organisation) AND deleted = 0 AND id IN (SELECT visitor_id FROM erasure)"), ==, 0);
}

static char *
text_of (World *world, const CfdCaller *by, const char *conversation, const char *id, const char *text)
{
  g_autoptr (CfRecordsResult) answer = do_call (world, by, "message.send", "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"%s\"}", id, conversation, text);

  for (guint i = 0;; i++)
    {
      const CfMessage *message = world_record (answer, &cf_message_shape, i);

      g_assert_nonnull (message);
      if (message->kind == CF_MESSAGE_TEXT)
        return g_strdup (message->text);
    }
}

#define CARD "4111 1111 1111 1111"
#define MASKED "•••• •••• •••• 1111"

static void
test_cards (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "Hi " CARD), *id = cf_id_new (), *second = cf_id_new (), *third = cf_id_new ();
  g_autofree char *first_text = NULL, *repeat = NULL, *agent_text = NULL, *kept = NULL;
  g_autoptr (CfRecordsResult) edited = NULL;

  g_assert_cmpint (temp_count (world->db, "SELECT count(*) FROM message WHERE organisation_id IN (SELECT id FROM organisation) AND text LIKE '%" CARD "%'"), ==, 0);
  g_assert_cmpint (temp_count (world->db, "SELECT count(*) FROM conversation WHERE organisation_id IN (SELECT id FROM organisation) AND preview LIKE '%" MASKED "%'"), ==, 1);
  first_text = text_of (world, world->visitor, conversation, id, "it is " CARD);
  g_assert_cmpstr (first_text, ==, "it is " MASKED);
  repeat = text_of (world, world->visitor, conversation, id, "it is " CARD);
  g_assert_cmpstr (repeat, ==, first_text);
  world_refuses (world, world->visitor, "message.send", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"it was " CARD "\"}", id,
                 conversation);
  agent_text = text_of (world, world->agent, conversation, second, "yours is " CARD "?");
  g_assert_cmpstr (agent_text, ==, "yours is " MASKED "?");
  edited = do_call (world, world->agent, "message.edit", "{\"id\":\"%s\",\"text\":\"or 5555555555554444\"}", second);
  g_assert_cmpint (temp_count (world->db, "SELECT count(*) FROM message WHERE organisation_id IN (SELECT id FROM organisation) AND text LIKE '%5555%'"), ==, 0);
  set_privacy (world, "{\"cards_kept\":true}");
  kept = text_of (world, world->visitor, conversation, third, "still " CARD);
  g_assert_cmpstr (kept, ==, "still " CARD);
  g_free (repeat);
  repeat = text_of (world, world->visitor, conversation, id, "it is " CARD); /* stored masked, sent again under other rules */
  g_assert_cmpstr (repeat, ==, first_text);
}

static void
test_shortened (void)
{
  static const struct { const char *address, *kept; } cases[] = {
    { "203.0.113.77", "203.0.113.0" }, { "2001:db8:1234:5678::1", "2001:db8:1234::" }, { "::ffff:203.0.113.77", "::ffff:203.0.113.0" }, { "nonsense", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *whole = cfd_visitor_address_keep (cases[i].address, CF_ADDRESSES_WHOLE);
      g_autofree char *kept = cfd_visitor_address_keep (cases[i].address, CF_ADDRESSES_SHORTENED);

      g_assert_cmpstr (whole, ==, cases[i].address);
      g_assert_cmpstr (kept, ==, cases[i].kept);
      g_assert_null (cfd_visitor_address_keep (cases[i].address, CF_ADDRESSES_NONE));
    }
}

static gboolean
trim_later (CfdTx *tx, gpointer data, GError **error)
{
  gboolean more;

  cfd_tx_set_now (tx, cfd_tx_now (tx) + *(gint64 *) data * 86400000);
  return cfd_retention_trim (tx, &more, error);
}

static gint64
addresses_after (World *world, gint64 days)
{
  g_autoptr (GError) error = NULL;

  world_run (world, CFD_DB_WRITE, trim_later, &days, &error);
  g_assert_no_error (error);
  return temp_count (world->db, "SELECT count(*) FROM visitor WHERE organisation_id IN (SELECT id FROM organisation) AND address IS NOT NULL");
}

static void
test_addresses (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *first = NULL, *second = NULL;

  cfd_shared_text_unref (world->visitor->address);
  world->visitor->address = cfd_shared_text ("203.0.113.77");
  first = world_start (world, world->visitor, "hi");
  g_assert_cmpint (addresses_after (world, 4000), ==, 1);
  set_privacy (world, "{\"address_days\":30}");
  g_assert_cmpint (addresses_after (world, 29), ==, 1);
  g_assert_cmpint (addresses_after (world, 31), ==, 0);
  set_privacy (world, "{\"addresses\":\"shortened\"}");
  cfd_shared_text_unref (world->other_visitor->address);
  world->other_visitor->address = cfd_shared_text ("203.0.113.77");
  second = world_start (world, world->other_visitor, "hi");
  g_assert_cmpint (temp_count (world->db, "SELECT count(*) FROM visitor WHERE organisation_id IN (SELECT id FROM organisation) AND address = '203.0.113.0'"), ==, 1);
  set_privacy (world, "{\"addresses\":\"none\"}");
  g_assert_cmpint (addresses_after (world, 0), ==, 0);
}

static gint64
conversations_after (World *world, gint64 days)
{
  g_autoptr (GError) error = NULL;

  world_run (world, CFD_DB_WRITE, trim_later, &days, &error);
  g_assert_no_error (error);
  return temp_count (world->db, "SELECT count(*) FROM conversation WHERE organisation_id IN (SELECT id FROM organisation) AND deleted = 0");
}

typedef struct
{
  gboolean more;
  guint waiting;
} Expiry;

static gboolean
expire (CfdTx *tx, gpointer data, GError **error)
{
  Expiry *self = data;
  g_autoptr (GPtrArray) waiting = cfd_expiry_waiting (tx, "", error);

  if (waiting == NULL)
    return FALSE;
  self->waiting = waiting->len;
  for (guint i = 0; i < waiting->len; i++)
    {
      g_autoptr (GPtrArray) files = NULL;

      self->more = TRUE;
      while (self->more)
        if (!cfd_expiry_step (tx, waiting->pdata[i], &self->more, error))
          return FALSE;
      files = cfd_expiry_files (tx, waiting->pdata[i], error);
      if (files == NULL)
        return FALSE;
    }
  return cfd_expiry_finish (tx, waiting, error);
}

static void
close_conversation (World *world, const char *id)
{
  g_autofree char *event = cf_id_new ();
  g_autoptr (CfStruct) closed = do_call (world, world->agent, "conversation.close", "{\"id\":\"%s\",\"event_id\":\"%s\"}", id, event);

  g_assert_nonnull (closed);
}

/* What is open stays, and what is closed as long as its site says; then everything in it goes, and nothing else. */
static void
test_expiry (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *closed = world_start (world, world->visitor, "old words"), *open = world_start (world, world->other_visitor, "words that stay");
  g_autoptr (CfExpiryResult) none = NULL;
  g_autoptr (GError) error = NULL;
  Expiry expiry = { 0 };

  g_assert_nonnull (open);
  close_conversation (world, closed);
  g_assert_cmpint (conversations_after (world, 4000), ==, 2);
  none = do_call (world, world->admin, "site.count_expired", "{\"id\":\"%s\",\"days\":30}", world->site->parent.id);
  g_assert_cmpint (none->conversations, ==, 0);
  world_refuses (world, world->stranger, "site.count_expired", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"days\":30}", world->site->parent.id);
  set_privacy (world, "{\"conversation_days\":30}");
  g_assert_cmpint (conversations_after (world, 30), ==, 2);
  g_assert_cmpint (conversations_after (world, 32), ==, 1);
  world_refuses (world, world->agent, "conversation.get", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", closed);
  world_run (world, CFD_DB_WRITE, expire, &expiry, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (expiry.waiting, ==, 1);
  g_assert_cmpint (temp_count (world->db, "SELECT count(*) FROM message WHERE organisation_id IN (SELECT id FROM organisation) AND text = 'old words'"), ==, 0);
  g_assert_cmpint (temp_count (world->db, "SELECT count(*) FROM message WHERE organisation_id IN (SELECT id FROM organisation) AND text = 'words that stay'"), ==, 1);
  g_assert_cmpint (temp_count (world->db, "SELECT count(*) FROM visitor WHERE organisation_id IN (SELECT id FROM organisation) AND deleted = 0"), ==, 2);
  world_run (world, CFD_DB_WRITE, expire, &expiry, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (expiry.waiting, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/features/privacy/complete", test_complete);
  g_test_add_func ("/features/privacy/erase", test_erase);
  g_test_add_func ("/features/privacy/cards", test_cards);
  g_test_add_func ("/features/privacy/shortened", test_shortened);
  g_test_add_func ("/features/privacy/addresses", test_addresses);
  g_test_add_func ("/features/privacy/expiry", test_expiry);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers.h"
#include "temp-db.h"

#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/records/agent.h"
#include "protocol/records/site.h"

#define HARD_TEXT "l'été \xf0\x9f\x98\x80 \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \"quoted\"\n$1 ?; -- DROP"

/* What one call did; each test uses what it needs. */
typedef struct
{
  CfRecord *records[3];
  gint64 revs[3];
  const char *organisation_id;
} Job;

static TempDb *
open_temp (gconstpointer driver)
{
  TempDb *temp = temp_db_new (driver);

  temp_db_open (temp);
  temp_db_listen (temp);
  return temp;
}

/* Fills every stored field with something that its kind can hold; what stands in JSON can hold less. */
static gpointer
fill (const CfShape *shape)
{
  CfStruct *record = cf_struct_new (shape);

  for (guint i = 0; i < shape->n_fields; i++)
    {
      const CfField *field = &shape->fields[i];

      switch (field->kind)
        {
        case CF_KIND_ID:
          cf_field_at (char *, record, field) = cf_id_new ();
          break;
        case CF_KIND_STRING:
        case CF_KIND_TEXT:
          cf_field_at (char *, record, field) = g_strdup_printf ("%s of %s: " HARD_TEXT, field->name, shape->name);
          break;
        case CF_KIND_STRINGS:
          cf_field_at (char **, record, field) = g_strsplit ("https://a.example " HARD_TEXT " ", " ", -1);
          break;
        case CF_KIND_INTEGER:
        case CF_KIND_TIME:
          cf_field_at (gint64, record, field) = (shape->table != NULL ? G_MAXINT64 : 1000) - i;
          break;
        case CF_KIND_BOOLEAN:
          cf_field_at (gboolean, record, field) = TRUE;
          break;
        case CF_KIND_ENUM:
          cf_field_at (int, record, field) = 1;
          break;
        case CF_KIND_STRUCT:
          cf_field_at (gpointer, record, field) = fill (field->shape);
          break;
        case CF_KIND_STRUCTS:
          cf_field_at (GPtrArray *, record, field) = cf_structs_new ();
          g_ptr_array_add (cf_field_at (GPtrArray *, record, field), fill (field->shape));
          break;
        default:
          break;
        }
    }
  return record;
}

static CfRecord *
make_full (const CfShape *shape, const char *organisation_id)
{
  CfRecord *record = fill (shape);

  g_free (record->organisation_id);
  record->organisation_id = g_strdup (organisation_id);
  return record;
}

static gboolean
get_work (CfdTx *tx, gpointer data, GError **error)
{
  Job *job = data;

  job->records[1] = cfd_tx_get (tx, error, job->records[0]->parent.shape, job->records[0]->id);
  return job->records[1] != NULL;
}

static void
assert_round_trip (TempDb *temp, CfRecord *record)
{
  Job job = { .records = { record } };
  g_autoptr (GError) error = NULL;

  cfd_db_run (temp->db, CFD_DB_WRITE, temp_put, record, &error);
  g_assert_no_error (error);
  cfd_db_run (temp->db, CFD_DB_READ, get_work, &job, &error);
  g_assert_no_error (error);
  g_assert_true (cf_struct_equal (record, job.records[1]));
  cf_struct_unref (job.records[1]);
}

static void
test_round_trip (gconstpointer driver)
{
  g_autoptr (TempDb) temp = open_temp (driver);
  g_autoptr (CfOrganisation) organisation = temp_db_organisation (temp);

  for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
    {
      g_autoptr (CfRecord) full = make_full (*shape, organisation->parent.id);

      if (*shape == &cf_organisation_shape)
        {
          g_free (full->id);
          full->id = g_strdup (organisation->parent.id);
        }
      assert_round_trip (temp, full);
      /* the same again with a field changed: replaced, not doubled */
      full->deleted = FALSE;
      assert_round_trip (temp, full);
    }
  g_assert_cmpint (temp_count (temp->db, "SELECT count(*) FROM message"), ==, 1);
  g_assert_cmpint (temp_count (temp->db, "SELECT rev FROM counter"), ==, 1 + 2 * g_strv_length ((char **) cf_record_shapes ()));
}

static void
test_empty_fields (gconstpointer driver)
{
  g_autoptr (TempDb) temp = open_temp (driver);
  g_autoptr (CfOrganisation) organisation = temp_db_organisation (temp);
  g_autoptr (CfAgent) agent = cf_struct_new (&cf_agent_shape);
  g_autoptr (CfAgent) other = NULL;

  agent->parent.id = cf_id_new ();
  agent->parent.organisation_id = g_strdup (organisation->parent.id);
  assert_round_trip (temp, CF_RECORD (agent));
  /* agents without an email do not exclude each other */
  other = cf_struct_copy (agent);
  g_free (other->parent.id);
  other->parent.id = cf_id_new ();
  assert_round_trip (temp, CF_RECORD (other));
}

static gboolean
put_twice_work (CfdTx *tx, gpointer data, GError **error)
{
  Job *job = data;
  CfMessage *first = (CfMessage *) job->records[0];

  job->revs[0] = cfd_tx_revision (tx, first->parent.organisation_id, error);
  if (job->revs[0] < 0 || !cfd_tx_put (tx, first, error) || !cfd_tx_put (tx, job->records[1], error))
    return FALSE;
  g_free (first->text);
  first->text = g_strdup ("second thought");
  job->revs[1] = cfd_tx_last_revision (tx, first->parent.organisation_id, error);
  return cfd_tx_put (tx, first, error);
}

static void
test_one_revision_per_call (gconstpointer driver)
{
  g_autoptr (TempDb) temp = open_temp (driver);
  g_autoptr (CfOrganisation) organisation = temp_db_organisation (temp);
  g_autoptr (CfMessage) first = temp_message_new (organisation->parent.id, "first thought");
  g_autoptr (CfMessage) second = temp_message_new (organisation->parent.id, "other");
  Job job = { .records = { CF_RECORD (first), CF_RECORD (second) } };
  g_autoptr (GError) error = NULL;
  CfdChangeset *changes;

  cfd_db_run (temp->db, CFD_DB_WRITE, put_twice_work, &job, &error);
  g_assert_no_error (error);
  g_assert_cmpint (job.revs[0], ==, 2);
  g_assert_cmpint (job.revs[1], ==, 2);
  g_assert_cmpint (first->parent.rev, ==, 2);
  temp_wait (temp->published->len == 2);
  changes = temp->published->pdata[1];
  g_assert_cmpint (changes->rev, ==, 2);
  g_assert_cmpuint (changes->records->len, ==, 2);
  g_assert_true (cf_struct_equal (changes->records->pdata[0], first));
  g_assert_true (changes->records->pdata[0] != (gpointer) first);
  g_assert_true (cf_struct_equal (changes->records->pdata[1], second));
}

static gboolean
two_organisations_work (CfdTx *tx, gpointer data, GError **error)
{
  Job *job = data;

  return cfd_tx_put (tx, job->records[0], error) && cfd_tx_put (tx, job->records[1], error);
}

static void
test_one_organisation_per_call (gconstpointer driver)
{
  g_autoptr (TempDb) temp = open_temp (driver);
  g_autoptr (CfOrganisation) ours = temp_db_organisation (temp), theirs = temp_db_organisation (temp);
  g_autoptr (CfMessage) a = temp_message_new (ours->parent.id, "a"), b = temp_message_new (theirs->parent.id, "b");
  g_autoptr (CfMessage) nobody = NULL, stolen = NULL;
  Job job = { .records = { CF_RECORD (a), CF_RECORD (b) } };
  g_autoptr (GError) error = NULL;

  cfd_db_run (temp->db, CFD_DB_WRITE, two_organisations_work, &job, &error);
  g_assert_error (error, CF_ERROR, CF_ERROR_INTERNAL);
  g_clear_error (&error);
  g_assert_cmpint (temp_count (temp->db, "SELECT count(*) FROM message"), ==, 0);

  nobody = temp_message_new (a->parent.id, "of no organisation");
  cfd_db_run (temp->db, CFD_DB_WRITE, temp_put, nobody, &error);
  g_assert_error (error, CF_ERROR, CF_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* an id is never taken over by another organisation */
  cfd_db_run (temp->db, CFD_DB_WRITE, temp_put, a, &error);
  g_assert_no_error (error);
  stolen = cf_struct_copy (a);
  g_free (stolen->parent.organisation_id);
  stolen->parent.organisation_id = g_strdup (theirs->parent.id);
  cfd_db_run (temp->db, CFD_DB_WRITE, temp_put, stolen, &error);
  g_assert_error (error, CF_ERROR, CF_ERROR_CONFLICT);
  g_assert_cmpint (stolen->parent.rev, ==, 2); /* as it was before the attempt */
  g_assert_cmpint (temp_count (temp->db, "SELECT max(rev) FROM counter"), ==, 2);
}

static void
test_unique (gconstpointer driver)
{
  g_autoptr (TempDb) temp = open_temp (driver);
  g_autoptr (CfOrganisation) organisation = temp_db_organisation (temp);
  g_autoptr (CfRecord) one = make_full (&cf_agent_shape, organisation->parent.id);
  g_autoptr (CfRecord) two = make_full (&cf_agent_shape, organisation->parent.id);
  g_autoptr (GError) error = NULL;

  assert_round_trip (temp, one);
  cfd_db_run (temp->db, CFD_DB_WRITE, temp_put, two, &error); /* the same email */
  g_assert_error (error, CF_ERROR, CF_ERROR_CONFLICT);
  g_assert_cmpint (temp_count (temp->db, "SELECT rev FROM counter"), ==, 2);
}

static gboolean
tombstone_work (CfdTx *tx, gpointer data, GError **error)
{
  Job *job = data;
  g_autoptr (CfRecord) tombstone = cf_record_tombstone (job->records[0]);

  return cfd_tx_put (tx, tombstone, error);
}

static gboolean
list_work (CfdTx *tx, gpointer data, GError **error)
{
  Job *job = data;
  g_autoptr (GPtrArray) records = cfd_tx_records (tx, error, &cf_message_shape, "WHERE organisation_id = $2 AND rev > $1 ORDER BY rev",
                                                  "it", (gint64) 0, job->organisation_id);

  if (records == NULL)
    return FALSE;
  job->revs[0] = records->len;
  job->records[1] = records->len > 0 ? cf_struct_ref (records->pdata[0]) : NULL;
  return TRUE;
}

static void
test_tombstone (gconstpointer driver)
{
  g_autoptr (TempDb) temp = open_temp (driver);
  g_autoptr (CfOrganisation) organisation = temp_db_organisation (temp);
  g_autoptr (CfMessage) message = temp_message_new (organisation->parent.id, "gone soon");
  Job job = { .records = { CF_RECORD (message) }, .organisation_id = organisation->parent.id };
  g_autoptr (GError) error = NULL;

  assert_round_trip (temp, CF_RECORD (message));
  cfd_db_run (temp->db, CFD_DB_WRITE, tombstone_work, &job, &error);
  g_assert_no_error (error);
  cfd_db_run (temp->db, CFD_DB_READ, list_work, &job, &error);
  g_assert_no_error (error);
  g_assert_cmpint (job.revs[0], ==, 1);
  g_assert_true (job.records[1]->deleted);
  g_assert_cmpint (job.records[1]->rev, ==, 3);
  cf_struct_unref (job.records[1]);
}

static gboolean
write_in_read_work (CfdTx *tx, gpointer data, GError **error)
{
  return cfd_tx_execute (tx, error, "DELETE FROM message", NULL);
}

static gboolean
wrong_parameters_work (CfdTx *tx, gpointer data, GError **error)
{
  g_autoptr (CfdRows) rows = cfd_tx_query (tx, error, "SELECT rev FROM counter WHERE organisation_id = $1 AND rev = $2", "t", "x");

  return rows != NULL && cfd_rows_next (rows, error);
}

static gboolean
missing_work (CfdTx *tx, gpointer data, GError **error)
{
  g_autoptr (CfRecord) none = cfd_tx_get (tx, error, &cf_site_shape, "no such id");

  g_assert_null (none);
  g_assert_cmpint (cfd_tx_last_revision (tx, "nobody", error), ==, 0);
  return error == NULL || *error == NULL;
}

static void
test_misuse (gconstpointer driver)
{
  g_autoptr (TempDb) temp = open_temp (driver);
  g_autoptr (GError) error = NULL;

  g_assert_false (cfd_db_run (temp->db, CFD_DB_READ, write_in_read_work, NULL, &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_INTERNAL);
  g_clear_error (&error);
  g_assert_false (cfd_db_run (temp->db, CFD_DB_READ, wrong_parameters_work, NULL, &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_INTERNAL);
  g_clear_error (&error);
  g_assert_true (cfd_db_run (temp->db, CFD_DB_READ, missing_work, NULL, &error));
  g_assert_no_error (error);
}

static gboolean
nested_work (CfdTx *tx, gpointer data, GError **error)
{
  Job *job = data;
  const char *sql = "SELECT rev FROM message WHERE organisation_id = $1 ORDER BY rev";
  g_autoptr (CfdRows) outer = cfd_tx_query (tx, error, sql, "t", job->organisation_id);

  while (outer != NULL && cfd_rows_next (outer, error))
    {
      g_autoptr (CfdRows) inner = cfd_tx_query (tx, error, sql, "t", job->organisation_id);

      while (inner != NULL && cfd_rows_next (inner, error))
        job->revs[0] += cfd_rows_integer (outer, 0) * cfd_rows_integer (inner, 0);
    }
  return TRUE;
}

/* The same statement runs inside its own loop. */
static void
test_nested_queries (gconstpointer driver)
{
  g_autoptr (TempDb) temp = open_temp (driver);
  g_autoptr (CfOrganisation) organisation = temp_db_organisation (temp);
  Job job = { .organisation_id = organisation->parent.id };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++) /* revisions 2, 3, 4 */
    {
      g_autoptr (CfMessage) message = temp_message_new (organisation->parent.id, "x");

      assert_round_trip (temp, CF_RECORD (message));
    }
  for (guint i = 0; i < 2; i++)
    {
      job.revs[0] = 0;
      cfd_db_run (temp->db, CFD_DB_READ, nested_work, &job, &error);
      g_assert_no_error (error);
      g_assert_cmpint (job.revs[0], ==, (2 + 3 + 4) * (2 + 3 + 4));
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    GTestDataFunc function;
  } tests[] = {
    { "round-trip", test_round_trip },
    { "empty-fields", test_empty_fields },
    { "one-revision-per-call", test_one_revision_per_call },
    { "one-organisation-per-call", test_one_organisation_per_call },
    { "unique", test_unique },
    { "tombstone", test_tombstone },
    { "misuse", test_misuse },
    { "nested-queries", test_nested_queries },
  };

  g_test_init (&argc, &argv, NULL);
  for (const CfdDbDriver *const *driver = test_drivers; *driver != NULL; driver++)
    for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
      {
        g_autofree char *path = g_strdup_printf ("/db/%s/records/%s", (*driver)->name, tests[i].name);

        g_test_add_data_func (path, *driver, tests[i].function);
      }
  return g_test_run ();
}

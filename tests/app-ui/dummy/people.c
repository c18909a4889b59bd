/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people.h"

#include "app/features/visitors/visitor-overlay.h"

#include "protocol/csv.h"
#include "protocol/id.h"
#include "protocol/methods/privacy-params.h"
#include "protocol/methods/results.h"
#include "protocol/methods/visitor-params.h"

#include <string.h>

#define PLAN "0190a000-0000-7000-8000-0000000000e1"
#define NUMBER "0190a000-0000-7000-8000-0000000000e2"
#define OTHER "0190a000-0000-7000-8000-0000000000f7"

struct _DummyPeople
{
  GHashTable *visitors; /* conversation id -> CfaVisitor */
  CfVisitor *other;     /* who has the same address as the first */
  CfaVisitor *merged;   /* (nullable): into whom that one was merged */
  gboolean erased;      /* somebody who is being erased is gone */
};

static CfVisitor *
make_visitor (CfaConversation *conversation)
{
  CfVisitor *record = cf_struct_new (&cf_visitor_shape);
  const char *const attributes[] = { PLAN "=gold", NUMBER "=1182", NULL };

  record->parent.id = cf_id_new ();
  record->parent.rev = 1;
  record->created_at = conversation->created_at;
  if (conversation->email == NULL)
    return record;
  record->name = g_strdup (conversation->title);
  record->email = g_strdup (conversation->email);
  record->phone = g_strdup ("+351 912 345 678");
  record->company = g_strdup ("Sousa & Filhos");
  record->note = g_strdup ("Prefers mail. Ships to two addresses.");
  record->time_zone = g_strdup ("Asia/Kathmandu");
  record->attributes = g_strdupv ((char **) attributes);
  return record;
}

static void
take (CfaVisitor *visitor, CfVisitor *record, CfVisitor *merged)
{
  g_autoptr (GPtrArray) records = cf_structs_new ();

  g_ptr_array_add (records, cf_struct_ref (record));
  if (merged != NULL)
    g_ptr_array_add (records, cf_struct_ref (merged));
  cfa_visitor_take (visitor, records);
}

DummyPeople *
dummy_people_new (void)
{
  DummyPeople *self = g_new0 (DummyPeople, 1);

  self->visitors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->other = cf_struct_new (&cf_visitor_shape);
  self->other->parent.id = g_strdup (OTHER);
  self->other->name = g_strdup ("A. Sousa");
  self->other->email = g_strdup ("ana.sousa@example.com");
  self->other->phone = g_strdup ("+351 21 000 000");
  return self;
}

void
dummy_people_free (DummyPeople *self)
{
  g_hash_table_unref (self->visitors);
  cf_struct_unref (self->other);
  g_free (self);
}

CfaVisitor *
dummy_people_open (DummyPeople *self, CfaConversation *conversation)
{
  CfaVisitor *visitor = g_hash_table_lookup (self->visitors, conversation->id);
  g_autoptr (CfVisitor) record = NULL;

  if (visitor != NULL)
    return g_object_ref (visitor);
  record = make_visitor (conversation);
  visitor = cfa_visitor_new (record->parent.id);
  take (visitor, record, NULL);
  g_hash_table_insert (self->visitors, g_strdup (conversation->id), visitor);
  return g_object_ref (visitor);
}

void
dummy_people_write (DummyPeople *self, CfaVisitor *visitor, const char *method, gconstpointer params)
{
  g_autoptr (CfVisitor) record = cf_struct_copy (cfa_visitor_get (visitor));

  cfa_visitor_overlay_change (record, params, g_str_equal (method, "visitor.untag"));
  take (visitor, record, self->merged == visitor ? self->other : NULL);
}

static CfaVisitor *
find (DummyPeople *self, const char *id)
{
  GHashTableIter iter;
  gpointer visitor;

  g_hash_table_iter_init (&iter, self->visitors);
  while (g_hash_table_iter_next (&iter, NULL, &visitor))
    if (g_strcmp0 (cfa_visitor_get_id (visitor), id) == 0)
      return visitor;
  return NULL;
}

static void
merge (DummyPeople *self, CfaVisitor *into)
{
  CfaVisitor *before = self->merged;
  g_autoptr (CfVisitor) record = cf_struct_copy (cfa_visitor_get (into != NULL ? into : before));

  self->merged = into;
  take (into != NULL ? into : before, record, into != NULL ? self->other : NULL);
}

static void
verify (DummyPeople *self, const CfVisitorVerifyParams *params)
{
  CfaVisitor *visitor = find (self, params->id);
  g_autoptr (CfVisitor) record = cf_struct_copy (cfa_visitor_get (visitor));

  record->verified_at = params->verified ? cf_now () : 0;
  take (visitor, record, self->merged == visitor ? self->other : NULL);
}

/* Who has no address is a problem. */
static void
import (const CfVisitorImportParams *params, GTask *task)
{
  CfVisitorImportResult *answer = cf_struct_new (&cf_visitor_import_result_shape);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  CfCsvReader reader;
  guint line;

  answer->problems = cf_structs_new ();
  cf_csv_reader_init (&reader, params->csv);
  cf_csv_reader_next (&reader, cells, &line, NULL);
  while (cf_csv_reader_next (&reader, cells, &line, NULL))
    {
      CfImportProblem *problem;

      answer->added += strchr (cells->pdata[0], '@') != NULL;
      if (strchr (cells->pdata[0], '@') != NULL)
        continue;
      problem = cf_struct_new (&cf_import_problem_shape);
      problem->line = line;
      problem->message = g_strdup ("expected an email address, or the id of a visitor");
      g_ptr_array_add (answer->problems, problem);
    }
  g_task_return_pointer (task, answer, cf_struct_unref);
}

/* Two pages. */
static void
export (const CfVisitorExportParams *params, GTask *task)
{
  CfVisitorExportResult *answer = cf_struct_new (&cf_visitor_export_result_shape);

  answer->csv = g_strdup (params->after == 0 ? "id,email\r\n1,ana@shop.example\r\n" : "id,email\r\n2,bo@shop.example\r\n");
  answer->more = params->after == 0;
  answer->next = 1;
  g_task_return_pointer (task, answer, cf_struct_unref);
}

/* An erasure takes until it is told to end. */
static void
call_person (DummyPeople *self, const char *method, GTask *task)
{
  CfErasureResult *erasure = cf_struct_new (&cf_erasure_result_shape);

  if (g_str_equal (method, "person.export"))
    {
      cf_struct_unref (erasure);
      g_task_return_pointer (task, cf_struct_new (&cf_person_export_result_shape), cf_struct_unref);
      return;
    }
  erasure->total = 140;
  erasure->done = self->erased ? erasure->total : 60;
  erasure->finished_at = self->erased ? cf_now () : 0;
  g_task_return_pointer (task, erasure, cf_struct_unref);
}

/* Returns: whether it was one of its methods, and is answered. */
gboolean
dummy_people_call (DummyPeople *self, const char *method, gconstpointer params, GTask *task)
{
  CfRecordsResult *answer;

  if (g_str_has_prefix (method, "person."))
    {
      call_person (self, method, task);
      return TRUE;
    }
  if (g_str_equal (method, "visitor.import") || g_str_equal (method, "visitor.export"))
    {
      if (g_str_equal (method, "visitor.import"))
        import (params, task);
      else
        export (params, task);
      return TRUE;
    }
  if (!g_str_has_prefix (method, "visitor.") && !g_str_equal (method, "conversation.list"))
    return FALSE;
  answer = cf_struct_new (&cf_records_result_shape);
  answer->records = cf_structs_new ();
  if (g_str_equal (method, "visitor.alike"))
    {
      CfaVisitor *visitor = find (self, ((const CfIdParams *) params)->id);

      if (self->merged == NULL && visitor != NULL && g_strcmp0 (cfa_visitor_get (visitor)->email, self->other->email) == 0)
        g_ptr_array_add (answer->records, cf_struct_ref (self->other));
    }
  else if (g_str_equal (method, "visitor.merge"))
    merge (self, find (self, ((const CfVisitorMergeParams *) params)->into));
  else if (g_str_equal (method, "visitor.unmerge"))
    merge (self, NULL);
  else if (g_str_equal (method, "visitor.verify"))
    verify (self, params);
  g_task_return_pointer (task, answer, cf_struct_unref);
  return TRUE;
}

void
dummy_people_erase (DummyPeople *self)
{
  self->erased = TRUE;
}

/* Chiara calls the visitor @from otherwise. */
void
dummy_people_rename (DummyPeople *self, const char *from, const char *to)
{
  GHashTableIter iter;
  gpointer visitor;

  g_hash_table_iter_init (&iter, self->visitors);
  while (g_hash_table_iter_next (&iter, NULL, &visitor))
    {
      g_autoptr (CfVisitor) record = NULL;

      if (g_strcmp0 (cfa_visitor_get (visitor)->name, from) != 0)
        continue;
      record = cf_struct_copy (cfa_visitor_get (visitor));
      g_free (record->name);
      record->name = g_strdup (to);
      record->edited_by = g_strdup ("0190a000-0000-7000-8000-000000000003");
      take (visitor, record, NULL);
    }
}

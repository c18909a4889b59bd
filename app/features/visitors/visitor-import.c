/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-import.h"

#include "protocol/csv.h"

#include <glib/gi18n.h>

enum
{
  CHANGED,
  ENDED,
  N_SIGNALS,
};

struct _CfaVisitorImport
{
  GObject parent_instance;

  CfaSession *session;
  CfaVisitorTable *table;
  char *site_id;
  GCancellable *cancellable;
  guint next; /* the part that comes next */
  guint done; /* lines */
  CfVisitorImportResult *result; /* of all parts, with the numbers of the file */
};

static guint signals[N_SIGNALS];

static void ask (CfaVisitorImport *self);

G_DEFINE_FINAL_TYPE (CfaVisitorImport, cfa_visitor_import, G_TYPE_OBJECT)

static void
add_problem (CfaVisitorImport *self, gint64 line, const char *message)
{
  CfImportProblem *problem = cf_struct_new (&cf_import_problem_shape);

  problem->line = line;
  problem->message = g_strdup (message);
  g_ptr_array_add (self->result->problems, problem);
}

static void
add (CfaVisitorImport *self, const CfaVisitorPart *part, const CfVisitorImportResult *answer)
{
  self->done += part->lines;
  self->result->added += answer->added;
  self->result->changed += answer->changed;
  self->result->same += answer->same;
  for (guint i = 0; answer->problems != NULL && i < answer->problems->len; i++)
    {
      const CfImportProblem *problem = answer->problems->pdata[i];

      add_problem (self, problem->line + part->skip, problem->message);
    }
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaVisitorImport) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfVisitorImportResult) answer = cfa_session_call_finish (CFA_SESSION (source), result, &error);

  if (answer == NULL)
    {
      g_signal_emit (self, signals[ENDED], 0, error);
      return;
    }
  add (self, self->table->parts->pdata[self->next++], answer);
  g_signal_emit (self, signals[CHANGED], 0);
  ask (self);
}

static void
ask (CfaVisitorImport *self)
{
  g_autoptr (CfVisitorImportParams) params = cf_struct_new (&cf_visitor_import_params_shape);
  g_autoptr (GError) stopped = NULL;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, &stopped) || self->next == self->table->parts->len)
    {
      g_signal_emit (self, signals[ENDED], 0, stopped);
      return;
    }
  params->site_id = g_strdup (self->site_id);
  params->csv = g_strdup (((CfaVisitorPart *) self->table->parts->pdata[self->next])->text);
  cfa_session_call_async (self->session, "visitor.import", params, &cf_visitor_import_result_shape, NULL, on_answered, g_object_ref (self));
}

static void
cfa_visitor_import_finalize (GObject *object)
{
  CfaVisitorImport *self = CFA_VISITOR_IMPORT (object);

  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  cfa_visitor_table_free (self->table);
  cf_struct_unref (self->result);
  g_free (self->site_id);
  G_OBJECT_CLASS (cfa_visitor_import_parent_class)->finalize (object);
}

static void
cfa_visitor_import_class_init (CfaVisitorImportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_visitor_import_finalize;
  signals[CHANGED] = g_signal_new ("changed", CFA_TYPE_VISITOR_IMPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENDED] = g_signal_new ("ended", CFA_TYPE_VISITOR_IMPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
cfa_visitor_import_init (CfaVisitorImport *self)
{
  self->cancellable = g_cancellable_new ();
  self->result = cf_struct_new (&cf_visitor_import_result_shape);
  self->result->problems = cf_structs_new ();
}

/**
 * cfa_visitor_import_new:
 * @table: (transfer full)
 * @site_id: to which those belong who are new
 */
CfaVisitorImport *
cfa_visitor_import_new (CfaSession *session, CfaVisitorTable *table, const char *site_id)
{
  CfaVisitorImport *self = g_object_new (CFA_TYPE_VISITOR_IMPORT, NULL);

  self->session = g_object_ref (session);
  self->table = table;
  self->site_id = g_strdup (site_id);
  for (guint i = 0; i < table->too_long->len; i++)
    add_problem (self, g_array_index (table->too_long, gint64, i), _("The line is longer than can be imported."));
  self->done = table->too_long->len;
  return self;
}

void
cfa_visitor_import_begin (CfaVisitorImport *self)
{
  ask (self);
}

/**
 * cfa_visitor_import_stop:
 * The part that is on its way is still taken, and counted.
 */
void
cfa_visitor_import_stop (CfaVisitorImport *self)
{
  g_cancellable_cancel (self->cancellable);
}

/* Returns: so many lines have been taken or left out */
guint
cfa_visitor_import_get_done (CfaVisitorImport *self)
{
  return self->done;
}

const CfVisitorImportResult *
cfa_visitor_import_get_result (CfaVisitorImport *self)
{
  return self->result;
}

/**
 * cfa_visitor_import_dup_list:
 * Returns: (transfer full): the lines that were left out, and why, as CSV
 */
char *
cfa_visitor_import_dup_list (CfaVisitorImport *self)
{
  GString *out = g_string_new ("line,problem\r\n");

  for (guint i = 0; i < self->result->problems->len; i++)
    {
      const CfImportProblem *problem = self->result->problems->pdata[i];

      g_string_append_printf (out, "%" G_GINT64_FORMAT ",", problem->line);
      cf_csv_add_cell (out, problem->message, '\r');
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

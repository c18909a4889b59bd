/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor.h"

#include "visitor-overlay.h"

struct _CfaVisitor
{
  GObject parent_instance;

  char *asked;
  CfVisitor *record; /* (nullable): as the server has it */
  CfVisitor *shown;  /* (nullable): with the writes */
  GPtrArray *merged; /* of CfVisitor */
  GPtrArray *writes; /* of CfaOutboxRow */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (CfaVisitor, cfa_visitor, G_TYPE_OBJECT)

static void
show (CfaVisitor *self)
{
  CfVisitor *shown = self->record != NULL ? cf_struct_copy (self->record) : NULL;
  gboolean same;

  for (guint i = 0; shown != NULL && i < self->writes->len; i++)
    cfa_visitor_overlay_add (shown, self->writes->pdata[i]);
  same = shown != NULL && self->shown != NULL && cf_struct_equal (shown, self->shown);
  g_clear_pointer (&self->shown, cf_struct_unref);
  self->shown = shown;
  if (!same)
    g_signal_emit (self, changed_signal, 0);
}

static void
cfa_visitor_finalize (GObject *object)
{
  CfaVisitor *self = CFA_VISITOR (object);

  g_free (self->asked);
  g_clear_pointer (&self->record, cf_struct_unref);
  g_clear_pointer (&self->shown, cf_struct_unref);
  g_ptr_array_unref (self->merged);
  g_ptr_array_unref (self->writes);
  G_OBJECT_CLASS (cfa_visitor_parent_class)->finalize (object);
}

static void
cfa_visitor_class_init (CfaVisitorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_visitor_finalize;
  changed_signal = g_signal_new ("changed", CFA_TYPE_VISITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfa_visitor_init (CfaVisitor *self)
{
  self->merged = cf_structs_new ();
  self->writes = g_ptr_array_new_with_free_func ((GDestroyNotify) cfa_outbox_row_unref);
}

CfaVisitor *
cfa_visitor_new (const char *id)
{
  CfaVisitor *self = g_object_new (CFA_TYPE_VISITOR, NULL);

  self->asked = g_strdup (id);
  return self;
}

const char *
cfa_visitor_get_asked (CfaVisitor *self)
{
  return self->asked;
}

const char *
cfa_visitor_get_id (CfaVisitor *self)
{
  return self->record != NULL ? self->record->parent.id : self->asked;
}

const CfVisitor *
cfa_visitor_get (CfaVisitor *self)
{
  return self->shown;
}

GPtrArray *
cfa_visitor_get_merged (CfaVisitor *self)
{
  return self->merged;
}

/**
 * cfa_visitor_concerns:
 * Returns: whether @record, which has just come, makes another of the visitor.
 */
gboolean
cfa_visitor_concerns (CfaVisitor *self, const CfVisitor *record)
{
  const char *id = cfa_visitor_get_id (self);

  if (g_strcmp0 (record->parent.id, self->asked) == 0 || g_strcmp0 (record->parent.id, id) == 0 || g_strcmp0 (record->merged_into, id) == 0)
    return TRUE;
  for (guint i = 0; i < self->merged->len; i++)
    if (g_strcmp0 (CF_RECORD (self->merged->pdata[i])->id, record->parent.id) == 0)
      return TRUE;
  return FALSE;
}

/**
 * cfa_visitor_take:
 * @records: of CfVisitor: who is shown, then those who were merged into them; empty when nothing is known
 */
void
cfa_visitor_take (CfaVisitor *self, GPtrArray *records)
{
  guint before = self->merged->len;

  g_clear_pointer (&self->record, cf_struct_unref);
  g_ptr_array_set_size (self->merged, 0);
  if (records->len > 0)
    self->record = cf_struct_ref (records->pdata[0]);
  for (guint i = 1; i < records->len; i++)
    g_ptr_array_add (self->merged, cf_struct_ref (records->pdata[i]));
  if (before != self->merged->len)
    g_clear_pointer (&self->shown, cf_struct_unref);
  show (self);
}

/**
 * cfa_visitor_set_writes:
 * @writes: of CfaOutboxRow, in order: what the server does not have yet
 */
void
cfa_visitor_set_writes (CfaVisitor *self, GPtrArray *writes)
{
  g_ptr_array_set_size (self->writes, 0);
  for (guint i = 0; i < writes->len; i++)
    g_ptr_array_add (self->writes, cfa_outbox_row_ref (writes->pdata[i]));
  show (self);
}

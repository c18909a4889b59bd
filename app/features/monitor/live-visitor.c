/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live-visitor.h"

struct _CfaLiveVisitor
{
  GObject parent_instance;

  CfMonitorVisitor *visitor;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (CfaLiveVisitor, cfa_live_visitor, G_TYPE_OBJECT)

static void
cfa_live_visitor_finalize (GObject *object)
{
  cf_struct_unref (CFA_LIVE_VISITOR (object)->visitor);
  G_OBJECT_CLASS (cfa_live_visitor_parent_class)->finalize (object);
}

static void
cfa_live_visitor_class_init (CfaLiveVisitorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_live_visitor_finalize;
  changed_signal = g_signal_new ("changed", CFA_TYPE_LIVE_VISITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfa_live_visitor_init (CfaLiveVisitor *self)
{
}

CfaLiveVisitor *
cfa_live_visitor_new (const CfMonitorVisitor *visitor)
{
  CfaLiveVisitor *self = g_object_new (CFA_TYPE_LIVE_VISITOR, NULL);

  self->visitor = cf_struct_ref ((gpointer) visitor);
  return self;
}

/**
 * cfa_live_visitor_get:
 * Returns: (transfer none): what is known of them, until it changes
 */
const CfMonitorVisitor *
cfa_live_visitor_get (CfaLiveVisitor *self)
{
  return self->visitor;
}

/**
 * cfa_live_visitor_set:
 * @visitor: the same one, of whom something has changed
 */
void
cfa_live_visitor_set (CfaLiveVisitor *self, const CfMonitorVisitor *visitor)
{
  cf_struct_unref (self->visitor);
  self->visitor = cf_struct_ref ((gpointer) visitor);
  g_signal_emit (self, changed_signal, 0);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scheduled.h"

#include <glib/gi18n-lib.h>

struct _CfaScheduled
{
  GObject parent_instance;
  CfScheduledMessage *record;
  gboolean own;
  CfaScheduledState state;
  char *error;
};

G_DEFINE_FINAL_TYPE (CfaScheduled, cfa_scheduled, G_TYPE_OBJECT)

static void
cfa_scheduled_finalize (GObject *object)
{
  CfaScheduled *self = CFA_SCHEDULED (object);

  g_clear_pointer (&self->record, cf_struct_unref);
  g_free (self->error);
  G_OBJECT_CLASS (cfa_scheduled_parent_class)->finalize (object);
}

static void
cfa_scheduled_class_init (CfaScheduledClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_scheduled_finalize;
}

static void
cfa_scheduled_init (CfaScheduled *self)
{
}

/**
 * cfa_scheduled_new:
 * @record: (transfer none): not to be changed any more
 * @own: whether the person who is signed in has written it
 * @error: (nullable): why the server has refused it
 */
CfaScheduled *
cfa_scheduled_new (CfScheduledMessage *record, gboolean own, CfaScheduledState state, const char *error)
{
  CfaScheduled *self = g_object_new (CFA_TYPE_SCHEDULED, NULL);

  self->record = cf_struct_ref (record);
  self->own = own;
  self->state = state;
  self->error = g_strdup (error);
  return self;
}

const CfScheduledMessage *
cfa_scheduled_get (CfaScheduled *self)
{
  return self->record;
}

const char *
cfa_scheduled_get_id (CfaScheduled *self)
{
  return self->record->parent.id;
}

gboolean
cfa_scheduled_get_own (CfaScheduled *self)
{
  return self->own;
}

CfaScheduledState
cfa_scheduled_get_state (CfaScheduled *self)
{
  return self->state;
}

/**
 * cfa_scheduled_dup_problem:
 * Returns: (transfer full) (nullable): why it was not sent, for the person; NULL while it waits.
 */
char *
cfa_scheduled_dup_problem (CfaScheduled *self)
{
  if (self->state == CFA_SCHEDULED_REFUSED)
    return g_strdup_printf (_("Not scheduled: %s"), self->error != NULL ? self->error : "");
  if (self->state != CFA_SCHEDULED_HELD)
    return NULL;
  switch (self->record->held)
    {
    case CF_HELD_VISITOR_WROTE:
      return g_strdup (_("Not sent: the visitor wrote first"));
    case CF_HELD_CLOSED:
      return g_strdup (_("Not sent: the conversation was closed"));
    case CF_HELD_AGENT_DISABLED:
      return g_strdup (_("Not sent: its author was switched off"));
    case CF_HELD_REFUSED:
      return g_strdup_printf (_("Not sent: %s"), self->record->detail != NULL ? self->record->detail : "");
    case CF_HELD_NO:
      break;
    }
  return NULL;
}

/**
 * cfa_scheduled_is_same:
 * Returns: whether nothing of what is shown differs.
 */
gboolean
cfa_scheduled_is_same (CfaScheduled *self, CfaScheduled *other)
{
  return self->own == other->own && self->state == other->state && g_strcmp0 (self->error, other->error) == 0
         && cf_struct_equal (self->record, other->record);
}

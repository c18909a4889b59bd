/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bulk.h"

#include "protocol/records/department.h"

/* For so long in a row it holds up the window: half a frame. */
#define SLICE_US 8000

/* What one conversation was like before, as far as the action changes it. */
typedef struct
{
  CfaConversation *conversation;
  gboolean done;
  char *assignee_id;
  char *department_id;
  char **tags;
  gint64 snoozed_until;
} Before;

struct _CfaBulk
{
  GObject parent_instance;
  CfaSession *session;
  GPtrArray *all; /* of Before */
  CfaBulkAction action;
  char *word;
  char *note;
  gint64 until;
  gboolean undoes; /* what it does is what takes the action back */
  guint next;
  guint done;
  guint source;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (CfaBulk, cfa_bulk, G_TYPE_OBJECT)

static Before *
before_new (CfaConversation *conversation)
{
  Before *before = g_new0 (Before, 1);

  before->conversation = g_object_ref (conversation);
  before->assignee_id = g_strdup (cfa_conversation_get_assignee_id (conversation));
  before->department_id = g_strdup (cfa_conversation_get_department_id (conversation));
  before->tags = g_strdupv ((char **) cfa_conversation_get_tags (conversation));
  before->snoozed_until = cfa_conversation_get_snoozed_until (conversation);
  return before;
}

static void
before_free (Before *before)
{
  g_object_unref (before->conversation);
  g_free (before->assignee_id);
  g_free (before->department_id);
  g_strfreev (before->tags);
  g_free (before);
}

static void
add_tag (CfaBulk *self, const Before *before)
{
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  for (char **tag = before->tags; tag != NULL && *tag != NULL; tag++)
    g_strv_builder_add (tags, *tag);
  g_strv_builder_add (tags, self->word);
  all = g_strv_builder_end (tags);
  cfa_session_tag (self->session, before->conversation, (const char *const *) all);
}

/* Whether the action would change that one. */
static gboolean
fits (CfaBulk *self, const Before *before)
{
  gboolean open = cfa_conversation_get_status (before->conversation) == CF_CONVERSATION_OPEN;

  switch (self->action)
    {
    case CFA_BULK_ASSIGN:
      return open && !cfa_conversation_get_mine (before->conversation);
    case CFA_BULK_TRANSFER:
      return open && g_strcmp0 (before->assignee_id, self->word) != 0;
    case CFA_BULK_TAG:
      return before->tags == NULL || !g_strv_contains ((const char *const *) before->tags, self->word);
    case CFA_BULK_SNOOZE:
    case CFA_BULK_CLOSE:
      return open;
    case CFA_BULK_REOPEN:
      return !open;
    case CFA_BULK_READ:
      return cfa_conversation_get_unread (before->conversation) > 0;
    }
  g_return_val_if_reached (FALSE);
}

static void
apply (CfaBulk *self, const Before *before)
{
  gboolean department = self->word != NULL && cfa_directory_get (cfa_session_get_directory (self->session), &cf_department_shape, self->word) != NULL;

  switch (self->action)
    {
    case CFA_BULK_ASSIGN:
      cfa_session_assign_to_me (self->session, before->conversation);
      break;
    case CFA_BULK_TRANSFER:
      cfa_session_transfer (self->session, before->conversation, department ? NULL : self->word, department ? self->word : NULL, self->note);
      break;
    case CFA_BULK_TAG:
      add_tag (self, before);
      break;
    case CFA_BULK_SNOOZE:
      cfa_session_snooze (self->session, before->conversation, self->until);
      break;
    case CFA_BULK_CLOSE:
      cfa_session_close (self->session, before->conversation);
      break;
    case CFA_BULK_REOPEN:
      cfa_session_reopen (self->session, before->conversation);
      break;
    case CFA_BULK_READ:
      cfa_session_mark_read (self->session, before->conversation);
      break;
    }
}

/* Whose it was; nobody's again, in the department where it was. */
static void
give_back (CfaBulk *self, const Before *before)
{
  if (before->assignee_id == NULL)
    cfa_session_unassign (self->session, before->conversation);
  if (before->assignee_id != NULL || g_strcmp0 (before->department_id, cfa_conversation_get_department_id (before->conversation)) != 0)
    cfa_session_transfer (self->session, before->conversation, before->assignee_id, before->department_id, NULL);
}

static void
take_back (CfaBulk *self, const Before *before)
{
  static const char *const none[] = { NULL };

  switch (self->action)
    {
    case CFA_BULK_ASSIGN:
    case CFA_BULK_TRANSFER:
      give_back (self, before);
      break;
    case CFA_BULK_TAG:
      cfa_session_tag (self->session, before->conversation, before->tags != NULL ? (const char *const *) before->tags : none);
      break;
    case CFA_BULK_SNOOZE:
      cfa_session_snooze (self->session, before->conversation, before->snoozed_until);
      break;
    case CFA_BULK_CLOSE:
      cfa_session_reopen (self->session, before->conversation);
      if (before->snoozed_until > 0)
        cfa_session_snooze (self->session, before->conversation, before->snoozed_until);
      break;
    case CFA_BULK_REOPEN:
      cfa_session_close (self->session, before->conversation);
      break;
    case CFA_BULK_READ:
      break;
    }
}

static void
step (CfaBulk *self)
{
  Before *before = self->all->pdata[self->next++];

  if (self->undoes ? !before->done : !fits (self, before))
    return;
  if (self->undoes)
    take_back (self, before);
  else
    apply (self, before);
  before->done = !self->undoes;
  self->done++;
}

static gboolean
work (gpointer data)
{
  g_autoptr (CfaBulk) self = g_object_ref (data);
  gint64 until = g_get_monotonic_time () + SLICE_US;

  while (self->next < self->all->len && g_get_monotonic_time () < until)
    step (self);
  if (self->next == self->all->len)
    self->source = 0;
  g_signal_emit (self, changed_signal, 0);
  return self->source != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
cfa_bulk_finalize (GObject *object)
{
  CfaBulk *self = CFA_BULK (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_object_unref (self->session);
  g_ptr_array_unref (self->all);
  g_free (self->word);
  g_free (self->note);
  G_OBJECT_CLASS (cfa_bulk_parent_class)->finalize (object);
}

static void
cfa_bulk_class_init (CfaBulkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_bulk_finalize;
  changed_signal = g_signal_new ("changed", CFA_TYPE_BULK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfa_bulk_init (CfaBulk *self)
{
}

/**
 * cfa_bulk_new:
 * @conversations: of CfaConversation
 * @word: (nullable): id that the action is about
 * @note: (nullable): words for whoever gets them
 * @until: ms UTC, of CFA_BULK_SNOOZE
 */
CfaBulk *
cfa_bulk_new (CfaSession *session, GPtrArray *conversations, CfaBulkAction action, const char *word, const char *note, gint64 until)
{
  CfaBulk *self = g_object_new (CFA_TYPE_BULK, NULL);

  self->session = g_object_ref (session);
  self->all = g_ptr_array_new_with_free_func ((GDestroyNotify) before_free);
  for (guint i = 0; i < conversations->len; i++)
    g_ptr_array_add (self->all, before_new (conversations->pdata[i]));
  self->action = action;
  self->word = g_strdup (word);
  self->note = g_strdup (note);
  self->until = until;
  return self;
}

/**
 * cfa_bulk_start:
 * Behind drawing and input, which go first.
 */
void
cfa_bulk_start (CfaBulk *self)
{
  self->source = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, work, self, NULL);
}

/**
 * cfa_bulk_cancel:
 * Leaves the rest as it is; what is done can be undone.
 */
void
cfa_bulk_cancel (CfaBulk *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_signal_emit (self, changed_signal, 0);
}

gboolean
cfa_bulk_is_over (CfaBulk *self)
{
  return self->source == 0;
}

/**
 * cfa_bulk_get_share:
 * Returns: how much has been looked at, 0 to 1.
 */
double
cfa_bulk_get_share (CfaBulk *self)
{
  return self->all->len > 0 ? (double) self->next / self->all->len : 1;
}

/**
 * cfa_bulk_get_done:
 * Returns: how many it has changed.
 */
guint
cfa_bulk_get_done (CfaBulk *self)
{
  return self->done;
}

/**
 * cfa_bulk_can_undo:
 * Returns: whether there is something to take back, and a way.
 */
gboolean
cfa_bulk_can_undo (CfaBulk *self)
{
  return self->done > 0 && self->action != CFA_BULK_READ && !self->undoes;
}

/**
 * cfa_bulk_undo:
 * Returns: (transfer full): what takes all of it back, when it is started.
 */
CfaBulk *
cfa_bulk_undo (CfaBulk *self)
{
  CfaBulk *back = g_object_new (CFA_TYPE_BULK, NULL);

  back->session = g_object_ref (self->session);
  back->all = g_ptr_array_ref (self->all);
  back->action = self->action;
  back->word = g_strdup (self->word);
  back->undoes = TRUE;
  return back;
}

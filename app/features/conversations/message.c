/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "message-private.h"

#include "param.h"

#include "protocol/records/team-message.h"

struct _CfaMessage
{
  GObject parent_instance;
  CfMessage *record;
  gboolean own;
  CfaMessageState state;
  char *error;
  gboolean overtaken;
  gint64 due;
  char *edit;        /* (nullable): new words that the server has not answered yet */
  gboolean removing; /* the same of its removal */
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_POSITION,
  PROP_KIND,
  PROP_EVENT,
  PROP_AUTHOR_KIND,
  PROP_AUTHOR_ID,
  PROP_AUTHOR_NAME,
  PROP_TARGET_NAME,
  PROP_TEXT,
  PROP_CREATED_AT,
  PROP_OWN,
  PROP_STATE,
  PROP_ERROR,
  PROP_EDITED,
  PROP_REMOVED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (CfaMessage, cfa_message, G_TYPE_OBJECT)

static void
cfa_message_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CfaMessage *self = CFA_MESSAGE (object);

  switch (id)
    {
    case PROP_ID:
      g_value_set_string (value, self->record->parent.id);
      break;
    case PROP_POSITION:
      g_value_set_int64 (value, self->record->position);
      break;
    case PROP_KIND:
      g_value_set_int (value, self->record->kind);
      break;
    case PROP_EVENT:
      g_value_set_int (value, self->record->event);
      break;
    case PROP_AUTHOR_KIND:
      g_value_set_int (value, self->record->author_kind);
      break;
    case PROP_AUTHOR_ID:
      g_value_set_string (value, self->record->author_id);
      break;
    case PROP_AUTHOR_NAME:
      g_value_set_string (value, self->record->author_name);
      break;
    case PROP_TARGET_NAME:
      g_value_set_string (value, self->record->target_name);
      break;
    case PROP_TEXT:
      g_value_set_string (value, cfa_message_get_text (self));
      break;
    case PROP_CREATED_AT:
      g_value_set_int64 (value, self->record->created_at);
      break;
    case PROP_OWN:
      g_value_set_boolean (value, self->own);
      break;
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    case PROP_EDITED:
      g_value_set_boolean (value, cfa_message_get_edited (self));
      break;
    case PROP_REMOVED:
      g_value_set_boolean (value, cfa_message_get_removed (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
cfa_message_finalize (GObject *object)
{
  CfaMessage *self = CFA_MESSAGE (object);

  cf_struct_unref (self->record);
  g_free (self->error);
  g_free (self->edit);
  G_OBJECT_CLASS (cfa_message_parent_class)->finalize (object);
}

static void
cfa_message_class_init (CfaMessageClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = cfa_message_get_property;
  G_OBJECT_CLASS (klass)->finalize = cfa_message_finalize;
  props[PROP_ID] = cfa_param_string ("id");
  props[PROP_POSITION] = cfa_param_int64 ("position");
  props[PROP_KIND] = cfa_param_int ("kind");
  props[PROP_EVENT] = cfa_param_int ("event");
  props[PROP_AUTHOR_KIND] = cfa_param_int ("author-kind");
  props[PROP_AUTHOR_ID] = cfa_param_string ("author-id");
  props[PROP_AUTHOR_NAME] = cfa_param_string ("author-name");
  props[PROP_TARGET_NAME] = cfa_param_string ("target-name");
  props[PROP_TEXT] = cfa_param_string ("text");
  props[PROP_CREATED_AT] = cfa_param_int64 ("created-at");
  props[PROP_OWN] = cfa_param_boolean ("own", FALSE);
  props[PROP_STATE] = cfa_param_int ("state");
  props[PROP_ERROR] = cfa_param_string ("error");
  props[PROP_EDITED] = cfa_param_boolean ("edited", FALSE);
  props[PROP_REMOVED] = cfa_param_boolean ("removed", FALSE);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
}

static void
cfa_message_init (CfaMessage *self)
{
}

/**
 * cfa_message_new:
 * @record: (transfer none): kept by reference
 * @own: whether the signed-in agent wrote it
 */
CfaMessage *
cfa_message_new (CfMessage *record, gboolean own, CfaMessageState state)
{
  CfaMessage *self = g_object_new (CFA_TYPE_MESSAGE, NULL);

  self->record = cf_struct_ref (record);
  self->own = own;
  self->state = state;
  return self;
}

/**
 * cfa_message_take_record:
 * @record: (transfer none): a newer one with the same id; the first from the server gives a sending message its place
 */
void
cfa_message_take_record (CfaMessage *self, CfMessage *record)
{
  g_autoptr (CfMessage) before = self->record;

  self->record = cf_struct_ref (record);
  g_object_freeze_notify (G_OBJECT (self));
  if (before->position != record->position)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_POSITION]);
  if (g_strcmp0 (before->author_name, record->author_name) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_AUTHOR_NAME]);
  if (g_strcmp0 (before->target_name, record->target_name) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TARGET_NAME]);
  if (g_strcmp0 (before->text, record->text) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TEXT]);
  if (before->edited_at != record->edited_at)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_EDITED]);
  if (before->removed_at != record->removed_at)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REMOVED]);
  if (before->created_at != record->created_at)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CREATED_AT]);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * cfa_message_set_changes:
 * @edit: (nullable): new words on their way to the server
 * @removing: whether its removal is
 */
void
cfa_message_set_changes (CfaMessage *self, const char *edit, gboolean removing)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (g_strcmp0 (self->edit, edit) != 0)
    {
      g_free (self->edit);
      self->edit = g_strdup (edit);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TEXT]);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_EDITED]);
    }
  if (self->removing != removing)
    {
      self->removing = removing;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REMOVED]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * cfa_message_set_due:
 * @due: until when it can be called back, ms UTC; before its state is set
 */
void
cfa_message_set_due (CfaMessage *self, gint64 due)
{
  self->due = due;
}

/**
 * cfa_message_set_overtaken:
 * @overtaken: whether it FAILED because a colleague was faster; before its state is set
 */
void
cfa_message_set_overtaken (CfaMessage *self, gboolean overtaken)
{
  self->overtaken = overtaken;
}

void
cfa_message_set_state (CfaMessage *self, CfaMessageState state, const char *error)
{
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
    }
  if (g_strcmp0 (self->error, error) != 0)
    {
      g_free (self->error);
      self->error = g_strdup (error);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
    }
}

const char *
cfa_message_get_id (CfaMessage *self)
{
  return self->record->parent.id;
}

gint64
cfa_message_get_position (CfaMessage *self)
{
  return self->record->position;
}

CfMessageKind
cfa_message_get_kind (CfaMessage *self)
{
  return self->record->kind;
}

CfMessageEvent
cfa_message_get_event (CfaMessage *self)
{
  return self->record->event;
}

CfAuthorKind
cfa_message_get_author_kind (CfaMessage *self)
{
  return self->record->author_kind;
}

const char *
cfa_message_get_author_id (CfaMessage *self)
{
  return self->record->author_id;
}

const char *
cfa_message_get_author_name (CfaMessage *self)
{
  return self->record->author_name;
}

const char *
cfa_message_get_target_name (CfaMessage *self)
{
  return self->record->target_name;
}

const char *
cfa_message_get_text (CfaMessage *self)
{
  return self->edit != NULL ? self->edit : self->record->text;
}

gint64
cfa_message_get_created_at (CfaMessage *self)
{
  return self->record->created_at;
}

gboolean
cfa_message_get_own (CfaMessage *self)
{
  return self->own;
}

gboolean
cfa_message_get_incoming (CfaMessage *self)
{
  return self->record->author_kind == CF_AUTHOR_VISITOR || (self->record->parent.parent.shape == &cf_team_message_shape && !self->own);
}

CfaMessageState
cfa_message_get_state (CfaMessage *self)
{
  return self->state;
}

/**
 * cfa_message_get_error:
 * Returns: (nullable): why the server refused it, for the person.
 */
const char *
cfa_message_get_error (CfaMessage *self)
{
  return self->error;
}

gint64
cfa_message_get_due (CfaMessage *self)
{
  return self->state == CFA_MESSAGE_SENDING ? self->due : 0;
}

gboolean
cfa_message_get_overtaken (CfaMessage *self)
{
  return self->overtaken;
}

/**
 * cfa_message_get_reply_to:
 * Returns: (nullable): id of the message that it answers.
 */
const char *
cfa_message_get_reply_to (CfaMessage *self)
{
  return self->record->reply_to;
}

/**
 * cfa_message_get_mentions:
 * Returns: (nullable): ids of the agents whom a note calls.
 */
const char *const *
cfa_message_get_mentions (CfaMessage *self)
{
  return (const char *const *) self->record->mentions;
}

/**
 * cfa_message_get_files:
 * Returns: (nullable): ids of the files that it brings.
 */
const char *const *
cfa_message_get_files (CfaMessage *self)
{
  return (const char *const *) self->record->files;
}

gboolean
cfa_message_get_edited (CfaMessage *self)
{
  return self->edit != NULL || self->record->edited_at != 0;
}

gboolean
cfa_message_get_removed (CfaMessage *self)
{
  return self->removing || self->record->removed_at != 0;
}

/**
 * cfa_message_can_change:
 * @now: ms UTC
 *
 * Returns: whether its author may still edit or remove it.
 */
gboolean
cfa_message_can_change (CfaMessage *self, gint64 now)
{
  return self->own && self->record->position > 0 && self->record->kind != CF_MESSAGE_EVENT && !cfa_message_get_removed (self)
         && now - self->record->created_at < CFA_MESSAGE_CHANGE_MS;
}

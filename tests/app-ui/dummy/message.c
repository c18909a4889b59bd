/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dummy.h"

#include "protocol/id.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (CfaMessage, cfa_message, G_TYPE_OBJECT)

static GParamSpec *state_property;

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_int (value, CFA_MESSAGE (object)->state);
}

static void
finalize (GObject *object)
{
  CfaMessage *self = CFA_MESSAGE (object);

  g_free (self->id);
  g_free (self->author_id);
  g_free (self->author_name);
  g_free (self->target_name);
  g_free (self->text);
  g_free (self->error);
  g_free (self->reply_to);
  g_strfreev (self->files);
  g_strfreev (self->mentions);
  G_OBJECT_CLASS (cfa_message_parent_class)->finalize (object);
}

static void
cfa_message_class_init (CfaMessageClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = get_property;
  G_OBJECT_CLASS (klass)->finalize = finalize;
  state_property = g_param_spec_int ("state", NULL, NULL, 0, CFA_MESSAGE_FAILED, 0, G_PARAM_READABLE);
  g_object_class_install_property (G_OBJECT_CLASS (klass), 1, state_property);
}

static void
cfa_message_init (CfaMessage *self)
{
  self->id = cf_id_new ();
}

CfaMessage *
dummy_message_new (CfMessageKind kind, CfAuthorKind author_kind, const char *author_name, const char *text, gint64 created_at)
{
  CfaMessage *self = g_object_new (CFA_TYPE_MESSAGE, NULL);

  self->kind = kind;
  self->author_kind = author_kind;
  self->author_name = g_strdup (author_name);
  self->author_id = g_strdup (g_strcmp0 (author_name, DUMMY_AGENT_NAME) == 0 ? DUMMY_AGENT_ID : g_strcmp0 (author_name, "Chiara Conti") == 0 ? DUMMY_COLLEAGUE_ID : author_name);
  self->text = g_strdup (text);
  self->created_at = created_at;
  self->state = CFA_MESSAGE_SENT;
  if (text != NULL && strstr (text, "@" DUMMY_AGENT_NAME) != NULL)
    self->mentions = g_strdupv ((char *[]) { (char *) DUMMY_AGENT_ID, NULL });
  return self;
}

void
dummy_message_set_state (CfaMessage *self, CfaMessageState state, const char *error)
{
  self->state = state;
  g_free (self->error);
  self->error = g_strdup (error);
  g_object_notify_by_pspec (G_OBJECT (self), state_property);
}

const char *cfa_message_get_id (CfaMessage *self) { return self->id; }
gint64 cfa_message_get_position (CfaMessage *self) { return self->state == CFA_MESSAGE_SENDING ? 0 : 1; }
CfMessageKind cfa_message_get_kind (CfaMessage *self) { return self->kind; }
CfMessageEvent cfa_message_get_event (CfaMessage *self) { return self->event; }
CfAuthorKind cfa_message_get_author_kind (CfaMessage *self) { return self->author_kind; }
const char *cfa_message_get_author_id (CfaMessage *self) { return self->author_id; }
const char *cfa_message_get_author_name (CfaMessage *self) { return self->author_name; }
const char *cfa_message_get_target_name (CfaMessage *self) { return self->target_name; }
const char *cfa_message_get_text (CfaMessage *self) { return self->text; }
gint64 cfa_message_get_created_at (CfaMessage *self) { return self->created_at; }
gboolean cfa_message_get_own (CfaMessage *self) { return g_strcmp0 (self->author_id, DUMMY_AGENT_ID) == 0; }
gboolean cfa_message_get_incoming (CfaMessage *self) { return self->author_kind == CF_AUTHOR_VISITOR || (self->among && !cfa_message_get_own (self)); }
CfaMessageState cfa_message_get_state (CfaMessage *self) { return self->state; }
const char *cfa_message_get_error (CfaMessage *self) { return self->error; }
gint64 cfa_message_get_due (CfaMessage *self) { return self->state == CFA_MESSAGE_SENDING ? self->due : 0; }
gboolean cfa_message_get_overtaken (CfaMessage *self) { return self->overtaken; }
const char *cfa_message_get_reply_to (CfaMessage *self) { return self->reply_to; }
const char *const *cfa_message_get_mentions (CfaMessage *self) { return (const char *const *) self->mentions; }
const char *const *cfa_message_get_files (CfaMessage *self) { return (const char *const *) self->files; }
gboolean cfa_message_get_edited (CfaMessage *self) { return self->edited; }
gboolean cfa_message_get_removed (CfaMessage *self) { return self->removed; }

gboolean
cfa_message_can_change (CfaMessage *self, gint64 now)
{
  return cfa_message_get_own (self) && self->kind != CF_MESSAGE_EVENT && !self->removed && now - self->created_at < CFA_MESSAGE_CHANGE_MS;
}

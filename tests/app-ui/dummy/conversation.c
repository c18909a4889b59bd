/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dummy.h"

#include "protocol/id.h"

G_DEFINE_FINAL_TYPE (CfaConversation, cfa_conversation, G_TYPE_OBJECT)

static GParamSpec *unread_property, *loading_property;

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (pspec == loading_property)
    g_value_set_boolean (value, CFA_CONVERSATION (object)->loading);
  else
    g_value_set_uint (value, CFA_CONVERSATION (object)->unread);
}

static void
finalize (GObject *object)
{
  CfaConversation *self = CFA_CONVERSATION (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->email);
  g_free (self->site_name);
  g_free (self->preview);
  g_free (self->assignee_id);
  g_free (self->assignee_name);
  g_free (self->peek);
  g_free (self->typing_name);
  g_strfreev (self->viewers);
  g_strfreev (self->tags);
  g_free (self->department_id);
  g_free (self->site_id);
  g_free (self->pinned_id);
  g_free (self->draft);
  g_free (self->note_draft);
  g_free (self->rating_comment);
  g_clear_pointer (&self->answers, cf_struct_unref);
  g_clear_pointer (&self->survey, cf_struct_unref);
  g_clear_object (&self->scheduled);
  g_ptr_array_unref (self->messages);
  g_weak_ref_clear (&self->list);
  G_OBJECT_CLASS (cfa_conversation_parent_class)->finalize (object);
}

static void
cfa_conversation_class_init (CfaConversationClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = get_property;
  G_OBJECT_CLASS (klass)->finalize = finalize;
  unread_property = g_param_spec_uint ("unread", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE);
  loading_property = g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE);
  g_object_class_install_property (G_OBJECT_CLASS (klass), 1, unread_property);
  g_object_class_install_property (G_OBJECT_CLASS (klass), 2, loading_property);
}

static void
cfa_conversation_init (CfaConversation *self)
{
  self->id = cf_id_new ();
  self->messages = g_ptr_array_new_with_free_func (g_object_unref);
  g_weak_ref_init (&self->list, NULL);
}

CfaConversation *
dummy_conversation_new (const char *title, const char *site_name, gint64 created_at)
{
  CfaConversation *self = g_object_new (CFA_TYPE_CONVERSATION, NULL);

  self->title = g_strdup (title);
  self->site_name = g_strdup (site_name);
  self->created_at = self->last_message_at = created_at;
  return self;
}

void
dummy_conversation_add (CfaConversation *self, CfaMessage *message)
{
  g_autoptr (CfaMessageList) list = g_weak_ref_get (&self->list);

  g_ptr_array_add (self->messages, message);
  if (message->kind == CF_MESSAGE_TEXT)
    {
      self->last_message_at = message->created_at;
      g_free (self->preview);
      self->preview = g_strdup (message->text);
      g_strdelimit (self->preview, "\n", ' ');
      if (message->author_kind == CF_AUTHOR_AGENT)
        self->waiting_since = 0;
      else if (self->waiting_since == 0)
        self->waiting_since = message->created_at;
    }
  if (list != NULL)
    dummy_message_list_appended (list);
}

void
dummy_conversation_drop (CfaConversation *self, CfaMessage *message)
{
  g_autoptr (CfaMessageList) list = g_weak_ref_get (&self->list);
  guint index;

  if (!g_ptr_array_find (self->messages, message, &index))
    return;
  g_object_ref (message);
  g_ptr_array_remove_index (self->messages, index);
  if (list != NULL)
    dummy_message_list_dropped (list, index);
  g_object_unref (message);
}

void
dummy_conversation_changed (CfaConversation *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), unread_property);
}

void
dummy_conversation_arrive (CfaConversation *self)
{
  if (!self->loading)
    return;
  self->loading = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), loading_property);
}

gboolean cfa_conversation_get_loading (CfaConversation *self) { return self->loading; }
const char *cfa_conversation_get_id (CfaConversation *self) { return self->id; }
const char *cfa_conversation_get_title (CfaConversation *self) { return self->title; }
const char *cfa_conversation_get_email (CfaConversation *self) { return self->email; }
const char *cfa_conversation_get_visitor_name (CfaConversation *self) { return g_str_equal (self->title, "Visitor") ? NULL : self->title; }
const char *cfa_conversation_get_site_name (CfaConversation *self) { return self->site_name; }
const char *cfa_conversation_get_preview (CfaConversation *self) { return self->preview; }
CfConversationStatus cfa_conversation_get_status (CfaConversation *self) { return self->status; }
const char *cfa_conversation_get_assignee_id (CfaConversation *self) { return self->assignee_id; }
const char *cfa_conversation_get_assignee_name (CfaConversation *self) { return self->assignee_name; }
gboolean cfa_conversation_get_mine (CfaConversation *self) { return g_strcmp0 (self->assignee_id, DUMMY_AGENT_ID) == 0; }
guint cfa_conversation_get_unread (CfaConversation *self) { return self->unread; }
gint64 cfa_conversation_get_last_message_at (CfaConversation *self) { return self->last_message_at; }
gint64 cfa_conversation_get_waiting_since (CfaConversation *self) { return self->waiting_since; }
gint64 cfa_conversation_get_created_at (CfaConversation *self) { return self->created_at; }
gboolean cfa_conversation_get_online (CfaConversation *self) { return self->online; }
const char *cfa_conversation_get_peek (CfaConversation *self) { return self->peek; }
const char *cfa_conversation_get_typing_name (CfaConversation *self) { return self->typing_name; }
const char *cfa_conversation_get_draft (CfaConversation *self, gboolean note) { return note ? self->note_draft : self->draft; }
const char *cfa_conversation_get_department_id (CfaConversation *self) { return self->department_id; }
const char *const *cfa_conversation_get_tags (CfaConversation *self) { return (const char *const *) self->tags; }
gint64 cfa_conversation_get_snoozed_until (CfaConversation *self) { return self->snoozed_until; }
gint64 cfa_conversation_get_escalated_at (CfaConversation *self) { return self->escalated_at; }
const char *cfa_conversation_get_pinned_id (CfaConversation *self) { return self->pinned_id; }
const char *const *cfa_conversation_get_viewers (CfaConversation *self) { return (const char *const *) self->viewers; }

/* All of them are the colleague. */
const char *const *
cfa_conversation_get_viewer_ids (CfaConversation *self)
{
  static const char *const ids[] = { DUMMY_COLLEAGUE_ID, DUMMY_COLLEAGUE_ID, DUMMY_COLLEAGUE_ID, DUMMY_COLLEAGUE_ID, NULL };

  return self->viewers != NULL ? ids : NULL;
}
CfMood cfa_conversation_get_mood (CfaConversation *self) { return self->mood; }
int cfa_conversation_get_rating (CfaConversation *self) { return self->rating; }
const char *cfa_conversation_get_rating_comment (CfaConversation *self) { return self->rating_comment; }
const CfSurveyAnswer *cfa_conversation_get_survey (CfaConversation *self) { return self->survey; }
gboolean cfa_conversation_get_away (CfaConversation *self) { return self->away; }
const CfFormAnswers *cfa_conversation_get_answers (CfaConversation *self) { return self->answers; }

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation.h"

#include "backend/mood/mood.h"

#define PREVIEW_LENGTH 140

static void
replace (char **place, const char *text)
{
  char *copy = g_strdup (text);

  g_free (*place);
  *place = copy;
}

/**
 * cfd_conversation_preview:
 * Returns: (transfer full): the first words of @text on one line, at most 140 characters.
 */
char *
cfd_conversation_preview (const char *text)
{
  GString *out = g_string_sized_new (PREVIEW_LENGTH + 8);
  gboolean space = FALSE;
  guint length = 0;

  for (const char *p = text, *next; *p != '\0'; p = next)
    {
      next = g_utf8_next_char (p);
      if ((guchar) *p < 0x80 ? g_ascii_isspace (*p) : g_unichar_isspace (g_utf8_get_char (p)))
        {
          space = out->len > 0;
          continue;
        }
      if (length + (space ? 2 : 1) > PREVIEW_LENGTH - 1)
        {
          g_string_append (out, "…");
          break;
        }
      if (space)
        g_string_append_c (out, ' ');
      g_string_append_len (out, p, next - p);
      length += space ? 2 : 1;
      space = FALSE;
    }
  return g_string_free (out, FALSE);
}

/**
 * cfd_conversation_new_message:
 * @id: made by the author
 * @author: (nullable): NULL when nobody did it
 * @position: the revision that stores it
 *
 * Returns: (transfer full): a message of @kind without its text. Notes are for the staff alone.
 */
CfMessage *
cfd_conversation_new_message (const CfConversation *self, const char *id, CfMessageKind kind, const CfdCaller *author,
                              gint64 position, gint64 now)
{
  CfMessage *message = cf_struct_new (&cf_message_shape);

  message->parent.id = g_strdup (id);
  message->parent.organisation_id = g_strdup (self->parent.organisation_id);
  message->conversation_id = g_strdup (self->parent.id);
  message->visitor_id = g_strdup (self->visitor_id);
  message->position = position;
  message->kind = kind;
  message->staff_only = kind == CF_MESSAGE_NOTE;
  message->created_at = now;
  message->author_kind = CF_AUTHOR_SYSTEM;
  if (author == NULL)
    return message;
  message->author_kind = cfd_caller_is_staff (author) ? CF_AUTHOR_AGENT : CF_AUTHOR_VISITOR;
  message->author_id = g_strdup (author->id);
  message->author_name = g_strdup (author->name);
  return message;
}

/**
 * cfd_conversation_new_event:
 * Returns: (transfer full): a line that tells of @event.
 */
CfMessage *
cfd_conversation_new_event (const CfConversation *self, const char *id, CfMessageEvent event, const CfdCaller *author,
                            gint64 position, gint64 now)
{
  CfMessage *message = cfd_conversation_new_message (self, id, CF_MESSAGE_EVENT, author, position, now);

  message->event = event;
  message->staff_only = cf_message_event_is_staff_only (event);
  return message;
}

/**
 * cfd_conversation_take_text:
 * @message: a public text that has just been written in it
 *
 * Keeps what lists show, since when the visitor has been waiting for an answer, and what they sound like.
 */
void
cfd_conversation_take_text (CfConversation *self, const CfMessage *message)
{
  g_free (self->preview);
  self->preview = cfd_conversation_preview (message->text);
  self->last_message_at = message->created_at;
  self->last_position = message->position;
  self->last_author = message->author_kind;
  if (message->author_kind == CF_AUTHOR_VISITOR)
    cfd_mood_hear (&self->mood_score, &self->mood, message->text);
  if (message->author_kind == CF_AUTHOR_AGENT)
    self->waiting_since = 0;
  else if (self->waiting_since == 0)
    self->waiting_since = message->created_at;
}

/**
 * cfd_conversation_retell:
 * @message: of it; its words have changed, or are gone
 *
 * Returns: whether this changes what lists show.
 */
gboolean
cfd_conversation_retell (CfConversation *self, const CfMessage *message)
{
  if (message->kind != CF_MESSAGE_TEXT || message->position != self->last_position)
    return FALSE;
  g_free (self->preview);
  self->preview = message->text != NULL ? cfd_conversation_preview (message->text) : NULL;
  return TRUE;
}

/**
 * cfd_conversation_hear_anew:
 * @texts: of CfMessage, newest first: what its visitor has said
 *
 * Returns: whether that has changed anything.
 */
gboolean
cfd_conversation_hear_anew (CfConversation *self, const GPtrArray *texts)
{
  CfMood mood = self->mood;
  gint64 score = self->mood_score;

  self->mood = CF_MOOD_NONE;
  self->mood_score = 0;
  for (guint i = texts->len; i > 0; i--)
    cfd_mood_hear (&self->mood_score, &self->mood, ((const CfMessage *) texts->pdata[i - 1])->text);
  return self->mood != mood || self->mood_score != score;
}

/**
 * cfd_conversation_assign:
 * @agent_id: (nullable): NULL gives it back
 */
void
cfd_conversation_assign (CfConversation *self, const char *agent_id, const char *agent_name)
{
  replace (&self->assignee_id, agent_id);
  replace (&self->assignee_name, agent_name);
}

/**
 * cfd_conversation_enter:
 * It belongs to a department now, and to nobody in it yet.
 */
void
cfd_conversation_enter (CfConversation *self, const char *department_id)
{
  replace (&self->department_id, department_id);
  cfd_conversation_assign (self, NULL, NULL);
}

/**
 * cfd_conversation_tag:
 * @tags: all that it has from now on; what is there twice counts once
 *
 * Returns: whether this is another list than before.
 */
gboolean
cfd_conversation_tag (CfConversation *self, const char *const *tags)
{
  static const char *const none[] = { NULL };
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  for (; *tags != NULL; tags++)
    if (!g_ptr_array_find_with_equal_func (list, *tags, g_str_equal, NULL))
      g_ptr_array_add (list, (gpointer) *tags);
  g_ptr_array_add (list, NULL);
  if (g_strv_equal ((const char *const *) list->pdata, self->tags != NULL ? (const char *const *) self->tags : none))
    return FALSE;
  g_strfreev (self->tags);
  self->tags = list->len > 1 ? g_strdupv ((char **) list->pdata) : NULL;
  return TRUE;
}

/**
 * cfd_conversation_pin:
 * @message_id: (nullable): NULL for none
 */
void
cfd_conversation_pin (CfConversation *self, const char *message_id)
{
  replace (&self->pinned_id, message_id);
}

/**
 * cfd_conversation_rate:
 * @survey: (nullable): what the rating follows from, when it was not asked for in stars
 * @comment: (nullable): takes the place of an earlier one
 */
void
cfd_conversation_rate (CfConversation *self, gint64 rating, const CfSurveyAnswer *survey, const char *comment, gint64 now)
{
  g_clear_pointer (&self->survey, cf_struct_unref);
  self->survey = survey != NULL ? cf_struct_ref ((gpointer) survey) : NULL;
  self->rating = rating;
  self->rated_at = now;
  replace (&self->rating_comment, comment);
  replace (&self->rated_agent_id, self->assignee_id);
}

/* What is closed waits for nothing. */
void
cfd_conversation_close (CfConversation *self, gint64 now)
{
  self->status = CF_CONVERSATION_CLOSED;
  self->closed_at = now;
  self->waiting_since = 0;
  self->escalated_at = 0;
  self->snoozed_until = 0;
}

void
cfd_conversation_reopen (CfConversation *self)
{
  self->status = CF_CONVERSATION_OPEN;
  self->closed_at = 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation-private.h"

#include "param.h"

#include "app/cache/overlay.h"
#include "app/connection/pace.h"
#include "app/features/session/write.h"

#include "protocol/methods/conversation-params.h"

#include <glib/gi18n-lib.h>

/* docs/protocol.md, "Signals": a receiver forgets it after 6 s. */
#define TYPING_MS 6000
#define PREVIEW_MAX 200

/* What is shown: the server's record, and over it what the agent has done and the server not yet answered. */
typedef struct
{
  char *preview;
  char *assignee_name;
  CfaOverlay state;
} View;

struct _CfaConversation
{
  GObject parent_instance;
  char *agent_id;
  char *agent_name;
  CfaDirectory *directory;
  CfaConversationRow *row; /* an empty one while loading */
  gboolean loading;
  View view;
  gboolean online;
  char *peek;
  char *typing_name;
  char **viewers;
  char **viewer_ids; /* of the same */
  char *draft;
  char *note_draft;
  guint peek_timer;
  guint typing_timer;
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_LOADING,
  PROP_TITLE,
  PROP_EMAIL,
  PROP_SITE_NAME,
  PROP_PREVIEW,
  PROP_STATUS,
  PROP_ASSIGNEE_ID,
  PROP_ASSIGNEE_NAME,
  PROP_MINE,
  PROP_UNREAD,
  PROP_LAST_MESSAGE_AT,
  PROP_WAITING_SINCE,
  PROP_CREATED_AT,
  PROP_ONLINE,
  PROP_PEEK,
  PROP_TYPING_NAME,
  PROP_DRAFT,
  PROP_NOTE_DRAFT,
  PROP_DEPARTMENT_ID,
  PROP_TAGS,
  PROP_ESCALATED_AT,
  PROP_SNOOZED_UNTIL,
  PROP_PINNED_ID,
  PROP_VIEWERS,
  PROP_MOOD,
  PROP_RATING,
  PROP_RATING_COMMENT,
  PROP_ANSWERS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (CfaConversation, cfa_conversation, G_TYPE_OBJECT)

static void
view_clear (View *view)
{
  g_free (view->preview);
  g_free (view->assignee_name);
  cfa_overlay_clear (&view->state);
}

/* One line, as the server makes it. */
static char *
preview_of (const char *text)
{
  char *line = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), PREVIEW_MAX));

  return g_strdelimit (line, "\r\n\t", ' ');
}

/* The name of one whom a write of this agent's has put in charge: of others the directory knows it. */
static char *
assignee_name (CfaConversation *self, const CfaOverlay *state)
{
  if (state->assignee_id == NULL)
    return NULL;
  if (state->mine)
    return g_strdup (self->agent_name);
  return g_strdup (self->directory != NULL ? cfa_directory_get_name (self->directory, state->assignee_id) : NULL);
}

static void
view_init (View *view, CfaConversation *self, GPtrArray *writes)
{
  const CfConversation *record = self->row->record;
  g_autoptr (CfMessageSendParams) params = NULL;

  cfa_overlay_init (&view->state, record, self->agent_id);
  for (guint i = 0; writes != NULL && i < writes->len; i++)
    cfa_overlay_add (&view->state, writes->pdata[i]);
  view->assignee_name = view->state.reassigned ? assignee_name (self, &view->state) : g_strdup (record->assignee_name);
  if (view->state.answer != NULL)
    params = cfa_write_params (view->state.answer, NULL);
  view->state.answer = NULL; /* it may go */
  view->preview = params != NULL ? preview_of (params->text) : g_strdup (record->preview);
}

static void
changed (CfaConversation *self, guint prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
changed_text (CfaConversation *self, guint prop, const char *before, const char *after)
{
  if (g_strcmp0 (before, after) != 0)
    changed (self, prop);
}

static const char *
row_title (const CfaConversationRow *row)
{
  if (row->visitor_name != NULL && row->visitor_name[0] != '\0')
    return row->visitor_name;
  if (row->visitor_email != NULL && row->visitor_email[0] != '\0')
    return row->visitor_email;
  return _("Visitor");
}

static gboolean
same_words (char **a, char **b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_strv_equal ((const char *const *) a, (const char *const *) b);
}

static void
notify_view (CfaConversation *self, const View *view_before)
{
  const CfaOverlay *before = &view_before->state, *after = &self->view.state;

  changed_text (self, PROP_PREVIEW, view_before->preview, self->view.preview);
  changed_text (self, PROP_ASSIGNEE_NAME, view_before->assignee_name, self->view.assignee_name);
  changed_text (self, PROP_DEPARTMENT_ID, before->department_id, after->department_id);
  changed_text (self, PROP_PINNED_ID, before->pinned_id, after->pinned_id);
  if (before->status != after->status)
    changed (self, PROP_STATUS);
  if (g_strcmp0 (before->assignee_id, after->assignee_id) != 0)
    {
      changed (self, PROP_ASSIGNEE_ID);
      changed (self, PROP_MINE);
    }
  if (before->last_message_at != after->last_message_at)
    changed (self, PROP_LAST_MESSAGE_AT);
  if (before->waiting_since != after->waiting_since)
    changed (self, PROP_WAITING_SINCE);
  if (before->escalated_at != after->escalated_at)
    changed (self, PROP_ESCALATED_AT);
  if (before->snoozed_until != after->snoozed_until)
    changed (self, PROP_SNOOZED_UNTIL);
  if (!same_words (before->tags, after->tags))
    changed (self, PROP_TAGS);
}

static void
notify_row (CfaConversation *self, const CfaConversationRow *before)
{
  const CfaConversationRow *after = self->row;

  changed_text (self, PROP_TITLE, row_title (before), row_title (after));
  changed_text (self, PROP_EMAIL, before->visitor_email, after->visitor_email);
  changed_text (self, PROP_SITE_NAME, before->site_name, after->site_name);
  if (before->unread != after->unread)
    changed (self, PROP_UNREAD);
  if (before->record->created_at != after->record->created_at)
    changed (self, PROP_CREATED_AT);
  if (before->record->mood != after->record->mood)
    changed (self, PROP_MOOD);
  if (!cf_struct_equal (before->record->answers, after->record->answers))
    changed (self, PROP_ANSWERS);
  changed_text (self, PROP_RATING_COMMENT, before->record->rating_comment, after->record->rating_comment);
  if (before->record->rating != after->record->rating || !cf_struct_equal (before->record->survey, after->record->survey))
    changed (self, PROP_RATING);
}

static gboolean
on_peek_over (gpointer data)
{
  CfaConversation *self = data;

  self->peek_timer = 0;
  cfa_conversation_set_peek (self, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
on_typing_over (gpointer data)
{
  CfaConversation *self = data;

  self->typing_timer = 0;
  cfa_conversation_set_typing_name (self, NULL);
  return G_SOURCE_REMOVE;
}

static void
cfa_conversation_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CfaConversation *self = CFA_CONVERSATION (object);

  switch (id)
    {
    case PROP_ID:
      g_value_set_string (value, cfa_conversation_get_id (self));
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_TITLE:
      g_value_set_string (value, cfa_conversation_get_title (self));
      break;
    case PROP_EMAIL:
      g_value_set_string (value, cfa_conversation_get_email (self));
      break;
    case PROP_SITE_NAME:
      g_value_set_string (value, cfa_conversation_get_site_name (self));
      break;
    case PROP_PREVIEW:
      g_value_set_string (value, self->view.preview);
      break;
    case PROP_STATUS:
      g_value_set_int (value, self->view.state.status);
      break;
    case PROP_ASSIGNEE_ID:
      g_value_set_string (value, self->view.state.assignee_id);
      break;
    case PROP_ASSIGNEE_NAME:
      g_value_set_string (value, self->view.assignee_name);
      break;
    case PROP_MINE:
      g_value_set_boolean (value, cfa_conversation_get_mine (self));
      break;
    case PROP_UNREAD:
      g_value_set_uint (value, self->row->unread);
      break;
    case PROP_LAST_MESSAGE_AT:
      g_value_set_int64 (value, self->view.state.last_message_at);
      break;
    case PROP_WAITING_SINCE:
      g_value_set_int64 (value, self->view.state.waiting_since);
      break;
    case PROP_CREATED_AT:
      g_value_set_int64 (value, self->row->record->created_at);
      break;
    case PROP_ONLINE:
      g_value_set_boolean (value, self->online);
      break;
    case PROP_PEEK:
      g_value_set_string (value, self->peek);
      break;
    case PROP_TYPING_NAME:
      g_value_set_string (value, self->typing_name);
      break;
    case PROP_DRAFT:
      g_value_set_string (value, self->draft);
      break;
    case PROP_NOTE_DRAFT:
      g_value_set_string (value, self->note_draft);
      break;
    case PROP_DEPARTMENT_ID:
      g_value_set_string (value, self->view.state.department_id);
      break;
    case PROP_TAGS:
      g_value_set_boxed (value, self->view.state.tags);
      break;
    case PROP_ESCALATED_AT:
      g_value_set_int64 (value, self->view.state.escalated_at);
      break;
    case PROP_SNOOZED_UNTIL:
      g_value_set_int64 (value, self->view.state.snoozed_until);
      break;
    case PROP_PINNED_ID:
      g_value_set_string (value, self->view.state.pinned_id);
      break;
    case PROP_VIEWERS:
      g_value_set_boxed (value, self->viewers);
      break;
    case PROP_MOOD:
      g_value_set_int (value, cfa_conversation_get_mood (self));
      break;
    case PROP_RATING:
      g_value_set_int (value, cfa_conversation_get_rating (self));
      break;
    case PROP_ANSWERS:
      g_value_set_pointer (value, self->row->record->answers);
      break;
    case PROP_RATING_COMMENT:
      g_value_set_string (value, cfa_conversation_get_rating_comment (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
cfa_conversation_finalize (GObject *object)
{
  CfaConversation *self = CFA_CONVERSATION (object);

  g_clear_handle_id (&self->peek_timer, g_source_remove);
  g_clear_handle_id (&self->typing_timer, g_source_remove);
  view_clear (&self->view);
  cfa_conversation_row_free (self->row);
  g_free (self->agent_id);
  g_free (self->agent_name);
  g_free (self->peek);
  g_free (self->typing_name);
  g_strfreev (self->viewers);
  g_strfreev (self->viewer_ids);
  g_free (self->draft);
  g_free (self->note_draft);
  g_clear_object (&self->directory);
  G_OBJECT_CLASS (cfa_conversation_parent_class)->finalize (object);
}

static void
cfa_conversation_class_init (CfaConversationClass *klass)
{
  static const struct { guint id; const char *name; } texts[] = {
    { PROP_ID, "id" }, { PROP_TITLE, "title" }, { PROP_EMAIL, "email" }, { PROP_SITE_NAME, "site-name" },
    { PROP_PREVIEW, "preview" }, { PROP_ASSIGNEE_ID, "assignee-id" }, { PROP_ASSIGNEE_NAME, "assignee-name" },
    { PROP_PEEK, "peek" }, { PROP_TYPING_NAME, "typing-name" }, { PROP_DRAFT, "draft" }, { PROP_NOTE_DRAFT, "note-draft" },
    { PROP_DEPARTMENT_ID, "department-id" }, { PROP_PINNED_ID, "pinned-id" }, { PROP_RATING_COMMENT, "rating-comment" },
  };
  static const struct { guint id; const char *name; } times[] = {
    { PROP_LAST_MESSAGE_AT, "last-message-at" }, { PROP_WAITING_SINCE, "waiting-since" }, { PROP_CREATED_AT, "created-at" },
    { PROP_ESCALATED_AT, "escalated-at" }, { PROP_SNOOZED_UNTIL, "snoozed-until" },
  };

  G_OBJECT_CLASS (klass)->get_property = cfa_conversation_get_property;
  G_OBJECT_CLASS (klass)->finalize = cfa_conversation_finalize;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    props[texts[i].id] = cfa_param_string (texts[i].name);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    props[times[i].id] = cfa_param_int64 (times[i].name);
  props[PROP_TAGS] = cfa_param_strv ("tags");
  props[PROP_VIEWERS] = cfa_param_strv ("viewers");
  props[PROP_ANSWERS] = g_param_spec_pointer ("answers", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_STATUS] = cfa_param_int ("status");
  props[PROP_MOOD] = cfa_param_int ("mood");
  props[PROP_RATING] = cfa_param_int ("rating");
  props[PROP_UNREAD] = cfa_param_uint ("unread");
  props[PROP_LOADING] = cfa_param_boolean ("loading", FALSE);
  props[PROP_MINE] = cfa_param_boolean ("mine", FALSE);
  props[PROP_ONLINE] = cfa_param_boolean ("online", FALSE);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
}

static void
cfa_conversation_init (CfaConversation *self)
{
}

/**
 * cfa_conversation_new:
 * Returns: (transfer full): one of which is not known yet which it is: it is "loading"
 */
CfaConversation *
cfa_conversation_new (void)
{
  CfaConversation *self = g_object_new (CFA_TYPE_CONVERSATION, NULL);

  self->loading = TRUE;
  self->row = g_new0 (CfaConversationRow, 1);
  self->row->record = cf_struct_new (&cf_conversation_shape);
  return self;
}

/**
 * cfa_conversation_update:
 * @row: (nullable) (transfer full): how the cache has it now; NULL = as before
 * @writes: (nullable): CfaOutboxRow of this conversation in order, not answered yet
 *
 * Both at once, so that a write which is answered never flickers back for a moment.
 */
void
cfa_conversation_update (CfaConversation *self, CfaConversationRow *row, GPtrArray *writes)
{
  CfaConversationRow *row_before = self->row;
  View before = self->view;

  if (row != NULL)
    self->row = row;
  self->view = (View) { 0 };
  view_init (&self->view, self, writes);
  g_object_freeze_notify (G_OBJECT (self));
  notify_view (self, &before);
  if (row != NULL)
    notify_row (self, row_before);
  g_object_thaw_notify (G_OBJECT (self));
  view_clear (&before);
  if (row != NULL)
    cfa_conversation_row_free (row_before);
}

/**
 * cfa_conversation_arrive:
 * @row: (transfer full): which one it is
 * @agent_id: who is signed in
 * @directory: who is called how
 *
 * Once, for one that is loading. The first row tells also of the drafts; from then on the composer knows better.
 */
void
cfa_conversation_arrive (CfaConversation *self, CfaConversationRow *row, const char *agent_id, const char *agent_name,
                         CfaDirectory *directory)
{
  g_object_freeze_notify (G_OBJECT (self));
  self->directory = g_object_ref (directory);
  self->agent_id = g_strdup (agent_id);
  self->agent_name = g_strdup (agent_name);
  self->loading = FALSE;
  cfa_conversation_update (self, row, NULL);
  cfa_conversation_set_draft (self, row->draft, FALSE);
  cfa_conversation_set_draft (self, row->note_draft, TRUE);
  changed (self, PROP_LOADING);
  changed (self, PROP_ID);
  g_object_thaw_notify (G_OBJECT (self));
}

void
cfa_conversation_set_online (CfaConversation *self, gboolean online)
{
  if (self->online == online)
    return;
  self->online = online;
  changed (self, PROP_ONLINE);
}

/**
 * cfa_conversation_set_peek:
 * @text: (nullable): what the visitor has typed so far, "" when only that they type is known; NULL when they stopped
 *
 * Forgotten after 6 s without another word of it.
 */
void
cfa_conversation_set_peek (CfaConversation *self, const char *text)
{
  g_clear_handle_id (&self->peek_timer, g_source_remove);
  if (text != NULL)
    self->peek_timer = g_timeout_add (cfa_pace_ms (TYPING_MS), on_peek_over, self);
  if (g_strcmp0 (self->peek, text) == 0)
    return;
  g_free (self->peek);
  self->peek = g_strdup (text);
  changed (self, PROP_PEEK);
}

/**
 * cfa_conversation_set_typing_name:
 * @name: (nullable): of another agent who is typing here
 */
void
cfa_conversation_set_typing_name (CfaConversation *self, const char *name)
{
  g_clear_handle_id (&self->typing_timer, g_source_remove);
  if (name != NULL)
    self->typing_timer = g_timeout_add (cfa_pace_ms (TYPING_MS), on_typing_over, self);
  if (g_strcmp0 (self->typing_name, name) == 0)
    return;
  g_free (self->typing_name);
  self->typing_name = g_strdup (name);
  changed (self, PROP_TYPING_NAME);
}

/**
 * cfa_conversation_set_viewers:
 * @names: (nullable): of the colleagues who are looking at it
 * @ids: (nullable): theirs, in the same order
 */
void
cfa_conversation_set_viewers (CfaConversation *self, const char *const *names, const char *const *ids)
{
  g_auto (GStrv) viewers = names != NULL && names[0] != NULL ? g_strdupv ((char **) names) : NULL;
  g_auto (GStrv) viewer_ids = viewers != NULL ? g_strdupv ((char **) ids) : NULL;

  if (same_words (viewers, self->viewers) && same_words (viewer_ids, self->viewer_ids))
    return;
  g_strfreev (self->viewers);
  self->viewers = g_steal_pointer (&viewers);
  g_strfreev (self->viewer_ids);
  self->viewer_ids = g_steal_pointer (&viewer_ids);
  changed (self, PROP_VIEWERS);
}

/**
 * cfa_conversation_set_draft:
 * @text: (nullable): NULL or empty: none
 * @note: whether it is that of a staff note, or else that of an answer
 */
void
cfa_conversation_set_draft (CfaConversation *self, const char *text, gboolean note)
{
  char **slot = note ? &self->note_draft : &self->draft;
  g_autofree char *before = *slot;

  *slot = text != NULL && text[0] != '\0' ? g_strdup (text) : NULL;
  changed_text (self, note ? PROP_NOTE_DRAFT : PROP_DRAFT, before, *slot);
}

/**
 * cfa_conversation_set_site_name:
 * @name: (nullable): what its site is called now
 */
void
cfa_conversation_set_site_name (CfaConversation *self, const char *name)
{
  if (g_strcmp0 (self->row->site_name, name) == 0)
    return;
  g_free (self->row->site_name);
  self->row->site_name = g_strdup (name);
  changed (self, PROP_SITE_NAME);
}

/**
 * cfa_conversation_get_record:
 * Returns: the server's record, without what the agent has done meanwhile.
 */
const CfConversation *
cfa_conversation_get_record (CfaConversation *self)
{
  return self->row->record;
}

/**
 * cfa_conversation_get_seen:
 * Returns: the position up to which the visitor has read.
 */
gint64
cfa_conversation_get_seen (CfaConversation *self)
{
  return self->row->seen_position;
}

gboolean
cfa_conversation_knows_visitor (CfaConversation *self)
{
  return self->row->visitor_known;
}

const char *
cfa_conversation_get_id (CfaConversation *self)
{
  return self->row->record->parent.id;
}

gboolean
cfa_conversation_get_loading (CfaConversation *self)
{
  return self->loading;
}

const char *
cfa_conversation_get_title (CfaConversation *self)
{
  return row_title (self->row);
}

const char *
cfa_conversation_get_visitor_name (CfaConversation *self)
{
  return self->row->visitor_name;
}

const char *
cfa_conversation_get_email (CfaConversation *self)
{
  return self->row->visitor_email;
}

const char *
cfa_conversation_get_site_name (CfaConversation *self)
{
  return self->row->site_name;
}

const char *
cfa_conversation_get_preview (CfaConversation *self)
{
  return self->view.preview;
}

CfConversationStatus
cfa_conversation_get_status (CfaConversation *self)
{
  return self->view.state.status;
}

const char *
cfa_conversation_get_assignee_id (CfaConversation *self)
{
  return self->view.state.assignee_id;
}

const char *
cfa_conversation_get_assignee_name (CfaConversation *self)
{
  return self->view.assignee_name;
}

gboolean
cfa_conversation_get_mine (CfaConversation *self)
{
  return g_strcmp0 (self->view.state.assignee_id, self->agent_id) == 0;
}

guint
cfa_conversation_get_unread (CfaConversation *self)
{
  return self->row->unread;
}

gint64
cfa_conversation_get_last_message_at (CfaConversation *self)
{
  return self->view.state.last_message_at;
}

gint64
cfa_conversation_get_waiting_since (CfaConversation *self)
{
  return self->view.state.waiting_since;
}

gint64
cfa_conversation_get_created_at (CfaConversation *self)
{
  return self->row->record->created_at;
}

gboolean
cfa_conversation_get_online (CfaConversation *self)
{
  return self->online;
}

const char *
cfa_conversation_get_peek (CfaConversation *self)
{
  return self->peek;
}

const char *
cfa_conversation_get_typing_name (CfaConversation *self)
{
  return self->typing_name;
}

/**
 * cfa_conversation_get_draft:
 * @note: whether that of a staff note is asked for, or else that of an answer
 *
 * Returns: (nullable): what has been written and not sent
 */
const char *
cfa_conversation_get_draft (CfaConversation *self, gboolean note)
{
  return note ? self->note_draft : self->draft;
}

const char *
cfa_conversation_get_department_id (CfaConversation *self)
{
  return self->view.state.department_id;
}

/**
 * cfa_conversation_get_tags:
 * Returns: (nullable): ids.
 */
const char *const *
cfa_conversation_get_tags (CfaConversation *self)
{
  return (const char *const *) self->view.state.tags;
}

gint64
cfa_conversation_get_escalated_at (CfaConversation *self)
{
  return self->view.state.escalated_at;
}

gint64
cfa_conversation_get_snoozed_until (CfaConversation *self)
{
  return self->view.state.snoozed_until;
}

const char *
cfa_conversation_get_pinned_id (CfaConversation *self)
{
  return self->view.state.pinned_id;
}

/**
 * cfa_conversation_get_viewers:
 * Returns: (nullable): names.
 */
const char *const *
cfa_conversation_get_viewers (CfaConversation *self)
{
  return (const char *const *) self->viewers;
}

/**
 * cfa_conversation_get_viewer_ids:
 * Returns: (nullable): whose the names are, in the same order.
 */
const char *const *
cfa_conversation_get_viewer_ids (CfaConversation *self)
{
  return (const char *const *) self->viewer_ids;
}

CfMood
cfa_conversation_get_mood (CfaConversation *self)
{
  return self->row->record->mood;
}

/**
 * cfa_conversation_get_rating:
 * Returns: 1 to 5; 0 when its visitor has not rated it.
 */
int
cfa_conversation_get_rating (CfaConversation *self)
{
  return (int) self->row->record->rating;
}

const char *
cfa_conversation_get_rating_comment (CfaConversation *self)
{
  return self->row->record->rating_comment;
}

/**
 * cfa_conversation_get_survey:
 * Returns: (nullable): what the rating follows from, when its visitor was not asked for stars.
 */
const CfSurveyAnswer *
cfa_conversation_get_survey (CfaConversation *self)
{
  return self->row->record->survey;
}

/**
 * cfa_conversation_get_away:
 * Returns: whether it began outside the hours of its site.
 */
gboolean
cfa_conversation_get_away (CfaConversation *self)
{
  return self->row->record->away;
}

/**
 * cfa_conversation_get_answers:
 * Returns: (nullable): what its visitor was asked by the site, and said.
 */
const CfFormAnswers *
cfa_conversation_get_answers (CfaConversation *self)
{
  return self->row->record->answers;
}

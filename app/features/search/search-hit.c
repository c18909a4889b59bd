/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search-hit.h"

#include "protocol/records/channel.h"
#include "protocol/records/conversation.h"
#include "protocol/records/message.h"
#include "protocol/records/team-message.h"
#include "protocol/records/visitor.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A colour that shines through, on light and on dark. */
#define MARK_BEGIN "<span weight=\"bold\" background=\"#e5a50a\" background_alpha=\"30%\">"
#define MARK_END "</span>"

G_DEFINE_FINAL_TYPE (CfaSearchHit, cfa_search_hit, G_TYPE_OBJECT)

static void
cfa_search_hit_finalize (GObject *object)
{
  CfaSearchHit *self = CFA_SEARCH_HIT (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->text);
  g_free (self->meta);
  g_free (self->conversation_id);
  g_free (self->visitor_id);
  g_free (self->agent_id);
  g_clear_pointer (&self->title_marks, g_ptr_array_unref);
  g_clear_pointer (&self->text_marks, g_ptr_array_unref);
  G_OBJECT_CLASS (cfa_search_hit_parent_class)->finalize (object);
}

static void
cfa_search_hit_class_init (CfaSearchHitClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_search_hit_finalize;
}

static void
cfa_search_hit_init (CfaSearchHit *self)
{
}

/**
 * cfa_search_hit_new:
 * @text: (nullable): the second line
 * @meta: (nullable): what stands at the end of the first
 */
CfaSearchHit *
cfa_search_hit_new (CfaHitKind kind, const char *id, const char *title, const char *text, const char *meta)
{
  CfaSearchHit *self = g_object_new (CFA_TYPE_SEARCH_HIT, NULL);

  self->kind = kind;
  self->id = g_strdup (id);
  self->title = g_strdup (title);
  self->text = g_strdup (text);
  self->meta = g_strdup (meta);
  return self;
}

static gpointer
find (const CfSearchResult *result, const CfShape *shape, const char *id)
{
  for (guint i = 0; id != NULL && i < result->records->len; i++)
    {
      CfRecord *record = result->records->pdata[i];

      if ((shape == NULL || record->parent.shape == shape) && g_strcmp0 (record->id, id) == 0)
        return record;
    }
  return NULL;
}

static gboolean
is_given (const char *text)
{
  return text != NULL && *text != '\0';
}

/* What the person is called, as in the lists of conversations. */
static const char *
name_of (const CfVisitor *visitor)
{
  if (visitor != NULL && is_given (visitor->name))
    return visitor->name;
  return visitor != NULL && is_given (visitor->email) ? visitor->email : _("Visitor");
}

/* The marks belong to the name, when that is what was found, else to what is shown below it. */
static void
mark (CfaSearchHit *self, const CfSearchHit *found)
{
  if (found->snippet == NULL || found->marks == NULL)
    return;
  if (self->kind != CFA_HIT_MESSAGE && self->kind != CFA_HIT_TEAM_MESSAGE && g_strcmp0 (found->snippet, self->title) == 0)
    {
      self->title_marks = g_ptr_array_ref (found->marks);
      return;
    }
  g_free (self->text);
  self->text = g_strdup (found->snippet);
  self->text_marks = g_ptr_array_ref (found->marks);
}

/* Who is shown: of people who were merged the one who is left, as far as they are known here. */
static const CfVisitor *
find_visitor (const CfSearchResult *result, const char *id)
{
  const CfVisitor *visitor = find (result, &cf_visitor_shape, id);
  const CfVisitor *shown = visitor != NULL ? find (result, &cf_visitor_shape, visitor->merged_into) : NULL;

  return shown != NULL ? shown : visitor;
}

static CfaSearchHit *
new_message (const CfSearchResult *result, const CfMessage *message, CfaDirectory *directory)
{
  const CfConversation *conversation = find (result, &cf_conversation_shape, message->conversation_id);
  const CfVisitor *visitor = conversation != NULL ? find_visitor (result, conversation->visitor_id) : NULL;
  const char *site = conversation != NULL ? cfa_directory_get_name (directory, conversation->site_id) : NULL;
  gboolean by_agent = message->author_kind == CF_AUTHOR_AGENT && is_given (message->author_name);
  g_autofree char *title = NULL;
  CfaSearchHit *self;

  if (!by_agent)
    title = g_strdup (name_of (visitor));
  else if (message->kind == CF_MESSAGE_NOTE)
    /* Translators: who has written a note, and about which visitor */
    title = g_strdup_printf (_("Note by %s on %s"), message->author_name, name_of (visitor));
  else
    /* Translators: who has written a message, and to whom */
    title = g_strdup_printf (_("%s to %s"), message->author_name, name_of (visitor));
  self = cfa_search_hit_new (CFA_HIT_MESSAGE, message->parent.id, title, message->text, site);
  self->time = message->created_at;
  self->conversation_id = g_strdup (message->conversation_id);
  self->agent_id = by_agent ? g_strdup (message->author_id) : NULL;
  return self;
}

static CfaSearchHit *
new_team_message (const CfSearchResult *result, const CfMessage *message)
{
  const CfChannel *channel = find (result, &cf_channel_shape, message->conversation_id);
  CfaSearchHit *self = cfa_search_hit_new (CFA_HIT_TEAM_MESSAGE, message->parent.id, is_given (message->author_name) ? message->author_name : _("Team chat"),
                                           message->text, channel != NULL && is_given (channel->name) ? channel->name : _("Direct message"));

  self->time = message->created_at;
  self->conversation_id = g_strdup (message->conversation_id);
  self->agent_id = g_strdup (message->author_id);
  return self;
}

static CfaSearchHit *
new_conversation (const CfSearchResult *result, const CfConversation *conversation, CfaDirectory *directory)
{
  const CfVisitor *visitor = find_visitor (result, conversation->visitor_id);
  CfaSearchHit *self = cfa_search_hit_new (CFA_HIT_CONVERSATION, conversation->parent.id, name_of (visitor), conversation->preview,
                                           cfa_directory_get_name (directory, conversation->site_id));

  self->time = conversation->last_message_at;
  self->conversation_id = g_strdup (conversation->parent.id);
  return self;
}

static CfaSearchHit *
new_visitor (const CfSearchResult *result, const CfVisitor *visitor, CfaDirectory *directory)
{
  CfaSearchHit *self = cfa_search_hit_new (CFA_HIT_VISITOR, visitor->parent.id, name_of (visitor), is_given (visitor->name) ? visitor->email : NULL,
                                           cfa_directory_get_name (directory, visitor->site_id));

  self->visitor_id = g_strdup (visitor->merged_into != NULL ? visitor->merged_into : visitor->parent.id);
  return self;
}

/**
 * cfa_search_hits_new:
 * @result: of the cache or of the server: each hit is a message, a conversation or a visitor among its records
 * @directory: what sites are called
 *
 * Returns: (transfer full): an array of CfaSearchHit; hits without a record are left out.
 */
GPtrArray *
cfa_search_hits_new (const CfSearchResult *result, CfaDirectory *directory, gboolean from_server)
{
  GPtrArray *hits = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; result->hits != NULL && result->records != NULL && i < result->hits->len; i++)
    {
      const CfSearchHit *found = result->hits->pdata[i];
      CfRecord *record = find (result, NULL, found->id);
      CfaSearchHit *self = NULL;

      if (record != NULL && record->parent.shape == &cf_message_shape)
        self = new_message (result, (CfMessage *) record, directory);
      else if (record != NULL && record->parent.shape == &cf_team_message_shape)
        self = new_team_message (result, (CfMessage *) record);
      else if (record != NULL && record->parent.shape == &cf_conversation_shape)
        self = new_conversation (result, (CfConversation *) record, directory);
      else if (record != NULL && record->parent.shape == &cf_visitor_shape)
        self = new_visitor (result, (CfVisitor *) record, directory);
      if (self == NULL)
        continue;
      mark (self, found);
      self->from_server = from_server;
      g_ptr_array_add (hits, self);
    }
  return hits;
}

static void
append_escaped (GString *out, const char *from, const char *to)
{
  g_autofree char *escaped = g_markup_escape_text (from, to - from);

  g_string_append (out, escaped);
}

/**
 * cfa_search_hit_dup_markup:
 * @text: plain, as it was written
 * @marks: (nullable): of CfSearchMark, in order, apart; what is beyond the text is not heeded
 *
 * Returns: (transfer full): Pango markup on one line in which nothing of @text is markup.
 */
char *
cfa_search_hit_dup_markup (const char *text, GPtrArray *marks)
{
  g_autofree char *line = g_strdelimit (g_strdup (text), "\n\r\t", ' ');
  GString *out = g_string_new (NULL);
  glong length = g_utf8_strlen (line, -1), done = 0;
  const char *at = line;

  for (guint i = 0; marks != NULL && i < marks->len; i++)
    {
      const CfSearchMark *one = marks->pdata[i];
      const char *start, *end;

      if (one->start < done || one->length <= 0 || one->start >= length)
        continue;
      done = MIN (length, one->start + one->length);
      start = g_utf8_offset_to_pointer (line, one->start);
      end = g_utf8_offset_to_pointer (line, done);
      append_escaped (out, at, start);
      g_string_append (out, MARK_BEGIN);
      append_escaped (out, start, end);
      g_string_append (out, MARK_END);
      at = end;
    }
  append_escaped (out, at, line + strlen (line));
  return g_string_free (out, FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search-store.h"

#include "record-store.h"

#include "protocol/records/channel.h"
#include "protocol/records/conversation.h"
#include "protocol/records/message.h"
#include "protocol/records/team-message.h"
#include "protocol/records/visitor.h"
#include "protocol/sql.h"
#include "search/query.h"

/* Rows of the index for each one that is shown: they come in the order in which they were stored, the best are chosen by time. */
#define CHOICE 5

/* What the filters ask of a conversation; each that is not given lets all pass. ?6 is a CfSearchStatus. */
#define FITS                                                                                                                        \
  " AND (?2 IS NULL OR c.site_id = ?2) AND (?3 IS NULL OR instr (c.tags, ?3) > 0)"                                                  \
  " AND (?4 IS NULL OR c.assignee_id = ?4) AND (?5 = 0 OR c.assignee_id IS NULL)"                                                   \
  " AND (?6 = 0 OR (?6 = 1 AND c.status = 'open') OR (?6 = 2 AND c.status = 'closed') OR (?6 = 3 AND c.status = 'open' AND c.snoozed_until > 0))" \
  " AND (?10 IS NULL OR c.mood = ?10)"

/* The boxes of place-store.c: what is open, what sleeps, what is closed. Each statement walks one index of the places. */
#define FILTERED(boxes)                                                                                                             \
  "SELECT %s FROM place p CROSS JOIN conversation c ON c.id = p.id WHERE " boxes " AND p.time < ?8 AND c.last_message_at >= ?7"     \
  " AND c.last_message_at < ?8 AND c.deleted = 0 AND ?1 IS NULL" FITS " ORDER BY p.time DESC, p.id DESC LIMIT ?9"

/* One search under way. */
typedef struct
{
  CfaDb *db;
  const CfSearchMessagesParams *params;
  CfSearchQuery *query;
  char *match; /* nullable: no words */
  guint limit;
  GHashTable *known; /* id -> CfRecord: the records of the result, which are their ids' owner */
  CfSearchResult *result;
} Search;

static void
search_clear (Search *self)
{
  g_clear_pointer (&self->query, cf_search_query_free);
  g_clear_pointer (&self->match, g_free);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->result, cf_struct_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

/* @record: (transfer full) */
static void
add_record (Search *self, gpointer record)
{
  if (g_hash_table_contains (self->known, CF_RECORD (record)->id))
    {
      cf_struct_unref (record);
      return;
    }
  g_hash_table_insert (self->known, CF_RECORD (record)->id, record);
  g_ptr_array_add (self->result->records, record);
}

/* The record of that id, and what it points at, come with the hit. */
static gboolean
add_related (Search *self, const CfShape *shape, const char *id, GError **error)
{
  g_autoptr (GError) problem = NULL;
  CfRecord *record;

  if (id == NULL || g_hash_table_contains (self->known, id))
    return TRUE;
  record = cfa_record_store_get (self->db, shape, id, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (record == NULL)
    return TRUE;
  add_record (self, record);
  if (shape == &cf_conversation_shape)
    return add_related (self, &cf_visitor_shape, ((CfConversation *) record)->visitor_id, error);
  return shape != &cf_visitor_shape || add_related (self, shape, ((CfVisitor *) record)->merged_into, error);
}

/* Returns: (nullable): one of the result's. Makers choose the ids of their records, so another kind may have it. */
static const CfVisitor *
get_visitor (Search *self, const char *id)
{
  CfRecord *record = id != NULL ? g_hash_table_lookup (self->known, id) : NULL;

  return record != NULL && record->parent.shape == &cf_visitor_shape ? (CfVisitor *) record : NULL;
}

/* @text: what may be marked; @otherwise: (nullable): where else to look */
static void
add_hit (Search *self, const char *id, const char *text, const char *otherwise)
{
  CfSearchHit *hit = self->query != NULL ? cf_search_query_mark (self->query, id, text) : NULL;

  if (hit == NULL && self->query != NULL)
    hit = cf_search_query_mark (self->query, id, otherwise);
  if (hit == NULL)
    {
      hit = cf_struct_new (&cf_search_hit_shape);
      hit->id = g_strdup (id);
    }
  g_ptr_array_add (self->result->hits, hit);
}

/* Runs a statement that takes what FITS and the span of time take, and gives records of @shape. */
static GPtrArray *
read_records (Search *self, const CfShape *shape, const char *alias, const char *format, guint limit, GError **error)
{
  const CfSearchMessagesParams *params = self->params;
  g_autofree char *columns = cf_sql_columns (shape, alias), *sql = g_strdup_printf (format, columns);
  const char *author = params->author_kind != CF_SEARCH_AUTHOR_ANY ? cf_search_author_words[params->author_kind] : NULL;
  const char *mood = params->mood != CF_MOOD_NONE ? cf_mood_words[params->mood] : NULL;
  gboolean by_author = shape == &cf_message_shape;
  sqlite3_stmt *statement = cfa_db_prepare (self->db, error, sql, by_author ? "ttttiiiiittt" : "ttttiiiiit", self->match, params->site_id, params->tag_id, params->assignee_id,
                                            (gint64) params->unassigned, (gint64) params->status, params->written_from,
                                            params->written_until > 0 ? params->written_until : G_MAXINT64, (gint64) limit, mood, author, params->author_id);
  g_autoptr (GPtrArray) records = cf_structs_new ();
  g_autoptr (GError) problem = NULL;

  if (statement == NULL)
    return NULL;
  while (cfa_db_step (self->db, statement, &problem))
    g_ptr_array_add (records, cfa_record_store_read (shape, statement));
  if (problem == NULL)
    return g_steal_pointer (&records);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

static int
by_last_message (gconstpointer a, gconstpointer b)
{
  const CfConversation *left = *(CfConversation *const *) a, *right = *(CfConversation *const *) b;

  return left->last_message_at < right->last_message_at ? 1 : left->last_message_at > right->last_message_at ? -1 : 0;
}

static int
by_time (gconstpointer a, gconstpointer b)
{
  const CfMessage *left = *(CfMessage *const *) a, *right = *(CfMessage *const *) b;

  return left->created_at < right->created_at ? 1 : left->created_at > right->created_at ? -1 : 0;
}

/* The first @limit of @conversations, each with its visitor, whose name or address is what was found. */
static gboolean
add_conversations (Search *self, GPtrArray *conversations, GError **error)
{
  for (guint i = 0; i < conversations->len && i < self->limit; i++)
    {
      CfConversation *conversation = conversations->pdata[i];
      const CfVisitor *visitor;

      if (!add_related (self, &cf_visitor_shape, conversation->visitor_id, error))
        return FALSE;
      visitor = get_visitor (self, conversation->visitor_id);
      add_hit (self, conversation->parent.id, visitor != NULL ? visitor->name : NULL, visitor != NULL ? visitor->email : NULL);
      add_record (self, cf_struct_ref (conversation));
    }
  return TRUE;
}

static gboolean
find_conversations (Search *self, GError **error)
{
  g_autoptr (GPtrArray) found =
    read_records (self, &cf_conversation_shape, "c",
                  "SELECT %s FROM visitor_words f CROSS JOIN visitor v ON v.row = f.rowid JOIN conversation c ON c.visitor_id = v.id"
                  " WHERE visitor_words MATCH ?1 AND v.deleted = 0 AND c.deleted = 0 AND c.last_message_at >= ?7 AND c.last_message_at < ?8" FITS
                  " ORDER BY f.rowid DESC LIMIT ?9",
                  self->limit * CHOICE, error);

  if (found == NULL)
    return FALSE;
  g_ptr_array_sort (found, by_last_message);
  return add_conversations (self, found, error);
}

/* Without a word: those that the filters let through, the newest first, box by box. */
static gboolean
find_filtered (Search *self, GError **error)
{
  static const struct
  {
    const char *sql;
    CfSearchStatus not_for[2];
  } walks[] = {
    { FILTERED ("p.box < 3"), { CF_SEARCH_STATUS_CLOSED, CF_SEARCH_STATUS_SNOOZED } },
    { FILTERED ("p.box = 3"), { CF_SEARCH_STATUS_CLOSED, CF_SEARCH_STATUS_CLOSED } },
    { FILTERED ("p.box = 4"), { CF_SEARCH_STATUS_OPEN, CF_SEARCH_STATUS_SNOOZED } },
  };
  g_autoptr (GPtrArray) all = cf_structs_new ();

  for (guint i = 0; i < G_N_ELEMENTS (walks); i++)
    {
      g_autoptr (GPtrArray) found = NULL;

      if (self->params->status == walks[i].not_for[0] || self->params->status == walks[i].not_for[1])
        continue;
      found = read_records (self, &cf_conversation_shape, "c", walks[i].sql, self->limit, error);
      if (found == NULL)
        return FALSE;
      g_ptr_array_extend_and_steal (all, g_steal_pointer (&found));
    }
  g_ptr_array_sort (all, by_last_message);
  return add_conversations (self, all, error);
}

/* Returns: (transfer full): who is shown in the place of @visitor, where they were merged; else @visitor */
static CfVisitor *
get_shown (Search *self, CfVisitor *visitor, GError **error)
{
  g_autoptr (GError) problem = NULL;
  CfVisitor *shown = visitor->merged_into != NULL ? (CfVisitor *) cfa_record_store_get (self->db, &cf_visitor_shape, visitor->merged_into, &problem) : NULL;

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  return shown != NULL ? shown : cf_struct_ref (visitor);
}

/* Visitors, each with the conversation that was last; of people who were merged the one who is shown, once. */
static gboolean
find_people (Search *self, GError **error)
{
  g_autoptr (GPtrArray) found =
    read_records (self, &cf_visitor_shape, "v",
                  "SELECT %s FROM visitor_words f CROSS JOIN visitor v ON v.row = f.rowid WHERE visitor_words MATCH ?1 AND v.deleted = 0"
                  " AND (?2 IS NULL OR v.site_id = ?2) AND ?3 IS NULL AND ?4 IS NULL AND ?5 = 0 AND ?6 = 0 AND ?7 = 0 AND ?8 > 0 AND ?10 IS NULL"
                  " ORDER BY f.rowid DESC LIMIT ?9",
                  self->limit, error);
  g_autoptr (GHashTable) people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      CfVisitor *visitor = found->pdata[i];
      g_autoptr (CfVisitor) shown = get_shown (self, visitor, error);

      if (shown == NULL)
        return FALSE;
      if (!g_hash_table_add (people, g_strdup (shown->parent.id)))
        continue;
      add_hit (self, shown->parent.id, visitor->name, visitor->email);
      add_record (self, g_steal_pointer (&shown));
    }
  return TRUE;
}

static gboolean
find_messages (Search *self, GError **error)
{
  g_autoptr (GPtrArray) found =
    read_records (self, &cf_message_shape, "m",
                  "SELECT %s FROM message_words f CROSS JOIN message m ON m.row = f.rowid JOIN conversation c ON c.id = m.conversation_id"
                  " WHERE message_words MATCH ?1 AND m.kind <> 'event' AND m.deleted = 0 AND c.deleted = 0 AND m.created_at >= ?7 AND m.created_at < ?8"
                  " AND (?11 IS NULL OR m.author_kind = ?11) AND (?12 IS NULL OR m.author_id = ?12)" FITS
                  " ORDER BY f.rowid DESC LIMIT ?9",
                  self->limit * CHOICE, error);

  if (found == NULL)
    return FALSE;
  g_ptr_array_sort (found, by_time);
  for (guint i = 0; i < found->len && i < self->limit; i++)
    {
      CfMessage *message = found->pdata[i];

      add_hit (self, message->parent.id, message->text, NULL);
      add_record (self, cf_struct_ref (message));
      if (!add_related (self, &cf_conversation_shape, message->conversation_id, error))
        return FALSE;
    }
  return TRUE;
}

/* What was said in the channels in which the agent has a seat; the filters are those of conversations. */
static gboolean
find_team_messages (Search *self, GError **error)
{
  g_autoptr (GPtrArray) found =
    read_records (self, &cf_team_message_shape, "m",
                  "SELECT %s FROM team_message_words f CROSS JOIN team_message m ON m.row = f.rowid"
                  " JOIN channel_member s ON s.channel_id = m.conversation_id AND s.deleted = 0"
                  " WHERE team_message_words MATCH ?1 AND m.deleted = 0 AND ?2 IS NULL AND ?3 IS NULL AND ?4 IS NULL AND ?5 = 0 AND ?6 = 0 AND ?7 = 0"
                  " AND ?8 > 0 AND ?10 IS NULL ORDER BY f.rowid DESC LIMIT ?9",
                  self->limit * CHOICE, error);

  if (found == NULL)
    return FALSE;
  g_ptr_array_sort (found, by_time);
  for (guint i = 0; i < found->len && i < self->limit; i++)
    {
      CfMessage *message = found->pdata[i];

      add_hit (self, message->parent.id, message->text, NULL);
      add_record (self, cf_struct_ref (message));
      if (!add_related (self, &cf_channel_shape, message->conversation_id, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * cfa_search_store_find:
 * @params: as the server takes them; without "text", conversations that the filters let through
 * @people: whether visitors, and messages among the team, are looked for too
 * @limit: hits of each kind
 *
 * Returns: (transfer full): conversations by what their visitor is called, visitors, then texts and notes, each kind newest first, and what
 *   was said among the team; the records are those of the hits, and of messages their conversation and visitor, or channel.
 */
CfSearchResult *
cfa_search_store_find (CfaDb *db, const CfSearchMessagesParams *params, gboolean people, guint limit, GError **error)
{
  g_auto (Search) self = { db, params, .limit = limit };
  gboolean by_author = params->author_kind != CF_SEARCH_AUTHOR_ANY;

  self.known = g_hash_table_new (g_str_hash, g_str_equal);
  self.result = cf_struct_new (&cf_search_result_shape);
  self.result->hits = cf_structs_new ();
  self.result->records = cf_structs_new ();
  if (params->text != NULL)
    self.query = cf_search_query_new (params->text);
  if (self.query != NULL && cf_search_query_is_empty (self.query))
    return g_steal_pointer (&self.result);
  if (self.query == NULL)
    return by_author || find_filtered (&self, error) ? g_steal_pointer (&self.result) : NULL;
  self.match = cf_search_query_to_match (self.query, NULL, "name email");
  if ((!by_author && !find_conversations (&self, error)) || (people && !find_people (&self, error)))
    return NULL;
  g_free (self.match);
  self.match = cf_search_query_to_match (self.query, NULL, "text");
  return find_messages (&self, error) && (!people || find_team_messages (&self, error)) ? g_steal_pointer (&self.result) : NULL;
}

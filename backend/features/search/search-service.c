/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search-service.h"

#include "backend/db/lookup.h"
#include "protocol/records/channel.h"
#include "protocol/records/conversation.h"
#include "protocol/records/team-message.h"
#include "protocol/records/visitor.h"
#include "search/query.h"

#include "search-store.h"

#include <string.h>

/* Rows that one call looks at for its filters; what follows is another page. It keeps a common word with a rare filter from reading everything. */
#define LOOK_AT_MAX 2000

/* How far clocks may have been set back. */
#define CLOCK_SLACK_MS ((gint64) 24 * 60 * 60 * 1000)

/* One page in the making. */
typedef struct
{
  CfdTx *tx;
  const CfdCaller *caller;
  CfSearchQuery *query;
  GHashTable *known; /* id (the record's) -> CfRecord: those that were read, shown or not */
  GHashTable *shown; /* ids of result->records */
  CfSearchResult *result;
  gint64 limit;
  guint n_seen;
} Page;

/* Looks at the row; shows it when it is a hit. */
typedef void (*Take) (Page *page, CfdRows *rows, gconstpointer params, GError **error);

static void
page_init (Page *page, CfdTx *tx, const CfdCaller *caller, const char *text, gint64 limit)
{
  *page = (Page) { .tx = tx, .caller = caller };
  page->query = cf_search_query_new (text);
  page->known = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, cf_struct_unref);
  page->shown = g_hash_table_new (g_str_hash, g_str_equal);
  page->result = cf_struct_new (&cf_search_result_shape);
  page->result->hits = cf_structs_new ();
  page->result->records = cf_structs_new ();
  page->limit = limit > 0 ? MIN (limit, CF_SEARCH_MAX) : CF_SEARCH_DEFAULT;
}

static void
page_clear (Page *page)
{
  cf_search_query_free (page->query);
  g_hash_table_unref (page->known);
  g_hash_table_unref (page->shown);
  g_clear_pointer (&page->result, cf_struct_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, page_clear)

/* An id as one word, as db/search-index.c writes it. */
static char *
make_word (const char *id)
{
  g_auto (GStrv) parts = g_strsplit (id, "-", -1);

  return g_strjoinv (NULL, parts);
}

/* The organisation as one word, and the first letter of who wrote it: as db/search-index.c writes them. */
static char *
make_scope (const CfdCaller *caller, CfSearchAuthor author)
{
  g_autofree char *organisation = make_word (caller->organisation_id);
  const char *letter = author == CF_SEARCH_AUTHOR_VISITOR ? " v" : author == CF_SEARCH_AUTHOR_AGENT ? " a" : "";

  return g_strconcat (organisation, letter, NULL);
}

static void
show (Page *page, gpointer record)
{
  if (g_hash_table_add (page->shown, CF_RECORD (record)->id))
    g_ptr_array_add (page->result->records, cf_struct_ref (record));
}

/* Returns: (transfer none) (nullable): the record of the caller's organisation; NULL without error when it is no longer there. */
static gpointer
get (Page *page, const CfShape *shape, const char *id, GError **error)
{
  CfRecord *record = g_hash_table_lookup (page->known, id);

  if (record == NULL && cfd_tx_lookup (page->tx, shape, id, &record, error) && record != NULL)
    g_hash_table_insert (page->known, record->id, record);
  return record != NULL && !record->deleted && g_strcmp0 (record->organisation_id, page->caller->organisation_id) == 0 ? record : NULL;
}

/* The visitor, and who is shown in their place. */
static void
show_visitor (Page *page, CfVisitor *visitor, GError **error)
{
  CfVisitor *shown = visitor->merged_into != NULL ? get (page, &cf_visitor_shape, visitor->merged_into, error) : NULL;

  show (page, visitor);
  if (shown != NULL)
    show (page, shown);
}

/* Whether it is not in the state that is asked for. */
static gboolean
is_otherwise (const CfConversation *conversation, CfSearchStatus status)
{
  switch (status)
    {
    case CF_SEARCH_STATUS_OPEN: return conversation->status != CF_CONVERSATION_OPEN;
    case CF_SEARCH_STATUS_CLOSED: return conversation->status != CF_CONVERSATION_CLOSED;
    case CF_SEARCH_STATUS_SNOOZED: return conversation->status != CF_CONVERSATION_OPEN || conversation->snoozed_until == 0;
    case CF_SEARCH_STATUS_ANY: break;
    }
  return FALSE;
}

static gboolean
is_filtered_out (const CfConversation *conversation, const CfMessage *message, const CfSearchMessagesParams *params)
{
  return (params->site_id != NULL && strcmp (params->site_id, conversation->site_id) != 0)
         || (params->assignee_id != NULL && g_strcmp0 (params->assignee_id, conversation->assignee_id) != 0)
         || (params->unassigned && conversation->assignee_id != NULL)
         || (params->tag_id != NULL && (conversation->tags == NULL || !g_strv_contains ((const char *const *) conversation->tags, params->tag_id)))
         || (params->mood != CF_MOOD_NONE && params->mood != conversation->mood)
         || (params->author_id != NULL && g_strcmp0 (params->author_id, message->author_id) != 0)
         || message->created_at < params->written_from
         || (params->written_until > 0 && message->created_at >= params->written_until)
         || is_otherwise (conversation, params->status);
}

static void
take_message (Page *page, CfdRows *rows, gconstpointer params, GError **error)
{
  g_autoptr (CfMessage) message = cfd_rows_record (rows, &cf_message_shape, 1);
  CfConversation *conversation = get (page, &cf_conversation_shape, message->conversation_id, error);
  CfVisitor *visitor;
  CfSearchHit *hit;

  if (conversation == NULL || !cfd_caller_sees (page->caller, conversation->site_id) || is_filtered_out (conversation, message, params))
    return;
  visitor = get (page, &cf_visitor_shape, conversation->visitor_id, error);
  hit = visitor != NULL ? cf_search_query_mark (page->query, message->parent.id, message->text) : NULL;
  if (hit == NULL)
    return;
  g_ptr_array_add (page->result->hits, hit);
  show (page, message);
  show (page, conversation);
  show_visitor (page, visitor, error);
}

static gboolean
is_hit (const Page *page, const char *id)
{
  for (guint i = 0; i < page->result->hits->len; i++)
    if (g_str_equal (((const CfSearchHit *) page->result->hits->pdata[i])->id, id))
      return TRUE;
  return FALSE;
}

/* Of people who were merged the one is found who is shown, by the names and addresses of all of them. */
static void
take_visitor (Page *page, CfdRows *rows, gconstpointer data, GError **error)
{
  const CfSearchVisitorsParams *params = data;
  g_autoptr (CfVisitor) visitor = cfd_rows_record (rows, &cf_visitor_shape, 1);
  CfVisitor *shown = visitor->merged_into != NULL ? get (page, &cf_visitor_shape, visitor->merged_into, error) : visitor;
  CfSearchHit *hit;

  if (shown == NULL || !cfd_caller_sees (page->caller, shown->site_id) || is_hit (page, shown->parent.id) || (params->site_id != NULL && strcmp (params->site_id, shown->site_id) != 0))
    return;
  hit = cf_search_query_mark (page->query, shown->parent.id, visitor->name);
  if (hit == NULL)
    hit = cf_search_query_mark (page->query, shown->parent.id, visitor->email);
  if (hit == NULL)
    return;
  g_ptr_array_add (page->result->hits, hit);
  show (page, shown);
}

/* Which of them the caller may read is the query's to say, so that no page is shorter, or says "more", for what is not theirs. */
static void
take_team_message (Page *page, CfdRows *rows, gconstpointer params, GError **error)
{
  g_autoptr (CfTeamMessage) message = cfd_rows_record (rows, &cf_team_message_shape, 1);
  CfChannel *channel = get (page, &cf_channel_shape, message->message.conversation_id, error);
  CfSearchHit *hit = channel != NULL ? cf_search_query_mark (page->query, message->message.parent.id, message->message.text) : NULL;

  if (hit == NULL)
    return;
  g_ptr_array_add (page->result->hits, hit);
  show (page, message);
  show (page, channel);
}

/* Reads rows until the page is full, then one more to know whether there is more. */
static CfSearchResult *
fill (Page *page, CfdRows *rows, Take take, gconstpointer params, GError **error)
{
  g_autoptr (GError) problem = NULL;

  while (problem == NULL && cfd_rows_next (rows, &problem))
    {
      if (page->result->hits->len >= page->limit || page->n_seen >= LOOK_AT_MAX)
        {
          page->result->more = TRUE;
          break;
        }
      page->n_seen++;
      page->result->next = cfd_rows_integer (rows, 0);
      take (page, rows, params, &problem);
    }
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (!page->result->more)
    page->result->next = 0;
  return g_steal_pointer (&page->result);
}

/*
 * The rows among which messages of the wanted time are. Rows are numbered as they come, so their times grow, but for a clock that was set: a day
 * more on either side is looked at, and each message is asked for its own time in the end.
 */
static gboolean
find_span (CfdTx *tx, const CfSearchMessagesParams *params, gint64 *from, gint64 *before, GError **error)
{
  gint64 until = 0;

  if (params->written_from > CLOCK_SLACK_MS && !cfd_search_store_row_at (tx, params->written_from - CLOCK_SLACK_MS, from, error))
    return FALSE;
  if (params->written_until > 0 && params->written_until < G_MAXINT64 - CLOCK_SLACK_MS)
    {
      if (!cfd_search_store_row_at (tx, params->written_until + CLOCK_SLACK_MS, &until, error))
        return FALSE;
      *before = *before > 0 ? MIN (*before, until) : until;
    }
  return TRUE;
}

/**
 * cfd_search_messages:
 * Texts and notes of the caller's organisation, on sites that they see, that hold all the words, newest first.
 *
 * Returns: (transfer full): one page.
 */
CfSearchResult *
cfd_search_messages (CfdTx *tx, const CfdCaller *caller, const CfSearchMessagesParams *params, GError **error)
{
  g_auto (Page) page = { NULL };
  g_autofree char *scope = make_scope (caller, params->author_kind), *match = NULL;
  g_autoptr (CfdRows) rows = NULL;
  gint64 from = 0, before = params->before;

  page_init (&page, tx, caller, params->text, params->limit);
  if (cf_search_query_is_empty (page.query))
    return g_steal_pointer (&page.result);
  match = cf_search_query_to_match (page.query, scope, "text");
  if (!find_span (tx, params, &from, &before, error))
    return NULL;
  rows = cfd_search_store_messages (tx, match, from, before, error);
  return rows != NULL ? fill (&page, rows, take_message, params, error) : NULL;
}

/**
 * cfd_search_visitors:
 * Visitors of the caller's organisation, of sites that they see, in whose name or address all the words are, newest first.
 *
 * Returns: (transfer full): one page.
 */
CfSearchResult *
cfd_search_visitors (CfdTx *tx, const CfdCaller *caller, const CfSearchVisitorsParams *params, GError **error)
{
  g_auto (Page) page = { NULL };
  g_autofree char *scope = make_scope (caller, CF_SEARCH_AUTHOR_ANY), *match = NULL;
  g_autoptr (CfdRows) rows = NULL;

  page_init (&page, tx, caller, params->text, params->limit);
  if (cf_search_query_is_empty (page.query))
    return g_steal_pointer (&page.result);
  match = cf_search_query_to_match (page.query, scope, "name email");
  rows = cfd_search_store_visitors (tx, match, params->before, error);
  return rows != NULL ? fill (&page, rows, take_visitor, params, error) : NULL;
}

/**
 * cfd_search_team:
 * What was said in the caller's channels, since they came, that holds all the words, newest first. Nobody's role lets them find more.
 *
 * Returns: (transfer full): one page.
 */
CfSearchResult *
cfd_search_team (CfdTx *tx, const CfdCaller *caller, const CfSearchTeamParams *params, GError **error)
{
  g_auto (Page) page = { NULL };
  g_autofree char *scope = make_word (caller->id), *match = NULL;
  g_autoptr (CfdRows) rows = NULL;

  page_init (&page, tx, caller, params->text, params->limit);
  if (cf_search_query_is_empty (page.query))
    return g_steal_pointer (&page.result);
  match = cf_search_query_to_match (page.query, scope, "text");
  rows = cfd_search_store_team (tx, match, caller->id, params->before, error);
  return rows != NULL ? fill (&page, rows, take_team_message, params, error) : NULL;
}

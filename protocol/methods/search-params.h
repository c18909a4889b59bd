/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "conversation-params.h"
#include "results.h"
#include "../record.h"

G_BEGIN_DECLS

/* Params and results of the search methods. */

/* Characters that can be asked for, and hits in one page. */
#define CF_SEARCH_TEXT_MAX    200
#define CF_SEARCH_DEFAULT     20
#define CF_SEARCH_MAX         50
/* Characters of a snippet, with the dots for what was left out. */
#define CF_SEARCH_SNIPPET_MAX 200

typedef enum
{
  CF_SEARCH_STATUS_ANY,
  CF_SEARCH_STATUS_OPEN, /* snoozed ones too */
  CF_SEARCH_STATUS_CLOSED,
  CF_SEARCH_STATUS_SNOOZED,
} CfSearchStatus;

extern const char *const cf_search_status_words[];

typedef enum
{
  CF_SEARCH_AUTHOR_ANY,
  CF_SEARCH_AUTHOR_VISITOR,
  CF_SEARCH_AUTHOR_AGENT,
} CfSearchAuthor;

extern const char *const cf_search_author_words[];

/**
 * CfSearchMessagesParams:
 * search.messages: texts and notes that hold all the words, newest first.
 */
typedef struct
{
  CfStruct parent;
  char *text; /* words, "phrases in quotes"; the last word may be a beginning */
  char *site_id;
  CfSearchStatus status; /* of the conversation, as it is now; so are the next four */
  char *assignee_id;
  gboolean unassigned;
  char *tag_id;
  CfMood mood; /* CF_MOOD_NONE = any */
  CfSearchAuthor author_kind;
  char *author_id;
  gint64 written_from; /* ms UTC; 0 = whenever */
  gint64 written_until; /* and before this */
  gint64 before; /* "next" of the page before; 0 = from the newest */
  gint64 limit;
} CfSearchMessagesParams;

extern const CfShape cf_search_messages_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSearchMessagesParams, cf_struct_unref)

/**
 * CfSearchVisitorsParams:
 * search.visitors: those whose name and address hold all the words, newest first.
 */
typedef struct
{
  CfStruct parent;
  char *text;
  char *site_id;
  gint64 before;
  gint64 limit;
} CfSearchVisitorsParams;

extern const CfShape cf_search_visitors_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSearchVisitorsParams, cf_struct_unref)

/**
 * CfSearchTeamParams:
 * search.team: what was said in the caller's own channels, newest first.
 */
typedef struct
{
  CfStruct parent;
  char *text;
  gint64 before;
  gint64 limit;
} CfSearchTeamParams;

extern const CfShape cf_search_team_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSearchTeamParams, cf_struct_unref)

/**
 * CfSearchMark:
 * What to highlight in a snippet, in characters (code points).
 */
typedef struct
{
  CfStruct parent;
  gint64 start;
  gint64 length;
} CfSearchMark;

extern const CfShape cf_search_mark_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSearchMark, cf_struct_unref)

/**
 * CfSearchHit:
 * One record that was found.
 */
typedef struct
{
  CfStruct parent;
  char *id;      /* of the message, visitor or team message, which is among the records */
  char *snippet; /* plain text on one line */
  GPtrArray *marks; /* of CfSearchMark, in order, apart */
} CfSearchHit;

extern const CfShape cf_search_hit_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSearchHit, cf_struct_unref)

/**
 * CfSearchResult:
 * One page. It may hold fewer hits than asked for, even none, and still say "more": so many were looked at for a filter.
 */
typedef struct
{
  CfStruct parent;
  gboolean more;
  gint64 next; /* "before" of the page that follows; with "more" */
  GPtrArray *hits; /* of CfSearchHit, newest first */
  GPtrArray *records; /* of CfRecord: of each hit the message, its conversation and visitor, or channel; each once */
} CfSearchResult;

extern const CfShape cf_search_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSearchResult, cf_struct_unref)

G_END_DECLS

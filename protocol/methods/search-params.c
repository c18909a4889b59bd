/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search-params.h"

const char *const cf_search_status_words[] = { "", "open", "closed", "snoozed", NULL };
const char *const cf_search_author_words[] = { "", "visitor", "agent", NULL };

static const CfField search_messages_params_fields[] = {
  CF_ROW (CfSearchMessagesParams, text, CF_KIND_STRING, "text", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_SEARCH_TEXT_MAX,
          .help = "Words that must all be there, \"phrases\" in quotes; the last word may be a beginning."),
  CF_ROW (CfSearchMessagesParams, site_id, CF_KIND_ID, "site_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfSearchMessagesParams, status, CF_KIND_ENUM, "status", 0, CF_AUDIENCE_ALL, .words = cf_search_status_words,
          .help = "Of the conversation as it is now; open ones may be snoozed."),
  CF_ROW (CfSearchMessagesParams, assignee_id, CF_KIND_ID, "assignee_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfSearchMessagesParams, unassigned, CF_KIND_BOOLEAN, "unassigned", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfSearchMessagesParams, tag_id, CF_KIND_ID, "tag_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfSearchMessagesParams, mood, CF_KIND_ENUM, "mood", 0, CF_AUDIENCE_ALL, .words = cf_mood_words),
  CF_ROW (CfSearchMessagesParams, author_kind, CF_KIND_ENUM, "author_kind", 0, CF_AUDIENCE_ALL, .words = cf_search_author_words),
  CF_ROW (CfSearchMessagesParams, author_id, CF_KIND_ID, "author_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfSearchMessagesParams, written_from, CF_KIND_TIME, "written_from", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfSearchMessagesParams, written_until, CF_KIND_TIME, "written_until", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfSearchMessagesParams, before, CF_KIND_INTEGER, "before", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfSearchMessagesParams, limit, CF_KIND_INTEGER, "limit", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_SEARCH_MAX),
};

const CfShape cf_search_messages_params_shape = {
  .name = "search_messages_params",
  .size = sizeof (CfSearchMessagesParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (search_messages_params_fields),
};

static const CfField search_visitors_params_fields[] = {
  CF_ROW (CfSearchVisitorsParams, text, CF_KIND_STRING, "text", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_SEARCH_TEXT_MAX),
  CF_ROW (CfSearchVisitorsParams, site_id, CF_KIND_ID, "site_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfSearchVisitorsParams, before, CF_KIND_INTEGER, "before", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfSearchVisitorsParams, limit, CF_KIND_INTEGER, "limit", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_SEARCH_MAX),
};

const CfShape cf_search_visitors_params_shape = {
  .name = "search_visitors_params",
  .size = sizeof (CfSearchVisitorsParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (search_visitors_params_fields),
};

static const CfField search_team_params_fields[] = {
  CF_ROW (CfSearchTeamParams, text, CF_KIND_STRING, "text", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_SEARCH_TEXT_MAX),
  CF_ROW (CfSearchTeamParams, before, CF_KIND_INTEGER, "before", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfSearchTeamParams, limit, CF_KIND_INTEGER, "limit", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_SEARCH_MAX),
};

const CfShape cf_search_team_params_shape = {
  .name = "search_team_params",
  .size = sizeof (CfSearchTeamParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (search_team_params_fields),
};

static const CfField search_mark_fields[] = {
  CF_ROW (CfSearchMark, start, CF_KIND_INTEGER, "start", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_SEARCH_SNIPPET_MAX,
          .help = "In characters (code points), from 0."),
  CF_ROW (CfSearchMark, length, CF_KIND_INTEGER, "length", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_SEARCH_SNIPPET_MAX),
};

const CfShape cf_search_mark_shape = {
  .name = "search_mark",
  .size = sizeof (CfSearchMark),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (search_mark_fields),
};

static const CfField search_hit_fields[] = {
  CF_ROW (CfSearchHit, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .help = "Of the message, visitor or team message, which is among the records."),
  CF_ROW (CfSearchHit, snippet, CF_KIND_TEXT, "snippet", 0, CF_AUDIENCE_ALL, .max = 2 * CF_SEARCH_SNIPPET_MAX, .help = "Plain text, never markup."),
  CF_ROW (CfSearchHit, marks, CF_KIND_STRUCTS, "marks", 0, CF_AUDIENCE_ALL, .shape = &cf_search_mark_shape),
};

const CfShape cf_search_hit_shape = {
  .name = "search_hit",
  .size = sizeof (CfSearchHit),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (search_hit_fields),
};

static const CfField search_result_fields[] = {
  CF_ROW (CfSearchResult, more, CF_KIND_BOOLEAN, "more", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfSearchResult, next, CF_KIND_INTEGER, "next", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64,
          .help = "With more: what to give as before for the page that follows."),
  CF_ROW (CfSearchResult, hits, CF_KIND_STRUCTS, "hits", 0, CF_AUDIENCE_ALL, .shape = &cf_search_hit_shape),
  CF_ROW (CfSearchResult, records, CF_KIND_RECORDS, "records", 0, CF_AUDIENCE_ALL),
};

const CfShape cf_search_result_shape = {
  .name = "search_result",
  .size = sizeof (CfSearchResult),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (search_result_fields),
};

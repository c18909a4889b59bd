/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "app/features/conversations/directory.h"
#include "protocol/methods/search-params.h"

G_BEGIN_DECLS

/**
 * CfaHitKind:
 * What was found, in the order in which it is shown.
 */
typedef enum
{
  CFA_HIT_FILTER,  /* a filter, or one of its values, to be put into the text */
  CFA_HIT_RECENT,  /* what was searched before */
  CFA_HIT_COMMAND,
  CFA_HIT_CONVERSATION,
  CFA_HIT_VISITOR,
  CFA_HIT_MESSAGE,
  CFA_HIT_CHANNEL,      /* of the team chat */
  CFA_HIT_TEAM_MESSAGE,
} CfaHitKind;

#define CFA_TYPE_SEARCH_HIT (cfa_search_hit_get_type ())
G_DECLARE_FINAL_TYPE (CfaSearchHit, cfa_search_hit, CFA, SEARCH_HIT, GObject)

/**
 * CfaSearchHit:
 * One row of what was found. It does not change once it is shown. Texts are plain, marks are of CfSearchMark.
 */
struct _CfaSearchHit
{
  GObject parent_instance;

  CfaHitKind kind;
  char *id; /* of the record; CFA_HIT_FILTER and CFA_HIT_RECENT: the text to be put in; CFA_HIT_COMMAND: the detailed action */
  char *title;
  GPtrArray *title_marks; /* nullable */
  char *text; /* nullable */
  GPtrArray *text_marks; /* nullable */
  char *meta; /* nullable: the site, or a command's keys */
  gint64 time; /* ms UTC; 0 = none */
  char *conversation_id; /* nullable: what it opens: a conversation, or a channel */
  char *visitor_id; /* nullable */
  char *agent_id; /* nullable: the colleague who wrote it, or whom a direct channel is with */
  gboolean from_server;
};

CfaSearchHit *cfa_search_hit_new         (CfaHitKind kind, const char *id, const char *title, const char *text, const char *meta);
GPtrArray    *cfa_search_hits_new        (const CfSearchResult *result, CfaDirectory *directory, gboolean from_server);
char         *cfa_search_hit_dup_markup  (const char *text, GPtrArray *marks);

G_END_DECLS

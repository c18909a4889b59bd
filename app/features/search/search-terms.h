/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "search-hit.h"

G_BEGIN_DECLS

/**
 * CfaSearchTerms:
 * What a text in the search box asks for.
 */
typedef struct
{
  CfSearchMessagesParams *params; /* what cache and server take; text is NULL when there is no word */
  gboolean filtered; /* anything but words is asked for */
  gboolean by_author; /* only messages have one */
  gboolean people; /* visitors can fit: no filter that they know nothing of */
  char *problem; /* (nullable): what is not understood, for the person; the rest counts */
} CfaSearchTerms;

CfaSearchTerms *cfa_search_terms_new      (const char *text, CfaDirectory *directory, const char *agent_id, GDateTime *now);
void            cfa_search_terms_free     (CfaSearchTerms *self);
GPtrArray      *cfa_search_terms_complete (const char *text, CfaDirectory *directory, GDateTime *now);
GPtrArray      *cfa_search_terms_teach    (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfaSearchTerms, cfa_search_terms_free)

G_END_DECLS

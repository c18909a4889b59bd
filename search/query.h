/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/methods/search-params.h"

G_BEGIN_DECLS

/**
 * CfSearchQuery:
 * What somebody looks for: phrases of one or more words, all of which must be there. Nothing in the text is an operator but quotes, and those need
 * not be closed.
 */
typedef struct _CfSearchQuery CfSearchQuery;

CfSearchQuery *cf_search_query_new      (const char *text);
gboolean        cf_search_query_is_empty (const CfSearchQuery *self);
char           *cf_search_query_to_match (const CfSearchQuery *self, const char *scope, const char *columns);
CfSearchHit    *cf_search_query_mark     (const CfSearchQuery *self, const char *id, const char *text);
void            cf_search_query_free     (CfSearchQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSearchQuery, cf_search_query_free)

G_END_DECLS

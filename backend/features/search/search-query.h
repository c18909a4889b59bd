/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/methods/search-params.h"

G_BEGIN_DECLS

/**
 * CfdSearchQuery:
 * What somebody looks for: phrases of one or more words, all of which must be there. Nothing in the text is an operator but quotes, and those need
 * not be closed.
 */
typedef struct _CfdSearchQuery CfdSearchQuery;

CfdSearchQuery *cfd_search_query_new      (const char *text);
gboolean        cfd_search_query_is_empty (const CfdSearchQuery *self);
char           *cfd_search_query_to_match (const CfdSearchQuery *self, const char *scope, const char *columns);
CfSearchHit    *cfd_search_query_mark     (const CfdSearchQuery *self, const char *id, const char *text);
void            cfd_search_query_free     (CfdSearchQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdSearchQuery, cfd_search_query_free)

G_END_DECLS

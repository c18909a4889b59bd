/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "search-hit.h"

G_BEGIN_DECLS

/**
 * CfaSearchSource:
 * Where hits come from, in the order in which they are shown.
 */
typedef enum
{
  CFA_SOURCE_BOX,    /* what is known at once: filters, recent searches, commands */
  CFA_SOURCE_CACHE,
  CFA_SOURCE_SERVER,
  CFA_N_SOURCES,
} CfaSearchSource;

#define CFA_TYPE_SEARCH_RESULTS (cfa_search_results_get_type ())
G_DECLARE_FINAL_TYPE (CfaSearchResults, cfa_search_results, CFA, SEARCH_RESULTS, GObject)

/*
 * GListModel of CfaSearchHit: what all sources have found, one after the other; what an earlier one has shown the later do not show again.
 */
CfaSearchResults *cfa_search_results_new (void);
void              cfa_search_results_set (CfaSearchResults *self, CfaSearchSource source, GPtrArray *hits);

G_END_DECLS

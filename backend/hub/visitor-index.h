/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subscriber.h"

G_BEGIN_DECLS

/**
 * CfdVisitorIndex:
 * The subscribers who are visitors, by the visitor's id: the tabs of one visitor hang together in a list through the
 * subscribers themselves, so that an idle visitor costs one slot of a table and nothing else.
 */
typedef struct _CfdVisitorIndex CfdVisitorIndex;

typedef void (*CfdVisitorFunc) (CfdSubscriber *subscriber, gpointer data);

CfdVisitorIndex *cfd_visitor_index_new     (void);
void             cfd_visitor_index_add     (CfdVisitorIndex *self, CfdSubscriber *subscriber);
void             cfd_visitor_index_remove  (CfdVisitorIndex *self, CfdSubscriber *subscriber);
CfdSubscriber   *cfd_visitor_index_find    (CfdVisitorIndex *self, const char *visitor_id);
void             cfd_visitor_index_foreach (CfdVisitorIndex *self, CfdVisitorFunc func, gpointer data);
void             cfd_visitor_index_free    (CfdVisitorIndex *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdVisitorIndex, cfd_visitor_index_free)

G_END_DECLS

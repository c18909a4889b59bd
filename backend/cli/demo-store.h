/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/record.h"

G_BEGIN_DECLS

/**
 * CfdDemoStore:
 * A new database that is written as fast as the disk takes it, under another name until it is complete: whatever ends the program before,
 * no server will ever take half of it for the whole.
 */
typedef struct _CfdDemoStore CfdDemoStore;

CfdDemoStore *cfd_demo_store_new    (const char *path, GError **error);
gboolean      cfd_demo_store_put    (CfdDemoStore *self, gpointer record, gint64 rev, GError **error);
gboolean      cfd_demo_store_finish (CfdDemoStore *self, const char *organisation_id, gint64 rev, GError **error);
void          cfd_demo_store_free   (CfdDemoStore *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdDemoStore, cfd_demo_store_free)

G_END_DECLS

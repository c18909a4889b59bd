/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db-driver.h"
#include "protocol/record.h"
#include "recent.h"

G_BEGIN_DECLS

/**
 * CfdConnection:
 * One connection and the SQL texts that follow from the shapes. Belongs to one thread at a time.
 */
typedef struct
{
  const CfdDbDriver *driver;
  CfdDbHandle *handle;
  GHashTable *texts; /* CfShape -> the texts made from it */
  CfdRecent *recent; /* NULL but for the writing thread's */
  guint index;        /* the state of the full-text index when it was attached last; a reader's */
  gboolean searches;  /* it is attached */
  gint64 epoch; /* from the stamp: when the database was last restored, ms UTC; 0 = it never was */
} CfdConnection;

CfdConnection *cfd_connection_open    (const CfdDbDriver *driver, const char *where, gboolean read_only, gboolean create, GError **error);
gboolean       cfd_connection_command (CfdConnection *self, const char *sql, GError **error);
const char    *cfd_connection_select  (CfdConnection *self, const CfShape *shape);
gboolean       cfd_connection_upsert  (CfdConnection *self, const CfRecord *record, gboolean *stored, GError **error);
gboolean       cfd_connection_update  (CfdConnection *self, const CfRecord *record, gboolean *stored, GError **error);
void           cfd_connection_free    (CfdConnection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdConnection, cfd_connection_free)

G_END_DECLS

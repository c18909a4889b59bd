/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/record.h"

G_BEGIN_DECLS

/**
 * CfdChangeset:
 * All records that one write touched, as they are after it, under one revision. Immutable once it
 * has left its transaction; shared between threads.
 */
typedef struct
{
  gatomicrefcount references;
  char *organisation_id;
  gint64 rev;
  gint64 submitted; /* monotonic, µs: when the call that made it was given to the database; 0 = by another process */
  GPtrArray *records; /* of CfRecord, in the order in which they were put */
  GHashTable *sites; /* id of a conversation -> id of its site, of those to which records belong; NULL while every agent sees all sites */
  GHashTable *places; /* private: record -> its place in @records */
} CfdChangeset;

CfdChangeset *cfd_changeset_new   (const char *organisation_id, gint64 rev);
CfdChangeset *cfd_changeset_ref   (CfdChangeset *self);
void          cfd_changeset_unref (CfdChangeset *self);
void          cfd_changeset_add   (CfdChangeset *self, CfRecord *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdChangeset, cfd_changeset_unref)

G_END_DECLS

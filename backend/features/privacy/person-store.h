/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"

G_BEGIN_DECLS

#define CFD_PERSON_KEPT_MAX 8

/**
 * CfdPersonPart:
 * Records in which a person is. Whatever is exported is erased and the other way round.
 */
typedef struct
{
  const CfShape *shape;
  const char *where;                     /* those of visitor $1 */
  const char *of_conversation;           /* nullable: those of conversation $1, and that itself */
  const char *kept[CFD_PERSON_KEPT_MAX]; /* what a tombstone needs so that everyone who knew the record can be told; nothing that somebody has written */
} CfdPersonPart;

extern const CfdPersonPart cfd_person_parts[]; /* in the order in which they go, ended by a row without a shape */
extern const char *const cfd_person_tables[];  /* what else there is of a person, in tables without records; NULL-terminated */

/**
 * CfdErasure:
 * That somebody is erased, and how far.
 */
typedef struct
{
  char *id; /* the visitor who was shown in the place of all */
  char *organisation_id;
  gint64 asked_at, finished_at;
  gint64 total, done;
} CfdErasure;

GPtrArray  *cfd_person_store_ids       (CfdTx *tx, const char *organisation_id, const char *id, GError **error);
gint64      cfd_person_store_count     (CfdTx *tx, const CfdPersonPart *part, const char *visitor_id, GError **error);
GPtrArray  *cfd_person_store_some      (CfdTx *tx, const CfdPersonPart *part, const char *visitor_id, const char *after, gint64 limit, GError **error);
GPtrArray  *cfd_person_store_files     (CfdTx *tx, const char *visitor_id, GError **error);
gboolean    cfd_person_store_forget    (CfdTx *tx, const char *visitor_id, GError **error);
gboolean    cfd_person_store_begin     (CfdTx *tx, const char *organisation_id, const char *id, gint64 total, GError **error);
gboolean    cfd_person_store_advance   (CfdTx *tx, const char *id, gint64 done, GError **error);
gboolean    cfd_person_store_finish    (CfdTx *tx, const char *id, GError **error);
CfdErasure *cfd_person_store_erasure   (CfdTx *tx, const char *organisation_id, const char *id, GError **error);
GPtrArray  *cfd_person_store_waiting   (CfdTx *tx, gint64 limit, GError **error);
void        cfd_erasure_free           (CfdErasure *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdErasure, cfd_erasure_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tx.h"

G_BEGIN_DECLS

/* Of which site a record is, so that whoever does not see all sites is told of their own alone. */

/**
 * CfdRecordPlace:
 * Where a record belongs: to a site, to a conversation and so to its site, to several sites, or, when all are NULL, to the whole team.
 */
typedef struct
{
  const char *site_id;
  const char *conversation_id;
  char *const *sites; /* what acts on some sites is for who serves one of them */
} CfdRecordPlace;

CfdRecordPlace cfd_record_place          (const CfRecord *record);
const char    *cfd_record_place_column   (const CfShape *shape); /* nullable: "site_id", "conversation_id", "sites", or of sites "id" */
gboolean       cfd_record_site           (CfdTx *tx, const CfRecord *record, char **site_id, GError **error);
CfRecord      *cfd_record_stone          (const CfRecord *record); /* transfer full */
gboolean       cfd_changeset_limits      (const CfdChangeset *changes);
gboolean       cfd_changeset_find_sites  (CfdTx *tx, CfdChangeset *changes, GError **error);

G_END_DECLS

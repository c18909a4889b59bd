/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db-driver.h"

G_BEGIN_DECLS

/**
 * CfdCensus:
 * What a database holds, counted: for each organisation its last revision, and for each of its tables how many records
 * with which highest revision. Two copies of one state have equal ones.
 */
typedef struct
{
  char *text; /* one line for each of them */
  guint64 records;
} CfdCensus;

CfdCensus *cfd_census_take (const CfdDbDriver *driver, CfdDbHandle *handle, GError **error);
void       cfd_census_free (CfdCensus *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdCensus, cfd_census_free)

G_END_DECLS
